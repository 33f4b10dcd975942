package drive

import (
	"context"
	"image"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const (
	detailWidth   float32 = 300
	detailInner           = detailWidth - 32
	previewHeight float32 = 158
)

// detail is the panel beside the list about what is picked.
type detail struct {
	page   *Page
	card   *widgets.Box
	shown  []app.Entry
	wanted bool // something is picked

	preview *widgets.Thumb
	more    *fyne.Container // what is looked up
	looked  string          // the path that it is about
	facts   app.FileFacts
	known   bool   // facts are those of looked
	leave   func() // ends looking up

	controls []*widgets.Button // from top to bottom
}

func newDetail(p *Page) *detail {
	return &detail{page: p, leave: func() {}, card: widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Even(12), nil)}
}

// show describes what is picked; nothing hides the panel.
func (d *detail) show(picked []app.Entry) {
	d.wanted = len(picked) > 0
	if slices.Equal(picked, d.shown) {
		return
	}
	d.shown = picked
	d.leave()
	held := d.held()
	d.controls = nil
	switch len(picked) {
	case 0:
		d.looked = ""
		d.card.SetContent(nil)
	case 1:
		d.card.SetContent(d.compose(picked[0]))
		d.lookUp(picked[0])
	default:
		d.looked = ""
		d.card.SetContent(d.several(picked))
	}
	d.hold(held)
}

// held is which of its buttons has the keyboard, -1 for none.
func (d *detail) held() int {
	now := d.page.host.Canvas().Focused()
	return slices.IndexFunc(d.controls, func(b *widgets.Button) bool { return now == fyne.Focusable(b) })
}

// hold gives the keyboard to the button in the same place as before, or to the
// list where there is none: it is never with what is no longer shown.
func (d *detail) hold(at int) {
	switch {
	case at < 0:
	case at < len(d.controls):
		d.page.host.Canvas().Focus(d.controls[at])
	default:
		d.page.Focus()
	}
}

// button is a button of the panel.
func (d *detail) button(kind widgets.Kind, word, icon string, tapped func()) *widgets.Button {
	b := widgets.NewButton(kind, word, icon, tapped)
	d.controls = append(d.controls, b)
	return b
}

// several describes more than one entry.
func (d *detail) several(picked []app.Entry) fyne.CanvasObject {
	p := d.page
	column := widgets.Column(8,
		d.ground(widgets.NewIconAt("copy", theme.Muted, 36)),
		widgets.Gap(0, 2),
		widgets.NewText(lang.L("{{.Items}} chosen", map[string]any{"Items": say.Items(len(picked))}), widgets.Heading),
		widgets.NewText(say.Size(totalSize(picked)), widgets.Small),
		widgets.Gap(0, 2))
	for _, o := range offersFor(picked) {
		kind := widgets.Secondary
		if o == toRemove {
			kind = widgets.Dangerous
		}
		column.Add(d.button(kind, offerWord(o, picked), "", func() { p.take(o, p.picked()) }))
	}
	return scrolled(column)
}

func (d *detail) compose(e app.Entry) fyne.CanvasObject {
	text := []string{sizeOf(e)}
	if s := second(e); s != "" {
		text = append(text, lowerFirst(s))
	}
	column := widgets.Column(8,
		d.previewOf(e),
		widgets.Gap(0, 2),
		widgets.NewParagraph(e.Name, widgets.Heading, detailInner),
		widgets.NewParagraph(strings.Join(text, ", "), widgets.Small, detailInner),
		widgets.Gap(0, 0),
		d.buttons(e),
	)
	if canPublish(e) {
		column.Add(d.button(widgets.Secondary, lang.L("Publish as a video"), "globe", func() { d.page.take(toPublish, []app.Entry{e}) }))
	}
	for _, o := range []fyne.CanvasObject{widgets.Gap(0, 2), widgets.Line(), widgets.Gap(0, 0)} {
		column.Add(o)
	}
	d.more = widgets.Column(8)
	addFacts(column, facts(e, d.page.host.Now()))
	column.Add(d.more)
	if d.known && d.looked == e.Path {
		d.showMore(e)
	}
	if t := transfer(e); t != nil {
		return widgets.Edges(nil, widgets.Pad(widgets.Even(4), t), nil, nil, scrolled(column))
	}
	return scrolled(column)
}

