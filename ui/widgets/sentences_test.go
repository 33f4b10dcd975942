package widgets

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// TestTheStatusIsReadOut whole, whatever of it is seen.
func TestTheStatusIsReadOut(t *testing.T) {
	dressed(t)
	for view, want := range map[StatusView]string{
		{Headline: "Up to date"}: "Up to date",
		{Headline: "Syncing", Detail: "4 min left", Note: "Practice"}:  "Syncing. 4 min left. Practice",
		{Headline: "Offline", Note: "Files exist only on this device"}: "Offline. Files exist only on this device",
	} {
		s := NewStatus(view)
		s.Resize(fyne.NewSize(theme.SidebarFolded, leastStatus))
		if got := s.AccessibilityLabel(); got != want || s.AccessibilityRole() != fyne.AccessibleRoleButton {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestWhatCanBePressedIsReadOut: each widget that takes the keyboard or a click
// has a name and a part for screen readers, but for those whose name stands
// beside them.
func TestWhatCanBePressedIsReadOut(t *testing.T) {
	dressed(t)
	for name, o := range focusables() {
		a, ok := o.(fyne.Accessible)
		if !ok {
			if !slices.Contains([]string{"switch", "field"}, name) {
				t.Errorf("%s has no words", name)
			}
			continue
		}
		if a.AccessibilityLabel() == "" || a.AccessibilityRole() == "" {
			t.Errorf("%s says %q as %q", name, a.AccessibilityLabel(), a.AccessibilityRole())
		}
	}
}

// Whatever a sentence says, it lies beside its icon and its button, on its
// ground.
func TestSentencesKeepClearOfTheirButtons(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"Short.", longName, longName + ". " + longName, strings.Repeat("很长的句子。", 20)}).Draw(t, "text")
		tone := Tone(rapid.IntRange(0, 4).Draw(t, "tone"))
		width := float32(rapid.IntRange(160, 500).Draw(t, "width"))
		word := rapid.SampledFrom([]string{"Do it", "Jetzt überprüfen"}).Draw(t, "word")
		for name, box := range map[string]*Box{
			"notice": NewNotice(text, tone, width), "advice": NewAdvice(text, tone, width, NewButton(Secondary, word, "", nil)),
			"banner": NewBanner(text, tone, NewButton(Secondary, word, "", nil)),
		} {
			size := box.MinSize().Max(fyne.NewSize(width, 0))
			box.Resize(size)
			var places []room
			for _, o := range inside(box) {
				at := absolute(box, o)
				if !at.inside(size) {
					t.Fatalf("%s of %v: %T lies at %+v", name, size, o, at)
				}
				for _, other := range places {
					if at.meets(other) {
						t.Fatalf("%s of %v: %T lies at %+v, over %+v", name, size, o, at, other)
					}
				}
				places = append(places, at)
			}
			if want := map[string]int{"notice": 2, "advice": 3, "banner": 3}[name]; len(places) != want {
				t.Fatalf("%s has %d parts, want %d", name, len(places), want)
			}
		}
	})
}

// inside are the words, icons and buttons of something.
func inside(o fyne.CanvasObject) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, part := range allOf[fyne.Widget](o) {
		switch part.(type) {
		case *Text, *Paragraph, *Icon, *Button:
			list = append(list, part)
		}
	}
	return list
}

// absolute is the place of a part in something that holds it.
func absolute(in, part fyne.CanvasObject) room {
	var find func(o fyne.CanvasObject, at fyne.Position) (fyne.Position, bool)
	find = func(o fyne.CanvasObject, at fyne.Position) (fyne.Position, bool) {
		for _, each := range partsOf(o) {
			here := at.Add(each.Position())
			if each == part {
				return here, true
			}
			if found, ok := find(each, here); ok {
				return found, true
			}
		}
		return at, false
	}
	at, _ := find(in, fyne.Position{})
	return room{at.X, at.Y, part.Size().Width, part.Size().Height}
}

