package watch

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// view is one of the ways in which the page shows videos.
type view int

const (
	forYou view = iota // what to go on with, what is new, what came by links
	inDrive
	byLinks
)

// Page shows what there is to watch.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()
	player  Chosen

	library        library
	read           bool // library is known
	loading, again bool
	view           view
	pictures       pictures
	shelves        []*shelf

	link    *widgets.Field
	play    *widgets.Button
	save    *widgets.Button
	problem *widgets.Text
	views   *widgets.Segments
	list    *widgets.FileList
	body    *fyne.Container
	object  fyne.CanvasObject
}

// Chosen is what plays what is chosen: a [Cinema].
type Chosen interface {
	// Follow is told the list that a video is chosen from.
	Follow(list []rules.Item)
	// Settle waits until it is noted where what played before was left.
	Settle()
}

// New returns the page.
func New(host *page.Host, backend Backend, player Chosen) *Page {
	p := &Page{host: host, backend: backend, player: player}
	p.tasks, p.leave = host.Tasks.Scope()
	p.pictures = newPictures(p.tasks, backend)
	p.list = widgets.NewFileList()
	p.object = p.compose()
	p.put(p.shape())
	p.reload()
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Search gives the focus to the field for links.
func (p *Page) Search() { p.host.Canvas().Focus(p.link) }

// Leave ends the search for videos.
func (p *Page) Leave() { p.leave() }

// Follow looks again when the drive changed.
func (p *Page) Follow(e app.Event) {
	if e.Kind == app.DriveChanged || e.Kind == app.SetupChanged {
		p.reload()
	}
}

// Drop plays a file from the system.
func (p *Page) Drop(paths []string) { p.open(paths[0]) }

func (p *Page) compose() fyne.CanvasObject {
	p.link = widgets.NewField(lang.L("Paste a link or the address of a video"), "link")
	p.play = widgets.NewButton(widgets.Primary, lang.L("Play"), "play", func() { p.open(strings.TrimSpace(p.link.Text)) })
	p.play.Disable()
	p.save = widgets.NewButton(widgets.Secondary, lang.L("Save into my drive"), "download", func() {
		saveLink(p.host, p.backend, strings.TrimSpace(p.link.Text))
	})
	p.save.Disable()
	p.problem = widgets.NewText("", widgets.Small.In(theme.Bad))
	p.link.OnChanged = func(text string) {
		what := linkOf(text)
		p.problem.SetText(what.problem)
		p.play.SetEnabled(what.play)
		p.save.SetEnabled(what.save)
	}
	p.link.OnSubmitted = func(string) { p.play.Tapped(nil) }
	field := widgets.Edges(nil, nil, nil, widgets.Pad(widgets.Insets{Left: 12}, widgets.Row(8, p.save, p.play)), p.link)
	p.views = widgets.NewSegments([]string{lang.L("For you"), lang.L("In my drive"), lang.L("From links")}, 0, func(i int) {
		p.view = view(i)
		p.show()
	})
	p.body = container.NewStack()
	return widgets.NewPage(widgets.NewText(lang.L("Watch"), widgets.Title), []fyne.CanvasObject{widgets.Sized(360, 0, p.views)},
		widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 8}, widgets.Column(2, field, p.problem)), nil, nil, nil, p.body))
}

// reload looks for videos; while it does, one more look is remembered.
func (p *Page) reload() {
	if p.loading {
		p.again = true
		return
	}
	p.loading, p.again = true, false
	page.Run(p.tasks, p.gather, p.loaded)
}

func (p *Page) loaded(l library, err error) {
	p.loading = false
	if err != nil {
		p.put(widgets.NewTrouble(err, p.reload))
		return
	}
	p.library, p.read = l, true
	p.show()
	if p.again {
		p.reload()
	}
}

// show shows the chosen view.
func (p *Page) show() {
	p.shelves = nil
	switch {
	case !p.read:
		p.put(p.shape())
	case p.view == inDrive:
		p.put(p.listVideos())
	case p.view == byLinks:
		p.put(p.listLinks())
	case p.library.empty():
		p.put(p.teach())
	default:
		p.put(p.shelved())
	}
}

func (p *Page) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

func (p *Page) open(what string) { p.host.Go(page.Route{Page: page.Play, Arg: what}) }
