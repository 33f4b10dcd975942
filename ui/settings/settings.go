package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/onboard"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Backend is what the page needs of package app.
type Backend interface {
	Appearance
	Mover
	Networks() []app.NetworkChoice
	ChooseNetwork(ctx context.Context, id string) error
	Currencies() []string
	Currency() string
	SetCurrency(code string) error
	Servers
	Drive
	Chooser
	Storage
	Diagnoser
	Epochs
	Updater
	Status() app.Status
	Pause()
	Resume()
}

// Hooks are what the page cannot do by itself.
type Hooks struct {
	Lock    func()                                  // locks the wallet
	Dress   func()                                  // shows the window in the look and size that are chosen
	Quit    func()                                  // ends the program
	Speak   func()                                  // shows the window in the language that is chosen
	Version string                                  // of the program
	Care    func(redraw func()) []fyne.CanvasObject // sections about the wallet; may be nil
}

// networkWords names the network in use and says what it is.
func networkWords(list []app.NetworkChoice) (name, text string) {
	for _, n := range list {
		if n.Current {
			return wordsOf(n)
		}
	}
	return wordsOf(app.NetworkChoice{})
}

func wordsOf(n app.NetworkChoice) (name, text string) {
	switch n.ID {
	case practice:
		return lang.L("Practice network"), lang.L("A complete network that runs on this computer while the app is open. " +
			"Its files exist only here, so it is no backup, and its money is worth nothing.")
	case "mainnet":
		return lang.L("Stratos mainnet"), lang.L("The public network. Storing and fetching files costs ozone.")
	case "mesos":
		return lang.L("Mesos test network"), lang.L("A public network for trying things out. It may be emptied at any time.")
	}
	return lang.L("My own"), lang.L("A network that you described in a file.")
}

// currentNetwork is the id of the network in use.
func currentNetwork(list []app.NetworkChoice) string {
	for _, n := range list {
		if n.Current {
			return n.ID
		}
	}
	return ""
}

// syncWords says whether the folder is kept in sync, and what the button does.
func syncWords(phase app.SyncPhase) (text, action string, pausing bool) {
	if phase == app.PhasePaused {
		return lang.L("Syncing is paused. Nothing is lost; changes are sent when it goes on."), lang.L("Go on"), false
	}
	return lang.L("Kept the same on all machines that have this wallet."), lang.L("Pause"), true
}

// Page shows the settings.
type Page struct {
	host    *page.Host
	backend Backend
	hooks   Hooks
	tasks   *page.Tasks
	leave   func()
	object  fyne.CanvasObject
	scroll  *container.Scroll
	cards   *fyne.Container
	drawn   glance
	looking bool // for a newer version
}

// glance is what the page shows of the status of the drive. All else of it
// changes many times a second, and nothing here.
type glance struct{ paused, watching bool }

func glanceAt(s app.Status) glance { return glance{s.Phase == app.PhasePaused, s.Watching} }

