package shell

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

func TestWhatTheWindowBeginsWith(t *testing.T) {
	for name, c := range map[string]struct {
		stage  app.Stage
		locked bool
		place  app.WindowPlace
		page   string
		starts bool
	}{
		"an empty profile":      {stage: app.NeedsWallet, page: "start"},
		"left at the network":   {stage: app.NeedsNetwork, page: "start"},
		"left, and then locked": {stage: app.NeedsFolder, locked: true, page: "unlock"},
		"nobody to unlock":      {stage: app.NeedsWallet, locked: true, page: "start"},
		"locked":                {stage: app.Ready, locked: true, page: "unlock"},
		"ready":                 {stage: app.Ready, page: page.Drive, starts: true},
		"ready, left at Stake":  {stage: app.Ready, place: app.WindowPlace{Page: page.Stake}, page: page.Stake, starts: true},
	} {
		backend := fake.Full()
		backend.At, backend.IsLocked, backend.Place = c.stage, c.locked, c.place
		s, b := begun(t, backend)
		if got := b.last().name; got != c.page || backend.Asked("start") != c.starts {
			t.Errorf("%s: %s is shown, started %v", name, got, backend.Asked("start"))
		}
		if filled := s.Route() == (page.Route{}); filled == c.starts {
			t.Errorf("%s: the route is %v", name, s.Route())
		}
	}
}

func TestTheKeyringOpensTheWallet(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		page string
		said bool
	}{"it opens": {nil, page.Drive, false}, "it fails": {fake.ErrOffline, "unlock", true}} {
		backend := fake.Full()
		backend.IsLocked, backend.Kept.OnKeyring, backend.Err = true, true, c.err
		s, b := begun(t, backend)
		if b.last().name != c.page || (s.Said() != "") != c.said {
			t.Errorf("%s: %s is shown, said %q", name, b.last().name, s.Said())
		}
	}
}

// The window is still being made when the keyring has answered: then nothing
// runs on its goroutine yet, and the drive opens beside it.
func TestTheDriveOpensWhileTheWindowIsMade(t *testing.T) {
	for stage, starts := range map[app.Stage]bool{app.Ready: true, app.NeedsFolder: false} {
		backend := fake.Full()
		backend.At, backend.IsLocked, backend.Kept.OnKeyring = stage, true, true
		fyneApp, later := test.NewTempApp(t), make(chan func(), 10)
		fyneApp.Settings().SetTheme(theme.New("light"))
		w := test.NewTempWindow(t, container.NewStack())
		s := New(fyneApp, w, backend, page.NewTasks(t.Context(), func(f func()) { later <- f }))
		t.Cleanup(s.Close)
		s.Open(&book{})
		entered := <-later // the keyring has answered
		for starts && !backend.Asked("start") {
			runtime.Gosched() // or it never ends
		}
		if backend.Asked("start") != starts || s.Route() != (page.Route{}) {
			t.Errorf("%v: started %v, %v is shown", stage, backend.Asked("start"), s.Route())
		}
		entered()
	}
}

func TestEveryPlaceOfTheSidebarLeadsToItsPage(t *testing.T) {
	s, b := begun(t, fake.Full())
	for name, item := range s.items {
		test.Tap(item)
		if s.Route() != (page.Route{Page: name}) || !item.Active() {
			t.Errorf("%s leads to %v", name, s.Route())
		}
		for other, each := range s.items {
			if other != name && each.Active() {
				t.Errorf("%s is marked beside %s", other, name)
			}
		}
	}
	for _, p := range b.made[:len(b.made)-1] {
		if !p.left && p.name != s.Route().Page {
			t.Errorf("%s goes on behind the others", p.name)
		}
	}
	before := s.Route()
	s.Go(page.Route{Page: "unknown"})
	if s.Route() != before {
		t.Error("a page that nobody makes is shown")
	}
}

func TestLinksWaitUntilAPageMayBeShown(t *testing.T) {
	for name, c := range map[string]struct {
		stage  app.Stage
		locked bool
	}{"before the first start": {app.NeedsWallet, false}, "while it is locked": {app.Ready, true}, "between": {app.NeedsFolder, false}} {
		backend := fake.Full()
		backend.At, backend.IsLocked = c.stage, c.locked
		s, _ := begun(t, backend)
		s.Offer("stos://abc")
		s.Offer("nonsense")
		if s.Route() != (page.Route{}) {
			t.Fatalf("%s: %v is shown", name, s.Route())
		}
		backend.At, backend.IsLocked = app.Ready, false
		s.Enter()
		if s.Route() != (page.Route{Page: page.Link, Arg: "stos://abc"}) {
			t.Errorf("%s: the link is lost: %v", name, s.Route())
		}
		s.FollowAll(nil)
		s.Back()
		if s.Route().Page == page.Link {
			t.Errorf("%s: the link comes twice", name)
		}
	}
}

