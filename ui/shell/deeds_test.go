package shell

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func ctrl(name fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault}
}

// Ctrl+K opens the field that finds everything, with what can be done now, once.
func TestFindingOpens(t *testing.T) {
	s, b := begun(t, fake.Full())
	s.Press(ctrl(fyne.KeyK))
	d, ok := s.Host.Canvas().Overlays().Top().(*widgets.Dialog)
	if !ok || d.Sheet().Title != "Find" {
		t.Fatal("nothing opens")
	}
	s.Press(ctrl(fyne.KeyK))
	if len(s.Host.Canvas().Overlays().List()) != 1 {
		t.Error("it opens twice")
	}
	field := s.Host.Canvas().Focused().(*widgets.Field)
	field.SetText("stake")
	field.OnSubmitted("")
	if d.Open() || s.Route().Page != page.Stake || b.last().name != page.Stake {
		t.Errorf("leads to %v", s.Route())
	}
	s.Lock()
	if s.Press(ctrl(fyne.KeyK)); s.Host.Canvas().Overlays().Top() != nil {
		t.Error("a locked window finds things")
	}
}

// Ctrl+N and Ctrl+O are for the page, wherever the keyboard is, and for nobody
// while something lies over the page or the window is locked.
func TestKeysOfThePage(t *testing.T) {
	s, b := begun(t, fake.Full())
	on := b.last()
	s.Press(ctrl(fyne.KeyN))
	s.Press(ctrl(fyne.KeyO))
	s.Press(ctrl(fyne.KeyK))
	s.Press(ctrl(fyne.KeyN)) // under what Ctrl+K opened
	if want := []fyne.KeyName{fyne.KeyN, fyne.KeyO}; !slices.Equal(on.pressed, want) {
		t.Errorf("the page got %v", on.pressed)
	}
	s.Host.Canvas().Overlays().Top().(*widgets.Dialog).Close()
	s.Go(page.Route{Page: page.Settings})
	s.Press(ctrl(fyne.KeyN)) // which it has no use for
	s.Go(page.Route{Page: page.Wallet})
	on = b.last()
	s.Lock()
	if s.Press(ctrl(fyne.KeyN)); len(on.pressed)+len(b.last().pressed) != 0 {
		t.Error("a locked window does things")
	}
}

// Whoever only watches an address is offered nothing about a drive.
func TestOrdersOfWhoWatches(t *testing.T) {
	for _, c := range []struct {
		backend *fake.Backend
		want    string
	}{
		{fake.Full(), "Pause syncing, Buy ozone, Open the folder, Lock the wallet, Switch wallet or account, Quit"},
		{fake.Watch(fake.Full()), "Lock the wallet, Switch wallet or account, Quit"},
	} {
		s, _ := begun(t, c.backend)
		var names []string
		for _, e := range s.orders() {
			if names = append(names, e.Name); (e.Do == nil) == (e.Route == page.Route{}) || e.Icon == "" || e.Second == "" {
				t.Errorf("%s does nothing, or two things", e.Name)
			}
		}
		if got := strings.Join(names, ", "); got != c.want {
			t.Errorf("%s", got)
		}
	}
}

// What was offered last is done by its button or by Ctrl+Z, once, and not under
// a dialog.
func TestUndoByKey(t *testing.T) {
	s, _ := begun(t, fake.Full())
	undone := 0
	s.Host.Offer("1 item deleted", "Undo", func() { undone++ })
	d := widgets.ShowDialog(s.Host.Canvas(), widgets.Sheet{Title: "Dialog"})
	s.Press(&fyne.ShortcutUndo{})
	if undone != 0 {
		t.Error("something happens under a dialog")
	}
	d.Close()
	s.Go(page.Route{Page: page.Wallet}) // on another page too
	s.Press(&fyne.ShortcutUndo{})
	s.Press(&fyne.ShortcutUndo{})
	if undone != 1 || s.Said() != "" {
		t.Errorf("undone %d times, says %q", undone, s.Said())
	}
}