// New returns the page.
func New(host *page.Host, backend Backend, hooks Hooks) *Page {
	p := &Page{host: host, backend: backend, hooks: hooks, cards: container.New(&narrow{720})}
	p.scroll = container.NewVScroll(widgets.Pad(widgets.Insets{Right: 12}, p.cards))
	p.object = widgets.NewPage(widgets.NewText(lang.L("Settings"), widgets.Title), nil, p.scroll)
	p.tasks, p.leave = host.Tasks.Scope()
	p.show()
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what the page is waiting for.
func (p *Page) Leave() { p.leave() }

// Follow shows what changed elsewhere.
func (p *Page) Follow(e app.Event) {
	if e.Kind == app.SetupChanged || e.Kind == app.UpdatesChanged || e.Kind == app.StatusChanged && glanceAt(p.backend.Status()) != p.drawn {
		p.show()
	}
}

const (
	textWidth  float32 = 340 // beside a control, in the narrowest window with a whole sidebar
	wideWidth  float32 = 560 // alone in a line
	cardsWidth float32 = 580 // of the networks in their dialog
)

// show draws the page anew. The keyboard and what is in sight stay where they
// are.
func (p *Page) show() {
	from := p.scroll.Offset
	p.host.Keep(p.draw)
	p.scroll.ScrollToOffset(from)
}

func (p *Page) draw() {
	p.drawn = glanceAt(p.backend.Status())
	cards := widgets.Column(theme.Between, p.look(), p.desktop(), p.folder(), p.selective(), p.speed(), p.storage(), p.devices(), p.stolen(), p.network(), p.currency(), p.security())
	if p.drawn.watching { // there is no folder, and nothing to lock
		cards = widgets.Column(theme.Between, p.look(), p.desktop(), p.network(), p.currency())
	}
	if p.hooks.Care != nil {
		cards.Objects = append(cards.Objects, p.hooks.Care(p.show)...)
	}
	cards.Add(p.updates())
	cards.Add(p.diagnostics())
	cards.Add(p.about())
	p.cards.Objects = []fyne.CanvasObject{cards}
	p.cards.Refresh()
	p.scroll.Refresh()
}

// section is a card with a name, a sentence and, at the right, a control.
func section(name, text string, control fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewCard(line(name, text, control))
}

// line is a name, a sentence and, at the right, a control.
func line(name, text string, control fyne.CanvasObject) fyne.CanvasObject {
	words := widgets.Column(4, widgets.NewText(name, widgets.Heading), widgets.NewParagraph(text, widgets.Second, textWidth))
	return widgets.Edges(nil, nil, nil, container.NewCenter(control), words)
}

func (p *Page) folder() fyne.CanvasObject {
	text, action, pausing := syncWords(p.backend.Status().Phase)
	pause := widgets.NewButton(widgets.Secondary, action, "", func() {
		page.Do(p.tasks, func(context.Context) error {
			if pausing {
				p.backend.Pause()
			} else {
				p.backend.Resume()
			}
			return nil
		}, func(error) { p.show() })
	})
	change := widgets.NewButton(widgets.Secondary, lang.L("Change"), "", p.chooseMove)
	open := widgets.NewButton(widgets.Secondary, lang.L("Open"), "folder", func() { p.host.Fail(p.host.Open(p.backend.Folder())) })
	return widgets.NewCard(widgets.Column(4, widgets.NewText(lang.L("Folder"), widgets.Heading),
		widgets.NewParagraph(p.backend.Folder(), widgets.Name, wideWidth), widgets.NewParagraph(text, widgets.Second, wideWidth),
		widgets.Gap(0, 4), widgets.Row(8, open, change, pause)))
}

func (p *Page) network() fyne.CanvasObject {
	name, text := networkWords(p.backend.Networks())
	change := widgets.Row(8, widgets.NewButton(widgets.Secondary, lang.L("Servers"), "", p.askServers),
		widgets.NewButton(widgets.Secondary, lang.L("Change"), "", p.askNetwork))
	words := widgets.Column(4, widgets.NewText(lang.L("Network"), widgets.Heading),
		widgets.NewText(name, widgets.Name), widgets.NewParagraph(text, widgets.Second, textWidth))
	return widgets.NewCard(widgets.Edges(nil, nil, nil, container.NewCenter(change), words))
}

// askNetwork lets a person choose another network.
func (p *Page) askNetwork() {
	cards := onboard.NewNetworkCards(currentNetwork(p.backend.Networks()), cardsWidth)
	f := ask.Show(p.host, widgets.Sheet{
		Title: lang.L("Network"), Text: lang.L("Each network has its own files and its own money. Your folder stays as it is."),
		Body: widgets.Sized(cardsWidth, 0, cards.Object()),
	}, lang.L("Use this network"), lang.L("Getting ready"), func() bool { return cards.ID() != "" },
		func(ctx context.Context) error { return p.backend.ChooseNetwork(ctx, cards.ID()) }, p.shown)
	cards.OnChanged = func(id string) {
		f.Check(id)
		f.Dialog.Refresh() // the field for a file comes and goes
	}
}

// shown closes a form that went well, and shows what it changed.
func (p *Page) shown(f *ask.Form) {
	f.Dialog.Close()
	p.show()
}

// showTrouble says in a place what went wrong, or hides it.
func showTrouble(place *fyne.Container, err error, width float32) {
	place.Objects = nil
	setVisible(place, err != nil)
	if err != nil {
		place.Add(widgets.NewNotice(say.Trouble(err), widgets.Bad, width))
	}
}

func (p *Page) security() fyne.CanvasObject {
	return section(lang.L("Security"), lang.L("Locking asks for your password again. The drive goes on syncing."),
		widgets.NewButton(widgets.Secondary, lang.L("Lock now"), "lock", p.hooks.Lock))
}

func (p *Page) about() fyne.CanvasObject {
	return section(lang.L("About"), lang.L("Stratos Drive {{.Version}}. Free software under the Apache License 2.0. "+
		"The typeface is Inter, under the SIL Open Font License.", map[string]any{"Version": p.hooks.Version}),
		widgets.NewIconAt("logo", theme.Accent, 32))
}

// narrow keeps cards at a width at which they can be read.
type narrow struct{ width float32 }

// Layout gives its object at most the width.
func (n *narrow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(fyne.NewSize(min(n.width, size.Width), size.Height))
	}
}

// MinSize is that of its object.
func (n *narrow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}
