// Package shared is the page of links that were given away: what each leads to,
// how long it works, and the ways to give it away again or to stop it.
package shared

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/drive"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Backend is what the page needs of package app.
type Backend interface {
	Links(ctx context.Context) ([]app.Link, error)
	StopLink(ctx context.Context, id string) error
}

// row puts a link into words.
func row(l app.Link, now time.Time) widgets.FileView {
	v := widgets.FileView{
		Icon: "link", Name: l.Name, Second: lang.L("Private"), Changed: say.When(l.Created, now), Size: say.Size(l.Size),
		StatusText: firstUpper(say.Until(l.Expires, now)),
	}
	if l.Public {
		v.Icon, v.Second = "globe", lang.L("Public")
	}
	if l.AppLink != "" {
		v.Icon, v.Second = "film", lang.L("Public video")
	}
	if l.Unfinished {
		v.Icon, v.StatusText, v.Changed, v.Size = "film", lang.L("Not finished"), "", ""
	}
	if dir := path.Dir(l.Path); l.Path != "" && dir != "." {
		v.Second += ", " + strings.ReplaceAll(dir, "/", " / ")
	}
	return v
}

func firstUpper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// ordered returns the newest links first.
func ordered(links []app.Link) []app.Link {
	out := slices.Clone(links)
	slices.SortStableFunc(out, func(a, b app.Link) int { return b.Created.Compare(a.Created) })
	return out
}

// Page lists links.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()

	links      []app.Link
	list       *widgets.FileList
	copy, stop *widgets.Button
	body       *fyne.Container
	object     fyne.CanvasObject
}

// New returns the page.
func New(host *page.Host, backend Backend) *Page {
	p := &Page{host: host, backend: backend}
	p.tasks, p.leave = host.Tasks.Scope()
	p.list = widgets.NewFileList()
	p.list.OnSelected = func(int) { p.allow() }
	p.list.OnOpen = func(i int) { p.show(p.links[i]) }
	p.object = p.compose()
	p.reload()
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what is being read.
func (p *Page) Leave() { p.leave() }

// Follow reads the links again when they changed.
func (p *Page) Follow(e app.Event) {
	if e.Kind == app.LinksChanged || e.Kind == app.SetupChanged {
		p.reload()
	}
}

func (p *Page) compose() fyne.CanvasObject {
	p.copy = widgets.NewButton(widgets.Secondary, lang.L("Copy link"), "copy", func() { p.with(p.copyLink) })
	p.stop = widgets.NewButton(widgets.Secondary, lang.L("Stop link"), "close", func() { p.with(p.askStop) })
	p.allow()
	p.body = container.NewStack()
	header := widgets.NewFileHeader(lang.L("Name"), lang.L("Works"), lang.L("Made"), lang.L("Size"))
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 15, Right: 8, Bottom: 8, Left: 8},
		widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 6}, header), nil, nil, nil, p.body))
	return widgets.NewPage(widgets.NewText(lang.L("Shared"), widgets.Title), []fyne.CanvasObject{p.copy, p.stop}, card)
}

func (p *Page) allow() {
	l, chosen := p.selected()
	p.copy.SetEnabled(chosen && !l.Unfinished)
	p.stop.SetEnabled(chosen)
}

func (p *Page) selected() (app.Link, bool) {
	if i := p.list.Selected(); i >= 0 && i < len(p.links) {
		return p.links[i], true
	}
	return app.Link{}, false
}

func (p *Page) with(do func(app.Link)) {
	if l, ok := p.selected(); ok {
		do(l)
	}
}

func (p *Page) reload() { page.Run(p.tasks, p.backend.Links, p.loaded) }

func (p *Page) loaded(links []app.Link, err error) {
	if err != nil {
		p.put(widgets.NewTrouble(err, p.reload))
		return
	}
	p.links = ordered(links)
	rows := make([]widgets.FileView, len(p.links))
	for i, l := range p.links {
		rows[i] = row(l, p.host.Now())
	}
	p.list.SetRows(rows)
	p.allow()
	if len(rows) == 0 {
		p.put(widgets.NewEmpty("share", lang.L("Nothing is shared"),
			lang.L("Choose a file in your drive and press Share. Its link is listed here until you stop it."), nil))
		return
	}
	p.put(p.list)
}

func (p *Page) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

func (p *Page) copyLink(l app.Link) {
	p.host.Copy(cmp.Or(l.AppLink, l.Link))
	p.host.Say(lang.L("Link copied"))
}

func (p *Page) show(l app.Link) {
	if l.Unfinished {
		p.host.Say(lang.L("Publishing was cut off. Publish {{.Path}} again to go on, or stop it here.", map[string]any{"Path": l.Path}))
		return
	}
	drive.ShowLink(p.host, widgets.NewDialog(p.host.Canvas()), l)
}

// stopping says what ending a link does, and what it cannot do.
func stopping(l app.Link) string {
	text := lang.L("Who has the link cannot open it any more. Copies that were already downloaded stay where they are. Your file is not touched.")
	if l.AppLink != "" {
		text = lang.L("Who has the link cannot begin to watch it any more, and it is deleted from the network. A node that served it may keep it for two days, and who watched it may have a copy. Your file is not touched.")
	}
	if l.Unfinished {
		text = lang.L("What was uploaded so far is taken back. Your file is not touched.")
	}
	return text
}

// askStop stops a link after asking.
func (p *Page) askStop(l app.Link) {
	d := widgets.NewDialog(p.host.Canvas())
	stop := widgets.NewButton(widgets.Dangerous, lang.L("Stop link"), "", func() {
		d.Close()
		page.Do(p.tasks, func(ctx context.Context) error { return p.backend.StopLink(ctx, l.ID) }, func(err error) {
			p.host.Fail(err)
			p.reload()
		})
	})
	d.Present(widgets.Sheet{
		Title: lang.L("Stop the link to {{.Name}}?", map[string]any{"Name": l.Name}),
		Text:  stopping(l),
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Keep it"), "", d.Close), stop,
		},
	})
}
