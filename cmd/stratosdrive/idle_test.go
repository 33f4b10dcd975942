package main

import (
	"testing"
	"time"

	"github.com/go-gl/glfw/v3.4/glfw"
)

func TestTheWindowSleepsOnlyWhenNothingHappens(t *testing.T) {
	now := time.Unix(0, 0)
	pass := func(d time.Duration) { now = now.Add(d) }
	for _, c := range []struct {
		name           string
		moving, typing bool
		wait           func(long time.Duration)
		up             time.Duration
	}{
		{"nothing", false, false, pass, glance},
		{"a cursor", false, true, pass, glance},
		{"a key", false, false, func(long time.Duration) { pass(long / 2) }, awake},
		{"a key in a field", false, true, func(long time.Duration) { pass(long / 2) }, awake},
		{"a video", true, false, func(time.Duration) { t.Error("waits while pictures move") }, awake},
		{"the end", false, false, func(time.Duration) { panic(&glfw.Error{}) }, awake},
	} {
		i := testIdler(func(s float64) {
			if long := time.Duration(s * float64(time.Second)); (long == drowsy) != c.typing {
				t.Errorf("%s: sleeps %v", c.name, long)
			}
			c.wait(time.Duration(s * float64(time.Second)))
		})
		i.moving, i.typing, i.now = func() bool { return c.moving }, func() bool { return c.typing }, func() time.Time { return now }
		if got := i.sleep(); got != c.up {
			t.Errorf("%s: up for %v", c.name, got)
		}
	}
}

// testIdler returns an idler of no window.
func testIdler(wait func(float64)) *idler {
	not, run := func() bool { return false }, func(f func()) { f() }
	return &idler{moving: not, typing: not, wait: wait, post: run, do: run, now: func() time.Time { return time.Time{} }}
}

// TestNewsWakeTheWindow: what comes before the window sleeps keeps it up, what
// comes while it does wakes it, and neither is taken for a person.
func TestNewsWakeTheWindow(t *testing.T) {
	woken, ran := make(chan struct{}), make(chan struct{}, 2)
	note := func() { ran <- struct{}{} }
	i := testIdler(func(float64) { t.Error("sleeps though there are news") })
	i.wake = func() { close(woken) }
	i.Do(note)
	if up := i.sleep(); up != glance {
		t.Errorf("up for %v", up)
	}
	i.wait = func(float64) {
		go i.Do(note)
		<-woken
	}
	if up := i.sleep(); up != glance {
		t.Errorf("up for %v", up)
	}
	<-ran
	<-ran
}

// TestNewsAfterTheEnd: the toolkit may end before what runs beside it.
func TestNewsAfterTheEnd(*testing.T) {
	i := testIdler(nil)
	i.wake = func() { panic(&glfw.Error{}) }
	i.wait = func(float64) { i.Do(func() {}) }
	i.sleep()
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
	i.run(i.moving, i.typing)
}
