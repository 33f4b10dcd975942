package shell

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestBackAndForward(t *testing.T) {
	h := newHistory()
	if _, ok := h.back(); ok {
		t.Error("there is nothing before the first page")
	}
	a, b, c := page.Route{Page: "a"}, page.Route{Page: "b", Arg: "x"}, page.Route{Page: "c"}
	h.visit(a)
	h.visit(b)
	h.visit(b)
	if r, ok := h.back(); !ok || r != a {
		t.Errorf("back leads to %v", r)
	}
	if r, ok := h.forward(); !ok || r != b {
		t.Errorf("forward leads to %v", r)
	}
	h.back()
	h.visit(c)
	if _, ok := h.forward(); ok {
		t.Error("what lay ahead was not forgotten")
	}
	if r, _ := h.back(); r != a {
		t.Errorf("back leads to %v", r)
	}
}

// Going back n times and forward n times ends where it began.
func TestBackAndForwardMeet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory()
		for _, name := range rapid.SliceOfN(rapid.StringMatching(`[ab]`), 1, 12).Draw(t, "pages") {
			h.visit(page.Route{Page: name})
		}
		begin, steps := h.routes[h.at], 0
		for range rapid.IntRange(0, 15).Draw(t, "back") {
			if _, ok := h.back(); ok {
				steps++
			}
		}
		for range steps {
			h.forward()
		}
		if h.routes[h.at] != begin {
			t.Fatalf("ended at %v", h.routes[h.at])
		}
	})
}

const hint = "Practice network: files exist only on this computer"

func TestStatusLine(t *testing.T) {
	for _, c := range []struct {
		in   app.Status
		want widgets.StatusView
	}{
		{app.Status{}, widgets.StatusView{Tone: widgets.Neutral, Headline: "Not set up yet", Fraction: -1, Detail: "No files yet"}},
		{app.Status{Phase: app.PhaseOff}, widgets.StatusView{Headline: "Not set up yet", Fraction: -1}},
		{app.Status{Phase: app.PhaseStarting, Practice: true}, widgets.StatusView{Headline: "Starting", Fraction: -1}},
		{
			app.Status{Phase: app.PhaseUpToDate, Files: 18204, Bytes: 212e9},
			widgets.StatusView{Tone: widgets.Good, Headline: "Up to date", Detail: "18,204 files, 212 GB", Fraction: -1},
		},
		{
			app.Status{Phase: app.PhaseUpToDate, Practice: true},
			widgets.StatusView{Tone: widgets.Good, Headline: "Up to date", Detail: "No files yet", Note: hint, Fraction: -1},
		},
		{
			app.Status{Phase: app.PhaseSyncing, FilesDone: 2, FilesTotal: 120, BytesDone: 1, BytesTotal: 4, Left: 4 * time.Minute, PerSecond: 6.1e6},
			widgets.StatusView{Tone: widgets.Active, Headline: "Syncing 3 of 120", Detail: "about 4 min left, 6.1 MB/s", Fraction: 0.25},
		},
		{
			app.Status{Phase: app.PhaseSyncing, Sending: true, FilesDone: 2, FilesTotal: 120, BytesDone: 1, BytesTotal: 4, Left: 2 * time.Minute},
			widgets.StatusView{Tone: widgets.Active, Headline: "Uploading 3 of 120", Detail: "about 2 min left", Fraction: 0.25},
		},
		{
			app.Status{Phase: app.PhaseSyncing, Receiving: true, FilesTotal: 9, BytesTotal: 4, Practice: true},
			widgets.StatusView{Tone: widgets.Active, Headline: "Downloading 1 of 9", Note: hint},
		},
		{
			app.Status{Phase: app.PhaseSyncing, Sending: true, FilesDone: 1202, FilesTotal: 18204, BytesTotal: 4, Left: time.Hour},
			widgets.StatusView{Tone: widgets.Active, Headline: "Uploading", Detail: "1,202 of 18,204 files, about 1 hour left"},
		},
		{
			app.Status{Phase: app.PhaseSyncing, Receiving: true, FilesDone: 1000, FilesTotal: 1000, BytesTotal: 4},
			widgets.StatusView{Tone: widgets.Active, Headline: "Downloading", Detail: "1,000 of 1,000 files"},
		},
		{
			app.Status{Phase: app.PhaseSyncing, Sending: true, Receiving: true, FilesTotal: 1000, BytesTotal: 4},
			widgets.StatusView{Tone: widgets.Active, Headline: "Syncing", Detail: "0 of 1,000 files"},
		},
		{app.Status{Phase: app.PhaseSyncing, FilesDone: 3, FilesTotal: 3, BytesTotal: 4, BytesDone: 4}, widgets.StatusView{Tone: widgets.Active, Headline: "Syncing 3 of 3", Fraction: 1}},
		{app.Status{Phase: app.PhaseSyncing}, widgets.StatusView{Tone: widgets.Active, Headline: "Looking for changes", Fraction: -1}},
		{
			app.Status{Phase: app.PhasePaused, PausedUntil: time.Date(2026, 11, 22, 17, 5, 0, 0, time.Local)},
			widgets.StatusView{Headline: "Paused", Detail: "until 17:05", Fraction: -1},
		},
		{
			app.Status{Phase: app.PhaseOffline, Files: 1, Bytes: 10, Problem: "The gateway does not answer."},
			widgets.StatusView{Tone: widgets.Warn, Headline: "Offline", Detail: "The gateway does not answer.", Fraction: -1},
		},
		{app.Status{Phase: app.PhasePaused, Files: 1, Bytes: 10}, widgets.StatusView{Headline: "Paused", Detail: "1 file, 10 B", Fraction: -1}},
		{app.Status{Phase: app.PhaseOutOfOzone, Files: 1, Bytes: 10}, widgets.StatusView{Tone: widgets.Bad, Headline: "Out of ozone", Detail: "1 file, 10 B", Fraction: -1}},
		{app.Status{Phase: app.PhaseStopped, Problem: "Too many deletions."}, widgets.StatusView{Tone: widgets.Bad, Headline: "Stopped", Detail: "Too many deletions.", Fraction: -1}},
	} {
		if got := statusView(c.in); got != c.want {
			t.Errorf("%+v:\n got %+v\nwant %+v", c.in, got, c.want)
		}
	}
}
