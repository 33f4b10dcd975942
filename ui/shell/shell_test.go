package shell

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
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

// What each key does to the window.
func TestKeysOfTheWindow(t *testing.T) {
	ctrl, alt := fyne.KeyModifierShortcutDefault, fyne.KeyModifierAlt
	for name, c := range map[string]struct {
		key      fyne.KeyName
		modifier fyne.KeyModifier
		from     []string
		want     string
	}{
		"drive":                 {"1", ctrl, []string{page.Stake}, page.Drive},
		"shared":                {"2", ctrl, nil, page.Shared},
		"watch":                 {"3", ctrl, nil, page.Watch},
		"wallet":                {"4", ctrl, nil, page.Wallet},
		"stake":                 {"5", ctrl, nil, page.Stake},
		"activity":              {"6", ctrl, nil, page.Activity},
		"back":                  {fyne.KeyLeft, alt, []string{page.Stake, page.Wallet}, page.Stake},
		"back, as on a Mac":     {fyne.KeyLeftBracket, ctrl, []string{page.Stake, page.Wallet}, page.Stake},
		"nothing to go back to": {fyne.KeyLeft, alt, nil, page.Drive},
		"nothing ahead":         {fyne.KeyRight, alt, []string{page.Wallet}, page.Wallet},
		"search here":           {fyne.KeyF, ctrl, []string{page.Shared}, page.Shared},
		"search there":          {fyne.KeyF, ctrl, []string{page.Settings}, page.Drive},
	} {
		backend := fake.Full()
		s, b := begun(t, backend)
		for _, each := range c.from {
			s.Go(page.Route{Page: each})
		}
		s.Press(&desktop.CustomShortcut{KeyName: c.key, Modifier: c.modifier})
		if s.Route().Page != c.want || !backend.Asked("touch") {
			t.Errorf("%s leads to %v", name, s.Route())
		}
		if c.key == fyne.KeyF && b.last().searched != 1 {
			t.Errorf("%s: the search has no focus", name)
		}
	}
}

func TestForwardAfterBack(t *testing.T) {
	s, _ := begun(t, fake.Full())
	s.Go(page.Route{Page: page.Wallet})
	s.Back()
	s.Forward()
	if s.Route().Page != page.Wallet {
		t.Errorf("at %v", s.Route())
	}
	s.Back()
	s.Go(page.Route{Page: page.Stake})
	s.Forward()
	if s.Route().Page != page.Stake {
		t.Error("what lay ahead was not forgotten")
	}
}

