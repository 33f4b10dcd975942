package widgets

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// focusables are all widgets that take the keyboard, by their names.
func focusables() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{
		"button": NewButton(Secondary, "Open", "", nil), "main button": NewButton(Primary, "Send", "", nil), "icon": NewButton(Quiet, "", "gear", nil),
		"check": NewCheck("I know", nil), "card": NewChoiceCard("globe", "Mainnet", "The public network.", nil), "link": NewTextLink("All", nil),
		"pill": NewPillButton("Main account", nil), "segments": NewSegments([]string{"Light", "Dark"}, 1, nil), "select": NewSelect([]string{"A", "B"}, 1, nil),
		"switch": NewSwitch(true, nil), "page": NewNavItem("folder", "Drive", nil), "field": NewField("Name", ""),
	}
}

// TestFocusIsSeen: whoever uses the keyboard sees where it is.
func TestFocusIsSeen(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, o := range focusables() {
			w := shots.Window(t, Pad(Even(10), o), 240, 92)
			before := w.Canvas().Capture()
			w.Canvas().FocusNext()
			if w.Canvas().Focused() == nil {
				t.Errorf("%s: Tab does not reach it", name)
				continue
			}
			if n := differing(before, w.Canvas().Capture()); n < 20 {
				t.Errorf("%s, %s: only %d pixels show the focus", name, mode, n)
			}
		}
	})
}

func differing(a, b image.Image) (n int) {
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return n
}

func TestScreenReadersHaveWords(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	for name, want := range map[string]string{
		"button": "Open", "icon": "gear", "check": "I know", "card": "Mainnet. The public network.", "link": "All", "pill": "Main account",
		"segments": "Light, Dark ✓", "select": "B", "page": "Drive",
	} {
		a := focusables()[name].(fyne.Accessible)
		if a.AccessibilityLabel() != want || a.AccessibilityRole() == "" {
			t.Errorf("%s says %q as %q", name, a.AccessibilityLabel(), a.AccessibilityRole())
		}
	}
	for want, a := range map[string]fyne.Accessible{
		"Balance": NewText("Balance", Body), "A sentence.": NewParagraph("A sentence.", Body, 100), "Votes 5 %": NewMeter("Votes", "5 %", 0.05, Neutral),
	} {
		if a.AccessibilityLabel() != want || a.AccessibilityRole() != fyne.AccessibleRoleText {
			t.Errorf("%q", a.AccessibilityLabel())
		}
	}
	c := NewCheck("I know", nil)
	if c.SetChecked(true); c.AccessibilityLabel() != "I know ✓" {
		t.Error(c.AccessibilityLabel())
	}
	if s := NewSelect(nil, 0, nil); s.AccessibilityLabel() != "" {
		t.Error("a word out of nothing")
	}
}
