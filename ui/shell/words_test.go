package shell

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

var phases = []app.SyncPhase{
	app.PhaseOff, app.PhaseStarting, app.PhaseUpToDate, app.PhaseSyncing, app.PhasePaused, app.PhaseOffline,
	app.PhaseOutOfOzone, app.PhaseOutOfDisk, app.PhaseStopped,
}

// Each phase has its words and its colour, in the window and in the tray.
func TestEveryPhaseHasItsWords(t *testing.T) {
	for phase, want := range map[app.SyncPhase]struct {
		tone       widgets.Tone
		line, tray string
	}{
		app.PhaseOff:        {widgets.Neutral, "Not set up yet", "Not set up yet"},
		app.PhaseStarting:   {widgets.Neutral, "Starting", "Starting"},
		app.PhaseUpToDate:   {widgets.Good, "Up to date", "Up to date"},
		app.PhaseSyncing:    {widgets.Active, "Uploading 3 of 120", "Syncing"},
		app.PhasePaused:     {widgets.Neutral, "Paused", "Paused"},
		app.PhaseOffline:    {widgets.Warn, "Offline", "Offline"},
		app.PhaseOutOfOzone: {widgets.Bad, "Out of ozone", "Out of ozone"},
		app.PhaseOutOfDisk:  {widgets.Bad, "Disk full", "Disk full"},
		app.PhaseStopped:    {widgets.Bad, "Stopped", "Stopped"},
	} {
		s := app.Status{Phase: phase, Sending: true, FilesDone: 2, FilesTotal: 120}
		if v := statusView(s); v.Tone != want.tone || v.Headline != want.line || trayStatus(s) != want.tray {
			t.Errorf("%s: %+v, in the tray %q", phase, v, trayStatus(s))
		}
	}
	for held, want := range map[int]string{0: "Up to date", 1: "1 file held back", 3: "3 files held back"} {
		if v := statusView(app.Status{Phase: app.PhaseUpToDate, Held: held}); v.Headline != want || (v.Tone == widgets.Good) != (held == 0) {
			t.Errorf("%d: %+v", held, v)
		}
	}
	many := statusView(app.Status{Phase: app.PhaseSyncing, FilesDone: 2000, FilesTotal: 1500, BytesDone: 9, BytesTotal: 8})
	if many.Detail != "1,500 of 1,500 files" || many.Fraction != 1 {
		t.Errorf("more is done than there is: %+v", many)
	}
	watched := app.Status{Phase: app.PhaseOff, Watching: true}
	if v := statusView(watched); v.Headline != "Only watching" || v.Detail != "A watched address has no drive" {
		t.Errorf("%+v", v)
	}
}

// status draws any state of a drive, also one that should not be.
func status(t *rapid.T) app.Status {
	return app.Status{
		Phase: rapid.SampledFrom(phases).Draw(t, "phase"), Sending: rapid.Bool().Draw(t, "up"), Receiving: rapid.Bool().Draw(t, "down"),
		FilesDone: rapid.IntRange(0, 2000).Draw(t, "done"), FilesTotal: rapid.IntRange(0, 2000).Draw(t, "files"),
		BytesDone: rapid.Int64Range(0, 1<<40).Draw(t, "bytes done"), BytesTotal: rapid.Int64Range(0, 1<<40).Draw(t, "bytes"),
		PerSecond: rapid.Float64Range(0, 1e9).Draw(t, "speed"), Left: time.Duration(rapid.Int64Range(0, 1e15).Draw(t, "left")),
		Files: rapid.IntRange(0, 1_000_000).Draw(t, "has"), Bytes: rapid.Int64Range(0, 1<<50).Draw(t, "has bytes"),
		Practice: rapid.Bool().Draw(t, "practice"), Held: rapid.IntRange(0, 3).Draw(t, "held"),
	}
}

