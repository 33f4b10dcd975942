package shell

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// told puts a way of the drive through its phases and says what was told.
func told(steps ...app.Status) string {
	n, now := newNotices(), noon
	var out []string
	for _, s := range steps {
		now = now.Add(time.Minute)
		if notice := n.status(now, s); notice != nil {
			out = append(out, notice.Topic+": "+notice.Title)
		}
	}
	return strings.Join(out, ", ")
}

func TestFewThingsAreWorthANotification(t *testing.T) {
	in := func(p app.SyncPhase) app.Status { return app.Status{Phase: p} }
	small := app.Status{Phase: app.PhaseSyncing, FilesTotal: 3, BytesTotal: 5_000_000}
	big := app.Status{Phase: app.PhaseSyncing, FilesTotal: 1, BytesTotal: 2 << 30}
	slow := make([]app.Status, 0, 16)
	for range 12 {
		slow = append(slow, small)
	}
	for name, c := range map[string]struct {
		steps []app.Status
		want  string
	}{
		"starting":          {[]app.Status{in(app.PhaseStarting), small, in(app.PhaseUpToDate)}, ""},
		"a big file":        {[]app.Status{in(app.PhaseUpToDate), big, small, in(app.PhaseUpToDate)}, "sync: Up to date"},
		"one that is slow":  {append(slow, in(app.PhaseUpToDate)), "sync: Up to date"},
		"looking only":      {append(make([]app.Status, 0), append(manyOf(app.Status{Phase: app.PhaseSyncing}, 12), in(app.PhaseUpToDate))...), ""},
		"paused on the way": {[]app.Status{big, in(app.PhasePaused)}, ""},
		"no ozone":          {[]app.Status{small, in(app.PhaseOutOfOzone), in(app.PhaseOutOfOzone)}, "ozone: Out of ozone"},
		"no room":           {[]app.Status{small, in(app.PhaseOutOfDisk)}, "problem: Disk full"},
		"a brake":           {[]app.Status{small, in(app.PhaseStopped)}, "problem: Syncing stopped"},
		"offline":           {[]app.Status{small, in(app.PhaseOffline), small, in(app.PhaseUpToDate)}, ""},
		"begun like that":   {[]app.Status{in(app.PhaseStopped)}, ""},
	} {
		if got := told(c.steps...); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func manyOf(s app.Status, n int) (out []app.Status) {
	for range n {
		out = append(out, s)
	}
	return out
}

func TestWarningsComeOnceADay(t *testing.T) {
	n, r := newNotices(), app.Report{OzoneLow: true, OzoneLasts: 50 * time.Hour, ClockBehind: time.Hour}
	counts := []int{}
	for _, hours := range []int{0, 1, 23, 25, 26} {
		counts = append(counts, len(n.report(noon.Add(time.Duration(hours)*time.Hour), r)))
	}
	if counts[0] != 2 || counts[1] != 0 || counts[2] != 0 || counts[3] != 2 || counts[4] != 0 {
		t.Errorf("%v", counts)
	}
	r.Phase = app.PhaseOutOfOzone
	if got := newNotices().report(noon, r); len(got) != 1 || got[0].Topic != aboutProblem {
		t.Errorf("%+v", got)
	}
	if got := newNotices().report(noon, app.Report{}); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func stos(t *testing.T, text string) stratos.Amount {
	t.Helper()
	a, err := stratos.ParseAmount(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestMoneyThatComes(t *testing.T) {
	n := newNotices()
	old := app.HistoryEntry{Hash: "A", State: "done", Amount: stos(t, "9stos")}
	back := app.Unbonding{Validator: "v", Name: "Alpha", Amount: stos(t, "40stos"), Done: noon.Add(time.Hour)}
	if got := n.money(noon, app.Arrivals{Received: []app.HistoryEntry{old}, Returns: []app.Unbonding{back}}); len(got) != 0 {
		t.Errorf("what was there before is news: %+v", got)
	}
	one, two := app.HistoryEntry{Hash: "B", State: "done", Amount: stos(t, "12.5stos")}, app.HistoryEntry{Hash: "C", State: "done", Amount: stos(t, "1stos")}
	failed := app.HistoryEntry{Hash: "D", State: "failed", Amount: stos(t, "7stos")}
	got := n.money(noon, app.Arrivals{Received: []app.HistoryEntry{failed, two, one, old}, Returns: []app.Unbonding{back}})
	if len(got) != 1 || got[0].Topic != aboutMoney || got[0].Text != "13.5 STOS came to your wallet." {
		t.Errorf("%+v", got)
	}
	got = n.money(noon.Add(2*time.Hour), app.Arrivals{Received: []app.HistoryEntry{two, one, old}})
	if len(got) != 1 || got[0].Topic != aboutStake || got[0].Text != "40 STOS from Alpha can be spent again." {
		t.Errorf("%+v", got)
	}
	if got = n.money(noon.Add(3*time.Hour), app.Arrivals{Received: []app.HistoryEntry{two, one, old}}); len(got) != 0 {
		t.Errorf("told twice: %+v", got)
	}
	n.forget()
	if got = n.money(noon, app.Arrivals{Received: []app.HistoryEntry{one}}); len(got) != 0 {
		t.Errorf("what another wallet has is news: %+v", got)
	}
}

// However payments come, each is told once, and the sums are right.
func TestEachPaymentIsToldOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, chain, told := newNotices(), []app.HistoryEntry{}, 0
		n.money(noon, app.Arrivals{})
		for range rapid.IntRange(1, 10).Draw(t, "looks") {
			came := rapid.IntRange(0, 4).Draw(t, "came")
			for range came {
				chain = append([]app.HistoryEntry{{Hash: string(rune('A' + len(chain))), State: "done", Amount: stratos.WeiAmount(1e18)}}, chain...)
			}
			got := n.money(noon, app.Arrivals{Received: chain})
			if (len(got) == 1) != (came > 0) {
				t.Fatalf("%d came, told %+v", came, got)
			}
			told += came
		}
		if told != len(chain) {
			t.Fatalf("%d of %d", told, len(chain))
		}
	})
}

func TestEveryNotificationLeadsSomewhere(t *testing.T) {
	for _, topic := range []string{aboutSync, aboutProblem, aboutOzone, aboutMoney, aboutStake} {
		if topics[topic].Page == "" {
			t.Errorf("%s leads nowhere", topic)
		}
	}
}
