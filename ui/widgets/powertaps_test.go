package widgets

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// TestDoubleTaps: pressing twice is told twice, and leaves what was chosen as it
// is: who must not be asked twice switches the widget off.
func TestDoubleTaps(t *testing.T) {
	dressed(t)
	for _, h := range handledOnes() {
		if slices.Contains([]string{"select", "segments"}, h.name) {
			continue // what is chosen stays chosen
		}
		done := 0
		var pressed fyne.CanvasObject
		pressed = h.make(func() {
			done++
			if s, ok := pressed.(switchable); ok {
				s.Disable()
			}
		})
		w := shots.Window(t, container.NewCenter(pressed), 420, 120)
		w.Canvas().FocusNext()
		for range 3 {
			w.Canvas().Focused().TypedKey(key(h.keys[0]))
		}
		_, once := pressed.(switchable)
		if want := map[bool]int{true: 1, false: 3}[once]; done != want {
			t.Errorf("%s: pressed three times it did something %d times, want %d", h.name, done, want)
		}
	}
}

// toasted is a place for sentences in a window, and what runs later.
func toasted(t *testing.T, width float32) (*Toasts, fyne.Window, *[]func()) {
	t.Helper()
	dressed(t)
	later := &[]func(){}
	toasts := NewToasts(func(_ time.Duration, f func()) { *later = append(*later, f) })
	return toasts, shots.Window(t, toasts, width, 200), later
}

// TestAnOfferCanBeReached: however long the sentence and narrow the window, its
// button lies in the window, and its words on their ground.
func TestAnOfferCanBeReached(t *testing.T) {
	for _, width := range []float32{320, 420, 700, 1280} {
		for _, text := range []string{"Deleted.", longName, strings.Repeat("很长的文件名", 20)} {
			toasts, w, _ := toasted(t, width)
			done := 0
			toasts.Offer(text, "Undo", func() { done++ })
			box := roomOf(toasts.box)
			if !box.inside(w.Canvas().Size()) {
				t.Errorf("at %v the sentence lies at %+v", width, box)
			}
			button := allOf[*Button](toasts.box)[0]
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(button)
			if at.X < box.x || at.X+button.Size().Width > box.x+box.width {
				t.Errorf("at %v the button lies at %v, %v wide, of %+v", width, at, button.Size().Width, box)
			}
			test.TapCanvas(w.Canvas(), at.AddXY(button.Size().Width/2, 10))
			if done != 1 || toasts.Text() != "" || toasts.box.Visible() {
				t.Errorf("at %v it was done %d times, and %q is shown", width, done, toasts.Text())
			}
		}
	}
}

// TestOffersEnd: by being taken, and with another offer; not with a sentence.
func TestOffersEnd(t *testing.T) {
	toasts, _, later := toasted(t, 600)
	var done []string
	offer := func(name string) { toasts.Offer(name, "Undo", func() { done = append(done, name) }) }
	offer("one")
	offer("two")
	toasts.Say("three")
	(*later)[0]()
	(*later)[1]()
	if toasts.Text() != "three" {
		t.Errorf("shows %q", toasts.Text())
	}
	(*later)[2]()
	if toasts.Text() != "" || toasts.box.Visible() {
		t.Errorf("shows %q", toasts.Text())
	}
	if !toasts.Take() || toasts.Take() || !slices.Equal(done, []string{"two"}) {
		t.Errorf("done %q", done)
	}
	toasts.Offer("four", "Undo", func() { toasts.Say("undone") })
	toasts.Take()
	if (*later)[3](); toasts.Text() != "undone" || !toasts.box.Visible() {
		t.Errorf("what is said of an undone thing is taken away: %q", toasts.Text())
	}
}

