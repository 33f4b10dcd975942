package viewer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

const (
	textSize  float32 = 13
	lineSpace float32 = 4
	edgeSpace float32 = 16
)

// textView shows lines, broken to its width.
type textView struct {
	widget.BaseWidget

	lines   []string
	shown   []wrapped
	columns int
	query   string
	hits    map[int]bool
	order   []int // the hits as they follow
	at      int   // of order
	list    *widget.List
}

func newTextView(lines []string) *textView {
	v := &textView{lines: lines}
	v.list = widget.NewList(func() int { return len(v.shown) }, newTextLine, v.fill)
	v.list.HideSeparators = true
	v.ExtendBaseWidget(v)
	return v
}

func newTextLine() fyne.CanvasObject {
	text := canvas.NewText("", theme.Color(theme.Text))
	text.TextSize, text.TextStyle = textSize, fyne.TextStyle{Monospace: true}
	return text
}

func (v *textView) fill(i widget.ListItemID, o fyne.CanvasObject) {
	text := o.(*canvas.Text)
	text.Text, text.Color = v.shown[i].text, theme.Color(theme.Text)
	if v.hits[i] {
		text.Color = theme.Color(theme.Accent)
	}
	text.TextStyle.Bold = v.hits[i]
	text.Refresh()
}

// Find marks the lines that hold a text and shows the first.
func (v *textView) Find(text string) int {
	v.query = text
	v.mark()
	v.at = -1
	v.Next()
	v.list.Refresh()
	return len(v.order)
}

// Next shows the next line that was found.
func (v *textView) Next() {
	if len(v.order) > 0 {
		v.at = (v.at + 1) % len(v.order)
		v.list.ScrollTo(v.order[v.at])
	}
}

func (v *textView) mark() {
	v.order, v.hits = find(v.shown, v.query), map[int]bool{}
	for _, i := range v.order {
		v.hits[i] = true
	}
}

// fit breaks the lines to a width.
func (v *textView) fit(width float32) {
	one := fyne.MeasureText("m", textSize, fyne.TextStyle{Monospace: true}).Width
	columns := int((width - 2*edgeSpace) / max(one, 1))
	if columns == v.columns {
		return
	}
	v.columns, v.shown = columns, wrap(v.lines, columns)
	v.mark()
	v.list.Refresh()
}

// CreateRenderer is for the toolkit.
func (v *textView) CreateRenderer() fyne.WidgetRenderer { return &textRenderer{v} }

type textRenderer struct{ v *textView }

func (r *textRenderer) Destroy()                     {}
func (r *textRenderer) MinSize() fyne.Size           { return fyne.NewSize(120, 80) }
func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.v.list} }
func (r *textRenderer) Refresh()                     { r.v.list.Refresh() }

func (r *textRenderer) Layout(size fyne.Size) {
	r.v.list.Move(fyne.NewPos(edgeSpace, lineSpace))
	r.v.list.Resize(fyne.NewSize(size.Width-2*edgeSpace, size.Height-2*lineSpace))
	r.v.fit(size.Width)
}
