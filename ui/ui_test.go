package ui

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// The program itself is what the window stands on.
var _ Backend = (*app.App)(nil)

// show makes a window of the test driver whose work is done at once.
func show(t *testing.T, backend *fake.Backend, mode string, width, height float32) *Window {
	t.Helper()
	backend.Look = mode
	fyneApp := test.NewTempApp(t)
	ctx, stop := context.WithCancel(t.Context())
	w := newWindow(fyneApp, backend, Options{Size: fyne.NewSize(width, height)}, page.InlineTasks(ctx), stop)
	w.shell.Host.Now = func() time.Time { return fake.Now }
	t.Cleanup(w.Close)
	return w
}

func TestPictures(t *testing.T) {
	for _, mode := range []string{"light", "dark"} {
		w := show(t, fake.Full(), mode, 1280, 800)
		w.shell.Go(page.Route{Page: page.Drive, Arg: "Work/Portugal"})
		shots.Match(t, "drive-"+mode, w.shell.Host.Window)
		w.shell.Go(page.Route{Page: page.Wallet})
		w.shell.Host.Window.Resize(fyne.NewSize(800, 600))
		shots.Match(t, "narrow-"+mode, w.shell.Host.Window)
		w.shell.Host.Window.Resize(fyne.NewSize(1280, 800))
		shots.Match(t, "wallet-"+mode, w.shell.Host.Window)
		w.shell.Go(page.Route{Page: page.Stake})
		shots.Match(t, "stake-"+mode, w.shell.Host.Window)
	}
}

func press(w *Window, key fyne.KeyName, modifier fyne.KeyModifier) {
	w.shell.Press(&desktop.CustomShortcut{KeyName: key, Modifier: modifier})
}

func TestKeysLeadThroughThePages(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	at := func() page.Route { return w.shell.Route() }
	if at() != (page.Route{Page: page.Drive}) {
		t.Fatalf("begins at %v", at())
	}
	press(w, "4", fyne.KeyModifierShortcutDefault)
	if at().Page != page.Wallet {
		t.Errorf("Ctrl+4 leads to %v", at())
	}
	press(w, fyne.KeyLeft, fyne.KeyModifierAlt)
	if at().Page != page.Drive {
		t.Errorf("Alt+Left leads to %v", at())
	}
	press(w, fyne.KeyRight, fyne.KeyModifierAlt)
	if at().Page != page.Wallet {
		t.Errorf("Alt+Right leads to %v", at())
	}
	press(w, fyne.KeyF, fyne.KeyModifierShortcutDefault)
	if _, ok := w.shell.Host.Canvas().Focused().(*widgets.Field); !ok || at().Page != page.Wallet {
		t.Fatalf("Ctrl+F leads to %v, which has a search of its own", at())
	}
	w.shell.Go(page.Route{Page: page.Settings})
	press(w, fyne.KeyF, fyne.KeyModifierShortcutDefault)
	if _, ok := w.shell.Host.Canvas().Focused().(*widgets.Field); !ok || at().Page != page.Drive {
		t.Fatalf("Ctrl+F leads to %v and gives the focus to %T", at(), w.shell.Host.Canvas().Focused())
	}
	press(w, fyne.KeyK, fyne.KeyModifierShortcutDefault)
	d, ok := w.shell.Host.Canvas().Overlays().Top().(*widgets.Dialog)
	if !ok || d.Sheet().Title != "Find" {
		t.Fatal("Ctrl+K finds nothing")
	}
	d.Sheet().Focus.(*widgets.Field).SetText("pause")
	d.Sheet().Focus.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if d.Open() || backend.Now.Phase != app.PhasePaused {
		t.Errorf("pausing is not done: %v", backend.Now.Phase)
	}
}

func TestEveryPageHasItsRoute(t *testing.T) {
	w := show(t, fake.Full(), "light", 1280, 800)
	for _, name := range []string{page.Drive, page.Shared, page.Watch, page.Wallet, page.Stake, page.Activity, page.Settings, page.Play} {
		w.shell.Go(page.Route{Page: name, Arg: ""})
		if w.shell.Route().Page != name {
			t.Errorf("%s is not shown", name)
		}
	}
	w.shell.Go(page.Route{Page: "nowhere"})
	if w.shell.Route().Page != page.Play {
		t.Error("a route to nowhere led somewhere")
	}
}

