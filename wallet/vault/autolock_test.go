package vault

import (
	"testing"
	"time"
)

func TestAutoLock(t *testing.T) {
	start := time.Now()
	a := NewAutoLock(5*time.Minute, start)
	steps := []struct {
		after time.Duration
		touch bool
		want  bool
	}{
		{4 * time.Minute, false, false}, {4 * time.Minute, true, false}, {8 * time.Minute, false, false}, {9 * time.Minute, false, true}, {10 * time.Minute, true, false},
	}
	asked := start
	for i, s := range steps {
		now := start.Add(s.after)
		for ; asked.Before(now); asked = asked.Add(time.Minute) { // as its owner does
			a.Due(asked)
		}
		if s.touch {
			a.Touch(now)
		}
		if got := a.Due(now); got != s.want {
			t.Errorf("step %d: %v", i, got)
		}
	}
}

// A time without its monotonic part stands for a machine that slept: only the
// time of day went on.
func TestAutoLockAfterSleep(t *testing.T) {
	start := time.Now()
	awake := NewAutoLock(0, start)
	for after := time.Duration(0); after < time.Hour; after += 30 * time.Second {
		if awake.Due(start.Add(after)) {
			t.Fatal("locked without sleep")
		}
	}
	if !NewAutoLock(0, start).Due(start.Add(2 * time.Minute)) {
		t.Error("a machine whose clocks went on in its sleep was not noticed")
	}
	for day, want := range map[time.Duration]bool{time.Second: false, 9 * time.Second: false, 20 * time.Second: true, time.Hour: true} {
		a := NewAutoLock(0, start)
		if got := a.due(day, 0, 0, 0); got != want {
			t.Errorf("%v: %v", day, got)
		}
	}
	a := NewAutoLock(time.Minute, start)
	if !a.due(time.Hour, time.Hour, time.Hour, time.Second) {
		t.Error("time asleep does not count as time without use")
	}
}
