package watch

import (
	"context"
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

// Page lists the videos of the drive.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()
	follow  func([]rules.Item) // told the list that a video is chosen from

	videos         []app.Entry
	loading, again bool

	link    *widgets.Field
	play    *widgets.Button
	save    *widgets.Button
	problem *widgets.Text
	list    *widgets.FileList
	body    *fyne.Container
	object  fyne.CanvasObject
}

// New returns the page. follow is told the list whenever a video of it is
// chosen, see [Cinema.Follow].
func New(host *page.Host, backend Backend, follow func([]rules.Item)) *Page {
	p := &Page{host: host, backend: backend, follow: follow}
	p.tasks, p.leave = host.Tasks.Scope()
	p.list = widgets.NewFileList()
	p.list.OnOpen = func(i int) {
		p.follow(items(p.videos))
		p.open(p.videos[i].Path)
	}
	p.object = p.compose()
	p.reload()
	return p
}

// Offer puts a link into the field for links: what is done with it a person
// says, for fetching it costs ozone.
func (p *Page) Offer(link string) {
	if link != "" {
		p.link.SetText(link)
	}
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
	p.body = container.NewStack()
	header := widgets.NewFileHeader(lang.L("Video"), lang.L("Status"), lang.L("Changed"), lang.L("Size"))
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 15, Right: 8, Bottom: 8, Left: 8},
		widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 6}, header), nil, nil, nil, p.body))
	return widgets.NewPage(widgets.NewText(lang.L("Watch"), widgets.Title), nil,
		widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 8}, widgets.Column(2, field, p.problem)), nil, nil, nil, card))
}

type found struct {
	videos   []app.Entry
	complete bool
}

// reload looks for videos; while it does, one more look is remembered.
func (p *Page) reload() {
	if p.loading {
		p.again = true
		return
	}
	p.loading, p.again = true, false
	page.Run(p.tasks, func(ctx context.Context) (found, error) {
		videos, complete, err := findVideos(ctx, p.backend.List)
		return found{videos, complete}, err
	}, p.loaded)
}

func (p *Page) loaded(f found, err error) {
	p.loading = false
	if err != nil {
		p.put(widgets.NewTrouble(err, p.reload))
		return
	}
	p.videos = f.videos
	rows := make([]widgets.FileView, len(f.videos))
	for i, e := range f.videos {
		rows[i] = row(e, p.host.Now())
	}
	p.list.SetRows(rows)
	p.put(p.content(f.complete))
	if p.again {
		p.reload()
	}
}

func (p *Page) content(complete bool) fyne.CanvasObject {
	switch {
	case len(p.videos) == 0:
		return widgets.NewEmpty("film", lang.L("No videos yet"),
			lang.L("Videos in your drive are listed here and play at once, without being downloaded first."), nil)
	case !complete:
		note := widgets.NewText(lang.L("Your drive has more videos than are listed here. Open them from their folders."), widgets.Small)
		return widgets.Edges(nil, widgets.Pad(widgets.Even(8), note), nil, nil, p.list)
	}
	return p.list
}

func (p *Page) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

func (p *Page) open(what string) { p.host.Go(page.Route{Page: page.Play, Arg: what}) }
