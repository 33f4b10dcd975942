package received

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const (
	panelWidth  float32 = 320
	panelInner          = panelWidth - 2*panelPad - 20
	panelPad    float32 = 16
	aloneWidth  float32 = 480
	noticeWidth         = aloneWidth - 100
)

// Page shows what is behind a link.
type Page struct {
	host     *page.Host
	backend  Backend
	tasks    *page.Tasks
	leave    func()
	link     string
	practice bool

	info    app.LinkInfo
	getting *getting // nil while nothing is fetched
	list    *widgets.FileList
	panel   *widgets.Box
	body    *fyne.Container
	title   *fyne.Container
}

// New returns the page of a link.
func New(host *page.Host, backend Backend, link string, practice bool) *Page {
	p := &Page{host: host, backend: backend, link: link, practice: practice, body: container.NewStack(), title: container.NewStack()}
	p.tasks, p.leave = host.Tasks.Scope()
	p.panel = widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Even(panelPad), nil)
	p.list = widgets.NewFileList()
	p.list.OnSelected = func(int) { p.showPanel() }
	p.list.OnOpen = func(i int) { p.open(p.info.Entries[i]) }
	p.list.OnKey = p.key
	p.name(widgets.NewText(lang.L("A link"), widgets.Title))
	p.look()
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return widgets.NewPage(p.title, nil, p.body) }

// Leave ends looking; what is being saved goes on.
func (p *Page) Leave() { p.leave() }

// Follow looks at the ozone again when some came.
func (p *Page) Follow(e app.Event) {
	if e.Kind == app.WalletChanged && p.info.Short() {
		p.look()
	}
}

func (p *Page) name(o fyne.CanvasObject) {
	back := widgets.NewButton(widgets.Quiet, "", "chevron-left", p.host.Back)
	p.title.Objects = []fyne.CanvasObject{widgets.Edges(nil, nil, widgets.Pad(widgets.Insets{Right: 8}, back), nil, o)}
	p.title.Refresh()
}

// look asks what is behind the link.
func (p *Page) look() {
	p.put(widgets.NewEmpty("link", lang.L("Looking at the link"), lang.L("What is behind it is asked from the network."), nil))
	page.Run(p.tasks, func(ctx context.Context) (app.LinkInfo, error) { return p.backend.LookAtLink(ctx, p.link) }, p.looked)
}

func (p *Page) looked(info app.LinkInfo, err error) {
	if err != nil {
		p.put(p.refused(troubleOf(err, p.practice)))
		return
	}
	p.info = info
	if info.Kind == app.LinkToFolder {
		p.showFolder()
		return
	}
	p.name(widgets.NewText(lang.L("A link"), widgets.Title))
	p.put(container.NewCenter(widgets.Sized(aloneWidth, 0, p.panel)))
	p.showPanel()
}

// refused says why a link does not open, with the button that solves it.
func (p *Page) refused(t trouble) fyne.CanvasObject {
	solve := p.look
	if t.ozone {
		solve = func() { p.getOzone("0") }
	}
	return container.NewCenter(widgets.Column(16,
		container.NewCenter(widgets.NewTile("warning", theme.Warn, theme.WarnSoft, 56)),
		widgets.NewParagraph(t.text, widgets.Body, noticeWidth).Align(fyne.TextAlignCenter),
		container.NewCenter(widgets.NewButton(widgets.Primary, t.button, "", solve))))
}

// showFolder lists a folder, with what is selected beside it.
func (p *Page) showFolder() {
	rows := make([]widgets.FileView, len(p.info.Entries))
	for i, e := range p.info.Entries {
		rows[i] = row(e, p.host.Now())
	}
	p.list.SetRows(rows)
	p.name(p.way())
	var inside fyne.CanvasObject = p.list
	if len(rows) == 0 {
		inside = widgets.NewEmpty("folder", lang.L("This folder is empty"), lang.L("Nothing was shared in it."), nil)
	}
	header := widgets.NewFilesHead([4]string{lang.L("Name"), lang.L("Inside"), lang.L("Changed"), lang.L("Size")})
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 15, Right: 8, Bottom: 8, Left: 8},
		widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 6}, header), nil, nil, nil, inside))
	side := container.NewVBox(p.panel)
	p.put(widgets.Edges(nil, nil, nil, widgets.Pad(widgets.Insets{Left: theme.Between}, widgets.Sized(panelWidth, 0, side)), card))
	p.showPanel()
}

// way are the folders that lead to the one that is shown.
func (p *Page) way() fyne.CanvasObject {
	line := widgets.Row(0)
	for i, c := range p.info.Way {
		if i == len(p.info.Way)-1 {
			line.Add(widgets.NewText(c.Name, widgets.Heading))
			break
		}
		line.Add(widgets.NewLink(c.Name, func() { p.enter(c.Link) }))
		line.Add(widgets.NewText(" / ", widgets.Second.At(theme.NameText)))
	}
	return container.NewHScroll(line)
}

func (p *Page) enter(link string) { p.host.Go(page.Route{Page: page.Link, Arg: link}) }

func (p *Page) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// chosen is what the buttons work with.
func (p *Page) chosen() thing {
	if i := p.list.Selected(); p.info.Kind == app.LinkToFolder && i >= 0 && i < len(p.info.Entries) {
		return part(p.info.Entries[i], p.host.Now())
	}
	return whole(p.info)
}

// open does what a double click means.
func (p *Page) open(e app.LinkEntry) {
	switch {
	case e.Folder:
		p.enter(e.Link)
	case e.Video:
		p.host.Go(page.Route{Page: page.Play, Arg: e.Link})
	default:
		p.openFile(part(e, p.host.Now()))
	}
}

// key are the keys of the list beyond moving.
func (p *Page) key(key *fyne.KeyEvent) bool {
	switch {
	case key.Name == fyne.KeyBackspace && len(p.info.Way) > 1:
		p.enter(p.info.Way[len(p.info.Way)-2].Link)
	case key.Name == fyne.KeyEscape && p.list.Selected() >= 0:
		p.list.Select(-1)
	default:
		return false
	}
	return true
}