func addFacts(column *fyne.Container, list []fact) {
	for _, f := range list {
		column.Add(widgets.Pad(widgets.Insets{Top: 3, Bottom: 3}, factLine(f)))
	}
}

// factLine is one line, or two where the words are too long for one.
func factLine(f fact) fyne.CanvasObject {
	if line := widgets.NewKeyValue(f.label, f.value); line.MinSize().Width <= detailInner {
		return line
	}
	return widgets.Column(2, widgets.NewParagraph(f.label, widgets.Second, detailInner), widgets.NewParagraph(f.value, widgets.Name, detailInner))
}

// lookUp finds out what takes a moment: the picture, versions, links and what
// it costs. Moving on to another entry leaves it.
func (d *detail) lookUp(e app.Entry) {
	if e.Folder || !inDrive(e) {
		d.looked = ""
		return
	}
	var tasks *page.Tasks
	tasks, d.leave = d.page.tasks.Scope()
	preview := d.preview
	if preview != nil && app.HasThumbnail(e.Name) {
		page.Run(tasks, func(ctx context.Context) (image.Image, error) { return d.page.backend.Thumbnail(ctx, e) },
			func(m image.Image, err error) {
				if err == nil {
					preview.Set(iconOf(e), m)
				}
			})
	}
	if d.looked != e.Path {
		d.known = false
	}
	d.looked = e.Path
	page.Run(tasks, func(ctx context.Context) (app.FileFacts, error) { return d.page.backend.FileFacts(ctx, e.Path) },
		func(f app.FileFacts, err error) {
			if err == nil {
				d.facts, d.known = f, true
				d.showMore(e)
			}
		})
}

func (d *detail) showMore(e app.Entry) {
	d.more.RemoveAll()
	addFacts(d.more, moreFacts(e, d.facts, d.page.host.Now()))
	d.more.Refresh()
}

// scrolled leaves room at the edges, where a scroller cuts.
func scrolled(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVScroll(widgets.Pad(widgets.Even(4), o))
}

func (d *detail) ground(mark fyne.CanvasObject) fyne.CanvasObject {
	ground := widgets.NewBox(theme.Thumb, theme.Clear, theme.ControlRadius, widgets.Insets{}, container.NewCenter(mark))
	return widgets.Sized(detailInner, previewHeight, ground)
}

// previewOf is the picture of the entry, or its icon; videos have a play mark.
func (d *detail) previewOf(e app.Entry) fyne.CanvasObject {
	d.preview = nil
	if e.Folder || !app.HasThumbnail(e.Name) && !e.Video {
		return d.ground(widgets.NewIconAt(iconOf(e), theme.Muted, 36))
	}
	d.preview = widgets.NewThumb()
	icon := iconOf(e)
	if e.Video {
		icon = ""
	}
	m, _ := d.page.thumbs.memory.get(thumbOf(e))
	d.preview.Set(icon, m)
	shown := widgets.Sized(detailInner, previewHeight, d.preview)
	if !e.Video {
		return shown
	}
	mark := widgets.NewBox(theme.Accent, theme.Clear, 26, widgets.Even(17), widgets.NewIcon("play", theme.OnAccent))
	return container.NewStack(shown, container.NewCenter(mark))
}

func (d *detail) buttons(e app.Entry) fyne.CanvasObject {
	p := d.page
	word, icon, _ := mainAction(e)
	do := func() { p.open(e) }
	offers := offersForOne(e)
	if slices.Contains(offers, toCompare) {
		word, icon, do = lang.L("Choose"), "warning", func() { p.showConflict(e) }
	}
	first := d.button(widgets.Primary, word, icon, do)
	share := d.button(widgets.Secondary, lang.L("Share"), "share", func() { p.share(e) })
	share.SetEnabled(slices.Contains(offers, toShare))
	more := d.button(widgets.Secondary, "", "dots", nil)
	more.OnTapped = func() { p.menu(below(more)) }
	dots := widgets.Sized(46, 0, more)
	line := widgets.Edges(nil, nil, nil, widgets.Row(8, share, dots), widgets.Pad(widgets.Insets{Right: 8}, first))
	if line.MinSize().Width <= detailInner {
		return line
	}
	return widgets.Column(8, first, widgets.Edges(nil, nil, nil, dots, widgets.Pad(widgets.Insets{Right: 8}, share)))
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
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}
