package video

import (
	"errors"
	"image"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
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

func TestTheKeyboardGoesToTheWayOut(t *testing.T) {
	for name, c := range map[string]struct {
		on   func(v *Video) fyne.Focusable // that has the keyboard before; nil for nobody
		goes bool
	}{
		"the picture": {func(v *Video) fyne.Focusable { return v }, true},
		"nobody":      {func(*Video) fyne.Focusable { return nil }, true},
		"a control":   {func(v *Video) fyne.Focusable { return v.chrome.mute }, false},
	} {
		v, f, _, _ := whole(t)
		v.canvas().Unfocus()
		if on := c.on(v); on != nil {
			v.canvas().Focus(on)
		}
		f.state.Problem = errors.New("x")
		v.sync()
		if got := v.canvas().Focused() == fyne.Focusable(v.trouble.again); got != c.goes {
			t.Errorf("%s: %v", name, got)
		}
		f.state.Problem = nil
		if v.sync(); c.goes && v.canvas().Focused() != fyne.Focusable(v) {
			t.Errorf("%s: the keyboard is lost", name)
		}
	}
}

func TestProblemsOfPageAndPlayer(t *testing.T) {
	v, f, p, _ := whole(t)
	shown := func() string {
		if !v.trouble.box.Visible() {
			return ""
		}
		return v.trouble.sentence
	}
	own, others := fault.Say(errors.New("x"), "The player cannot."), fault.Say(errors.New("y"), "The page cannot.")
	f.state.Problem = own
	v.sync()
	if shown() != "The player cannot." {
		t.Error(shown())
	}
	if v.ShowProblem(others); shown() != "The page cannot." {
		t.Error("the page's problem does not go first")
	}
	if v.ShowProblem(nil); shown() != "The player cannot." {
		t.Error(shown())
	}
	v.TypedRune(' ')
	if f.told() != "" {
		t.Error("a video that cannot play is told to")
	}
	if v.again(); p.did() != "again" {
		t.Error("the page does not try again")
	}
	v.Play("http://127.0.0.1:1/x/other.mp4")
	f.state.Problem = nil
	if v.sync(); shown() != "" {
		t.Errorf("the problem of another video stays: %s", shown())
	}
}

func TestOpenedIsToldOnce(t *testing.T) {
	f, told := playing(), 0
	f.state.Open = false
	v, _ := window(t, theme.Dark, Hooks{Opened: func() { told++ }}, f)
	v.sync()
	f.state.Open = true
	v.sync()
	if v.sync(); told != 1 {
		t.Errorf("told %d times", told)
	}
	f.state.Open = false
	v.Play(clip)
	f.state.Open = true
	if v.sync(); told != 2 {
		t.Errorf("told %d times of two videos", told)
	}
	next := playing()
	if v.Take(next, clip); told != 2 {
		t.Error("what is open already is told of again")
	}
}

func TestWhatKeepsTheControls(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(v *Video, f *fake)
		want rules.Reasons
	}{
		"nothing":  {func(*Video, *fake) {}, rules.Reasons{}},
		"paused":   {func(_ *Video, f *fake) { f.state.Paused = true }, rules.Reasons{Paused: true}},
		"ended":    {func(v *Video, f *fake) { f.state.Ended = true; v.SetNeighbours("", "") }, rules.Reasons{Ended: true}},
		"trouble":  {func(v *Video, _ *fake) { v.problem = errors.New("x") }, rules.Reasons{Trouble: true, Focused: true}},
		"held":     {func(v *Video, _ *fake) { v.chrome.bar.scrubbing = true }, rules.Reasons{Held: true}},
		"pointed":  {func(v *Video, _ *fake) { point(v, 0.5) }, rules.Reasons{Pointed: true}},
		"keys":     {func(v *Video, _ *fake) { v.toggleKeys() }, rules.Reasons{Covered: true}},
		"question": {func(v *Video, _ *fake) { v.ask.show("?", answer{}, answer{}) }, rules.Reasons{Asking: true, Focused: true}},
		"a song":   {func(_ *Video, f *fake) { f.state = song().state }, rules.Reasons{Heard: true}},
		"no player": {func(v *Video, _ *fake) {
			v.player = nil
		}, rules.Reasons{NoPlayer: true}},
	} {
		v, f, _, _ := whole(t)
		v.canvas().Unfocus()
		c.do(v, f)
		if v.sync(); v.reasons() != c.want {
			t.Errorf("%s: %+v", name, v.reasons())
		}
	}
}

func TestFramesOfAllShapes(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	if got := v.picture.paint(100, 50); got != image.Image(f.frame) || f.size != image.Pt(100, 50) {
		t.Errorf("the player was told of %v", f.size)
	}
	f.size = image.Point{}
	if v.picture.paint(100, 50); f.size != (image.Point{}) {
		t.Error("the player is told what it knows")
	}
	f.frame = nil
	if got := v.picture.paint(100, 50); got != image.Image(nothing) {
		t.Error("something is painted before there is anything")
	}
	f.state = playback.State{Width: 90, Height: 160}
	v.sync()
	if got := area(v.picture.raster); got != image.Rect(303, 0, 696, 700) {
		t.Errorf("a tall picture lies at %v", got)
	}
}

// What cannot be played does not stand before the last picture of what played
// before.
func TestThePictureOfBeforeGoes(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	paint := func() image.Image { return v.picture.paint(100, 50) }
	if paint() != image.Image(f.frame) {
		t.Fatal("there is no picture")
	}
	last := f.number
	v.Play("http://127.0.0.1:1/x/broken.mp4")
	f.number = last // nothing of it can be drawn
	f.state.Problem = errors.New("x")
	if v.sync(); paint() != image.Image(nothing) {
		t.Error("the picture of another video stands behind a problem")
	}
	f.number++
	if paint() != image.Image(f.frame) || !v.picture.fresh {
		t.Error("its own picture is not shown")
	}
	if v.SetPlayer(f); paint() != image.Image(f.frame) {
		t.Error("a player that plays already is black")
	}
}
