package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Field is a line to type in.
type Field struct {
	widget.Entry

	icon string
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

// MinSize is at least as high as a button.
func (f *Field) MinSize() fyne.Size {
	return f.Entry.MinSize().Max(fyne.NewSize(120, theme.ControlHeight))
}

// TypedKey hands Escape to the window; in several lines Tab moves on.
func (f *Field) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyEscape {
		passKey(f, key)
		return
	}
	f.Entry.TypedKey(key)
}

// TypedShortcut hands to the window what is not about text.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	if _, custom := s.(*desktop.CustomShortcut); custom {
		passShortcut(f, s)
	}
	f.Entry.TypedShortcut(s)
}

// AcceptsTab is never: Tab moves the focus.
func (f *Field) AcceptsTab() bool { return false }

// Labelled puts a label over a control.
func Labelled(label string, control fyne.CanvasObject) *fyne.Container {
	return Column(6, NewText(label, Small.With(theme.Medium)), control)
}
