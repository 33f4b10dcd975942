package shell

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// What closing the window does: it is hidden where something goes on that there
// is a way back to, and ends otherwise.
func TestWhatClosingTheWindowDoes(t *testing.T) {
	for name, c := range map[string]struct {
		tray, told bool
		stage      app.Stage
		watching   bool
		hidden     bool
		quits      int
	}{
		"with a tray":           {tray: true, told: true, stage: app.Ready, hidden: true},
		"without":               {told: true, stage: app.Ready, quits: 1},
		"before anything syncs": {tray: true, told: true, stage: app.NeedsFolder, quits: 1},
		"only watching":         {tray: true, told: true, stage: app.Ready, watching: true, quits: 1},
	} {
		backend := fake.Full()
		if c.watching {
			backend = fake.Watch(backend)
		}
		backend.At, backend.Place.ToldTray = c.stage, c.told
		s, _, sys := living(t, backend, c.tray, false)
		s.Closed()
		if s.Hidden() != c.hidden || sys.quits != c.quits || s.Host.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: hidden %v, %d times quit", name, s.Hidden(), sys.quits)
		}
	}
}

// The first time it is said that closing ends nothing, with a way to end it;
// until somebody answers, the window stays.
func TestItIsSaidOnceThatSyncingGoesOn(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(d *widgets.Dialog)
		hidden bool
		quits  int
		told   bool
	}{
		"close it": {func(d *widgets.Dialog) { d.Sheet().Buttons[1].Tapped(nil) }, true, 0, true},
		"Enter":    {func(d *widgets.Dialog) { d.Submit("") }, true, 0, true},
		"quit":     {func(d *widgets.Dialog) { d.Sheet().Buttons[0].Tapped(nil) }, false, 1, true},
		"Escape":   {func(d *widgets.Dialog) { d.Close() }, false, 0, false},
	} {
		backend := fake.Full()
		s, _, sys := living(t, backend, true, false)
		other := widgets.ShowDialog(s.Host.Canvas(), widgets.Sheet{Title: "Something else"})
		s.Closed()
		s.Closed() // pressed once more
		d, ok := s.Host.Canvas().Overlays().Top().(*widgets.Dialog)
		if !ok || d.Sheet().Title != "Stratos Drive goes on syncing" || other.Open() || s.Hidden() || len(s.Host.Canvas().Overlays().List()) != 1 {
			t.Fatalf("%s: it is not said", name)
		}
		c.answer(d)
		if s.Hidden() != c.hidden || sys.quits != c.quits || backend.Place.ToldTray != c.told || d.Open() {
			t.Errorf("%s: hidden %v, %d times quit, told %v", name, s.Hidden(), sys.quits, backend.Place.ToldTray)
		}
	}
}

// A window is never lost: without an icon that leads to it, it is shown.
func TestAWindowThatNothingLeadsTo(t *testing.T) {
	for name, c := range map[string]struct {
		do     func(s *Shell)
		hidden bool
	}{
		"the tray goes":        {func(s *Shell) { s.TrayIs(false) }, false},
		"it comes again":       {func(s *Shell) { s.TrayIs(true) }, true},
		"it never came":        {func(s *Shell) { s.desk.there = false; s.neverLost() }, false},
		"it came, late":        {func(s *Shell) { s.neverLost() }, true},
		"somebody raises it":   {func(s *Shell) { s.Raise() }, false},
		"a notification does":  {func(s *Shell) { s.NoticeOpened(aboutSync) }, false},
		"one of another kind":  {func(s *Shell) { s.NoticeOpened("of another version") }, false},
		"a recent file is far": {func(s *Shell) { s.openRecent("Work/gone.txt") }, false},
	} {
		s, _, _ := living(t, fake.Full(), true, true)
		if !s.Hidden() {
			t.Fatalf("%s: it did not start hidden", name)
		}
		if c.do(s); s.Hidden() != c.hidden {
			t.Errorf("%s: hidden %v", name, s.Hidden())
		}
		if s.Route().Page == "" {
			t.Errorf("%s: no page is shown", name)
		}
	}
}

