package client

import (
	"net/http"
	"testing"
	"time"
)

func TestWrongClockIsSeenInAnswers(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	at := func(d time.Duration) http.Header {
		return http.Header{"Date": {now.Add(d).Format(http.TimeFormat)}}
	}
	var s skews
	if _, known := s.least(); known {
		t.Error("known before anybody answered")
	}
	s.note("a", http.Header{"Date": {"noon"}}, now, now)
	s.note("a", http.Header{}, now, now)
	if _, known := s.least(); known {
		t.Error("known without a date")
	}
	s.note("a", at(10*time.Minute), now.Add(-time.Second), now.Add(time.Second))
	if got, known := s.least(); !known || got != 10*time.Minute-time.Second {
		t.Errorf("behind by %v, known %v", got, known)
	}
	s.note("b", at(-3*time.Minute), now, now) // one of them is wrong itself
	if got, _ := s.least(); got != -3*time.Minute+time.Second {
		t.Errorf("behind by %v", got)
	}
	s.note("a", at(0), now, now)
	if got, _ := s.least(); got != 0 {
		t.Errorf("behind by %v, though the clock was set", got)
	}
}

func TestGatewaysTellTheTime(t *testing.T) {
	c := newClient(t, newNode(t, newNet()))
	if _, known := c.ClockBehind(); known {
		t.Error("known before a call")
	}
	if _, err := c.Ozone(t.Context()); err != nil {
		t.Fatal(err)
	}
	if behind, known := c.ClockBehind(); !known || behind.Abs() > time.Minute {
		t.Errorf("behind by %v, known %v", behind, known)
	}
}
