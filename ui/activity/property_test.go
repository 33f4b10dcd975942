package activity

import (
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

// Every change stands once in the history, in its order, below the title of its
// day, and each day has one title.
func TestTheHistoryByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var changes []app.DriveChange
		at := fake.Now
		for range rapid.IntRange(0, 40).Draw(t, "changes") {
			at = at.Add(-time.Duration(rapid.IntRange(0, 40).Draw(t, "hours")) * time.Hour)
			changes = append(changes, app.DriveChange{When: at, Changed: 1})
		}
		rows, places := byDay(changes, fake.Device, fake.Now)
		next, day, days := 0, "", map[string]bool{}
		for i, place := range places {
			switch {
			case place < 0:
				if day = rows[i].Name; days[day] || !rows[i].Heading || i == len(rows)-1 {
					t.Fatalf("line %d is the title %q", i, day)
				}
				days[day] = true
			case place != next || rows[i].Heading || dayOf(changes[place].When, fake.Now) != day:
				t.Fatalf("line %d shows %d below %q", i, place, day)
			default:
				next++
			}
		}
		if next != len(changes) || len(rows) != len(places) {
			t.Fatalf("%d of %d changes", next, len(changes))
		}
	})
}

// Files that are paused wait for a person: they come first, none is lost but for
// want of room, and none is shown twice.
func TestFilesOnTheirWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := app.Report{Held: rapid.SliceOfN(rapid.StringMatching(`h[0-9]`), 0, 8).Draw(t, "held")}
		for _, p := range rapid.SliceOfN(rapid.StringMatching(`m[0-9]`), 0, 8).Draw(t, "moving") {
			r.Moving = append(r.Moving, app.Transfer{Path: p})
		}
		list := flowingNow(r)
		if len(list) != min(shown, len(r.Held)+len(r.Moving)) {
			t.Fatalf("%d are shown", len(list))
		}
		for i, f := range list {
			if f.held != (i < len(r.Held)) || f.held && f.Path != r.Held[i] || !f.held && f.Path != r.Moving[i-len(r.Held)].Path {
				t.Fatalf("%d is %+v", i, f)
			}
			if f.held && f.canCancel() {
				t.Fatal("what waits is nowhere on its way")
			}
		}
	})
}

// Speed is never negative, and what is left is what is missing at that speed.
func TestSpeedsMakeSense(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, now, film := paces{}, fake.Now, app.Transfer{Path: "film", Size: 1_000_000}
		for range rapid.IntRange(1, 30).Draw(t, "looks") {
			film.Done = rapid.Int64Range(0, film.Size).Draw(t, "done") // it may begin again
			now = now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "milliseconds")) * time.Millisecond)
			p.look([]app.Transfer{film}, now)
			second, left := p.of(film)
			missing := float64(film.Size - film.Done)
			if second < 0 || left < 0 || second > 0 && (left.Seconds()*second < missing-second || left.Seconds()*second > missing+second) {
				t.Fatalf("%v a second, %v left of %v", second, left, missing)
			}
			if row := flowingRow(flowing{film, false}, p); strings.Contains(row.Second, "-") || row.Name != "film" {
				t.Fatalf("%+v", row)
			}
		}
	})
}

// Whatever is wrong, the page says few things, each in words with a button.
func TestProblemsAreFewAndSaid(t *testing.T) {
	phases := []app.SyncPhase{app.PhaseUpToDate, app.PhasePaused, app.PhaseOutOfOzone, app.PhaseStopped, app.PhaseOffline}
	rapid.Check(t, func(t *rapid.T) {
		r := app.Report{Status: app.Status{Phase: rapid.SampledFrom(phases).Draw(t, "phase")}, OzoneLow: rapid.Bool().Draw(t, "low"), OzoneLasts: time.Hour}
		r.ClockBehind = time.Duration(rapid.IntRange(-2, 2).Draw(t, "clock")) * time.Hour
		r.Damaged = rapid.SliceOfN(rapid.StringMatching(`[a-z]/[a-z]`), 0, 9).Draw(t, "damaged")
		if rapid.Bool().Draw(t, "braked") {
			r.Stopped, r.Problem = &app.Stopped{Danger: rapid.SampledFrom([]string{"deleted", "changed", "vanished", "missing", "scrambled"}).Draw(t, "danger"), Count: 3, Total: 9}, "It was stopped."
			r.Issues = append(r.Issues, app.Issue{Text: "It was stopped."})
		}
		for range rapid.IntRange(0, 9).Draw(t, "issues") {
			r.Issues = append(r.Issues, app.Issue{Text: "It cannot be read.", Path: rapid.SampledFrom([]string{"", "a.txt", "b/c.txt"}).Draw(t, "path")})
		}
		list := concerns(r)
		if len(list) > mostConcerns {
			t.Fatalf("%d problems", len(list))
		}
		ozone := 0
		for i, c := range list {
			if c.text == "" || c.remedy.label() == "" || c.remedy == showFile && c.path == "" || c.remedy == goOn && i != 0 {
				t.Fatalf("%d is %+v", i, c)
			}
			if c.remedy == buyOzone {
				ozone++
			}
		}
		if ozone > 1 || r.Stopped != nil && list[0].remedy != goOn {
			t.Fatalf("%+v", list)
		}
	})
}

// A change lies in a folder that all of it lies in, and in no deeper one that
// some of it does not.
func TestWhereChangesAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c app.DriveChange
		for range rapid.IntRange(1, 6).Draw(t, "items") {
			c.Items = append(c.Items, app.Touched{Path: strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b"}), 1, 4).Draw(t, "path"), "/")})
		}
		folder := strings.ReplaceAll(where(c), " / ", "/")
		if folder == "Drive" {
			folder = ""
		}
		inside := func(folder string) bool {
			return !slices.ContainsFunc(c.Items, func(t app.Touched) bool { return folder != "" && !strings.HasPrefix(path.Dir(t.Path)+"/", folder+"/") })
		}
		if !inside(folder) {
			t.Fatalf("%q is not where %+v are", folder, c.Items)
		}
		for _, deeper := range []string{path.Join(folder, "a"), path.Join(folder, "b")} {
			if inside(deeper) {
				t.Fatalf("%+v lie in %q too", c.Items, deeper)
			}
		}
	})
}

func TestPartsInPercent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, 1<<40).Draw(t, "size")
		done := rapid.Int64Range(0, 2*size).Draw(t, "done") // what is converted may grow
		got := percent(done, size)
		if !strings.HasSuffix(got, " %") || len(got) > len("100 %") || (done >= size) != (got == "100 %") {
			t.Fatalf("%d of %d is %q", done, size, got)
		}
	})
}
