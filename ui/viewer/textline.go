package viewer

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

var mono = fyne.TextStyle{Monospace: true}

// textLine is one shown line, of which a part may be selected. It takes the
// pointer for the view.
type textLine struct {
	widget.BaseWidget

	view     *textView
	index    int
	text     string
	hit      bool // it holds what is looked for
	from, to int  // characters that are selected
}

var (
	_ desktop.Mouseable   = (*textLine)(nil)
	_ desktop.Cursorable  = (*textLine)(nil)
	_ fyne.Draggable      = (*textLine)(nil)
	_ fyne.Tappable       = (*textLine)(nil)
	_ fyne.DoubleTappable = (*textLine)(nil)
)

func newTextLine(v *textView) *textLine {
	l := &textLine{view: v}
	l.ExtendBaseWidget(l)
	return l
}

// set shows a line.
func (l *textLine) set(index int, text string, hit bool, from, to int) {
	if l.index == index && l.text == text && l.hit == hit && l.from == from && l.to == to {
		return
	}
	l.index, l.text, l.hit, l.from, l.to = index, text, hit, from, to
	l.Refresh()
}

// column is the place between two characters that is nearest to x.
func (l *textLine) column(x float32) int {
	runes := []rune(l.text)
	return sort.Search(len(runes), func(n int) bool {
		return (width(runes[:n])+width(runes[:n+1]))/2 >= x
	})
}

func width(runes []rune) float32 { return fyne.MeasureText(string(runes), textSize, mono).Width }

// MouseDown begins to select.
func (l *textLine) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonSecondary {
		l.view.begin(spot{l.index, l.column(e.Position.X)})
	}
}

// MouseUp is for the toolkit.
func (l *textLine) MouseUp(*desktop.MouseEvent) {}

// Dragged selects up to the pointer, which may be on another line by now.
func (l *textLine) Dragged(e *fyne.DragEvent) { l.view.reach(l.index, e.Position) }

// DragEnd is for the toolkit.
func (l *textLine) DragEnd() {}

// Tapped keeps the taps from the list.
func (l *textLine) Tapped(*fyne.PointEvent) {}

// DoubleTapped selects a word.
func (l *textLine) DoubleTapped(e *fyne.PointEvent) {
	l.view.choose(wordAt(l.text, spot{l.index, l.column(e.Position.X)}))
}

// Cursor is that of text.
func (l *textLine) Cursor() desktop.Cursor { return desktop.TextCursor }

// CreateRenderer is for the toolkit.
func (l *textLine) CreateRenderer() fyne.WidgetRenderer {
	r := &lineRenderer{l: l, text: canvas.NewText("", nil), mark: canvas.NewRectangle(nil)}
	r.text.TextSize = textSize
	r.Refresh()
	return r
}

type lineRenderer struct {
	l    *textLine
	text *canvas.Text
	mark *canvas.Rectangle
}

// Layout puts the text over what marks its selected part.
func (r *lineRenderer) Layout(size fyne.Size) {
	runes := []rune(r.l.text)
	from, to := width(runes[:r.l.from]), width(runes[:r.l.to])
	r.mark.Move(fyne.NewPos(from, 0))
	r.mark.Resize(fyne.NewSize(to-from, size.Height))
	r.text.Resize(size)
}

// Refresh draws it anew.
func (r *lineRenderer) Refresh() {
	r.text.Text, r.text.Color, r.text.TextStyle = r.l.text, theme.Color(theme.Text), mono
	if r.l.hit {
		r.text.Color, r.text.TextStyle.Bold = theme.Color(theme.Accent), true
	}
	r.mark.FillColor = theme.Color(base.ColorNameSelection)
	r.mark.Hidden = r.l.from == r.l.to
	r.Layout(r.l.Size())
	r.mark.Refresh()
	r.text.Refresh()
}

// MinSize is that of any line: they have all the same height, and are broken to
// the width.
func (r *lineRenderer) MinSize() fyne.Size {
	return fyne.NewSize(0, fyne.MeasureText("m", textSize, mono).Height)
}

// Destroy has nothing to end.
func (r *lineRenderer) Destroy() {}

// Objects are the parts.
func (r *lineRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.mark, r.text} }