// Whatever the state is, the line says something true: no more is done than
// there is, and on the practice network that files exist here only.
func TestTheStatusLineTellsTheTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := status(t)
		v := statusView(s)
		if v.Headline == "" || strings.Contains(v.Headline+v.Detail+v.Note, "{{") || strings.HasPrefix(v.Detail, ", ") {
			t.Fatalf("%+v", v)
		}
		if v.Fraction > 1 || v.Fraction < 0 && v.Fraction != -1 || v.Fraction >= 0 && s.Phase != app.PhaseSyncing {
			t.Fatalf("%v is done", v.Fraction)
		}
		runs := s.Phase != app.PhaseOff && s.Phase != app.PhaseStarting
		if (v.Note != "") != (s.Practice && runs) {
			t.Fatalf("%s: practice %v, note %q", s.Phase, s.Practice, v.Note)
		}
		if s.Practice != strings.Contains(trayStatus(s), "practice network") {
			t.Fatalf("the tray says %q", trayStatus(s))
		}
	})
}

// Recent files are the newest ones that are still there, each once, whatever
// happened to them.
func TestRecentFilesAreThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		there, order := map[string]bool{}, []string{}
		var changes []app.DriveChange // the newest first
		for range rapid.IntRange(0, 20).Draw(t, "changes") {
			name := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g"}).Draw(t, "name")
			action := "added"
			if there[name] {
				action = rapid.SampledFrom([]string{"changed", "deleted"}).Draw(t, "action")
			}
			there[name] = action != "deleted"
			order = slices.DeleteFunc(order, func(o string) bool { return o == name })
			if there[name] {
				order = append([]string{name}, order...)
			}
			changes = append([]app.DriveChange{{Items: []app.Touched{{Action: action, Path: name}}}}, changes...)
		}
		if got, want := recent(changes), order[:min(len(order), MostRecent)]; !slices.Equal(got, want) {
			t.Fatalf("%v, not %v", got, want)
		}
	})
}

// Back and forward never lead to what was not visited, nor past the ends.
func TestTheWayHasEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory()
		var trail []page.Route
		at := -1
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch rapid.IntRange(0, 2).Draw(t, "step") {
			case 0:
				r := page.Route{Page: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "page")}
				if h.visit(r); at < 0 || trail[at] != r {
					trail = append(slices.Clone(trail[:at+1]), r)
					at++
				}
			case 1:
				if _, ok := h.back(); ok != (at > 0) {
					t.Fatalf("back at %d: %v", at, ok)
				}
				at = max(at-1, min(at, 0))
			default:
				if _, ok := h.forward(); ok != (at < len(trail)-1) {
					t.Fatalf("forward at %d of %d: %v", at, len(trail), ok)
				}
				at = min(at+1, len(trail)-1)
			}
			if h.at != at || !slices.Equal(h.routes, trail) {
				t.Fatalf("at %d of %v, not %d of %v", h.at, h.routes, at, trail)
			}
		}
	})
}

// Stake that comes back is told once, when it can be spent, however often it is
// asked for.
func TestEachReturnIsToldOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, at := newNotices(), noon
		due := map[string]time.Time{}
		var list []app.Unbonding
		for i := range rapid.IntRange(0, 5).Draw(t, "returns") {
			name := string(rune('a' + i))
			due[name] = noon.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "minutes")) * time.Minute)
			list = append(list, app.Unbonding{Validator: name, Name: name, Done: due[name]})
		}
		n.money(at, app.Arrivals{Returns: list})
		told := 0
		for at.Before(noon.Add(2 * time.Hour)) {
			at = at.Add(time.Duration(rapid.IntRange(1, 30).Draw(t, "later")) * time.Minute)
			left := slices.DeleteFunc(slices.Clone(list), func(u app.Unbonding) bool { return !u.Done.After(at) })
			told += len(n.money(at, app.Arrivals{Returns: left}))
			back := 0
			for _, when := range due {
				if !when.After(at) {
					back++
				}
			}
			if told != back {
				t.Fatalf("told %d of %d", told, back)
			}
		}
	})
}
