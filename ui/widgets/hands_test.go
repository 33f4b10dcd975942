package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// handled is a widget that does something, and the keys that make it do so.
type handled struct {
	name string
	keys []fyne.KeyName
	make func(done func()) fyne.CanvasObject
}

var pressing = []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter}

func handledOnes() []handled {
	return []handled{
		{"button", pressing, func(done func()) fyne.CanvasObject { return NewButton(Primary, "Send", "", done) }},
		{"quiet button", pressing, func(done func()) fyne.CanvasObject { return NewButton(Quiet, "", "gear", done) }},
		{"card", pressing, func(done func()) fyne.CanvasObject { return NewChoiceCard("globe", "One", "A sentence.", done) }},
		{"page", pressing, func(done func()) fyne.CanvasObject { return NewNavItem("folder", "Drive", done) }},
		{"link", pressing, func(done func()) fyne.CanvasObject { return NewLink("Work", done) }},
		{"small link", pressing, func(done func()) fyne.CanvasObject { return NewTextLink("All", done) }},
		{"pill", append(slices.Clone(pressing), fyne.KeyDown), func(done func()) fyne.CanvasObject {
			return NewPillButton("Main account", func(fyne.Position) { done() })
		}},
		{"check", []fyne.KeyName{fyne.KeySpace}, func(done func()) fyne.CanvasObject { return NewCheck("I know", func(bool) { done() }) }},
		{"switch", []fyne.KeyName{fyne.KeySpace}, func(done func()) fyne.CanvasObject { return NewSwitch(false, func(bool) { done() }) }},
		{"segments", []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight}, func(done func()) fyne.CanvasObject {
			return NewSegments([]string{"a", "b", "c"}, 1, func(int) { done() })
		}},
		{"select", []fyne.KeyName{fyne.KeyUp, fyne.KeyDown}, func(done func()) fyne.CanvasObject {
			return NewSelect([]string{"a", "b", "c"}, 1, func(int) { done() })
		}},
		{"title", pressing, func(done func()) fyne.CanvasObject {
			h := NewTableHead("Name", nil, -1, true)
			h.OnSort = func(int, bool) { done() }
			return h
		}},
	}
}

var allKeys = []fyne.KeyName{
	fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyEscape,
	fyne.KeyHome, fyne.KeyEnd, fyne.KeyDelete, fyne.KeyF1, fyne.KeyA,
}

// TestEachKeyIsUsedOrHandedOn: a key that a widget has no use for reaches the
// window, so that Escape and the keys of the program work wherever the focus is.
func TestEachKeyIsUsedOrHandedOn(t *testing.T) {
	dressed(t)
	for _, h := range handledOnes() {
		for _, k := range allKeys {
			done, passed := 0, 0
			w := shots.Window(t, container.NewCenter(h.make(func() { done++ })), 420, 120)
			w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { passed++ })
			w.Canvas().FocusNext()
			w.Canvas().Focused().TypedKey(key(k))
			uses := slices.Contains(h.keys, k)
			if h.name == "select" && slices.Contains(pressing, k) {
				uses = true // it shows its words instead
				done++
			}
			if want := map[bool][2]int{true: {1, 0}, false: {0, 1}}[uses]; [2]int{done, passed} != want {
				t.Errorf("%s, %s: done %d times, handed on %d times", h.name, k, done, passed)
			}
		}
	}
}

// TestPointerLightsUp: what can be pressed shows that the pointer is over it,
// and that it left.
func TestPointerLightsUp(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for _, h := range handledOnes() {
			if slices.Contains([]string{"check", "switch", "segments"}, h.name) {
				continue // these stand alone, and say by their shape that they can be pressed
			}
			w := shots.Window(t, container.NewWithoutLayout(h.make(func() {})), 420, 120)
			o := w.Content().(*fyne.Container).Objects[0]
			place(o, 20, 20, max(o.MinSize().Width, 160), o.MinSize().Height)
			before := w.Canvas().Capture()
			test.MoveMouse(w.Canvas(), o.Position().AddXY(80, o.Size().Height/2))
			if n := differing(before, w.Canvas().Capture()); n == 0 {
				t.Errorf("%s, %s: nothing shows the pointer", h.name, mode)
			}
			test.MoveMouse(w.Canvas(), fyne.NewPos(2, 2))
			if n := differing(before, w.Canvas().Capture()); n != 0 {
				t.Errorf("%s, %s: %d pixels stay lit", h.name, mode, n)
			}
		}
	})
}

