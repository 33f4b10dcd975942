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

// Options are what the page is made with.
type Options struct {
	Arg      string // of the route
	Practice bool   // the money is worth nothing
	Care     Care   // looks after the wallets; may be nil
}

// Page shows the money.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()
	options Options

	wallet         app.WalletInfo
	balance        app.Balance
	stake          *app.Staking // nil while it is not known
	people         []app.Contact
	accounts       []app.AccountInfo // of the wallet
	known          bool              // the balance was read
	chart          bool              // there is a course to be drawn
	loading, again bool
	credit         *widgets.Button

	total, side, ozone *widgets.Box
	past               *past
	pill               *widgets.PillButton // the wallet in use; it offers the others
	account            *widgets.PillButton // of several accounts the one in use
	reminds            *fyne.Container
	object             *fyne.Container
	actions            []*widgets.Button
}

// state is what one reading brings.
type state struct {
	balance app.Balance
	stake   *app.Staking
}

// New returns the page.
func New(host *page.Host, backend Backend, o Options) *Page {
	p := &Page{host: host, backend: backend, options: o, object: container.NewStack()}
	p.tasks, p.leave = host.Tasks.Scope()
	p.pill = widgets.NewPillButton("", func(under fyne.Position) { widgets.ShowMenu(host.Canvas(), under, p.accountItems()...) })
	p.account = widgets.NewPillButton("", func(fyne.Position) { p.options.Care.Accounts() })
	p.readWallet()
	p.past = newPast(p)
	p.compose()
	p.reload()
	p.begin(o.Arg)
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what the page has begun to load.
func (p *Page) Leave() { p.leave() }

// Search gives the focus to the search field of the history.
func (p *Page) Search() { p.host.Canvas().Focus(p.past.search) }

// Follow reads everything anew when money moved.
func (p *Page) Follow(e app.Event) {
	switch e.Kind {
	case app.WalletChanged, app.NetworkStarted, app.SetupChanged:
		p.reload()
	}
}

func (p *Page) compose() {
	card := func() *widgets.Box {
		return widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Even(20), nil)
	}
	p.total, p.side, p.ozone = card(), card(), card()
	receive := widgets.NewButton(widgets.Secondary, lang.L("Receive"), "arrow-down", p.receive)
	buy := widgets.NewButton(widgets.Secondary, lang.L("Buy ozone"), "lightning", p.buyOzone)
	send := widgets.NewButton(widgets.Primary, lang.L("Send"), "arrow-up", func() { p.send(nil) })
	p.actions = []*widgets.Button{buy, send}
	p.credit = widgets.NewButton(widgets.Secondary, lang.L("Get practice STOS"), "plus", p.getCredit)
	left := widgets.NewHead(widgets.NewText(lang.L("Wallet"), widgets.Title), p.pill, p.account) // its menu has the accounts too
	p.showWaiting()
	body := container.New(&cards{p.charted}, p.reminder(), p.total, p.side, p.ozone, p.past.object)
	buttons := []fyne.CanvasObject{receive, buy, send}
	if p.wallet.Watched { // it has nothing to sign with
		buttons = buttons[:1]
	}
	p.object.Objects = []fyne.CanvasObject{widgets.NewPage(left, buttons, body)}
}

// reminder is the line over the cards, empty and hidden mostly.
func (p *Page) reminder() fyne.CanvasObject {
	p.reminds = container.NewStack()
	p.reminds.Hide()
	if p.options.Care == nil {
		return p.reminds
	}
	if said := p.options.Care.Reminder(func() { p.reminds.Hide(); p.object.Refresh() }); said != nil {
		p.reminds.Add(said)
		p.reminds.Show()
	}
	return p.reminds
}

// readWallet reads which wallet is in use, and names it.
func (p *Page) readWallet() {
	if list, err := p.backend.Wallets(); err == nil {
		p.wallet = current(list)
	}
	name := p.wallet.Name
	if name == "" {
		name = lang.L("Main account")
	}
	p.pill.SetText(beside(name))
	p.account.SetText(beside(p.wallet.Account.Name))
	p.accounts, _ = p.backend.WalletAccounts() // without them nobody can choose one
	p.account.Hidden = len(p.accounts) < 2 || p.options.Care == nil
}

func (p *Page) accountItems() []*fyne.MenuItem {
	items := []*fyne.MenuItem{fyne.NewMenuItem(lang.L("Address book"), p.openBook)}
	if p.options.Care != nil {
		items = append(p.options.Care.Items(), items...)
	}
	return items
}

// reload reads balance, stake and history; while it runs, one more reading is
// remembered.
func (p *Page) reload() {
	if p.loading {
		p.again = true
		return
	}
	p.loading, p.again = true, false
	p.readWallet()
	p.readPeople()
	p.past.reload()
	page.Run(p.tasks, func(ctx context.Context) (state, error) {
		b, err := p.backend.Balance(ctx)
		if err != nil {
			return state{}, err
		}
		s := state{balance: b}
		if stake, err := p.backend.Staking(ctx); err == nil {
			s.stake = &stake
		}
		return s, nil
	}, p.loaded)
}

