package onboard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const width float32 = 640

func sentence(err error) string { return say.Trouble(err) }

// Page leads through the first start.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()
	done    func()

	at      screen
	restore bool
	words   string   // of the wallet to be made; wiped when it is made
	fresh   []string // those of a new one: going back must not show others
	network string   // the chosen card
	enough  bool     // nothing is missing on the screen
	working bool
	object  *fyne.Container

	onward, back *widgets.Button
	problem      *widgets.Paragraph
}

// New returns the first start; done is called when the profile is ready.
func New(host *page.Host, backend Backend, done func()) *Page {
	p := &Page{host: host, backend: backend, done: done, network: "local", object: container.NewStack()}
	p.tasks, p.leave = host.Tasks.Scope()
	p.show(first(backend.Stage()))
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what the page is waiting for.
func (p *Page) Leave() { p.leave(); p.forget() }

// forget wipes the words of the wallet.
func (p *Page) forget() { p.words, p.fresh = "", nil }

// show shows a screen.
func (p *Page) show(s screen) {
	p.at, p.enough, p.working = s, true, false
	if s == finished {
		p.done()
		return
	}
	p.onward = widgets.NewButton(widgets.Primary, lang.L("Continue"), "", nil)
	p.back = widgets.NewButton(widgets.Secondary, lang.L("Back"), "", p.goBack)
	p.problem = widgets.NewParagraph("", widgets.Second.In(theme.Bad), width-260)
	build := map[screen]func() layout{
		chooseWallet: p.walletScreen, showWords: p.wordsScreen, askWords: p.restoreScreen,
		askPassword: p.passwordScreen, chooseNetwork: p.networkScreen, chooseFolder: p.folderScreen,
	}[s]
	p.present(build())
}

// layout is what a screen consists of.
type layout struct {
	title, text string
	body        fyne.CanvasObject
	focus       fyne.Focusable
}

func (p *Page) present(l layout) {
	_, hasBack := before(p.at, p.restore)
	p.back.Hidden = !hasBack
	column := widgets.Column(0,
		container.NewCenter(widgets.NewSteps(stepNames(), p.at.step())),
		widgets.Gap(0, 20),
		widgets.NewText(l.title, widgets.Large.At(28)).Align(fyne.TextAlignCenter),
		widgets.Gap(0, 8),
		container.NewCenter(widgets.NewParagraph(l.text, widgets.Second.At(theme.NameText), 560).Align(fyne.TextAlignCenter)),
		widgets.Gap(0, 20),
		l.body,
		widgets.Gap(0, 20),
		widgets.Row(16, p.back, p.problem, widgets.Spring(), widgets.Sized(112, 0, p.onward)),
	)
	p.object.Objects = []fyne.CanvasObject{container.NewVScroll(container.NewCenter(
		widgets.Pad(widgets.Insets{Top: 16, Bottom: 16}, widgets.Sized(width, 0, column))))}
	p.object.Refresh()
	if l.focus != nil {
		p.host.Canvas().Focus(l.focus)
	}
}

func (p *Page) goBack() {
	if s, ok := before(p.at, p.restore); ok {
		p.show(s)
	}
}

func (p *Page) goOn() { p.show(next(p.at, p.restore)) }

// allow lets a person go on when a screen has all it needs, and nothing is being
// done yet.
func (p *Page) allow(enough bool) {
	p.enough = enough
	p.onward.SetEnabled(enough && !p.working)
}

// busy shows that something takes a while.
func (p *Page) busy(text string) {
	p.working = true
	p.onward.Disable()
	p.back.Disable()
	p.onward.SetText(text)
	p.problem.SetText("")
	p.object.Refresh()
}

// failed shows why something did not work, and lets a person try again.
func (p *Page) failed(err error) {
	p.working = false
	p.allow(p.enough)
	p.back.Enable()
	p.onward.SetText(lang.L("Try again"))
	p.problem.SetText(sentence(err))
	p.object.Refresh()
}
