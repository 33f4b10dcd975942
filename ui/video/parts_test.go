package video

import (
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

func TestAlarms(t *testing.T) {
	d := newDay()
	c := d.clock()
	a, rang := alarm{clock: &c}, ""
	ring := func(name string) func() { return func() { rang += name } }
	a.stop() // nothing was set
	a.in(time.Second, ring("a"))
	a.in(2*time.Second, ring("b")) // puts the first off
	if d.pass(time.Second); rang != "" {
		t.Errorf("%q rang too early", rang)
	}
	if d.pass(time.Second); rang != "b" {
		t.Errorf("%q rang", rang)
	}
	a.in(time.Second, ring("c"))
	a.stop()
	if d.pass(time.Hour); rang != "b" {
		t.Errorf("%q rang although it was stopped", rang)
	}
	a.in(time.Second, func() { ring("d")(); a.in(time.Second, ring("e")) }) // one that sets the next
	if d.pass(2 * time.Second); rang != "bde" {
		t.Errorf("%q rang", rang)
	}
}

// A call that is on its way when it is put off does nothing.
func TestLateAlarms(t *testing.T) {
	var late []func()
	c := clock{now: time.Now, after: func(_ time.Duration, f func()) func() { late = append(late, f); return func() {} }}
	a, rang := alarm{clock: &c}, 0
	a.in(time.Second, func() { rang++ })
	a.in(time.Second, func() { rang += 10 })
	for _, f := range late {
		f()
	}
	if rang != 10 {
		t.Errorf("rang %d", rang)
	}
}

func TestTheWallClock(t *testing.T) {
	test.NewTempApp(t)
	rang := make(chan struct{})
	wallClock.after(time.Millisecond, func() { close(rang) })
	<-rang
	wallClock.after(time.Hour, func() { t.Error("rang although it was stopped") })()
	if time.Since(wallClock.now()) > time.Minute {
		t.Error("the clock is wrong")
	}
}

// News come one after the other, and somebody else counts pictures meanwhile.
// The test driver does what fyne.Do is handed at once, on the same goroutine.
func TestNewsOfPicturesAndStates(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	var counting sync.WaitGroup
	counting.Go(func() {
		for range 50 {
			v.Painted()
		}
	})
	for range 50 {
		f.number++
		v.FrameReady()
		v.StateChanged()
		upload(v)
	}
	counting.Wait()
	if v.newFrame.Load() || v.newState.Load() || v.Painted() < 50 {
		t.Errorf("news are left over, or pictures were not counted: %d", v.Painted())
	}
}

func TestPills(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Dark))
	p := newPill(glass)
	if p.width() != 0 || p.box.Visible() {
		t.Error("a pill without words is shown")
	}
	for _, c := range []struct {
		text           string
		changed, shown bool
	}{{"one", true, true}, {"one", false, true}, {"", true, false}, {"", false, false}, {"two", true, true}} {
		if changed := p.set(c.text); changed != c.changed || p.box.Visible() != c.shown {
			t.Errorf("%q: changed %v, shown %v", c.text, changed, p.box.Visible())
		}
	}
	wide := p.width()
	if p.layOut(500, 100); p.box.Position() != fyne.NewPos(500-wide, 100-pillHeight/2) {
		t.Errorf("at %v", p.box.Position())
	}
	if p.centre(500, 100); p.box.Position().X != 500-wide/2 || p.ground.Size() != fyne.NewSize(wide, pillHeight) {
		t.Errorf("at %v, %v", p.box.Position(), p.ground.Size())
	}
}