// names says who an address is: somebody of the address book, another account
// of this wallet or a validator.
func (p *Page) names(address string) string {
	if name := namesOf(p.people)(address); name != "" {
		return name
	}
	for _, a := range p.accounts {
		if a.Address == address && !a.Current {
			return a.Name
		}
	}
	if p.stake == nil {
		return ""
	}
	for _, v := range p.stake.Validators {
		if v.Address == address {
			return v.Name
		}
	}
	return ""
}

// readPeople reads the address book; without it nobody has a name.
func (p *Page) readPeople() { p.people, _ = p.backend.Contacts() }

func (p *Page) loaded(s state, err error) {
	p.loading = false
	if err != nil {
		p.showTrouble(err)
	} else {
		p.balance, p.stake, p.known = s.balance, s.stake, true
		for _, b := range p.actions {
			b.Enable()
		}
		p.show()
	}
	if p.again {
		p.reload()
	}
}

// show shows what is known.
func (p *Page) show() {
	p.past.showRows()
	p.total.SetContent(p.totalView())
	p.side.SetContent(p.sideView())
	p.ozone.SetContent(p.ozoneView())
	p.object.Refresh()
}

// showWaiting shows the shape of the page before anything is known.
func (p *Page) showWaiting() {
	for _, b := range p.actions {
		b.Disable()
	}
	p.total.SetContent(widgets.Column(2, widgets.NewText(lang.L("Total"), widgets.Second), widgets.NewText("…", widgets.Large)))
	p.side.SetContent(widgets.Column(10, widgets.NewText(lang.L("Where it is"), widgets.Heading),
		widgets.NewKeyValue(lang.L("Free to use"), "…"), widgets.NewKeyValue(lang.L("Staked"), "…"), widgets.NewKeyValue(lang.L("Rewards to claim"), "…")))
	p.ozone.SetContent(widgets.Column(8, widgets.NewText(lang.L("Ozone"), widgets.Heading), widgets.NewText("…", widgets.Figure)))
}

func (p *Page) showTrouble(err error) {
	if p.known || len(p.past.entries) > 0 { // the history can be read without the network
		p.host.Fail(err)
		return
	}
	p.past.put(widgets.NewTrouble(err, p.reload))
}

func (p *Page) totalView() fyne.CanvasObject {
	total := p.balance.Total
	figure := widgets.Row(8, widgets.NewText(say.Figure(total), widgets.Large),
		widgets.Pad(widgets.Insets{Top: 9}, widgets.NewText("STOS", widgets.Second.At(18).With(theme.Medium))))
	column := widgets.Column(2, widgets.NewText(lang.L("Total"), widgets.Second), figure)
	if worth := p.balance.Worth; worth != "" {
		column.Add(widgets.NewText(lang.L("About {{.Worth}}", map[string]any{"Worth": worth}), widgets.Second))
	}
	if text := note(p.options.Practice); text != "" {
		column.Add(widgets.NewText(text, widgets.Small))
	}
	values := course(p.host.Now(), total.Wei(), p.past.first, p.wallet.Account.Address)
	p.chart = values != nil
	if !p.chart {
		return column
	}
	caption := widgets.NewText(lang.L("What came and went lately"), widgets.Small)
	drawn := widgets.Edges(caption, nil, nil, nil, widgets.Pad(widgets.Insets{Top: 8}, widgets.NewChart(values, 0)))
	return widgets.Edges(column, nil, nil, nil, container.New(&roomy{}, drawn))
}

// charted tells whether there is a course to be drawn.
func (p *Page) charted() bool { return p.chart }

func (p *Page) sideView() fyne.CanvasObject {
	column := widgets.Column(10, widgets.NewText(lang.L("Where it is"), widgets.Heading))
	for _, each := range places(p.balance, p.stake, p.host.Now()) {
		column.Add(widgets.NewKeyValue(each.label, each.amount))
	}
	if p.stake != nil && !p.stake.Rewards.IsZero() && !p.wallet.Watched {
		column.Add(widgets.NewButton(widgets.Secondary, lang.L("Claim rewards"), "", p.claim))
	}
	if p.options.Practice && !p.wallet.Watched {
		column.Add(p.credit)
	}
	return column
}

func (p *Page) ozoneView() fyne.CanvasObject {
	return widgets.Column(8, widgets.NewText(lang.L("Ozone"), widgets.Heading),
		widgets.NewText(figureOfOzone(p.balance), widgets.Figure),
		widgets.NewParagraph(aboutOzone(p.balance, p.wallet.Watched), widgets.Small, sideWidth-40))
}

// claim leads to the page of the stake, where rewards are claimed.
func (p *Page) claim() { p.host.Go(page.Route{Page: page.Stake}) }
