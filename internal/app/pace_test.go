package app

import (
	"testing"
	"time"
)

func clock(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2026-03-04 "+text, time.Local)
	if err != nil {
		panic(err)
	}
	return t
}

func TestLimitsFollowTheirTimetable(t *testing.T) {
	day := Limits{Up: 10, Down: 20, From: "08:00", Until: "18:00"}
	night := Limits{Up: 10, From: "22:00", Until: "06:00"}
	for _, c := range []struct {
		l        Limits
		clock    string
		up, down int64
	}{
		{day, "07:59", 0, 0},
		{day, "08:00", 10, 20},
		{day, "17:59", 10, 20},
		{day, "18:00", 0, 0},
		{night, "23:00", 10, 0},
		{night, "05:59", 10, 0},
		{night, "06:00", 0, 0},
		{night, "12:00", 0, 0},
		{Limits{Up: 5}, "12:00", 5, 0},
		{Limits{}, "12:00", 0, 0},
	} {
		if up, down := c.l.at(clock(c.clock)); up != c.up || down != c.down {
			t.Errorf("%+v at %s: %d, %d", c.l, c.clock, up, down)
		}
	}
}

func TestLimitsThatMakeNoSense(t *testing.T) {
	a := openTest(t, t.TempDir())
	for _, l := range []Limits{{Up: -1}, {From: "08:00"}, {From: "8 o'clock", Until: "18:00"}, {From: "08:00", Until: "25:00"}} {
		if a.SetLimits(l) == nil {
			t.Errorf("%+v was taken", l)
		}
	}
	want := Limits{Up: 1, Down: 2, From: "08:00", Until: "18:00"}
	if err := a.SetLimits(want); err != nil {
		t.Fatal(err)
	}
	b := openTest(t, a.profile.home)
	if b.Limits() != want {
		t.Errorf("%+v", b.Limits())
	}
}

func TestPauseHasAnEnd(t *testing.T) {
	now := clock("12:00")
	for _, c := range []struct {
		s    settings
		want bool
	}{
		{settings{}, false},
		{settings{Paused: true}, true},
		{settings{Paused: true, PausedUntil: now.Add(time.Minute)}, true},
		{settings{Paused: true, PausedUntil: now}, false},
	} {
		if got := c.s.pausedAt(now); got != c.want {
			t.Errorf("%+v: %v", c.s, got)
		}
	}
	a := openTest(t, t.TempDir())
	if err := a.PauseFor(time.Hour); err != nil {
		t.Fatal(err)
	}
	s := openTest(t, a.profile.home).settings.get()
	if !s.pausedAt(time.Now()) || s.pausedAt(time.Now().Add(2*time.Hour)) {
		t.Errorf("%+v", s)
	}
	if a.PauseFor(-time.Hour) == nil {
		t.Error("a negative pause was taken")
	}
}
