package gallery

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// TestGallery compares every widget in each of its states.
func TestGallery(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		w := shots.Window(t, container.NewStack(), 640, 480)
		for name, half := range map[string]fyne.CanvasObject{"left": Left(), "right": Right(w)} {
			w.SetContent(stage.OnGround(half))
			w.Resize(half.MinSize().Max(fyne.NewSize(600, 0)))
			shots.Match(t, name+"-"+mode, w)
		}
	})
}

// TestLookAndOverlays presses what the page itself does.
func TestLookAndOverlays(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	var chosen theme.Mode
	w := shots.Window(t, container.NewStack(), 1280, 800)
	w.SetContent(New(w, func(m theme.Mode) { chosen = m }))
	for _, o := range test.LaidOutObjects(w.Content()) {
		switch o := o.(type) {
		case *widgets.Segments:
			if chosen == "" {
				test.TapAt(o, fyne.NewPos(150, 10))
			}
		case *widgets.Button:
			if o.Text() == "Open a dialog" || o.Text() == "Open a menu" {
				test.Tap(o)
				if w.Canvas().Overlays().Top() == nil {
					t.Errorf("%s: nothing lies over the page", o.Text())
				}
			}
		}
	}
	if chosen != theme.Dark {
		t.Errorf("chose %q, want the dark look", chosen)
	}
}