// A link that is pasted where no field takes it opens; anything else does not.
func TestPastingALink(t *testing.T) {
	for text, want := range map[string]page.Route{
		" stos://abc#key\n": {Page: page.Link, Arg: "stos://abc#key"},
		"sds://abc":         {Page: page.Link, Arg: "sds://abc"},
		"http://abc":        {Page: page.Drive},
		"":                  {Page: page.Drive},
	} {
		s, _ := begun(t, fake.Full())
		s.fyneApp.Clipboard().SetContent(text)
		if s.Press(&fyne.ShortcutPaste{}); s.Route() != want {
			t.Errorf("%q leads to %v", text, s.Route())
		}
	}
}

// Files and addresses are given to the system; that no program takes them is
// said in a sentence without what the system said.
func TestOpeningWithTheSystem(t *testing.T) {
	s, _, sys := begunOn(t, fake.Full(), "light", 1280, 800)
	if err := s.Host.Open("/home/ana/100 % sure?.txt"); err != nil || !slices.Equal(sys.opened, []string{"file:///home/ana/100%20%25%20sure%3F.txt"}) {
		t.Errorf("%q, %v", sys.opened, err)
	}
	sys.err = errors.New("exec: xdg-open: not found")
	for name, err := range map[string]error{"no program": s.Host.Open("/a"), "no address": s.openAddress("http://[::1")} {
		if !errors.Is(err, sys.err) && name == "no program" || fault.Sentence(err) != "No program on this computer opens it." {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.openFolder()
	if s.Said() != "No program on this computer opens it." {
		t.Errorf("said %q", s.Said())
	}
}

// What the settings remember may be of another version of the program.
func TestAPageThatIsNoMore(t *testing.T) {
	backend := fake.Full()
	backend.Place = app.WindowPlace{Page: "unknown", Folder: "x"}
	s, b := begun(t, backend)
	if s.Route() != (page.Route{Page: page.Drive}) || b.last().name != page.Drive {
		t.Errorf("the window begins with %v", s.Route())
	}
	s.Go(page.Route{Page: page.Wallet})
	s.Go(page.Route{Page: "unknown"})
	s.Go(page.Route{Page: "unknown"})
	if s.Back(); s.Route().Page != page.Drive {
		t.Errorf("back leads to %v", s.Route())
	}
}

// Whatever moves over the window or is typed in it tells that somebody is there.
func TestSomebodyIsThere(t *testing.T) {
	backend := fake.Full()
	s, _ := begun(t, backend)
	content := s.Host.Canvas().Content()
	for name, do := range map[string]func(){
		"the pointer moves":   func() { content.(desktop.Cursorable).Cursor() },
		"somebody types":      func() { content.(widgets.Attentive).Attend() },
		"a key of the window": func() { s.Press(ctrl("1")) },
		"another page":        func() { s.Go(page.Route{Page: page.Stake}) },
	} {
		backend.Calls = nil
		if do(); !backend.Asked("touch") {
			t.Errorf("%s: nobody hears of it", name)
		}
	}
}

// What the system drops is taken by the page, by the drive, or as a link.
func TestWhatBrowsersDrop(t *testing.T) {
	uri := func(path string) fyne.URI { return dropped{path} }
	for name, c := range map[string]struct {
		items []fyne.URI
		link  string
		files []string
	}{
		"a link":        {[]fyne.URI{uri("/home/ana/stos:/abc#key")}, "stos://abc#key", []string{"/home/ana/stos:/abc#key"}},
		"one of a file": {[]fyne.URI{uri("/home/ana/sds://abc")}, "sds://abc", []string{"/home/ana/sds://abc"}},
		"files":         {[]fyne.URI{uri("/a"), uri("/b")}, "", []string{"/a", "/b"}},
		"nothing":       {nil, "", nil},
	} {
		if got := droppedLink(c.items); got != c.link {
			t.Errorf("%s: %q", name, got)
		}
		if got := droppedFiles(c.items); !slices.Equal(got, c.files) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := droppedFiles([]fyne.URI{webAddress{uri("/x")}}); got != nil {
		t.Errorf("an address of the web is a file: %q", got)
	}
}

// dropped is a file that was dropped, with its path as the toolkit tells it.
type dropped struct{ path string }

func (d dropped) Extension() string { return "" }
func (d dropped) Name() string      { return d.path }
func (d dropped) MimeType() string  { return "" }
func (d dropped) Scheme() string    { return "file" }
func (d dropped) Path() string      { return d.path }
func (d dropped) Authority() string { return "" }
func (d dropped) Query() string     { return "" }
func (d dropped) Fragment() string  { return "" }
func (d dropped) String() string    { return "file://" + d.path }

type webAddress struct{ fyne.URI }

func (webAddress) Scheme() string { return "https" }

// Focus goes to the page that is shown, never to one that was left.
func TestTheKeyboardFollowsThePage(t *testing.T) {
	s, _ := begun(t, fake.Full())
	test.Tap(s.items[page.Wallet])
	s.Host.Canvas().Focus(s.items[page.Stake])
	if s.Go(page.Route{Page: page.Activity}); s.Host.Canvas().Focused() != nil {
		t.Errorf("the keyboard stays with %T", s.Host.Canvas().Focused())
	}
	for name, item := range s.items {
		if item.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}); s.Route().Page != name {
			t.Errorf("Enter on %s leads to %v", name, s.Route())
		}
	}
}

// In every language the sidebar, folded and not, has room for its words, and the
// first words about closing the window fit at a text size of 150 %.
func TestTheFrameInOtherLanguages(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, code := range []string{"en", "de", "fr", "es", "zh"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		backend := fake.Full()
		s, _ := begun(t, backend)
		for _, wrong := range stage.Cut(s.Host.Canvas(), s.frame) {
			t.Errorf("%s: %s", code, wrong)
		}
		s, _ = begunIn(t, backend, "light", 600, 400)
		s.sayItGoesOn(app.WindowPlace{})
		for _, wrong := range stage.Cut(s.Host.Canvas(), s.Host.Canvas().Overlays().Top()) {
			t.Errorf("%s: %s", code, wrong)
		}
	}
	if least := (&frameLayout{}).MinSize(nil); least.Width < 2*theSidebar || least.Height < 400 {
		t.Errorf("the window may be as small as %v", least)
	}
}

const theSidebar float32 = 248

// A window that closes ends its work and hears nothing more.
func TestNothingComesAfterClosing(t *testing.T) {
	s, b := begun(t, fake.Full())
	last := b.last()
	ran := 0
	s.Close()
	s.Host.Tasks.Back(func() { ran++ })
	if s.Host.Tasks.Context().Err() == nil || ran != 0 || !last.left {
		t.Errorf("%d things ran, the page was left: %v", ran, last.left)
	}
	s.Close()
}

// Menus and dialogs over a page go when the wallet locks; each dialog hears that
// it was closed.
func TestLockingClearsTheWindow(t *testing.T) {
	backend := fake.Full()
	s, b := begun(t, backend)
	closed := 0
	d := widgets.NewDialog(s.Host.Canvas())
	d.OnClosed = func() { closed++ }
	d.Present(widgets.Sheet{Title: "Dialog"})
	widgets.ShowMenu(s.Host.Canvas(), fyne.NewPos(5, 5), fyne.NewMenuItem("Something", nil))
	backend.IsLocked = true
	s.Follow(app.Event{Kind: app.WalletChanged})
	if s.Host.Canvas().Overlays().Top() != nil || closed != 1 || b.last().name != "unlock" {
		t.Errorf("%T lies over %s, closed %d times", s.Host.Canvas().Overlays().Top(), b.last().name, closed)
	}
}
