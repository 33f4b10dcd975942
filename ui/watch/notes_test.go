package watch

import (
	"errors"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

func TestWhenAPlaceIsRemembered(t *testing.T) {
	playing := playback.State{Shown: true, Duration: 100, Position: 7}
	paused := playing
	paused.Paused = true
	var n notes
	for _, c := range []struct {
		second    int
		s         playback.State
		due, last bool
	}{
		{0, playback.State{Duration: 100}, false, false}, // nothing was seen yet
		{1, playing, false, false},
		{10, playing, false, false},
		{11, playing, true, false},
		{12, playing, false, false},
		{21, playing, true, false},
		{22, paused, false, false},
		{51, paused, false, false},
		{52, paused, true, true},
		{90, paused, false, false}, // once is enough
		{91, playing, true, false},
		{92, paused, false, false},
		{122, paused, true, true},
		{150, playback.State{Shown: true, Duration: 100, Problem: errors.New("x")}, false, false},
	} {
		due, last := n.see(c.s, fake.Now.Add(time.Duration(c.second)*time.Second))
		if due != c.due || last != c.last {
			t.Errorf("at %d s: due %v, last %v", c.second, due, last)
		}
	}
}

func TestThePlaceItself(t *testing.T) {
	var n notes
	if _, _, ok := n.place(); ok {
		t.Error("a place in nothing")
	}
	n.see(playback.State{Shown: true, Duration: 100, Position: 7.5}, fake.Now)
	if at, length, ok := n.place(); !ok || at != 7500*time.Millisecond || length != 100*time.Second {
		t.Errorf("%v of %v", at, length)
	}
	n.see(playback.State{Shown: true, Duration: 100, Position: 99.2, Ended: true}, fake.Now)
	if at, _, _ := n.place(); at != 100*time.Second {
		t.Errorf("the end is at %v", at)
	}
}
