package main

import (
	"testing"
	"time"

	"github.com/go-gl/glfw/v3.4/glfw"
)

func TestTheWindowSleepsOnlyWhenNothingHappens(t *testing.T) {
	now := time.Unix(0, 0)
	for _, c := range []struct {
		name   string
		moving bool
		wait   func(float64)
		quiet  bool
	}{
		{"nothing", false, func(s float64) { now = now.Add(time.Duration(s * float64(time.Second))) }, true},
		{"a key", false, func(float64) { now = now.Add(asleep / 2) }, false},
		{"a video", true, func(float64) { t.Error("waits while pictures move") }, false},
		{"the end", false, func(float64) { panic(&glfw.Error{}) }, false},
	} {
		i := testIdler(c.wait)
		i.moving, i.now = func() bool { return c.moving }, func() time.Time { return now }
		if got := i.sleep(); got != c.quiet {
			t.Errorf("%s: quiet is %v", c.name, got)
		}
	}
}

// testIdler returns an idler of no window.
func testIdler(wait func(float64)) *idler {
	return &idler{moving: func() bool { return false }, wait: wait, do: func(f func()) { f() }, now: func() time.Time { return time.Time{} }}
}

// TestTheIdlerHidesNoFault: handlers of events run while it waits.
func TestTheIdlerHidesNoFault(t *testing.T) {
	i := testIdler(func(float64) { panic("a fault") })
	defer func() {
		if recover() != "a fault" {
			t.Error("the fault of a handler is hidden")
		}
	}()
	i.sleep()
}

// TestTheIdlerPausesAfterAnEvent: what a person does should be shown at once.
func TestTheIdlerPausesAfterAnEvent(t *testing.T) {
	type enough struct{}
	var pauses []time.Duration
	i := testIdler(func(float64) {})
	i.pause = func(d time.Duration) {
		if pauses = append(pauses, d); len(pauses) == 2 {
			panic(enough{})
		}
	}
	defer func() {
		if _, ok := recover().(enough); !ok || pauses[0] != awake || pauses[1] != awake {
			t.Errorf("paused %v", pauses)
		}
	}()
	i.run()
}