// The tray says how things stand, is changed only when it says something else,
// and each line does what it says.
func TestTheTrayFollowsTheDrive(t *testing.T) {
	backend := fake.Full()
	backend.Dir = t.TempDir()
	backend.Changes = []app.DriveChange{{Items: []app.Touched{{Action: "added", Path: "Work/plan.txt"}}}}
	s, i, sys := living(t, backend, true, false)
	if i.shown == 0 || i.menu.Status != "Syncing (practice network)" || len(i.menu.Recent) != 1 {
		t.Fatalf("%+v", i.menu)
	}
	same := i.shown
	s.Follow(app.Event{Kind: app.StatusChanged})
	s.Follow(app.Event{Kind: app.SyncDone})
	if i.shown != same {
		t.Error("the menu is changed although it says the same")
	}
	backend.Changes = []app.DriveChange{{Items: []app.Touched{{Action: "added", Path: "Home/plan.txt"}}}}
	s.Follow(app.Event{Kind: app.SyncDone})
	s.Go(page.Route{Page: page.Stake})
	if i.menu.Recent[0].Do(); s.Route() != (page.Route{Page: page.Drive, Arg: "Home"}) {
		t.Errorf("a file of the same name leads to %v", s.Route())
	}
	if err := os.WriteFile(filepath.Join(backend.Dir, "here.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.openRecent("here.txt")
	i.menu.Folder.Do()
	if want := []string{"file://" + backend.Dir + "/here.txt", "file://" + backend.Dir}; !slices.Equal(sys.opened, want) {
		t.Errorf("opened %q", sys.opened)
	}
	for _, want := range []string{"Resume syncing", "Pause syncing"} {
		i.menu.Pause.Do()
		if s.Follow(app.Event{Kind: app.StatusChanged}); i.menu.Pause.Text != want {
			t.Errorf("the menu offers %q, not %q", i.menu.Pause.Text, want)
		}
	}
	s.hide()
	if i.menu.Open.Do(); s.Hidden() {
		t.Error("Open opens nothing")
	}
	if i.menu.Quit.Do(); sys.quits != 1 || backend.Place.Page != page.Drive {
		t.Errorf("%d times quit, left at %q", sys.quits, backend.Place.Page)
	}
}

// The tray speaks the language of the window, and goes with it.
func TestTheTrayChangesItsLanguage(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	s, i, _ := living(t, fake.Full(), true, false)
	for code, want := range map[string]string{"de": "Beenden", "fr": "Quitter", "es": "Salir", "zh": "退出"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		if s.Redraw(); i.menu.Quit.Text != want {
			t.Errorf("%s: the tray offers %q, not %q", code, i.menu.Quit.Text, want)
		}
	}
	s.Close()
	if s.Close(); i.closed != 1 {
		t.Errorf("the icon is taken away %d times", i.closed)
	}
}

// Without an answer what is known stays; another profile knows other files.
func TestRecentFilesOfTheTray(t *testing.T) {
	backend := fake.Full()
	backend.Changes = []app.DriveChange{{Items: []app.Touched{{Action: "added", Path: "a.txt"}}}}
	s, i, _ := living(t, backend, true, false)
	backend.Changes, backend.Err = nil, fake.ErrOffline
	if s.Follow(app.Event{Kind: app.SyncDone}); len(i.menu.Recent) != 1 {
		t.Error("without an answer the files are gone")
	}
	if s.Follow(app.Event{Kind: app.SetupChanged}); len(i.menu.Recent) != 0 {
		t.Errorf("%d files of another profile", len(i.menu.Recent))
	}
	backend.Err = nil
	backend.At = app.NeedsWallet
	backend.Changes = []app.DriveChange{{Items: []app.Touched{{Action: "added", Path: "a.txt"}}}}
	if s.Follow(app.Event{Kind: app.SyncDone}); len(i.menu.Recent) != 0 {
		t.Error("files of a profile that is not ready")
	}
}

// Only who does not look at the window gets notifications, and only if wanted.
func TestWhoGetsNotifications(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(s *Shell, b *fake.Backend, sys *system)
		want    int
	}{
		"hidden":                 {func(*Shell, *fake.Backend, *system) {}, 1},
		"in front":               {func(s *Shell, _ *fake.Backend, _ *system) { s.Raise() }, 0},
		"another program is":     {func(s *Shell, _ *fake.Backend, sys *system) { s.Raise(); sys.life.back() }, 1},
		"and then it is again":   {func(_ *Shell, _ *fake.Backend, sys *system) { sys.life.back(); sys.life.front() }, 0},
		"nobody wants any":       {func(_ *Shell, b *fake.Backend, _ *system) { b.Quiet = true }, 0},
		"the desktop shows none": {func(_ *Shell, b *fake.Backend, _ *system) { b.Err = errors.New("no desktop") }, 1},
	} {
		backend := fake.Full()
		s, _, sys := living(t, backend, true, true)
		s.Follow(app.Event{Kind: app.StatusChanged})
		c.prepare(s, backend, sys)
		backend.Now.Phase = app.PhaseOutOfOzone
		s.Follow(app.Event{Kind: app.StatusChanged})
		s.Follow(app.Event{Kind: app.StatusChanged})
		if len(backend.Notices) != c.want {
			t.Errorf("%s: %+v", name, backend.Notices)
		}
		if c.want > 0 && (backend.Notices[0].Topic != aboutOzone || backend.Notices[0].Open != "Show") {
			t.Errorf("%s: %+v", name, backend.Notices[0])
		}
		if s.Said() != "" {
			t.Errorf("%s: said %q", name, s.Said())
		}
	}
}

// Choosing a notification shows the window and what it was about.
func TestNotificationsLeadToTheirPage(t *testing.T) {
	for topic, want := range topics {
		backend := fake.Full()
		s, _, _ := living(t, backend, true, true)
		s.Go(page.Route{Page: page.Shared})
		if backend.Chosen(topic); s.Hidden() || s.Route() != want {
			t.Errorf("%s leads to %v, hidden %v", topic, s.Route(), s.Hidden())
		}
	}
	backend := fake.Full()
	s, _, _ := living(t, backend, true, true)
	s.Go(page.Route{Page: page.Shared})
	backend.Chosen("of another version")
	if s.Back(); s.Route().Page != page.Drive {
		t.Errorf("what leads nowhere is a step of the way: %v", s.Route())
	}
}

// Money is asked for when nobody looks, and never of a wallet that is locked.
func TestNewsOfTheWallet(t *testing.T) {
	backend := fake.Full()
	backend.Told.OzoneLow, backend.Told.OzoneLasts = true, 50*time.Hour
	s, _, sys := living(t, backend, true, true)
	came := func(hash string) app.Arrivals {
		return app.Arrivals{Received: []app.HistoryEntry{{Hash: hash, State: "done", Amount: stos(t, "2stos")}}}
	}
	for step, c := range []struct {
		do   func()
		want int
	}{
		{func() { backend.Came = came("A") }, 1}, // what was there before is no news; that ozone runs low is
		{func() { backend.Came = came("B") }, 2},
		{func() { backend.Err = fake.ErrOffline; backend.Came = came("C") }, 2},
		{func() { backend.Err = nil }, 3},
		{func() { backend.IsLocked = true; backend.Came = came("D") }, 3},
		{func() { backend.IsLocked = false; sys.life.front() }, 3},
		{func() { sys.life.back() }, 4},
		{func() { s.Follow(app.Event{Kind: app.SetupChanged}); backend.Came = came("E") }, 5}, // of another wallet: only that ozone runs low
	} {
		c.do()
		if s.Follow(app.Event{Kind: app.WalletChanged}); len(backend.Notices) != c.want {
			t.Fatalf("step %d: %+v", step, backend.Notices)
		}
	}
	if last := backend.Notices[3]; last.Topic != aboutMoney || last.Text != "2 STOS came to your wallet." {
		t.Errorf("%+v", last)
	}
}
