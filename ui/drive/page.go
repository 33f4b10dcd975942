package drive

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
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
	entries  *app.Listing // of the folder
	shown    rows         // after searching and sorting
	look     app.DriveLook

	status           app.Status // as it was told last
	loading, again   bool       // the list is being read; something changed meanwhile
	arranging, other bool       // it is being sorted; it has to be once more
	read, presented  bool       // it was read, and shown, once
	began, loadedAt  time.Time
	took             time.Duration // reading it
	due              bool          // it is read again a little later

	search               *widgets.Field
	list                 *widgets.Files
	head                 *widgets.FilesHead
	top                  *fyne.Container // the titles of the columns, while there are some
	frame                *fyne.Container // both
	asGrid               *widgets.Button
	makeFolder, addFiles *widgets.Button // in words, where there is room
	thumbs               *thumbs
	way                  *pathBar
	body                 *fyne.Container   // list, empty page or error
	shape                fyne.CanvasObject // of a list, while there is none
	full                 fyne.CanvasObject
	detail               *detail
	object               fyne.CanvasObject
	beside               *fyne.Container
}

// New returns the page of a folder, "" for the top. practice says that files
// exist only on this computer.
func New(host *page.Host, backend Backend, folder string, practice bool) *Page {
	p := &Page{host: host, backend: backend, folder: folder, practice: practice, entries: app.ListingOf(nil), look: backend.DriveLook()}
	p.tasks, p.leave = host.Tasks.Scope()
	p.search = widgets.NewField(lang.L("Search files"), "search")
	p.search.OnChanged = func(string) { p.arrange() }
	p.list = widgets.NewFiles(p.view)
	p.thumbs = newThumbs(p.tasks, backend.Thumbnail, p.inSight, p.list.Renew)
	p.wire()
	p.way = newPathBar(p)
	p.detail = newDetail(p)
	p.object = p.compose()
	p.dress()
	p.shape = widgets.NewSkeleton()
	p.put(p.shape)
	p.reload()
	return p
}

// wire tells the list what to do.
func (p *Page) wire() {
	p.list.OnPicked = p.showDetail
	p.list.OnOpen = func(i int) { p.open(p.shown.at(i)) }
	p.list.OnMenu = p.menu
	p.list.OnKey = p.key
	p.list.OnShortcut = p.Shortcut
	p.list.OnRune = p.typed
	p.list.MayDrop = func(onto int) bool { e := p.shown.at(onto); return e.Folder && mayDrop(p.picked(), e.Path) }
	p.list.OnDropped = func(onto int) { p.move(p.picked(), p.shown.at(onto).Path) }
	p.list.OnOutside = func(at fyne.Position, drop bool) { p.way.outside(at, drop) }
	p.list.DragWords = func(n int) string { return itemWords(p.picked()) }
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Focus gives the keyboard to the list, also before the toolkit knows in which
// window it is. A list that is still to come gets it then.
func (p *Page) Focus() {
	if p.read {
		p.host.Canvas().Focus(p.list.Hands())
	}
}

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
	case app.StatusChanged:
		if p.news(p.backend.Status()) {
			p.reload()
		}
	case app.LinksChanged, app.SetupChanged:
		p.reload()
	}
}

// news tells whether a status may change what the list shows. A look around
// that found nothing does not, and there is one every few seconds.
func (p *Page) news(s app.Status) bool {
	was := p.status
	p.status = s
	calm := func(s app.Status) bool {
		return s.FilesTotal == 0 && (s.Phase == app.PhaseUpToDate || s.Phase == app.PhaseSyncing)
	}
	return !p.read || !calm(s) || !calm(was)
}

func (p *Page) enter(folder string) { p.host.Go(page.Route{Page: page.Drive, Arg: folder}) }

// breath is how much longer than reading a folder takes it is left alone: one
// of 100,000 files must not keep the machine busy while they are uploaded.
const breath = 6

// reload reads the folder again. While it is being read, one more reading is
// remembered, however often something changes.
func (p *Page) reload() {
	if p.loading {
		p.again = true
		return
	}
	if wait := p.loadedAt.Add(breath * p.took).Sub(p.host.Now()); p.took > 50*time.Millisecond && wait > 0 {
		if !p.due {
			p.due = true
			p.tasks.After(wait, func() { p.due = false; p.reload() })
		}
		return
	}
	p.loading, p.again, p.began = true, false, p.host.Now()
	page.Run(p.tasks, func(ctx context.Context) (*app.Listing, error) {
		return p.backend.Listing(ctx, p.folder)
	}, p.loaded)
}

func (p *Page) loaded(entries *app.Listing, err error) {
	p.loading, p.loadedAt = false, p.host.Now()
	p.took = p.loadedAt.Sub(p.began)
	p.got(entries, err)
	if p.again {
		p.reload()
	}
}

