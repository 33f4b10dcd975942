package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

// While something is done with a field it stays as it is, and looks as it does.
func TestFieldsCanBeHeld(t *testing.T) {
	dressed(t)
	f := NewField("Name", "")
	w := shots.Window(t, f, 300, 60)
	w.Canvas().Focus(f)
	test.Type(f, "Ana")
	before := w.Canvas().Capture()
	f.Hold(true)
	test.Type(f, " Maria")
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	f.TypedShortcut(&fyne.ShortcutCut{})
	f.TappedSecondary(&fyne.PointEvent{})
	if f.Text != "Ana" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("%q was taken", f.Text)
	}
	if n := different(before, w.Canvas().Capture()); n != 0 {
		t.Errorf("it looks different at %d places", n)
	}
	escaped := false
	w.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) { escaped = key.Name == fyne.KeyEscape })
	if f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}); !escaped {
		t.Error("Escape does not reach the window")
	}
	f.Hold(false)
	if test.Type(f, "!"); f.Text != "Ana!" {
		t.Errorf("%q afterwards", f.Text)
	}
}