func TestDroppingReachesThePageWithItsPlace(t *testing.T) {
	file, link := storage.NewFileURI("/tmp/a.txt"), storage.NewFileURI("sds://abcdef")
	for name, c := range map[string]struct {
		on    string
		items []fyne.URI
		page  string
		paths []string
		at    fyne.Position
	}{
		"on the drive":         {page.Drive, []fyne.URI{file, file}, page.Drive, []string{"/tmp/a.txt", "/tmp/a.txt"}, fyne.NewPos(7, 9)},
		"on a page without it": {page.Settings, []fyne.URI{file}, page.Drive, []string{"/tmp/a.txt"}, fyne.Position{}},
		"a link":               {page.Drive, []fyne.URI{link}, page.Link, nil, fyne.Position{}},
		"nothing":              {page.Drive, nil, page.Drive, nil, fyne.Position{}},
	} {
		s, b := begun(t, fake.Full())
		s.Go(page.Route{Page: c.on})
		s.DroppedAt(fyne.NewPos(7, 9), c.items)
		if last := b.last(); s.Route().Page != c.page || !slices.Equal(last.dropped, c.paths) || last.at != c.at {
			t.Errorf("%s: %v, %q at %v", name, s.Route(), last.dropped, last.at)
		}
	}
	backend := fake.Full()
	backend.IsLocked = true
	s, b := begun(t, backend)
	if s.DroppedAt(fyne.NewPos(1, 1), []fyne.URI{file}); len(b.last().dropped) > 0 {
		t.Error("a locked window takes files")
	}
}

// A wallet that locks itself hides what is shown, but no film.
func TestAFilmGoesOnWhenTheWalletLocksItself(t *testing.T) {
	for name, want := range map[string]string{page.Wallet: "unlock", page.Play: page.Play} {
		backend := fake.Full()
		s, b := begun(t, backend)
		s.Go(page.Route{Page: name})
		backend.IsLocked = true
		s.Follow(app.Event{Kind: app.WalletChanged})
		if got := b.last().name; got != want {
			t.Errorf("%s: %s is shown", name, got)
		}
		s.Go(page.Route{Page: page.Drive})
		if got := b.last().name; got != "unlock" {
			t.Errorf("%s: then %s is shown", name, got)
		}
	}
}

func TestImmersivePagesFillTheWindow(t *testing.T) {
	s, b := begun(t, fake.Full())
	s.Go(page.Route{Page: page.Play})
	if s.root.Objects[0] != b.last().object {
		t.Error("the sidebar lies beside a film")
	}
	s.Back()
	if s.root.Objects[0] != s.frame || s.body.Objects[0] != b.last().object {
		t.Error("the sidebar is gone")
	}
}

func TestTheWindowIsMadeAnew(t *testing.T) {
	backend := fake.Full()
	s, b := begun(t, backend)
	s.Go(page.Route{Page: page.Wallet})
	frame := s.frame
	s.Redraw()
	if s.Route().Page != page.Wallet || s.frame == frame || b.last().name != page.Wallet {
		t.Errorf("another language leads to %v", s.Route())
	}
	s.Lock()
	s.Redraw()
	if b.last().name != "unlock" {
		t.Errorf("another language opens %s", b.last().name)
	}
}

func TestTheSidebarFolds(t *testing.T) {
	for width, want := range map[float32]float32{720: theme.SidebarFolded, 899: theme.SidebarFolded, 900: theme.SidebarWidth, 1600: theme.SidebarWidth} {
		s, _ := begunIn(t, fake.Full(), "light", width, 600)
		if got := s.sidebar.Size().Width; got != want {
			t.Errorf("at %v the sidebar has %v", width, got)
		}
		if got := s.body.Size().Width + s.sidebar.Size().Width; got != width {
			t.Errorf("at %v both have %v", width, got)
		}
	}
}

func TestMenuOfAccounts(t *testing.T) {
	s, _ := begun(t, fake.Full())
	test.Tap(s.account)
	if s.Host.Canvas().Overlays().Top() == nil {
		t.Error("there is no menu")
	}
	if text := s.account.Text(); text == "" || strings.Contains(text, "{{") {
		t.Errorf("the account is called %q", text)
	}
}