// TestDropZonesFollowTheLook: the dashes are drawn anew in its colour.
func TestDropZonesFollowTheLook(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light))
	zone := NewDropZone("Drop files here")
	zone.Resize(fyne.NewSize(300, 84))
	edge := partsOf(zone)[0].(*canvas.Image)
	light := string(edge.Resource.Content())
	app.Settings().SetTheme(theme.New(theme.Dark))
	zone.Refresh()
	if dark := string(edge.Resource.Content()); dark == light || !strings.Contains(dark, "#262d3b") || !strings.Contains(light, "#e3e6ef") {
		t.Errorf("light %s\ndark %s", light, dark)
	}
}

// TestFieldsOfAllKinds: what they hide, how high they are, and what their keys
// do.
func TestFieldsOfAllKinds(t *testing.T) {
	dressed(t)
	plain, secret, area := NewField("Name", ""), NewPasswordField("Password"), NewAreaField("Words", 4)
	w := shots.Window(t, container.NewVBox(plain, secret, area), 400, 300)
	passed := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { passed++ })
	submitted := 0
	for _, f := range []*Field{plain, secret, area} {
		f.OnSubmitted = func(string) { submitted++ }
		w.Canvas().Focus(f)
		test.Type(f, "a b") // as a keyboard on the screen does, without telling of keys
		typed(w, fyne.KeyReturn, fyne.KeyEscape)
		if want := map[bool]string{true: "a b\n", false: "a b"}[f.MultiLine]; f.Text != want || f.AcceptsTab() {
			t.Errorf("%s holds %q", f.PlaceHolder, f.Text)
		}
	}
	if submitted != 2 || passed != 3 {
		t.Errorf("finished %d times, Escape went on %d times", submitted, passed)
	}
	if area.MinSize().Height < 4*14 || plain.MinSize().Height != theme.ControlHeight || plain.Password || !secret.Password {
		t.Errorf("heights %v and %v", area.MinSize().Height, plain.MinSize().Height)
	}
	if plain.Disable(); plain.Cursor() != desktop.TextCursor && plain.Cursor() != desktop.DefaultCursor {
		t.Error("the pointer of a field")
	}
	w.Canvas().FocusNext()
	if w.Canvas().Focused() == fyne.Focusable(plain) {
		t.Error("Tab leads to a field that is off")
	}
}

// TestTheEndIsAskedForOnce a row near it comes into sight, also in a short list,
// and not where nobody reads on.
func TestTheEndIsAskedForOnce(t *testing.T) {
	dressed(t)
	for _, n := range []int{0, 3, 200} {
		table, asked := sampleTable(n), 0
		table.OnNearEnd = func() { asked++ }
		shots.Window(t, table, 700, 300)
		if near := n > 0 && n < nearEnd; (asked > 0) != near {
			t.Errorf("%d rows: asked %d times at first", n, asked)
		}
		table.Select(n - 1)
		if (asked > 0) != (n > 0) {
			t.Errorf("%d rows: asked %d times at the end", n, asked)
		}
		table.OnNearEnd = nil
		table.ScrollToTop()
		table.Select(0)
	}
}

// Labels and values share a line without meeting, and gaps are as wide as asked
// for.
func TestLabelsAndValuesShareALine(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		label, value := rapid.StringMatching(`[A-Z][a-z ]{0,20}`).Draw(t, "label"), rapid.StringMatching(`[0-9.]{1,20}`).Draw(t, "value")
		line := NewKeyValue(label, value)
		size := roomy(t, line.MinSize())
		line.Resize(size)
		texts := allOf[*Text](line)
		if len(texts) != 2 {
			t.Fatalf("%d texts", len(texts))
		}
		a, b := absolute(line, texts[0]), absolute(line, texts[1])
		if a.meets(b) || !a.inside(size) || !b.inside(size) {
			t.Fatalf("%q at %+v, %q at %+v of %v", texts[0].Text(), a, texts[1].Text(), b, size)
		}
		for _, text := range texts {
			if drawn := partsOf(text)[0].(*canvas.Text).Text; drawn != text.Text() {
				t.Fatalf("%q is cut to %q where there is room", text.Text(), drawn)
			}
		}
	})
	if g := Gap(7, 9); g.MinSize() != fyne.NewSize(7, 9) {
		t.Error(fmt.Sprint("a gap of ", g.MinSize()))
	}
}
