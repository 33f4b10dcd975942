package shared

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// endWidth is the width of the button that ends a link or takes it off the list.
const endWidth float32 = 168

// Page lists links.
type Page struct {
	host     *page.Host
	backend  Backend
	tasks    *page.Tasks
	leave    func()
	practice bool

	links, shown       []app.Link
	list               *widgets.FileList
	search             *widgets.Field
	copy, stop, forget *widgets.Button
	body               *fyne.Container
	note               *widgets.Text
	object             fyne.CanvasObject
}

// New returns the page.
func New(host *page.Host, backend Backend, practice bool) *Page {
	p := &Page{host: host, backend: backend, practice: practice}
	p.tasks, p.leave = host.Tasks.Scope()
	p.list = widgets.NewFileList()
	p.list.OnSelected = func(int) { p.allow() }
	p.list.OnOpen = func(i int) { p.show(p.shown[i]) }
	p.list.OnMenu = func(i int, at fyne.Position) { widgets.ShowMenu(host.Canvas(), at, p.actions(p.shown[i])...) }
	p.list.OnKey = p.key
	p.object = p.compose()
	p.reload()
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what is being read.
func (p *Page) Leave() { p.leave() }

// Search gives the focus to the search field.
func (p *Page) Search() { p.host.Canvas().Focus(p.search) }

// Follow reads the links again when they changed.
func (p *Page) Follow(e app.Event) {
	if e.Kind == app.LinksChanged || e.Kind == app.SetupChanged {
		p.reload()
	}
}

func (p *Page) compose() fyne.CanvasObject {
	p.search = widgets.NewField(lang.L("Search"), "search")
	p.search.OnChanged = func(string) { p.filter() }
	p.copy = widgets.NewButton(widgets.Secondary, lang.L("Copy link"), "copy", func() { p.with(p.copyLink) })
	p.stop = widgets.NewButton(widgets.Secondary, lang.L("Stop link"), "close", func() { p.with(p.askStop) })
	p.forget = widgets.NewButton(widgets.Secondary, lang.L("Take off the list"), "trash", func() { p.with(p.forgetLink) })
	p.forget.Hide()
	open := widgets.NewButton(widgets.Primary, lang.L("Open a link"), "link", p.askLink)
	p.note = widgets.NewCutText("", widgets.Small)
	p.body = container.NewStack()
	header := widgets.NewFilesHead([4]string{lang.L("Name"), lang.L("Works"), lang.L("Made"), lang.L("Size")})
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 15, Right: 8, Bottom: 8, Left: 8},
		widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 6}, header), widgets.Pad(widgets.Insets{Top: 8, Right: 8, Bottom: 4, Left: 8}, p.note), nil, nil, p.body))
	p.allow()
	return widgets.NewPage(widgets.NewHead(widgets.NewText(lang.L("Shared"), widgets.Title), widgets.Sized(180, 0, p.search)),
		[]fyne.CanvasObject{p.copy, widgets.Sized(endWidth, 0, container.NewStack(p.stop, p.forget)), open}, card)
}

// allow offers what can be done with the link that is selected.
func (p *Page) allow() {
	l, chosen := p.selected()
	p.copy.SetEnabled(chosen && l.State.Works())
	p.stop.SetEnabled(chosen)
	if over := chosen && ended(l); over == p.stop.Visible() {
		show(p.stop, !over)
		show(p.forget, over)
	}
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
		return
	}
	o.Hide()
}

func (p *Page) selected() (app.Link, bool) {
	if i := p.list.Selected(); i >= 0 && i < len(p.shown) {
		return p.shown[i], true
	}
	return app.Link{}, false
}

func (p *Page) with(do func(app.Link)) {
	if l, ok := p.selected(); ok {
		do(l)
	}
}

func (p *Page) reload() { page.Run(p.tasks, p.backend.AllLinks, p.loaded) }

func (p *Page) loaded(links []app.Link, err error) {
	if err != nil {
		p.put(widgets.NewTrouble(err, p.reload))
		return
	}
	p.links = links
	p.filter()
}

// filter shows what the search leaves.
func (p *Page) filter() {
	before, chosen := p.selected()
	p.shown = ordered(p.links, p.search.Text)
	rows, keep := make([]widgets.FileView, len(p.shown)), -1
	for i, l := range p.shown {
		if rows[i] = row(l, p.host.Now()); chosen && l.ID == before.ID {
			keep = i
		}
	}
	p.list.SetRows(rows)
	p.list.Select(keep)
	p.allow()
	p.note.SetText("")
	if len(p.links) > 0 {
		p.note.SetText(summary(p.links))
	}
	p.put(p.content())
}

func (p *Page) content() fyne.CanvasObject {
	switch {
	case len(p.shown) > 0:
		return p.list
	case len(p.links) > 0:
		return widgets.NewEmpty("search", lang.L("Nothing found"), lang.L("No link leads to something of that name."), nil)
	}
	return widgets.NewEmpty("share", lang.L("Nothing is shared"),
		lang.L("Choose a file or folder in your drive and press Share. Its link is listed here, on all your machines, until you stop it. A link that you were given you open here, or by pasting it anywhere."),
		widgets.NewButton(widgets.Secondary, lang.L("Go to my drive"), "folder", func() { p.host.Go(page.Route{Page: page.Drive}) }))
}

func (p *Page) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// key are the keys of the list beyond moving.
func (p *Page) key(key *fyne.KeyEvent) bool {
	l, chosen := p.selected()
	if key.Name != fyne.KeyDelete || !chosen {
		return false
	}
	if ended(l) {
		p.forgetLink(l)
	} else {
		p.askStop(l)
	}
	return true
}

// askLink takes a link that somebody was given.
func (p *Page) askLink() {
	d := widgets.NewDialog(p.host.Canvas())
	field := widgets.NewField(lang.L("Paste a link"), "link")
	problem := widgets.NewText("", widgets.Small.In(theme.Bad))
	open := widgets.NewButton(widgets.Primary, lang.L("Open"), "", func() {
		d.Close()
		p.host.Go(page.Route{Page: page.Link, Arg: strings.TrimSpace(field.Text)})
	})
	open.Disable()
	field.OnChanged = func(text string) {
		err := app.CheckLink(text)
		open.SetEnabled(err == nil)
		problem.SetText("")
		if err != nil && strings.TrimSpace(text) != "" {
			problem.SetText(say.Trouble(err))
		}
	}
	field.OnSubmitted = d.Submit
	d.Present(widgets.Sheet{
		Title: lang.L("Open a link"), Text: lang.L("It begins with stos:// or sds://. You see what is behind it before you pay for it."),
		Body: widgets.Column(6, field, problem), Focus: field,
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", d.Close), open},
	})
}

func (p *Page) copyLink(l app.Link) {
	p.host.Copy(cmp.Or(l.AppLink, l.Link))
	p.host.Say(lang.L("Link copied"))
}

func (p *Page) forgetLink(l app.Link) {
	page.Do(p.host.Tasks, func(ctx context.Context) error { return p.backend.ForgetLink(ctx, l.ID) }, func(err error) {
		p.host.Fail(err)
		p.reload()
	})
}
