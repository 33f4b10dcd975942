package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestLockingAndUnlocking(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	w.shell.Go(page.Route{Page: page.Wallet})
	w.shell.Lock()
	w.shell.Go(page.Route{Page: page.Drive})
	if w.shell.Route() != (page.Route{}) || !backend.IsLocked {
		t.Fatal("a locked window shows pages")
	}
	if f, ok := w.shell.Host.Canvas().Focused().(*widgets.Field); !ok || !f.Password {
		t.Error("the password cannot be typed at once")
	}
	backend.IsLocked = false
	w.shell.Enter()
	if w.shell.Route().Page != page.Wallet {
		t.Errorf("unlocking leads to %v", w.shell.Route())
	}
}

// A wallet that locks itself while a dialog is open leaves nothing to be seen.
func TestAWalletThatLocksItself(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	press(w, "5", fyne.KeyModifierShortcutDefault)
	if w.shell.Route().Page != page.Stake {
		t.Fatalf("Ctrl+5 leads to %v", w.shell.Route())
	}
	d := widgets.ShowDialog(w.shell.Host.Canvas(), widgets.Sheet{Title: "Your words"})
	widgets.ShowMenu(w.shell.Host.Canvas(), fyne.NewPos(1, 1), fyne.NewMenuItem("One", nil))
	w.shell.Follow(app.Event{Kind: app.WalletChanged})
	if !d.Open() {
		t.Fatal("it is not locked yet")
	}
	backend.IsLocked = true
	w.shell.Follow(app.Event{Kind: app.WalletChanged})
	if d.Open() || w.shell.Host.Canvas().Overlays().Top() != nil || w.shell.Route() != (page.Route{}) {
		t.Error("something still lies over the password page")
	}
	w.shell.Follow(app.Event{Kind: app.WalletChanged}) // it is shown already
	backend.IsLocked = false
	w.shell.Enter()
	if w.shell.Route().Page != page.Stake {
		t.Errorf("unlocking leads to %v", w.shell.Route())
	}
}

// A film is not taken away when the wallet locks itself; what comes after it
// wants the password.
func TestAFilmGoesOnWhenTheWalletLocksItself(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	w.shell.Go(page.Route{Page: page.Play, Arg: "Holiday.mp4"})
	backend.IsLocked = true
	w.shell.Follow(app.Event{Kind: app.WalletChanged})
	if w.shell.Route().Page != page.Play {
		t.Fatalf("shows %v", w.shell.Route())
	}
	w.shell.Back()
	if f, ok := w.shell.Host.Canvas().Focused().(*widgets.Field); !ok || !f.Password || w.shell.Route() != (page.Route{}) {
		t.Error("the password is not asked for")
	}
}

func TestTheKeyringOpensTheWalletAtTheStart(t *testing.T) {
	for _, failing := range []bool{false, true} {
		backend := fake.Full()
		backend.IsLocked, backend.Kept.OnKeyring = true, true
		if failing {
			backend.Err = fake.ErrOffline
		}
		w := show(t, backend, "light", 1280, 800)
		if (w.shell.Route().Page == page.Drive) == failing || (w.shell.Said() != "") != failing {
			t.Errorf("failing %v: shows %v, says %q", failing, w.shell.Route(), w.shell.Said())
		}
		if !failing {
			w.shell.Lock()
			if w.shell.Route() != (page.Route{}) {
				t.Error("a wallet that was locked by hand opened by itself")
			}
		}
	}
}

func TestThePointerTellsThatSomebodyIsThere(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	for _, o := range test.LaidOutObjects(w.shell.Host.Canvas().Content()) {
		if c, ok := o.(desktop.Cursorable); ok && o.Size() == w.shell.Host.Canvas().Size() {
			c.Cursor()
		}
	}
	if !backend.Asked("touch") {
		t.Error("nobody noticed")
	}
}

func TestTypingInADialogTellsThatSomebodyIsThere(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	w.care().ChangePassword()
	canvas := w.shell.Host.Canvas()
	if backend.Asked("touch") {
		t.Fatal("noticed before anything was done")
	}
	canvas.Focused().TypedRune('a')
	if !backend.Asked("touch") {
		t.Error("nobody noticed")
	}
}

func TestALockedFirstStartAsksForThePassword(t *testing.T) {
	backend := fake.Empty()
	backend.At, backend.IsLocked = app.NeedsNetwork, true
	w := show(t, backend, "light", 1280, 800)
	backend.IsLocked = false
	w.shell.Enter()
	if backend.Asked("start") {
		t.Error("started before a network was chosen")
	}
}
