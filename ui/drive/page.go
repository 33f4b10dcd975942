package drive

import (
	"context"
	"path"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Page shows one folder of the drive.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()

	folder   string
	practice bool
	entries  []app.Entry // of the folder
	shown    []app.Entry // after the search
	loading  bool
	again    bool // something changed while the list was loading

	search *widgets.Field
	list   *widgets.FileList
	body   *fyne.Container // list, empty page or error
	full   fyne.CanvasObject
	detail *detail
	object fyne.CanvasObject
	beside *fyne.Container
}

// New returns the page of a folder, "" for the top. practice says that files
// exist only on this computer.
func New(host *page.Host, backend Backend, folder string, practice bool) *Page {
	p := &Page{host: host, backend: backend, folder: folder, practice: practice}
	p.tasks, p.leave = host.Tasks.Scope()
	p.search = widgets.NewField(lang.L("Search files"), "search")
	p.search.OnChanged = func(string) { p.filter() }
	p.list = widgets.NewFileList()
	p.list.OnSelected = func(int) { p.showDetail() }
	p.list.OnOpen = func(i int) { p.open(p.shown[i]) }
	p.list.OnMenu = func(i int, at fyne.Position) { p.menu(p.shown[i], at) }
	p.list.OnKey = p.key
	p.detail = newDetail(p)
	p.object = p.compose()
	p.reload()
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Search gives the focus to the search field.
func (p *Page) Search() { p.host.Canvas().Focus(p.search) }

// Leave ends what the page has begun to load.
func (p *Page) Leave() { p.leave() }

// Follow loads the list anew when something in it changed.
func (p *Page) Follow(e app.Event) {
	switch e.Kind {
	case app.DriveChanged:
		if touches(e.Path, p.folder) {
			p.reload()
		}
	case app.StatusChanged, app.LinksChanged, app.SetupChanged:
		p.reload()
	}
}

// Drop adds files from the system to the folder.
func (p *Page) Drop(paths []string) { p.add(paths) }

func (p *Page) compose() fyne.CanvasObject {
	p.full = widgets.WithDropZone(p.list, widgets.NewDropZone(lang.L("Drop files or folders anywhere to add them")))
	p.body = container.NewStack(p.full)
	header := widgets.NewFileHeader(lang.L("Name"), lang.L("Status"), lang.L("Changed"), lang.L("Size"))
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 15, Right: 8, Bottom: 8, Left: 8},
		widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 6}, header), nil, nil, nil, p.body))
	p.beside = widgets.Beside(card, p.detail.card, detailWidth, 760, func() bool { return p.detail.wanted })
	return widgets.NewPage(p.crumbs(), []fyne.CanvasObject{
		widgets.Sized(200, 0, p.search),
		widgets.NewButton(widgets.Secondary, lang.L("New folder"), "plus", p.askFolder),
		widgets.NewButton(widgets.Primary, lang.L("Add files"), "arrow-up", p.askFiles),
	}, p.beside)
}

func (p *Page) crumbs() fyne.CanvasObject {
	row := widgets.Row(0)
	way := crumbs(p.folder)
	for i, c := range way {
		if i == len(way)-1 {
			row.Add(widgets.NewText(c.name, widgets.Heading))
			break
		}
		row.Add(widgets.NewLink(c.name, func() { p.enter(c.path) }))
		row.Add(widgets.NewText(" / ", widgets.Second.At(theme.NameText)))
	}
	return container.NewHScroll(row)
}

func (p *Page) enter(folder string) { p.host.Go(page.Route{Page: page.Drive, Arg: folder}) }

// reload reads the folder again. While it is being read, one more reading is
// remembered, however often something changes.
func (p *Page) reload() {
	if p.loading {
		p.again = true
		return
	}
	p.loading, p.again = true, false
	page.Run(p.tasks, func(ctx context.Context) ([]app.Entry, error) {
		return p.backend.List(ctx, p.folder)
	}, p.loaded)
}

func (p *Page) loaded(entries []app.Entry, err error) {
	p.loading = false
	if err != nil {
		p.put(widgets.NewTrouble(err, p.reload))
		return
	}
	p.entries = entries
	p.filter()
	if p.again {
		p.reload()
	}
}

// filter shows what the search leaves, and keeps the selection on its entry.
func (p *Page) filter() {
	before := p.selected()
	p.shown = visible(p.entries, p.search.Text)
	rows, keep := make([]widgets.FileView, len(p.shown)), -1
	for i, e := range p.shown {
		rows[i] = row(e, p.host.Now())
		if before != nil && e.Path == before.Path {
			keep = i
		}
	}
	p.list.SetRows(rows)
	p.list.Select(keep)
	p.put(p.content())
	p.showDetail()
}

func (p *Page) content() fyne.CanvasObject {
	switch {
	case len(p.shown) > 0:
		return p.full
	case len(p.entries) > 0:
		return widgets.NewEmpty("search", lang.L("Nothing found"), lang.L("No name in this folder holds these words."), nil)
	default:
		return widgets.NewEmpty("folder", lang.L("This folder is empty"),
			lang.L("Drop files or folders anywhere in this window. They are encrypted, then uploaded, and appear on all your machines."),
			widgets.NewButton(widgets.Secondary, lang.L("Add files"), "arrow-up", p.askFiles))
	}
}

func (p *Page) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// selected returns the entry that is selected, nil for none.
func (p *Page) selected() *app.Entry {
	if i := p.list.Selected(); i >= 0 && i < len(p.shown) {
		e := p.shown[i]
		return &e
	}
	return nil
}

func (p *Page) showDetail() {
	p.detail.show(p.selected())
	p.beside.Refresh()
}

// key are the keys of the list beyond moving.
func (p *Page) key(key *fyne.KeyEvent) bool {
	e := p.selected()
	switch {
	case key.Name == fyne.KeyBackspace && p.folder != "":
		p.enter(parent(p.folder))
	case key.Name == fyne.KeyDelete && e != nil:
		p.askRemove(*e)
	case key.Name == fyne.KeyF2 && e != nil:
		p.askName(*e)
	default:
		return false
	}
	return true
}

// open enters a folder, plays a video, and gives other files to the system.
func (p *Page) open(e app.Entry) {
	_, _, plays := mainAction(e)
	switch {
	case e.Folder:
		p.enter(e.Path)
	case plays:
		p.host.Go(page.Route{Page: page.Play, Arg: e.Path})
	case app.ViewKindOf(e.Name) != app.NotViewed:
		p.host.Go(page.Route{Page: page.View, Arg: e.Path})
	default:
		p.host.Say(lang.L("Opening {{.Name}}", map[string]any{"Name": e.Name}))
		page.Run(p.tasks, func(ctx context.Context) (string, error) {
			return p.backend.LocalPath(ctx, e.Path)
		}, func(local string, err error) {
			if err == nil {
				err = p.host.Open(local)
			}
			p.host.Fail(err)
		})
	}
}

// add copies files into the folder.
func (p *Page) add(paths []string) {
	if len(paths) == 0 {
		return
	}
	name := path.Base(p.folder)
	if p.folder == "" {
		name = lang.L("Drive")
	}
	p.host.Say(lang.L("Adding to {{.Name}}", map[string]any{"Name": name}))
	page.Do(p.tasks, func(ctx context.Context) error {
		return p.backend.AddFiles(ctx, paths, p.folder)
	}, func(err error) {
		p.host.Fail(err)
		p.reload()
	})
}
