package activity

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// busy is a drive that sends and receives.
func busy() *fake.Backend {
	b := fake.Full()
	b.Now.Phase = app.PhaseSyncing
	b.Now.FilesDone, b.Now.FilesTotal, b.Now.BytesDone, b.Now.BytesTotal = 3, 12, 420_000_000, 1_800_000_000
	b.Now.PerSecond, b.Now.Left = 6_100_000, 4*60*1e9
	b.Told.Moving = []app.Transfer{
		{Path: "Films/Lisbon harbour.mp4", Up: true, Done: 400_000_000, Size: 1_700_000_000},
		{Path: "plan.txt", Done: 0, Size: 4_000},
	}
	return b
}

// troubled is a drive that a brake stopped, with other problems.
func troubled() *fake.Backend {
	b := fake.Full()
	b.Now.Phase, b.Now.Problem = app.PhaseStopped, "Too much would be deleted."
	b.Told.Stopped = &app.Stopped{Danger: "deleted", Count: 9_000, Total: 18_204}
	b.Told.Damaged = []string{"Films/Lisbon harbour.mp4"}
	b.Told.Issues = []app.Issue{
		{Path: "Work/con.txt", Text: "This name is not possible on Windows, so it is called otherwise there."}, {Text: "Too much would be deleted."},
	}
	return b
}

// ahead is a drive that will have a problem soon.
func ahead() *fake.Backend {
	b := fake.Full()
	b.Told.OzoneLow, b.Told.OzoneLasts, b.Told.ClockBehind = true, 75*time.Hour, -12*time.Minute
	return b
}

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, backend := range map[string]*fake.Backend{
			"full": fake.Full(), "empty": fake.Empty(), "error": fake.Broken(), "busy": busy(), "ahead": ahead(), "troubled": troubled(),
		} {
			host, _ := stage.Host(t, 1064, 640)
			stage.Put(host, New(host, backend))
			shots.Match(t, name+"-"+mode, host.Window)
		}
		host, _ := stage.Host(t, 664, 480)
		p := New(host, troubled())
		stage.Put(host, p)
		shots.Match(t, "narrow-"+mode, host.Window)
		p.past.Select(4)
		p.with(p.show)
		shots.Match(t, "details-"+mode, host.Window)
	})
}

func opened(t *testing.T, backend *fake.Backend) (*Page, *stage.Told) {
	t.Helper()
	host, told := stage.Host(t, 900, 640)
	p := New(host, backend)
	stage.Put(host, p)
	return p, told
}

func (p *Page) dialog(t *testing.T) *widgets.Dialog {
	t.Helper()
	d, ok := p.host.Canvas().Overlays().Top().(*widgets.Dialog)
	if !ok {
		t.Fatal("no dialog is open")
	}
	return d
}

// lineOf is the line that shows a change.
func lineOf(p *Page, change int) int { return slices.Index(p.at, change) }

func TestUndoAsksFirst(t *testing.T) {
	backend := fake.Full()
	p, told := opened(t, backend)
	if !p.undo.Disabled() {
		t.Error("nothing is chosen")
	}
	p.past.Select(3)
	if !p.undo.Disabled() {
		t.Error("the title of a day can be undone")
	}
	p.past.Select(lineOf(p, 2))
	test.Tap(p.undo)
	d := p.dialog(t)
	if want := "Back: 2 files. Back at their earlier place: 4 files."; len(d.Sheet().Text) < len(want) || d.Sheet().Text[:len(want)] != want {
		t.Error(d.Sheet().Text)
	}
	if backend.Asked("undo a1b2c3d4e5f6") {
		t.Error("undone without asking")
	}
	d.Submit("")
	if !backend.Asked("undo a1b2c3d4e5f6") || len(told.Said) != 1 || told.Said[0] != "Undone" {
		t.Errorf("%v, said %q", backend.Calls, told.Said)
	}
	p.past.Select(lineOf(p, 3))
	if !p.undo.Disabled() {
		t.Error("the beginning of the drive can be undone")
	}
	p.past.Select(lineOf(p, 0))
	test.Tap(p.undo)
	if d := p.dialog(t); len(d.Sheet().Buttons) != 1 {
		t.Error("there is nothing to undo, but it can be done")
	}
}

func TestDetailsLeadToUndo(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend)
	p.past.OnOpen(0)
	p.past.Select(lineOf(p, 1))
	p.past.OnOpen(0)
	p.dialog(t).Submit("")
	if !backend.Asked("preview undo 90c1d2e3f4a5") {
		t.Errorf("%v", backend.Calls)
	}
}

func TestEveryProblemHasItsWayOut(t *testing.T) {
	backend := troubled()
	p, told := opened(t, backend)
	for _, c := range concerns(p.report) {
		p.solve(c)
	}
	p.solve(concern{remedy: buyOzone})
	backend.Told.ClockBehind = time.Hour
	p.solve(concern{remedy: askAgain})
	if p.report.ClockBehind != 0 {
		t.Error("the clock was set, but is still called wrong")
	}
	if !backend.Asked("go on") || !backend.Asked("refetch Films/Lisbon harbour.mp4") {
		t.Errorf("%v", backend.Calls)
	}
	if want := []page.Route{{Page: page.Drive, Arg: "Work"}, {Page: page.Wallet, Arg: "ozone"}}; !slices.Equal(told.Routes, want) {
		t.Errorf("%v", told.Routes)
	}
	backend.Err = fake.ErrOffline
	p.solve(concern{remedy: goOn})
	if len(told.Said) != 1 {
		t.Errorf("said %q", told.Said)
	}
}

func TestPauseAndResume(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend)
	test.Tap(p.pause)
	if !backend.Asked("pause") || p.pause.Text() != "Resume" {
		t.Errorf("%v, the button says %s", backend.Calls, p.pause.Text())
	}
	p.solve(concern{remedy: resume})
	if !backend.Asked("resume") || p.pause.Text() != "Pause" {
		t.Errorf("%v, the button says %s", backend.Calls, p.pause.Text())
	}
}

func TestWhatHappensIsFollowed(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend)
	p.past.Select(lineOf(p, 1))
	backend.Changes = append([]app.DriveChange{{ID: "ffffffffffff", Changed: 1}}, backend.Changes...)
	p.Follow(app.Event{Kind: app.StatusChanged})
	if p.past.Len() != 7 {
		t.Error("the history is read for every event")
	}
	p.Follow(app.Event{Kind: app.SyncDone})
	if c, ok := p.selected(); p.past.Len() != 8 || !ok || c.ID != "90c1d2e3f4a5" {
		t.Errorf("%d changes, %+v is chosen", p.past.Len(), c)
	}
	backend.Err = fake.ErrOffline
	p.Follow(app.Event{Kind: app.SyncDone})
	if p.past.Len() != 8 {
		t.Error("what was known is gone")
	}
	p.Leave()
}
