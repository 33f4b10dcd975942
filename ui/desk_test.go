package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/shell"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// icon is a tray that keeps what it is told.
type icon struct {
	menu   shell.TrayMenu
	shown  int
	closed bool
}

func (i *icon) Show(m shell.TrayMenu) { i.menu, i.shown = m, i.shown+1 }
func (i *icon) Close()                { i.closed = true }

// onDesktop shows a window on a desktop that may have a tray.
func onDesktop(t *testing.T, backend *fake.Backend, tray, hidden bool) (*Window, *icon) {
	t.Helper()
	return dressed(t, backend, "light", tray, hidden)
}

// dressed is onDesktop in a look.
func dressed(t *testing.T, backend *fake.Backend, mode string, tray, hidden bool) (*Window, *icon) {
	t.Helper()
	w, i := show(t, backend, mode, 1280, 800), &icon{}
	w.shell.OnDesktop(func(func()) shell.Tray { return i }, hidden)
	w.shell.TrayIs(tray)
	return w, i
}

func TestClosingGoesOnSyncing(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		w, _ := dressed(t, fake.Full(), mode, true, false)
		w.shell.Closed()
		shots.Match(t, "closing-"+mode, w.shell.Host.Window)
	})
	backend := fake.Full()
	w, _ := onDesktop(t, backend, true, false)
	w.shell.Closed()
	d, ok := w.shell.Host.Canvas().Overlays().Top().(*widgets.Dialog)
	if !ok || w.shell.Hidden() {
		t.Fatal("the first time it is not said")
	}
	d.Submit("")
	if !w.shell.Hidden() || d.Open() || !backend.Place.ToldTray {
		t.Error("it was said, but the window is still there")
	}
	w.shell.Raise()
	w.shell.Closed()
	if !w.shell.Hidden() {
		t.Error("it is said again")
	}
}

func TestComingBack(t *testing.T) {
	backend := fake.Full()
	w, _ := onDesktop(t, backend, false, false)
	w.shell.Go(page.Route{Page: page.Drive, Arg: "Work/Portugal"})
	w.shell.Closed()
	if p := backend.Place; p.Folder != "Work/Portugal" || p.Width != 1280 || p.Height != 800 {
		t.Fatalf("%+v", p)
	}
	again := show(t, backend, "light", 900, 700)
	if got := again.shell.Route(); got != (page.Route{Page: page.Drive, Arg: "Work/Portugal"}) {
		t.Errorf("comes back to %v", got)
	}
}

func TestTheAccountInTheSidebar(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	var account *widgets.NavItem
	for _, o := range test.LaidOutObjects(w.shell.Host.Canvas().Content()) {
		if n, ok := o.(*widgets.NavItem); ok && strings.HasPrefix(n.Text(), "Main") {
			account = n
		}
	}
	if account == nil {
		t.Fatal("the account is not named")
	}
	test.Tap(account)
	if w.shell.Host.Canvas().Overlays().Top() == nil {
		t.Error("it offers nothing")
	}
}
