package ui

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// TestTabReachesEverything: on every page, whatever takes the keyboard can be
// reached with Tab alone, and Tab comes around.
func TestTabReachesEverything(t *testing.T) {
	w := show(t, fake.Full(), "light", 1280, 800)
	for _, name := range []string{page.Drive, page.Shared, page.Watch, page.Wallet, page.Stake, page.Activity, page.Settings} {
		w.shell.Go(page.Route{Page: name})
		canvas := w.shell.Host.Canvas()
		canvas.Unfocus()
		var reached []fyne.Focusable
		for range 200 {
			canvas.FocusNext()
			now := canvas.Focused()
			if now == nil || slices.Contains(reached, now) {
				break
			}
			reached = append(reached, now)
		}
		for _, o := range test.LaidOutObjects(canvas.Content()) {
			f, takes := o.(fyne.Focusable)
			if d, is := o.(fyne.Disableable); !takes || !o.Visible() || is && d.Disabled() {
				continue
			}
			if !slices.Contains(reached, f) {
				t.Errorf("%s: Tab does not reach %s", name, called(o))
			}
		}
		if len(reached) < 8 {
			t.Errorf("%s: Tab reaches %d things only", name, len(reached))
		}
	}
}

// TestTabGoesToTheBodyFirst: behind the sidebar comes what a page is about, and
// the buttons of its head after that (docs/adr/0060-what-tab-reaches-first.md).
func TestTabGoesToTheBodyFirst(t *testing.T) {
	const head = 60 // its height
	w := show(t, fake.Full(), "light", 1280, 800)
	for _, name := range []string{page.Drive, page.Shared, page.Watch, page.Wallet, page.Stake, page.Activity, page.Network, page.Creator, page.Settings} {
		w.shell.Go(page.Route{Page: name})
		canvas := w.shell.Host.Canvas()
		canvas.Unfocus()
		inHead := map[fyne.Focusable]bool{}
		for range 200 {
			canvas.FocusNext()
			now := canvas.Focused()
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(now.(fyne.CanvasObject))
			if _, been := inHead[now]; been {
				break
			}
			inHead[now] = at.Y < head && at.X > theme.SidebarWidth
			if at.X > theme.SidebarWidth && at.Y >= head && slices.Contains(slices.Collect(maps.Values(inHead)), true) {
				t.Errorf("%s: Tab reaches %s after the head", name, called(now.(fyne.CanvasObject)))
			}
		}
	}
}

// called names a widget for a message.
func called(o fyne.CanvasObject) string {
	if a, ok := o.(fyne.Accessible); ok {
		return fmt.Sprintf("%T %q", o, a.AccessibilityLabel())
	}
	return fmt.Sprintf("%T", o)
}

// TestLanguageChangesAtOnce: the frame and the page, and back again.
func TestLanguageChangesAtOnce(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	t.Cleanup(func() { _ = language.Use("en") })
	w.shell.Go(page.Route{Page: page.Settings})
	for code, want := range map[string]string{"de": "Einstellungen", "fr": "Réglages", "es": "Ajustes", "zh": "设置", "en": "Settings"} {
		backend.Tongue = code
		w.Speak()
		said := 0
		for _, o := range test.LaidOutObjects(w.shell.Host.Canvas().Content()) {
			if a, ok := o.(fyne.Accessible); ok && a.AccessibilityLabel() == want {
				said++
			}
		}
		if said < 2 { // in the sidebar and over the page
			t.Errorf("%s says %q %d times", code, want, said)
		}
	}
}

// TestNothingIsCutInAnyLanguage: texts that must not be cut have the room that
// they need, on every page, in the languages whose letters the program brings.
func TestNothingIsCutInAnyLanguage(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	t.Cleanup(func() { _ = language.Use("en") })
	for _, code := range []string{"de", "fr", "es"} {
		backend.Tongue = code
		w.Speak()
		for _, name := range []string{page.Drive, page.Shared, page.Watch, page.Wallet, page.Stake, page.Activity, page.Settings} {
			w.shell.Go(page.Route{Page: name})
			if least := w.shell.Host.Canvas().Content().MinSize(); least.Width > 1280 || least.Height > 800 {
				t.Errorf("%s: %s needs %v", code, name, least)
			}
		}
	}
}
