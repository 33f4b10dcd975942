package walletpage

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const sideWidth float32 = 328

// OpenOzone as the argument of the route opens the dialog that buys ozone.
const OpenOzone = "ozone"

// Page shows the money.
type Page struct {
	host     *page.Host
	backend  Backend
	tasks    *page.Tasks
	leave    func()
	practice bool

	wallet         app.WalletInfo
	balance        app.Balance
	known          bool // the balance was read
	loading, again bool
	credit         *widgets.Button

	total, side, recent *widgets.Box
	object              fyne.CanvasObject
	actions             []*widgets.Button
}

// state is what one reading brings.
type state struct {
	balance app.Balance
	past    []app.HistoryEntry
}

// New returns the page. practice says that the money is worth nothing.
func New(host *page.Host, backend Backend, arg string, practice bool) *Page {
	p := &Page{host: host, backend: backend, practice: practice}
	p.tasks, p.leave = host.Tasks.Scope()
	if list, err := backend.Wallets(); err == nil {
		p.wallet = current(list)
	}
	p.object = p.compose()
	p.reload()
	if arg == OpenOzone && p.known {
		p.buyOzone()
	}
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what the page has begun to load.
func (p *Page) Leave() { p.leave() }

// Follow reads everything anew when money moved.
func (p *Page) Follow(e app.Event) {
	switch e.Kind {
	case app.WalletChanged, app.NetworkStarted, app.SetupChanged:
		p.reload()
	}
}

func (p *Page) compose() fyne.CanvasObject {
	card := func(pad float32) *widgets.Box {
		return widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Even(pad), nil)
	}
	p.total, p.side, p.recent = card(20), card(20), card(20)
	receive := widgets.NewButton(widgets.Secondary, lang.L("Receive"), "arrow-down", p.receive)
	buy := widgets.NewButton(widgets.Secondary, lang.L("Buy ozone"), "lightning", p.buyOzone)
	send := widgets.NewButton(widgets.Primary, lang.L("Send"), "arrow-up", p.send)
	p.actions = []*widgets.Button{buy, send}
	p.credit = widgets.NewButton(widgets.Secondary, lang.L("Get practice STOS"), "plus", p.getCredit)
	name := p.wallet.Name
	if name == "" {
		name = lang.L("Main account")
	}
	left := widgets.Row(12, widgets.NewText(lang.L("Wallet"), widgets.Title),
		container.NewCenter(widgets.NewPill(name, widgets.Active)))
	p.showWaiting()
	body := container.New(&cards{}, p.total, p.side, p.recent)
	return widgets.NewPage(left, []fyne.CanvasObject{receive, buy, send}, body)
}

// reload reads balance and history; while it runs, one more reading is
// remembered.
func (p *Page) reload() {
	if p.loading {
		p.again = true
		return
	}
	p.loading, p.again = true, false
	page.Run(p.tasks, func(ctx context.Context) (state, error) {
		b, err := p.backend.Balance(ctx)
		if err != nil {
			return state{}, err
		}
		past, err := p.backend.History(ctx)
		return state{b, past}, err
	}, p.loaded)
}

func (p *Page) loaded(s state, err error) {
	p.loading = false
	if err != nil {
		p.showTrouble(err)
		return
	}
	p.balance, p.known = s.balance, true
	for _, b := range p.actions {
		b.Enable()
	}
	p.total.SetContent(p.totalView())
	p.side.SetContent(p.sideView())
	p.recent.SetContent(p.recentView(s.past))
	if p.again {
		p.reload()
	}
}

// showWaiting shows the shape of the page before anything is known.
func (p *Page) showWaiting() {
	for _, b := range p.actions {
		b.Disable()
	}
	p.total.SetContent(widgets.Column(2, widgets.NewText(lang.L("Total"), widgets.Second), widgets.NewText("…", widgets.Large)))
	p.side.SetContent(widgets.NewText(lang.L("Ozone"), widgets.Heading))
	p.recent.SetContent(widgets.Column(0, widgets.NewText(lang.L("Recent"), widgets.Heading)))
}

func (p *Page) showTrouble(err error) {
	if p.known {
		p.host.Fail(err)
		return
	}
	p.recent.SetContent(widgets.NewTrouble(err, p.reload))
}

func (p *Page) totalView() fyne.CanvasObject {
	figure := widgets.Row(8, widgets.NewText(say.Figure(p.balance.Total), widgets.Large),
		widgets.Pad(widgets.Insets{Top: 9}, widgets.NewText("STOS", widgets.Second.At(18).With(theme.Medium))))
	column := widgets.Column(2, widgets.NewText(lang.L("Total"), widgets.Second), figure)
	if text := note(p.practice); text != "" {
		column.Add(widgets.NewText(text, widgets.Small))
	}
	return column
}

func (p *Page) sideView() fyne.CanvasObject {
	column := widgets.Column(10, widgets.NewText(lang.L("Where it is"), widgets.Heading))
	for _, each := range places(p.balance) {
		column.Add(widgets.NewKeyValue(each.label, each.amount))
	}
	if p.practice {
		column.Add(p.credit)
	}
	column.Add(widgets.Gap(0, 2))
	column.Add(widgets.Line())
	column.Add(widgets.Gap(0, 2))
	column.Add(widgets.NewText(lang.L("Ozone"), widgets.Heading))
	column.Add(widgets.NewText(figureOfOzone(p.balance), widgets.Figure))
	column.Add(widgets.NewParagraph(aboutOzone(p.balance), widgets.Small, sideWidth-40))
	return column
}

func (p *Page) recentView(past []app.HistoryEntry) fyne.CanvasObject {
	title := widgets.NewText(lang.L("Recent"), widgets.Heading)
	if len(past) == 0 {
		text := lang.L("Payments you send and receive are listed here.")
		return widgets.Edges(title, nil, nil, nil,
			widgets.NewEmpty("activity", lang.L("Nothing has moved yet"), text, nil))
	}
	list := newHistory(past, p.wallet, p.host.Now())
	return widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 10}, title), nil, nil, nil, list)
}

// getCredit asks the practice network for money.
func (p *Page) getCredit() {
	p.credit.Disable()
	p.credit.SetText(lang.L("On its way"))
	page.Run(p.tasks, p.backend.Credit, func(_ app.TxResult, err error) {
		p.credit.Enable()
		p.credit.SetText(lang.L("Get practice STOS"))
		if err == nil {
			p.host.Say(lang.L("1,000 practice STOS have arrived."))
		}
		p.host.Fail(err)
		p.reload()
	})
}

// receive shows the address.
func (p *Page) receive() {
	d := widgets.NewDialog(p.host.Canvas())
	copied := widgets.NewButton(widgets.Primary, lang.L("Copy address"), "copy", nil)
	copied.OnTapped = func() {
		p.host.Copy(p.wallet.Address)
		copied.SetText(lang.L("Copied"))
	}
	groups := widgets.NewParagraph(say.Groups(p.wallet.Address), widgets.Code.At(14).In(theme.Text), 320).
		Align(fyne.TextAlignCenter)
	d.Present(widgets.Sheet{
		Title: lang.L("Receive STOS"), Text: lang.L("Give this address to whoever sends you STOS."),
		Body: widgets.Column(16, container.NewCenter(widgets.NewQR(p.wallet.Address, 200)), container.NewCenter(groups)),
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Done"), "", d.Close), copied,
		},
	})
}