// Under a dialog nothing moves; what was to be shown waits.
func TestNothingMovesUnderADialog(t *testing.T) {
	s, b := begun(t, fake.Full())
	d := widgets.ShowDialog(s.Host.Canvas(), widgets.Sheet{Title: "Dialog"})
	pages := len(b.made)
	s.Go(page.Route{Page: page.Wallet})
	s.Back()
	s.search()
	s.find()
	s.showAccounts()
	s.Dropped([]fyne.URI{storage.NewFileURI("/tmp/a")})
	s.Offer("stos://abc")
	if len(b.made) != pages || s.Host.Canvas().Overlays().Top() != fyne.CanvasObject(d) {
		t.Fatal("something moved")
	}
	d.Close()
	s.FollowAll(nil)
	if s.Route() != (page.Route{Page: page.Link, Arg: "stos://abc"}) {
		t.Errorf("the link is lost: %v", s.Route())
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

// What each event changes.
func TestWhatEventsChange(t *testing.T) {
	backend := fake.Full()
	s, b := begun(t, backend)
	backend.Now = app.Status{Phase: app.PhaseOffline, Problem: "The gateway does not answer."}
	for kind, want := range map[app.EventKind]string{
		app.StatusChanged: "Offline", app.DriveChanged: "Offline", app.NetworkStarted: "Offline", app.ProblemArose: "Offline", app.LinksChanged: "Up to date", app.SyncDone: "Up to date",
	} {
		s.sidebar.SetStatus(statusView(app.Status{Phase: app.PhaseUpToDate}))
		s.Follow(app.Event{Kind: kind, Text: "The gateway does not answer."})
		if got := s.StatusView().Headline; got != want {
			t.Errorf("%v: the status says %s", kind, got)
		}
		if !slices.Contains(b.last().followed, kind) {
			t.Errorf("%v: the page does not hear of it", kind)
		}
	}
	if s.Said() != "The gateway does not answer." {
		t.Errorf("said %q", s.Said())
	}
}

func TestTheStatusLeadsToWhatItIsAbout(t *testing.T) {
	for phase, want := range map[app.SyncPhase]page.Route{
		app.PhaseUpToDate: {Page: page.Activity}, app.PhaseSyncing: {Page: page.Activity}, app.PhaseStopped: {Page: page.Activity},
		app.PhaseOutOfOzone: {Page: page.Wallet, Arg: "ozone"}, app.PhaseOff: {Page: page.Drive}, app.PhaseStarting: {Page: page.Drive},
		app.PhaseOffline: {Page: page.Activity}, app.PhasePaused: {Page: page.Activity}, app.PhaseOutOfDisk: {Page: page.Activity},
	} {
		backend := fake.Full()
		backend.Now.Phase = phase
		s, _ := begun(t, backend)
		s.Go(page.Route{Page: page.Shared})
		if s.StatusTapped(); s.Route() != want {
			t.Errorf("%s leads to %v", phase, s.Route())
		}
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

func TestOrdersFromEverywhere(t *testing.T) {
	backend := fake.Full()
	s, _ := begun(t, backend)
	named := func(name string) (list []string, do func()) {
		for _, e := range s.orders() {
			if list = append(list, e.Name); e.Name == name {
				do = e.Do
			}
		}
		return list, do
	}
	if list, do := named("Pause syncing"); do == nil {
		t.Errorf("%q", list)
	} else if do(); !backend.Asked("pause") {
		t.Error("it is not paused")
	}
	if list, do := named("Resume syncing"); do == nil || slices.Contains(list, "Pause syncing") {
		t.Errorf("%q while it is paused", list)
	} else if do(); !backend.Asked("resume") {
		t.Error("it does not go on")
	}
	if _, do := named("Switch wallet or account"); do == nil {
		t.Error("nobody can switch")
	} else if do(); s.Host.Canvas().Overlays().Top() == nil {
		t.Error("there is no menu of accounts")
	}
	s.clear()
	if _, do := named("Lock the wallet"); do == nil {
		t.Error("nobody can lock")
	} else if do(); !backend.IsLocked || s.Route() != (page.Route{}) {
		t.Error("it is not locked")
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

// Equal events come to the pages about once, in order, and none after the end.
func TestEventsAreGathered(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	fyneApp := test.NewTempApp(t)
	s := New(fyneApp, test.NewTempWindow(t, container.NewStack()), fake.Full(), page.InlineTasks(ctx))
	b := &book{}
	s.pages = b
	s.show(page.Route{Page: page.Drive})
	heard := make(chan app.EventKind, 200)
	b.last().heard = heard
	events, ended := make(chan app.Event, 101), make(chan struct{})
	for range 50 {
		events <- app.Event{Kind: app.StatusChanged}
		events <- app.Event{Kind: app.DriveChanged, Path: "Work"}
	}
	events <- app.Event{Kind: app.LinksChanged}
	go s.listen(events, func() { close(ended) })
	var order []app.EventKind
	for kind := app.StatusChanged; kind != app.LinksChanged; {
		kind = <-heard
		order = append(order, kind)
	}
	if order[0] != app.StatusChanged || order[1] != app.DriveChanged || len(order) > 50 {
		t.Errorf("the page was told %v", order)
	}
	stop()
	<-ended
	if len(heard) > 0 {
		t.Error("the page is told after the end")
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

// The status line in every phase, wide and folded.
func TestStatusPictures(t *testing.T) {
	for _, mode := range []string{"light", "dark"} {
		s, _ := begunIn(t, fake.Full(), mode, 900, 520)
		for name, status := range map[string]app.Status{
			"uploading": {Phase: app.PhaseSyncing, Sending: true, FilesDone: 2, FilesTotal: 120, BytesDone: 3, BytesTotal: 6, Left: 2 * time.Minute, PerSecond: 6.1e6, Practice: true},
			"offline":   {Phase: app.PhaseOffline, Problem: "The network is out of reach. Your files are safe; the sync goes on when it is back."},
		} {
			s.sidebar.SetStatus(statusView(status))
			shots.Match(t, name+"-"+mode, s.Host.Window)
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
