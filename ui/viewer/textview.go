package viewer

import (
	"math"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	textSize  float32 = 13
	lineSpace float32 = 4
	edgeSpace float32 = 16
)

// textView shows lines, broken to its width. What is selected can be copied.
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

	selected selection
}

func newTextView(lines []string) *textView {
	v := &textView{lines: lines}
	v.list = widget.NewList(func() int { return len(v.shown) }, func() fyne.CanvasObject { return newTextLine(v) }, v.fill)
	v.list.HideSeparators = true
	v.ExtendBaseWidget(v)
	return v
}

func (v *textView) fill(i widget.ListItemID, o fyne.CanvasObject) {
	from, to := v.selected.of(i, len([]rune(v.shown[i].text)))
	o.(*textLine).set(i, v.shown[i].text, v.hits[i], from, to)
}

// begin starts a selection.
func (v *textView) begin(at spot) { v.choose(selection{at, at}) }

// reach moves the end of the selection to a place that is told from the corner
// of a line.
func (v *textView) reach(line int, at fyne.Position) {
	line += int(math.Floor(float64(at.Y / v.pitch())))
	line = max(0, min(len(v.shown)-1, line))
	probe := textLine{text: v.shown[line].text}
	v.list.ScrollTo(line)
	v.choose(selection{v.selected.from, spot{line, probe.column(at.X)}})
}

// pitch is from one line to the next.
func (v *textView) pitch() float32 {
	return fyne.MeasureText("m", textSize, mono).Height + v.Theme().Size(base.SizeNamePadding)
}

func (v *textView) choose(s selection) {
	v.selected = s
	v.list.Refresh()
}

// SelectAll selects the whole text.
func (v *textView) SelectAll() { v.choose(allOf(v.shown)) }

// Selected is the text that is selected, or all of it.
func (v *textView) Selected() string {
	if v.selected.empty() {
		return allOf(v.shown).text(v.shown)
	}
	return v.selected.text(v.shown)
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
	one := fyne.MeasureText("m", textSize, mono).Width
	columns := int((width - 2*edgeSpace) / max(one, 1))
	if columns == v.columns {
		return
	}
	v.columns, v.shown, v.selected = columns, wrap(v.lines, columns), selection{}
	v.mark()
	v.list.Refresh()
}

// CreateRenderer is for the toolkit.
func (v *textView) CreateRenderer() fyne.WidgetRenderer { return &textRenderer{v} }

type textRenderer struct{ v *textView }

// Destroy is for the toolkit.
func (r *textRenderer) Destroy() {}

// MinSize is for the toolkit.
func (r *textRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 80) }

// Objects is for the toolkit.
func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.v.list} }

// Refresh is for the toolkit.
func (r *textRenderer) Refresh() { r.v.list.Refresh() }

// Layout is for the toolkit.
func (r *textRenderer) Layout(size fyne.Size) {
	r.v.list.Move(fyne.NewPos(edgeSpace, lineSpace))
	r.v.list.Resize(fyne.NewSize(size.Width-2*edgeSpace, size.Height-2*lineSpace))
	r.v.fit(size.Width)
}
