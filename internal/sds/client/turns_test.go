package client

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestOtherDevicesAreNoticed(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for name, c := range map[string]struct {
		do   func(s *turns)
		want bool
	}{
		"alone":               {func(s *turns) { s.begin()(); s.saw("SN:0008", now); s.begin()(); s.saw("SN:0009", now) }, false},
		"an unanswered call":  {func(s *turns) { s.begin(); s.saw("SN:0007", now); s.saw("SN:0008", now) }, false},
		"another device":      {func(s *turns) { s.saw("SN:0008", now) }, true},
		"beside an own call":  {func(s *turns) { s.begin()(); s.saw("SN:0009", now) }, true},
		"numbers of no order": {func(s *turns) { s.saw("abc", now); s.saw("abd", now) }, false},
		"a collision":         {func(s *turns) { s.collided(now) }, true},
	} {
		s := newTurns()
		s.saw("SN:0007", now)
		c.do(s)
		if s.others.IsZero() == c.want {
			t.Errorf("%s: noticed at %v", name, s.others)
		}
	}
}

// Two devices in different turns never begin less than a call's length apart.
func TestTurnsAreApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		begin := func(name string, turn int64) time.Time {
			now := time.Unix(1_800_000_000, rapid.Int64Range(0, 1e10).Draw(t, name))
			d := untilTurn(now, turn)
			if d < 0 || d >= turnCount*turnLength {
				t.Fatalf("waits %v", d)
			}
			if again := untilTurn(now.Add(d), turn); again != 0 {
				t.Fatalf("it is not its turn then, but %v later", again)
			}
			return now.Add(d)
		}
		one := rapid.Int64Range(0, turnCount-1).Draw(t, "one")
		two := (one + rapid.Int64Range(1, turnCount-1).Draw(t, "other")) % turnCount
		a, b := begin("first", one), begin("second", two)
		if d := a.Sub(b).Abs(); d < turnLength-turnBegin {
			t.Fatalf("%v apart", d)
		}
	})
}

// Waiting takes one round at most, and only while others are there.
func TestTurnsEnd(t *testing.T) {
	clock, s := newClock(), newTurns()
	began := clock.Now()
	if err := s.wait(t.Context(), clock); err != nil || clock.Now() != began {
		t.Errorf("waited alone, %v", err)
	}
	s.collided(clock.Now())
	if err := s.wait(t.Context(), clock); err != nil || clock.Now().Sub(began) > turnCount*turnLength {
		t.Errorf("waited %v, %v", clock.Now().Sub(began), err)
	}
	_ = clock.Sleep(t.Context(), turnMemory)
	began = clock.Now()
	if err := s.wait(t.Context(), clock); err != nil || clock.Now() != began {
		t.Errorf("waited for one that is gone, %v", err)
	}
}
