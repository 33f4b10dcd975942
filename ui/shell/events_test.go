package shell

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

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
