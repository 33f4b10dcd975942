package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Field is a line to type in.
type Field struct {
	widget.Entry

	// OnKey gets the keys first, and tells whether it used one; may be nil.
	OnKey func(key *fyne.KeyEvent) (used bool)

	icon string
	came bool // it has the focus since the key that is still pressed
	held bool // what is typed is not taken
}

// NewField returns a field with a grey hint and, unless empty, an icon.
func NewField(hint, icon string) *Field {
	f := &Field{icon: icon}
	f.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	f.PlaceHolder = hint
	f.ExtendBaseWidget(f)
	f.dress()
	return f
}

// NewPasswordField returns a field that hides what is typed, with an eye to
// show it.
func NewPasswordField(hint string) *Field {
	f := NewField(hint, "lock")
	f.Password = true
	return f
}

// NewAreaField returns a field for several lines.
func NewAreaField(hint string, rows int) *Field {
	f := NewField(hint, "")
	f.MultiLine = true
	f.Wrapping = fyne.TextWrapWord
	f.SetMinRowsVisible(rows)
	return f
}

func (f *Field) dress() {
	if f.icon != "" {
		f.Icon = theme.Icon(f.icon, theme.Muted)
	}
}

// Refresh takes the icon's colour from the theme before drawing.
func (f *Field) Refresh() {
	f.dress()
	f.Entry.Refresh()
}

// CreateRenderer draws the toolkit's entry with an edge of our own.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	inner := f.Entry.CreateRenderer()
	r := &fieldRenderer{WidgetRenderer: inner}
	if !f.MultiLine { // a bar under one line lies over its letters
		for _, o := range inner.Objects() {
			if s, scrolls := o.(*container.Scroll); scrolls {
				container.NewThemeOverride(s, &partTheme{clear: []fyne.ThemeColorName{base.ColorNameScrollBar}})
			}
		}
	}
	if o := inner.Objects(); len(o) > 1 {
		r.ground, _ = o[0].(*canvas.Rectangle)
		r.edge, _ = o[1].(*canvas.Rectangle)
	}
	r.dress()
	return r
}

// fieldRenderer gives the ground of an entry the edge. The toolkit draws the
// edge as a shape of its own, which comes out too dark on light grounds.
type fieldRenderer struct {
	fyne.WidgetRenderer
	ground, edge *canvas.Rectangle
}

// Layout stretches the ground to where the edge was.
func (r *fieldRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	if r.ground != nil {
		place(r.ground, 0, 0, size.Width, size.Height)
	}
}

// Refresh moves the colour of the edge to the ground.
func (r *fieldRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.dress()
}

func (r *fieldRenderer) dress() {
	if r.ground == nil || r.edge == nil {
		return
	}
	r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(theme.Line), 1
	if accent := theme.Color(theme.Accent); r.edge.StrokeColor == accent { // it has the focus
		r.ground.StrokeColor, r.ground.StrokeWidth = accent, 2
	}
	r.edge.Hide()
	r.ground.Refresh()
}

// MinSize is at least as high as a button.
func (f *Field) MinSize() fyne.Size {
	return f.Entry.MinSize().Max(fyne.NewSize(120, theme.ControlHeight))
}

// TypedKey hands Escape to the window; in several lines Tab moves on.
func (f *Field) TypedKey(key *fyne.KeyEvent) {
	attend(f)
	switch {
	case key.Name == fyne.KeyEscape:
		passKey(f, key)
	case f.held:
	case f.OnKey == nil || !f.OnKey(key):
		f.Entry.TypedKey(key)
	}
}

// TypedShortcut hands to the window what is not about text.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	attend(f)
	if _, custom := s.(*desktop.CustomShortcut); custom {
		passShortcut(f, s)
	}
	if !f.held {
		f.Entry.TypedShortcut(s)
	}
}

// Hold keeps what is in the field as it is, or takes what is typed again. Nothing
// looks different: it is for the moments in which something is done with it.
func (f *Field) Hold(on bool) { f.held = on }

// TappedSecondary shows what can be done with the text.
func (f *Field) TappedSecondary(e *fyne.PointEvent) {
	if !f.held {
		f.Entry.TappedSecondary(e)
	}
}

// AcceptsTab is never: Tab moves the focus.
func (f *Field) AcceptsTab() bool { return false }

// Labelled puts a label over a control.
func Labelled(label string, control fyne.CanvasObject) *fyne.Container {
	return Column(6, NewText(label, Small.With(theme.Medium)), control)
}
