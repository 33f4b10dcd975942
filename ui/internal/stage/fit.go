package stage

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Everywhere runs a test for the places that a page has to fit into: the
// smallest window and a usual one, in languages with long words.
func Everywhere(t *testing.T, run func(t *testing.T, width, height float32)) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, code := range []string{"en", "de", "fr", "es"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		for _, size := range []fyne.Size{{Width: 664, Height: 480}, {Width: 1064, Height: 700}} {
			t.Run(fmt.Sprintf("%s/%.0f", code, size.Width), func(t *testing.T) { run(t, size.Width, size.Height) })
		}
	}
}

// Fits fails a test for everything that cannot be used in a window as it is
// shown, see [Misfits]; what says which state it is in.
func Fits(t *testing.T, what string, w fyne.Window) {
	t.Helper()
	for _, misfit := range Misfits(w) {
		t.Errorf("%s: %s", what, misfit)
	}
}

// area is a place in a window.
type area struct{ left, top, right, bottom float32 }

func (a area) within(b area) area {
	return area{max(a.left, b.left), max(a.top, b.top), min(a.right, b.right), min(a.bottom, b.bottom)}
}

func (a area) empty() bool { return a.right-a.left < 1 || a.bottom-a.top < 1 }

// part is something to press or to type in, with where it is seen.
type part struct {
	name string
	in   area
}

// Misfits names what cannot be used in a window as it is shown: words of
// buttons and choices that are cut, and what lies over something else or
// outside of the window. What can be scrolled into sight is in it.
func Misfits(w fyne.Window) []string {
	root, size := w.Content(), w.Canvas().Size()
	if over := w.Canvas().Overlays().Top(); over != nil {
		root = over
	}
	f := &fit{window: area{0, 0, size.Width, size.Height}}
	f.walk(root, fyne.NewPos(0, 0), area{-1e6, -1e6, 1e6, 1e6})
	for i, a := range f.parts {
		for _, b := range f.parts[:i] {
			if !a.in.within(b.in).empty() {
				f.misfits = append(f.misfits, fmt.Sprintf("%s lies over %s", a.name, b.name))
			}
		}
	}
	return f.misfits
}

type fit struct {
	window  area
	parts   []part
	misfits []string
}

// walk looks at an object that lies in something at a place; seen is what of
// the window its ground lets see.
func (f *fit) walk(o fyne.CanvasObject, at fyne.Position, seen area) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	in := area{at.X, at.Y, at.X + o.Size().Width, at.Y + o.Size().Height}
	if named, control := nameOf(o); control {
		f.look(o, named, in, seen)
		return
	}
	switch o := o.(type) {
	case *container.Scroll:
		f.walk(o.Content, at, seen.within(in))
	case *fyne.Container:
		for _, each := range o.Objects {
			f.walk(each, at, seen)
		}
	case fyne.Widget:
		for _, each := range test.WidgetRenderer(o).Objects() {
			f.walk(each, at, seen)
		}
	}
}

func (f *fit) look(o fyne.CanvasObject, name string, in, seen area) {
	wanted := o.MinSize().Width
	switch o.(type) {
	case *widgets.PillButton, *widgets.Field: // show what finds room
		wanted = 60
	case *widgets.Segments: // their words have room to spare
		wanted *= 0.95
	}
	if o.Size().Width < wanted-0.5 {
		f.misfits = append(f.misfits, fmt.Sprintf("%s is %.0f wide and wants %.0f", name, o.Size().Width, wanted))
	}
	if in.left < f.window.left-0.5 || in.right > f.window.right+0.5 {
		f.misfits = append(f.misfits, fmt.Sprintf("%s reaches from %.0f to %.0f", name, in.left, in.right))
	}
	if in = in.within(seen); !in.empty() {
		f.parts = append(f.parts, part{name, in})
	}
}

// nameOf tells what a control is called, and whether something is one.
func nameOf(o fyne.CanvasObject) (name string, control bool) {
	switch o := o.(type) {
	case *widgets.Button:
		return "the button " + o.Text(), true
	case *widgets.Link:
		return "the link " + o.Text(), true
	case *widgets.Field:
		return "the field " + o.PlaceHolder, true
	case *widgets.Segments, *widgets.Select, *widgets.Switch, *widgets.Check, *widgets.ChoiceCard, *widgets.PillButton:
		return fmt.Sprintf("a %T", o), true
	}
	return "", false
}