// TestSentencesAtTheFoot: a sentence takes what it needs, in the middle, and no
// more than the window has.
func TestSentencesAtTheFoot(t *testing.T) {
	for _, width := range []float32{300, 800} {
		toasts, w, _ := toasted(t, width)
		short := float32(0)
		for _, text := range []string{"Saved.", "Saved in your drive.", longName + longName} {
			toasts.Say(text)
			box := roomOf(toasts.box)
			if middle := box.x + box.width/2; math.Abs(float64(middle-width/2)) > 1 || box.width < short || box.y+box.height != 176 {
				t.Errorf("at %v %q lies at %+v", width, text, box)
			}
			if short = box.width; !box.inside(w.Canvas().Size()) {
				t.Errorf("at %v %q lies at %+v", width, text, box)
			}
		}
	}
}

// TestPillsHangTheirMenu under them, wherever they are.
func TestPillsHangTheirMenu(t *testing.T) {
	dressed(t)
	var under []fyne.Position
	p := NewPillButton("Main account", func(at fyne.Position) { under = append(under, at) })
	w := shots.Window(t, container.NewWithoutLayout(p), 400, 200)
	for _, at := range []fyne.Position{fyne.NewPos(10, 20), fyne.NewPos(150, 90)} {
		place(p, at.X, at.Y, 130, 22)
		test.TapCanvas(w.Canvas(), at.AddXY(20, 10))
		if got := under[len(under)-1]; got != at.AddXY(0, 26) {
			t.Errorf("at %v the menu hangs at %v", at, got)
		}
	}
	wide := p.MinSize().Width
	if p.SetText("Another name that is longer"); p.MinSize().Width <= wide {
		t.Error("the pill did not grow")
	}
}

// TestButtonsChange: the word and the icon, and what they need.
func TestButtonsChange(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		b := NewButton(Secondary, "Pause", "pause", nil)
		w := shots.Window(t, container.NewCenter(b), 300, 80)
		first, wide := w.Canvas().Capture(), b.MinSize().Width
		for i, change := range []func(){func() { b.SetText("Go on with it") }, func() { b.SetIcon("play") }, func() { b.SetIcon("") }} {
			change()
			next := w.Canvas().Capture()
			if differing(first, next) < 10 {
				t.Errorf("%s: change %d is not seen", mode, i)
			}
			first = next
		}
		if b.Text() != "Go on with it" || b.MinSize().Width <= wide {
			t.Errorf("%s: %q is %v wide", mode, b.Text(), b.MinSize().Width)
		}
		if b.SetText(""); b.MinSize().Width != theme.ControlHeight {
			t.Errorf("%s: an icon alone is %v wide", mode, b.MinSize().Width)
		}
	})
}

// The word of a button is cut before it leaves its place, and stands beside its
// icon.
func TestButtonsKeepTheirWords(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		kind := Kind(rapid.IntRange(0, 3).Draw(t, "kind"))
		b := NewButton(kind, rapid.StringMatching(`[A-Z][a-zé]{0,24}`).Draw(t, "word"), rapid.SampledFrom([]string{"", "plus"}).Draw(t, "icon"), nil)
		size := fyne.NewSize(float32(rapid.IntRange(80, 400).Draw(t, "width")), theme.ControlHeight)
		b.Resize(size)
		objects := test.WidgetRenderer(b).Objects()
		img, text := objects[2], objects[3].(*canvas.Text)
		apartIn(t, "button", size, img, text)
		if size.Width >= b.MinSize().Width && text.Text != b.text {
			t.Fatalf("%q is cut to %q in %v", b.text, text.Text, size.Width)
		}
	})
}

// TestStepsCount: those before are ticked, the others numbered.
func TestStepsCount(t *testing.T) {
	dressed(t)
	names := make([]string, 12)
	for i := range names {
		names[i] = fmt.Sprint("step", i)
	}
	var said []string
	for _, text := range allOf[*Text](NewSteps(names, 2)) {
		said = append(said, text.Text())
	}
	want := []string{"step0", "step1", "3 step2", "4 step3", "5 step4", "6 step5", "7 step6", "8 step7", "9 step8", "10 step9", "11 step10", "12 step11"}
	if !slices.Equal(said, want) {
		t.Errorf("%q, want %q", said, want)
	}
}
