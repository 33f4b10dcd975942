package drive

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const (
	detailWidth float32 = 300
	detailInner         = detailWidth - 32
)

// detail is the panel beside the list about the selected entry.
type detail struct {
	page   *Page
	card   *widgets.Box
	shown  app.Entry
	wanted bool // an entry is selected
}

func newDetail(p *Page) *detail {
	d := &detail{page: p, card: widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Even(12), nil)}
	return d
}

// show describes an entry; nil hides the panel.
func (d *detail) show(e *app.Entry) {
	d.wanted = e != nil
	if e != nil && *e != d.shown {
		d.shown = *e
		d.card.SetContent(d.compose(*e))
	}
}

func (d *detail) compose(e app.Entry) fyne.CanvasObject {
	p := d.page
	text := sizeOf(e)
	if s := second(e); s != "" {
		text += ", " + lowerFirst(s)
	}
	column := widgets.Column(8,
		d.preview(e),
		widgets.Gap(0, 2),
		widgets.NewParagraph(e.Name, widgets.Heading, detailInner),
		widgets.NewText(text, widgets.Small),
		widgets.Gap(0, 0),
		d.buttons(e),
		d.publish(e),
		widgets.Gap(0, 2), widgets.Line(), widgets.Gap(0, 0),
	)
	for _, f := range facts(e, p.host.Now()) {
		column.Add(widgets.Pad(widgets.Insets{Top: 3, Bottom: 3}, widgets.NewKeyValue(f.label, f.value)))
	}
	if t := transfer(e); t != nil {
		return widgets.Edges(nil, widgets.Pad(widgets.Even(4), t), nil, nil, scrolled(column))
	}
	return scrolled(column)
}

// scrolled leaves room at the edges, where a scroller cuts.
func scrolled(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVScroll(widgets.Pad(widgets.Even(4), o))
}

// preview is a ground with the icon of the entry, a play mark for videos.
func (d *detail) preview(e app.Entry) fyne.CanvasObject {
	var mark fyne.CanvasObject = widgets.NewIconAt(iconOf(e), theme.Muted, 36)
	if e.Video {
		mark = widgets.NewBox(theme.Accent, theme.Clear, 26, widgets.Even(17), widgets.NewIcon("play", theme.OnAccent))
	}
	ground := widgets.NewBox(theme.Thumb, theme.Clear, theme.ControlRadius, widgets.Insets{}, container.NewCenter(mark))
	return widgets.Sized(detailInner, 158, ground)
}

func (d *detail) buttons(e app.Entry) fyne.CanvasObject {
	p := d.page
	word, icon, _ := mainAction(e)
	first := widgets.NewButton(widgets.Primary, word, icon, func() { p.open(e) })
	share := widgets.NewButton(widgets.Secondary, lang.L("Share"), "share", func() { p.share(e) })
	share.SetEnabled(canShare(e))
	more := widgets.NewButton(widgets.Secondary, "", "dots", nil)
	more.OnTapped = func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(more)
		p.menu(e, at.AddXY(more.Size().Width-widgets.MenuWidth, more.Size().Height+4))
	}
	return widgets.Edges(nil, nil, nil, widgets.Row(8, share, widgets.Sized(46, 0, more)), widgets.Pad(widgets.Insets{Right: 8}, first))
}

// publish offers a video to everybody, nothing for other entries.
func (d *detail) publish(e app.Entry) fyne.CanvasObject {
	p := d.page
	b := widgets.NewButton(widgets.Secondary, lang.L("Publish as a video"), "globe", func() { ShowPublish(p.host, p.tasks, p.backend, e, p.practice) })
	if !canPublish(e) {
		b.Hide()
	}
	return b
}

// transfer shows how far an upload or download is, nil for none.
func transfer(e app.Entry) fyne.CanvasObject {
	text := moving(e)
	if text == "" {
		return nil
	}
	bar := widgets.NewProgress()
	bar.Set(float64(e.Percent) / 100)
	return widgets.Column(8, widgets.NewText(text+", "+say.Size(e.Size), widgets.Small), widgets.Sized(0, 8, bar))
}

// lowerFirst is for a word in the middle of a line.
func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return string(s[0]|0x20) + s[1:]
}