func (p *Page) got(entries *app.Listing, err error) {
	switch {
	case errors.Is(err, app.ErrNotReady) && p.backend.Status().Phase == app.PhaseStarting:
		if !p.read {
			p.put(p.shape) // until it is open
		}
	case err != nil:
		p.lose()
		p.put(widgets.NewTrouble(err, p.reload))
	default:
		p.entries, p.read = entries, true
		p.arrange()
	}
}

// lose forgets the files of a folder that cannot be read: nothing may be done to
// what nobody sees.
func (p *Page) lose() {
	p.read, p.entries, p.shown = false, app.ListingOf(nil), rows{}
	p.list.SetItems(0, nil, -1)
	p.showDetail()
}

// arrange searches and sorts what was read, beside the window's own work. While
// that goes on, once more is remembered.
func (p *Page) arrange() {
	if !p.read {
		return
	}
	if p.arranging {
		p.other = true
		return
	}
	p.arranging, p.other = true, false
	a := p.arrangement()
	page.Run(p.tasks, a.do, func(done arranged, err error) { p.arrived(a, done, err) })
}

// arrangement is what is to be arranged now.
func (p *Page) arrangement() arrangement {
	return arrangement{p.entries, p.search.Text, p.look, p.shown, p.list.Picked(), p.list.At()}
}

// arrived shows what was arranged. Where something else was picked meanwhile, it
// is arranged once more instead.
func (p *Page) arrived(a arrangement, done arranged, err error) {
	p.arranging = false
	stale := !done.same && !(slices.Equal(a.picked, p.list.Picked()) && a.at == p.list.At())
	if err == nil && p.read && !stale {
		p.present(done)
	}
	if p.other || err == nil && stale {
		p.arrange()
	}
}

func (p *Page) present(a arranged) {
	same := a.same && p.shown.len() > 0 // the list may have been lost meanwhile
	p.shown = a.shown
	if same {
		p.list.Renew()
	} else {
		p.list.SetItems(a.shown.len(), a.picked, a.at)
		p.full.Refresh() // the list has another height now
	}
	p.put(p.content())
	p.showDetail()
	if c := p.host.Canvas(); !p.presented && c.Focused() == nil && c.Overlays().Top() == nil {
		p.Focus() // until now, there was only the shape of a list
	}
	p.presented = true
}

func (p *Page) content() fyne.CanvasObject {
	switch {
	case p.shown.len() > 0:
		return p.full
	case p.entries.Len() > 0:
		return widgets.NewEmpty("search", lang.L("Nothing found"), lang.L("No name in this folder holds these words."), nil)
	default:
		return widgets.NewEmpty("folder", lang.L("This folder is empty"),
			lang.L("Drop files or folders anywhere in this window. They are encrypted, then uploaded, and appear on all your machines."),
			widgets.NewButton(widgets.Secondary, lang.L("Add files"), "arrow-up", p.askFiles))
	}
}

func (p *Page) put(o fyne.CanvasObject) {
	if len(p.body.Objects) == 1 && p.body.Objects[0] == o {
		return
	}
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// picked are the entries that are picked.
func (p *Page) picked() []app.Entry {
	items := p.list.Picked()
	list := make([]app.Entry, 0, len(items))
	for _, i := range items {
		list = append(list, p.shown.at(i))
	}
	return list
}

func (p *Page) showDetail() {
	p.detail.show(p.picked())
	p.beside.Refresh()
}

// view says what one entry shows.
func (p *Page) view(i int) widgets.FileView {
	e := p.shown.at(i)
	v := row(e, p.host.Now())
	v.Picture = p.thumbs.of(i, e)
	return v
}

// inSight tells whether an entry is shown at an index, and can be seen.
func (p *Page) inSight(i int, e app.Entry) bool {
	return i < p.shown.len() && p.shown.at(i).Path == e.Path && p.list.Sees(i)
}

// compose puts the page together.
func (p *Page) compose() fyne.CanvasObject {
	p.full = widgets.WithDropZone(p.list, widgets.NewDropZone(lang.L("Drop files or folders anywhere to add them")))
	p.body = container.NewStack(p.full)
	p.head = widgets.NewFilesHead([4]string{lang.L("Name"), lang.L("Status"), lang.L("Changed"), lang.L("Size")})
	p.head.OnSort = func(column int) { p.sortBy([]string{app.ByName, "", app.ByChanged, app.BySize}[column]) }
	p.top = container.NewStack()
	p.beside = widgets.Beside(p.card(), p.detail.card, detailWidth, 760, func() bool { return p.detail.wanted })
	return container.New(fitTools{p}, widgets.NewPage(p.way.object, p.tools(), p.beside))
}