func TestPanels(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Dark))
	p := newPanel()
	p.set(column{"a", "", "c"}, column{"1"})
	if len(p.text[0]) != 3 || len(p.text[1]) != 1 || p.size.Height != 3*panelLine+2*panelInside {
		t.Errorf("%v", p.size)
	}
	first := p.text[0][0]
	p.set(column{"much longer", "", "c"}, column{"1"})
	if p.text[0][0] != first || first.Text != "much longer" {
		t.Error("the same lines are made anew")
	}
	wide := p.size.Width
	if p.set(column{"a"}, column{"1"}); p.size.Width >= wide || len(p.box.Objects) != 3 {
		t.Errorf("%d objects, %v", len(p.box.Objects), p.size)
	}
	if p.text[0][0].Color != dim || p.text[1][0].Color != white {
		t.Error("names and values look the same")
	}
	if p.centre(fyne.NewSize(10, 10)); p.box.Position() != fyne.NewPos(0, 0) {
		t.Errorf("in too small a place at %v", p.box.Position())
	}
	if p.centre(fyne.NewSize(1000, 500)); p.box.Position().X != (1000-p.size.Width)/2 {
		t.Errorf("at %v", p.box.Position())
	}
}

func TestWordsGoByThemselves(t *testing.T) {
	v, _, d := windowAt(t, theme.Dark, Hooks{}, playing())
	v.tell("one")
	d.pass(moment / 2)
	v.tell("two")
	if d.pass(moment / 2); v.notice.word.text.Text != "two" || !v.notice.word.box.Visible() {
		t.Error("the second went with the first")
	}
	if d.pass(moment / 2); v.notice.word.box.Visible() {
		t.Error("it stays")
	}
	v.notice.wait("Waiting…")
	v.notice.wait("Waiting…")
	if d.pass(time.Hour); !v.notice.delay.box.Visible() {
		t.Error("a wait goes by itself")
	}
	v.tell("three")
	test.WidgetRenderer(v).Destroy()
	if d.pass(time.Hour); v.notice.word.text.Text != "three" {
		t.Error("something happens in a window that is gone")
	}
}

func TestQuestions(t *testing.T) {
	v, _, _, _ := whole(t)
	v.Focus()
	chosen := ""
	ask := func() {
		v.ask.show("Which?", answer{"This", func() { chosen += "this " }}, answer{"That", func() { chosen += "that " }})
	}
	for key, want := range map[int]string{0: "this ", 1: "that "} {
		ask()
		if v.canvas().Focused() != fyne.Focusable(v.ask.words[0]) || !v.reasons().Asking {
			t.Error("Enter does not answer, or the controls go")
		}
		v.canvas().Focus(v.ask.words[key])
		v.ask.words[key].TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter})
		if chosen != want || v.ask.open() || v.canvas().Focused() != fyne.Focusable(v) {
			t.Errorf("%d: chose %q", key, chosen)
		}
		chosen = ""
	}
	ask()
	v.ask.close()
	v.ask.close()
	if chosen != "" || v.ask.open() {
		t.Error("taking it away is an answer")
	}
	v.canvas().Focus(v.chrome.mute)
	if ask(); v.canvas().Focused() != fyne.Focusable(v.chrome.mute) {
		t.Error("it takes the keyboard away from a control")
	}
	v.ask.show("A question that is far too long for the little room that a small picture has for it", answer{"Yes", nil}, answer{"No", nil})
	v.ask.layOut(fyne.NewSize(220, 120))
	if right := v.ask.text.Position().X + v.ask.text.MinSize().Width; right > 220 || v.ask.ground.Position().Y < 0 {
		t.Errorf("the question ends at %v", right)
	}
}

func TestAnswersUnderThePointer(t *testing.T) {
	v, _, _, _ := whole(t)
	w := v.trouble.again
	w.MouseIn(&desktop.MouseEvent{})
	w.MouseMoved(nil)
	if !w.over {
		t.Error("the pointer is not seen")
	}
	if w.MouseOut(); w.over {
		t.Error("the pointer is gone, and seen")
	}
	before := w.MinSize().Width
	w.say("Try again")
	if w.say("Try all of it again"); w.MinSize().Width <= before {
		t.Error("a longer word has no room")
	}
	newWord(v, "Nothing", false, nil).Tapped(nil)
}
