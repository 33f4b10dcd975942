package main

import (
	"testing"
	"time"
)

func TestTheWindowSleepsOnlyWhenNothingHappens(t *testing.T) {
	for _, c := range []struct {
		name   string
		moving bool
		wait   func(float64)
		quiet  bool
	}{
		{"nothing", false, func(s float64) { time.Sleep(time.Duration(s * float64(time.Second))) }, true},
		{"a key", false, func(float64) {}, false},
		{"a video", true, func(float64) { t.Error("waits while pictures move") }, false},
		{"the end", false, func(float64) { panic("not initialized") }, false},
	} {
		i := &idler{moving: func() bool { return c.moving }, wait: c.wait, do: func(f func()) { f() }}
		if got := i.sleep(); got != c.quiet {
			t.Errorf("%s: quiet is %v", c.name, got)
		}
	}
}

// TestTheIdlerPausesAfterAnEvent: what a person does should be shown at once.
func TestTheIdlerPausesAfterAnEvent(t *testing.T) {
	type ended struct{}
	var pauses []time.Duration
	i := &idler{moving: func() bool { return false }, wait: func(float64) {}, do: func(f func()) { f() }}
	i.pause = func(d time.Duration) {
		if pauses = append(pauses, d); len(pauses) == 2 {
			panic(ended{})
		}
	}
	defer func() {
		if _, ok := recover().(ended); !ok || pauses[0] != awake || pauses[1] != awake {
			t.Errorf("paused %v", pauses)
		}
	}()
	i.run()
}