// TestFocusLeavesNoTrace: when the focus goes on, a widget looks as before.
func TestFocusLeavesNoTrace(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for _, h := range handledOnes() {
			w := shots.Window(t, Pad(Even(10), h.make(func() {})), 420, 100)
			before := w.Canvas().Capture()
			w.Canvas().FocusNext()
			w.Canvas().Unfocus()
			if n := differing(before, w.Canvas().Capture()); n != 0 {
				t.Errorf("%s, %s: %d pixels still show the focus", h.name, mode, n)
			}
		}
	})
}

// TestTabGoesFromTopToBottom: the focus moves the way people read, and comes
// round.
func TestTabGoesFromTopToBottom(t *testing.T) {
	dressed(t)
	var names []string
	button := func(name string) *Button { return NewButton(Secondary, name, "", nil) }
	field := NewField("Search", "search")
	w := shots.Window(t, NewPage(button("title"), []fyne.CanvasObject{button("one"), button("two")},
		Column(8, field, Row(8, button("three"), NewText("words", Body), button("four")), NewCheck("five", nil))), 700, 400)
	for range 8 {
		w.Canvas().FocusNext()
		switch o := w.Canvas().Focused().(type) {
		case *Button:
			names = append(names, o.Text())
		case *Field:
			names = append(names, "field")
		case *Check:
			names = append(names, o.text)
		default:
			t.Fatalf("the focus is on %T", o)
		}
	}
	want := []string{"field", "three", "four", "five", "title", "one", "two", "field"}
	if fmt.Sprint(names) != fmt.Sprint(want) {
		t.Errorf("Tab leads to %v, want %v", names, want)
	}
	w.Canvas().FocusPrevious()
	if b, ok := w.Canvas().Focused().(*Button); !ok || b.Text() != "two" {
		t.Error("Shift and Tab lead elsewhere than back")
	}
}

// TestWhatIsOffIsSkipped: Tab passes a button that is off, and what is hidden.
func TestWhatIsOffIsSkipped(t *testing.T) {
	dressed(t)
	off, hidden, on := NewButton(Primary, "off", "", nil), NewButton(Primary, "hidden", "", nil), NewButton(Primary, "on", "", nil)
	off.Disable()
	hidden.Hide()
	w := shots.Window(t, Row(8, off, hidden, on), 400, 80)
	for range 3 {
		w.Canvas().FocusNext()
		if w.Canvas().Focused() != fyne.Focusable(on) {
			t.Errorf("the focus is on %v", w.Canvas().Focused())
		}
	}
}

// TestHandsKnowTheirWidget: pointer and keyboard are noted apart.
func TestHandsKnowTheirWidget(t *testing.T) {
	dressed(t)
	b := NewButton(Secondary, "Open", "", nil)
	for _, step := range []struct {
		do               func()
		hovered, focused bool
	}{
		{func() { b.MouseIn(&desktop.MouseEvent{}) }, true, false},
		{func() { b.MouseMoved(&desktop.MouseEvent{}) }, true, false},
		{b.FocusGained, true, true},
		{b.MouseOut, false, true},
		{func() { b.TypedRune('x') }, false, true},
		{b.FocusLost, false, false},
	} {
		if step.do(); b.hovered != step.hovered || b.focused != step.focused {
			t.Errorf("hovered %v, focused %v, want %v, %v", b.hovered, b.focused, step.hovered, step.focused)
		}
	}
}

// TestLightIsLikeThePointer: a link that takes what is dragged looks as if the
// pointer were on it.
func TestLightIsLikeThePointer(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		l := NewLink("Work", func() {})
		w := shots.Window(t, container.NewCenter(l), 200, 60)
		before := w.Canvas().Capture()
		l.Light(true)
		if l.style().Color != theme.Accent || differing(before, w.Canvas().Capture()) == 0 {
			t.Errorf("%s: nothing lights up", mode)
		}
		l.Light(false)
		l.Light(false)
		if differing(before, w.Canvas().Capture()) != 0 {
			t.Errorf("%s: it stays lit", mode)
		}
	})
}
