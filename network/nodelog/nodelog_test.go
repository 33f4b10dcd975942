package nodelog

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var start = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func at(d time.Duration) time.Time { return start.Add(d) }

func TestTrafficOfHoursAndDays(t *testing.T) {
	l := New()
	for i := range 6 * 60 * 3 { // three hours, a sample each 10 s
		l.Note(at(time.Duration(i)*10*time.Second), 10, 20)
	}
	if l.In != 10800 || l.Out != 21600 || l.Begun != start.Unix() || len(l.Hours) != 3 || len(l.Days) != 1 {
		t.Fatalf("in %d, out %d, %d hours, %d days", l.In, l.Out, len(l.Hours), len(l.Days))
	}
	if h := l.Hours[1]; h.In != 3600 || h.Out != 7200 || h.At != at(time.Hour).Unix() || h.Sum() != 10800 {
		t.Errorf("the second hour: %+v", h)
	}
	if len(l.Samples) != 721 {
		t.Errorf("%d samples are kept", len(l.Samples))
	}
	now := at(3*time.Hour - 10*time.Second)
	if in, out := l.Rate(now); in != 1 || out != 2 {
		t.Errorf("%d in and %d out a second", in, out)
	}
	if in, _ := l.Rate(now.Add(2 * time.Minute)); in != 0 {
		t.Errorf("%d in a second, long ago", in)
	}
	if f := l.LastHour(now); f.In != 3600 {
		t.Errorf("the last hour: %+v", f)
	}
	l.Note(at(time.Hour), 5, 0) // read later
	l.Note(now, -1, 4)
	if l.Hours[1].In != 3605 || l.In != 10805 {
		t.Errorf("a late sample: %+v of %d", l.Hours[1], l.In)
	}
}

func TestBetween(t *testing.T) {
	l := New()
	for _, s := range []int{0, 10, 20, 30, 100, 110, 120} {
		l.Note(at(time.Duration(s)*time.Second), 1, 2)
	}
	for _, c := range []struct {
		from, to int
		in       int64
		whole    bool
	}{
		{0, 30, 3, true}, {5, 25, 2, true}, {5, 90, 3, true}, {20, 110, 3, false}, {100, 120, 2, true}, {-10, 20, 3, false}, {110, 500, 1, false}, {100, 170, 2, true},
	} {
		sum, whole := l.Between(at(time.Duration(c.from)*time.Second), at(time.Duration(c.to)*time.Second))
		if sum.In != c.in || sum.Out != 2*c.in || whole != c.whole {
			t.Errorf("from %d to %d: %+v, whole %v", c.from, c.to, sum, whole)
		}
	}
	if _, whole := New().Between(at(0), at(time.Second)); whole {
		t.Error("nothing is whole")
	}
}

// However samples come, hours and days sum up to what is not too old, in order,
// and a log of years is small.
func TestBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, now, hours := New(), start, int64(0)
		for range rapid.IntRange(1, 60).Draw(t, "samples") {
			now = now.Add(time.Duration(rapid.IntRange(1, 3000).Draw(t, "minutes")) * time.Minute)
			l.Note(now, 1, 0)
		}
		for i, h := range l.Hours {
			hours += h.In
			if i > 0 && h.At <= l.Hours[i-1].At {
				t.Fatalf("hours out of order: %+v", l.Hours)
			}
		}
		days := int64(0)
		for _, d := range l.Days {
			days += d.In
		}
		if days != l.In || hours > days || l.Hours[0].At < now.Add(-keptHours-time.Hour).Unix() {
			t.Fatalf("%d in all, %d in days, %d in hours", l.In, days, hours)
		}
	})
	l := New()
	for i := range 3 * 366 * 24 {
		l.Note(at(time.Duration(i)*time.Hour), 1<<40, 1<<40)
		l.Happened(at(0), WentOff)
		l.Put(Epoch{Number: int64(i), Pool: "48000000000000000000", Real: "48000000000000000000", Expected: "48000000000000000000"})
	}
	for i := range 2 * mostSamples {
		l.Note(at(time.Duration(4*366*24)*time.Hour+time.Duration(i)*time.Second), 1<<30, 1<<30)
	}
	raw, err := json.Marshal(l)
	if err != nil || len(raw) > 400_000 {
		t.Errorf("%d bytes: %v", len(raw), err)
	}
	if len(l.Days) > mostDays || len(l.Samples) != mostSamples || len(l.Epochs) != keptEpochs || len(l.Events) != keptEvents {
		t.Errorf("%d days, %d samples, %d epochs, %d events", len(l.Days), len(l.Samples), len(l.Epochs), len(l.Events))
	}
	var back Log
	if err := json.Unmarshal(raw, &back); err != nil || back.Check() != nil || back.In != l.In {
		t.Errorf("read again: %v", err)
	}
	back.Version++
	if !errors.Is(back.Check(), ErrVersion) {
		t.Error("reads another version")
	}
}

// What is known of an epoch stays known.
func TestEpochs(t *testing.T) {
	l := New()
	l.Put(Epoch{Number: 7, Traffic: 5, Whole: true, Expected: "50", Real: "49"})
	l.Put(Epoch{Number: 5, Traffic: 1})
	l.Put(Epoch{Number: 7, Traffic: 0, Volume: "5"}) // later: matured, and the samples are gone
	if e, ok := l.Epoch(7); !ok || e.Real != "49" || e.Expected != "50" || e.Traffic != 5 || e.Volume != "5" {
		t.Errorf("epoch 7: %+v", e)
	}
	if _, ok := l.Epoch(6); ok || l.Epochs[0].Number != 5 || len(l.Epochs) != 2 {
		t.Errorf("epochs: %+v", l.Epochs)
	}
}
