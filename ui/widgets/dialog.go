package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

const (
	DialogWidth float32 = 480                       // outer width of a dialog
	DialogInner float32 = DialogWidth - 2*dialogPad // width of its content
	dialogPad   float32 = 28
	scrollEdge  float32 = 4 // a scroller cuts at its edge; the line of the box must not lie there
)

// Sheet is what a dialog shows: a title, a sentence, content, and buttons of
// which the last is the one that Enter presses.
type Sheet struct {
	Title, Text string
	Body        fyne.CanvasObject // may be nil
	Buttons     []*Button
	Focus       fyne.Focusable // gets the focus first; may be nil
}

// Dialog lies over a page. Escape closes it, Enter presses its last button.
type Dialog struct {
	widget.BaseWidget

	OnClosed func() // may be nil

	canvas fyne.Canvas
	sheet  Sheet
	box    *Box
	scroll *container.Scroll
	before func(*fyne.KeyEvent) // the window's keys while the dialog is open
	open   bool
	from   origin
}

// NewDialog returns a dialog that is not shown yet.
func NewDialog(c fyne.Canvas) *Dialog {
	d := &Dialog{canvas: c}
	d.box = NewBox(theme.Surface, theme.Line, theme.DialogRadius, Even(dialogPad), nil)
	d.scroll = container.NewVScroll(Pad(Even(scrollEdge), d.box))
	d.ExtendBaseWidget(d)
	return d
}

// ShowDialog shows a sheet over a canvas.
func ShowDialog(c fyne.Canvas, s Sheet) *Dialog {
	d := NewDialog(c)
	d.Present(s)
	return d
}

// Present shows a sheet, in place of the one shown before.
func (d *Dialog) Present(s Sheet) {
	d.sheet = s
	d.box.SetContent(s.compose())
	if !d.open {
		d.open = true
		d.from = originOf(d.canvas)
		d.before = d.canvas.OnTypedKey()
		d.canvas.SetOnTypedKey(d.key)
		d.canvas.Overlays().Add(d)
		d.Resize(d.canvas.Size())
	}
	d.Refresh()
	if s.Focus != nil {
		d.canvas.Focus(s.Focus)
		d.scroll.ScrollToTop() // the title is read first
	} else {
		d.canvas.Unfocus()
	}
}

// Close takes the dialog away; closing twice does nothing. What lies over it
// stays.
func (d *Dialog) Close() {
	if !d.open {
		return
	}
	d.open = false
	over, focused := d.over(), d.canvas.Focused()
	d.canvas.Overlays().Remove(d) // and all over it
	if len(over) == 0 {
		d.canvas.SetOnTypedKey(d.before)
	}
	for _, o := range over {
		d.canvas.Overlays().Add(o)
	}
	if len(over) > 0 && focused != nil {
		d.canvas.Focus(focused)
	}
	if d.canvas.Overlays().Top() == nil {
		d.from.back(d.canvas)
	}
	if d.OnClosed != nil {
		d.OnClosed()
	}
}

// over is what lies over the dialog.
func (d *Dialog) over() []fyne.CanvasObject {
	all := d.canvas.Overlays().List()
	if at := slices.Index(all, fyne.CanvasObject(d)); at >= 0 {
		return slices.Clone(all[at+1:])
	}
	return nil
}

// Open tells whether the dialog is shown.
func (d *Dialog) Open() bool { return d.open }

// Held is what lies over the page.
func (d *Dialog) Held() fyne.CanvasObject { return d.scroll }

// Sheet returns what is shown.
func (d *Dialog) Sheet() Sheet { return d.sheet }

// Submit presses the last button, for fields whose Enter finishes a dialog.
func (d *Dialog) Submit(string) {
	if n := len(d.sheet.Buttons); n > 0 {
		d.sheet.Buttons[n-1].Tapped(nil)
	}
}

func (d *Dialog) key(key *fyne.KeyEvent) {
	if !d.open { // it was closed under another one, which gave the keys back to it
		d.canvas.SetOnTypedKey(d.before)
		if d.before != nil {
			d.before(key)
		}
		return
	}
	attendOn(d.canvas)
	switch key.Name {
	case fyne.KeyEscape:
		d.Close()
	case fyne.KeyReturn, fyne.KeyEnter:
		d.Submit("")
	}
}

func (s Sheet) compose() fyne.CanvasObject {
	column := Column(6, NewCutText(s.Title, Title))
	if s.Text != "" {
		column.Add(NewParagraph(s.Text, Second, DialogInner))
	}
	if s.Body != nil {
		column.Add(Gap(0, 6))
		column.Add(s.Body)
	}
	if len(s.Buttons) > 0 {
		row := Row(10, Spring())
		for _, b := range s.Buttons {
			row.Add(b)
		}
		column.Add(Gap(0, 6))
		column.Add(row)
	}
	return Sized(DialogInner, 0, column)
}

// CreateRenderer is for the toolkit.
func (d *Dialog) CreateRenderer() fyne.WidgetRenderer {
	scrim := canvas.NewRectangle(theme.Color(theme.Scrim))
	r := &renderer{objects: []fyne.CanvasObject{scrim, d.scroll}}
	r.layout = func(size fyne.Size) {
		place(scrim, 0, 0, size.Width, size.Height)
		want := d.box.MinSize()
		width, height := min(max(want.Width, DialogWidth), size.Width-16), min(want.Height, size.Height-32)
		place(d.scroll, centred(size.Width, width)-scrollEdge, centred(size.Height, height)-scrollEdge,
			width+2*scrollEdge, height+2*scrollEdge)
	}
	r.refresh = func() {
		scrim.FillColor = theme.Color(theme.Scrim)
		if d.box.content != nil {
			d.box.content.Refresh() // the word on a button may want another width
		}
		r.layout(d.Size())
		d.scroll.Refresh() // what is in it may want more room than before
	}
	r.min = func() fyne.Size { return fyne.NewSize(DialogWidth, 100) }
	return r
}
