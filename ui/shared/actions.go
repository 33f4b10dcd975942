package shared

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/drive"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// actions are what can be done with a link.
func (p *Page) actions(l app.Link) (items []*fyne.MenuItem) {
	add := func(word string, do func(app.Link)) { items = append(items, fyne.NewMenuItem(word, func() { do(l) })) }
	if l.State.Works() {
		add(lang.L("Show it, with its code"), p.show)
		add(lang.L("Copy link"), p.copyLink)
		add(lang.L("Open it as others see it"), func(l app.Link) { p.host.Go(page.Route{Page: page.Link, Arg: l.Link}) })
	}
	if canShareAgain(l) {
		add(lang.L("Share again"), p.shareAgain)
	}
	if ended(l) {
		add(lang.L("Take off the list"), p.forgetLink)
		return items
	}
	add(lang.L("Stop link"), p.askStop)
	return items
}

// show shows a link to give away; one that has ended is offered again.
func (p *Page) show(l app.Link) {
	switch {
	case l.State == app.LinkUnfinished:
		p.host.Say(lang.L("Publishing was cut off. Publish {{.Path}} again to go on, or stop it here.", map[string]any{"Path": l.Path}))
	case l.State.Works():
		drive.ShowLink(p.host, widgets.NewDialog(p.host.Canvas()), l)
	case canShareAgain(l):
		p.shareAgain(l)
	}
}

// shareAgain makes a new link to what one that has ended led to: the network
// cannot make a link last longer.
func (p *Page) shareAgain(l app.Link) {
	drive.ShowShare(p.host, p.tasks, p.backend, app.Entry{Name: l.Name, Path: l.Path, Folder: l.Folder, Size: l.Size, Video: app.IsVideo(l.Path)}, p.practice)
}

// askStop stops a link after asking, also when the page is left meanwhile.
func (p *Page) askStop(l app.Link) {
	d := widgets.NewDialog(p.host.Canvas())
	stop := widgets.NewButton(widgets.Dangerous, lang.L("Stop link"), "", func() {
		d.Close()
		page.Do(p.host.Tasks, func(ctx context.Context) error { return p.backend.StopLink(ctx, l.ID) }, func(err error) {
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
