package widgets

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

// dressed makes the app of the tests wear the program's look.
func dressed(t testing.TB) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
}

func TestEllipsisFits(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 40, -1).Draw(t, "text")
		width := float32(rapid.IntRange(20, 300).Draw(t, "width"))
		got := ellipsis(text, Body, width)
		if got == text {
			return
		}
		if !strings.HasSuffix(got, "…") || !strings.HasPrefix(text, strings.TrimSuffix(got, "…")) {
			t.Fatalf("%q became %q", text, got)
		}
		if got != "…" && Body.measure(got).Width > width+0.5 {
			t.Fatalf("%q is wider than %v", got, width)
		}
	})
}

func TestLinesKeepEveryWord(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-zäé]{1,12}[ \n]?){0,20}`).Draw(t, "text")
		width := float32(rapid.IntRange(60, 400).Draw(t, "width"))
		lines := breakLines(text, Body, width)
		if strings.Join(strings.Fields(strings.Join(lines, "")), "") != strings.Join(strings.Fields(text), "") {
			t.Fatalf("%q became %q", text, lines)
		}
		for _, line := range lines {
			if Body.measure(line).Width > width && len([]rune(line)) > 1 {
				t.Fatalf("%q is wider than %v", line, width)
			}
		}
	})
}

func TestTextChanges(t *testing.T) {
	dressed(t)
	text := NewText("one", Body)
	wide := text.MinSize().Width
	text.SetText("one two three")
	if text.Text() != "one two three" || text.MinSize().Width <= wide {
		t.Error("the text did not grow")
	}
	text.SetStyle(Large)
	if NewCutText("a very long name of a file", Body).MinSize().Width > 24 {
		t.Error("a text that may be cut asks for its whole width")
	}
	p := NewParagraph("one two three four", Body, 60)
	height := p.MinSize().Height
	p.SetText("one")
	if p.MinSize().Height >= height || p.Text() != "one" {
		t.Error("the paragraph did not shrink")
	}
}

func TestButtonsByPointerAndKey(t *testing.T) {
	dressed(t)
	n := 0
	for _, w := range []interface {
		fyne.Focusable
		fyne.Tappable
		desktop.Hoverable
	}{
		NewButton(Primary, "Go", "plus", func() { n++ }), NewChoiceCard("globe", "One", "A sentence", func() { n++ }),
		NewNavItem("folder", "Drive", func() { n++ }), NewLink("Work", func() { n++ }),
	} {
		shots.Window(t, container.NewStack(w.(fyne.CanvasObject)), 300, 80)
		n = 0
		test.Tap(w)
		w.FocusGained()
		w.MouseIn(nil)
		w.MouseMoved(nil)
		w.TypedKey(key(fyne.KeySpace))
		w.TypedKey(key(fyne.KeyReturn))
		w.TypedKey(key(fyne.KeyEnter))
		w.TypedKey(key(fyne.KeyDown))
		w.TypedRune('x')
		w.MouseOut()
		w.FocusLost()
		if n != 4 {
			t.Errorf("%T was pressed %d times, want 4", w, n)
		}
	}
}

func TestWhatIsOffDoesNothing(t *testing.T) {
	dressed(t)
	b := NewButton(Primary, "Go", "", func() { t.Error("pressed") })
	b.Disable()
	test.Tap(b)
	b.TypedKey(key(fyne.KeyReturn))
	c := NewChoiceCard("globe", "One", "", func() { t.Error("chosen") })
	c.SetEnabled(false)
	test.Tap(c)
	b.Enable()
	b.OnTapped = nil
	test.Tap(b)
	if b.Disabled() {
		t.Error("still off")
	}
}

func TestCheck(t *testing.T) {
	dressed(t)
	var told []bool
	c := NewCheck("I wrote them down", func(on bool) { told = append(told, on) })
	shots.Window(t, c, 300, 40)
	test.Tap(c)
	c.FocusGained()
	c.TypedKey(key(fyne.KeySpace))
	c.TypedKey(key(fyne.KeyTab))
	c.TypedRune('x')
	c.FocusLost()
	if len(told) != 2 || !told[0] || told[1] || c.Checked() {
		t.Errorf("%v", told)
	}
}

func TestSegments(t *testing.T) {
	dressed(t)
	var told []int
	s := NewSegments([]string{"a", "b", "c"}, 0, func(i int) { told = append(told, i) })
	shots.Window(t, container.NewWithoutLayout(s), 400, 60)
	s.Resize(fyne.NewSize(300, 36))
	test.TapAt(s, fyne.NewPos(250, 10))
	s.FocusGained()
	s.TypedKey(key(fyne.KeyLeft))
	s.TypedKey(key(fyne.KeyRight))
	s.TypedKey(key(fyne.KeyRight)) // there is nothing further
	s.TypedKey(key(fyne.KeyF1))
	s.TypedRune('x')
	s.FocusLost()
	s.Choose(-1)
	if len(told) != 3 || told[0] != 2 || told[1] != 1 || told[2] != 2 || s.Chosen() != 2 {
		t.Errorf("%v", told)
	}
}

func TestFieldsHandEscapeToTheWindow(t *testing.T) {
	dressed(t)
	f := NewField("", "")
	w := shots.Window(t, f, 200, 50)
	var got fyne.KeyName
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { got = k.Name })
	w.Canvas().Focus(f)
	f.TypedKey(key(fyne.KeyEscape))
	if got != fyne.KeyEscape {
		t.Error("Escape was swallowed")
	}
	f.TypedRune('a')
	f.TypedKey(key(fyne.KeyHome))
	f.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl})
	if f.Text != "a" || NewAreaField("", 3).AcceptsTab() {
		t.Error("typing, or Tab in an area")
	}
	if p := NewPasswordField("Password"); !p.Password || p.MinSize().Height < theme.ControlHeight {
		t.Error("a password field hides what is typed and is as high as a button")
	}
}

func TestProgressStaysInItsTrack(t *testing.T) {
	dressed(t)
	p := NewProgress()
	shots.Window(t, p, 100, 10)
	for in, want := range map[float64]float64{-1: 0, 0.5: 0.5, 7: 1} {
		if p.Set(in); p.value != want {
			t.Errorf("%v became %v", in, p.value)
		}
	}
}

func TestToastsLeaveAfterAWhile(t *testing.T) {
	dressed(t)
	var later []func()
	toasts := NewToasts(func(_ time.Duration, f func()) { later = append(later, f) })
	shots.Window(t, toasts, 400, 200)
	toasts.Say("one")
	toasts.Say("two")
	later[0]() // the first was replaced; its time is nothing to the second
	if toasts.Text() != "two" || !toasts.box.Visible() {
		t.Errorf("shows %q", toasts.Text())
	}
	later[1]()
	if toasts.Text() != "" || toasts.box.Visible() {
		t.Error("still there")
	}
}

func TestStatusGrowsWithItsWords(t *testing.T) {
	dressed(t)
	tapped := false
	s := NewStatus(StatusView{Tone: Good, Headline: "Up to date", Fraction: -1})
	s.OnTapped = func() { tapped = true }
	side := NewSidebar([]*NavItem{NewNavItem("folder", "Drive", nil)}, s, nil)
	shots.Window(t, container.NewWithoutLayout(side), 300, 600)
	side.Resize(fyne.NewSize(theme.SidebarWidth, 600))
	before := s.Size().Height
	side.SetStatus(StatusView{Headline: "Syncing 3 of 120", Detail: "about 4 min left, 6.1 MB/s", Note: "Practice network: files exist only on this computer", Fraction: 0.5})
	if s.Size().Height <= before {
		t.Error("the card did not grow")
	}
	if s.Set(s.View()) {
		t.Error("nothing changed")
	}
	test.Tap(s)
	if !tapped {
		t.Error("not tapped")
	}
	side.Resize(fyne.NewSize(theme.SidebarFolded, 600))
	if s.Size().Height != theme.ControlHeight {
		t.Errorf("folded it is %v high", s.Size().Height)
	}
}

func TestQR(t *testing.T) {
	dressed(t)
	if img := qrImage("st1"); img == nil || img.Bounds().Dx() != 21 {
		t.Error("a short text is a code of 21 modules")
	}
	if qrImage(strings.Repeat("x", 5000)) != nil || NewQR(strings.Repeat("x", 5000), 100).MinSize().Width != 100 {
		t.Error("a text that is too long has no code, but a place")
	}
}

func TestTroubleOffersAnotherTry(t *testing.T) {
	dressed(t)
	again := 0
	o := NewTrouble(fault.Say(nil, "The network does not answer."), func() { again++ })
	shots.Window(t, o, 500, 400)
	for _, each := range test.LaidOutObjects(o) {
		if b, ok := each.(*Button); ok {
			test.Tap(b)
		}
	}
	if again != 1 {
		t.Errorf("tried %d times", again)
	}
}