func TestADialogHoldsThePage(t *testing.T) {
	w := show(t, fake.Full(), "light", 1280, 800)
	d := widgets.ShowDialog(w.shell.Host.Canvas(), widgets.Sheet{Title: "Wait"})
	press(w, "4", fyne.KeyModifierShortcutDefault)
	w.shell.Back()
	press(w, fyne.KeyK, fyne.KeyModifierShortcutDefault)
	if w.shell.Route().Page != page.Drive {
		t.Error("the page went away under a dialog")
	}
	d.Close()
}

func TestWatchedAddressShowsNoFiles(t *testing.T) {
	w := show(t, fake.Watch(fake.Full()), "light", 1280, 800)
	for _, name := range []string{page.Drive, page.Shared} {
		w.shell.Go(page.Route{Page: name})
		if _, drops := w.Page(w.shell.Route()).(page.Dropper); drops || w.shell.Route().Page != name {
			t.Errorf("%s takes files", name)
		}
	}
	shots.Match(t, "watching", w.shell.Host.Window)
}

func TestTheFirstStartLeadsToTheDrive(t *testing.T) {
	backend := fake.Empty()
	backend.At = app.NeedsFolder
	w := show(t, backend, "light", 1280, 800)
	if w.shell.Route() != (page.Route{}) {
		t.Fatal("a page is shown before the profile is ready")
	}
	backend.At = app.Ready
	w.shell.Enter()
	if w.shell.Route().Page != page.Drive || !backend.Asked("start") {
		t.Error("the drive is not shown, or nothing was started")
	}
}

func TestFilesDroppedOnAnyPageGoToTheDrive(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	w.shell.Go(page.Route{Page: page.Settings})
	w.shell.Dropped([]fyne.URI{storage.NewFileURI("/tmp/a.txt")})
	if !backend.Asked("add /tmp/a.txt to ") || w.shell.Route().Page != page.Drive {
		t.Errorf("%v", backend.Calls)
	}
}

func TestEventsReachThePage(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	backend.Now = app.Status{Phase: app.PhaseOutOfOzone}
	w.shell.Follow(app.Event{Kind: app.StatusChanged})
	if got := w.shell.StatusView().Headline; got != "Out of ozone" {
		t.Error(got)
	}
	w.shell.StatusTapped()
	if w.shell.Route().Page != page.Wallet {
		t.Errorf("the status leads to %v", w.shell.Route())
	}
	w.shell.Host.Canvas().Overlays().Remove(w.shell.Host.Canvas().Overlays().Top())
	w.shell.Follow(app.Event{Kind: app.ProblemArose, Text: "The clock of this computer is wrong."})
	if w.shell.Said() != "The clock of this computer is wrong." {
		t.Error(w.shell.Said())
	}
	for phase, want := range map[app.SyncPhase]string{app.PhasePaused: page.Activity, app.PhaseUpToDate: page.Activity, app.PhaseStarting: page.Drive} {
		backend.Now.Phase = phase
		w.shell.StatusTapped()
		if w.shell.Route().Page != want {
			t.Errorf("%s leads to %v", phase, w.shell.Route())
		}
	}
}

func TestWithoutAPlayerThereIsASentence(t *testing.T) {
	w := show(t, fake.Full(), "light", 1280, 800)
	if _, err := w.newPlayer(nil, nil); err == nil {
		t.Error("a player out of nothing")
	}
	w.options.NewPlayer = nil
	w.Close()
	w.Close()
}

func TestWhatCannotStartIsSaid(t *testing.T) {
	backend := fake.Full()
	backend.Err = fault.Say(nil, "The practice network did not start.")
	w := show(t, backend, "light", 1280, 800)
	if w.shell.Said() != "The practice network did not start." {
		t.Error(w.shell.Said())
	}
}

// The window may not sleep deeply where a cursor blinks.
func TestTypingIsKnown(t *testing.T) {
	w := show(t, fake.Full(), "light", 1280, 800)
	if w.Typing() {
		t.Error("typing in a list")
	}
	press(w, fyne.KeyF, fyne.KeyModifierShortcutDefault)
	if !w.Typing() {
		t.Error("not typing in the search field")
	}
}
