package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

// cycleSeconds is how long the video is that is opened again and again.
const cycleSeconds = 20

// stuck is how long the picture of a place may take on the slowest machine.
const stuck = 2 * time.Minute

// jump jumps to a random place of a playing or a paused video and waits until
// its picture was painted. A playing one is stopped there, so that it can be
// told from others however slow the machine is.
func (p *painter) jump(s showing) error {
	to, reach := p.random.Float64()*(cycleSeconds-3), 0.2
	if p.random.IntN(2) == 0 {
		reach = 2 // until the order to stop arrives
		s.Pause(false)
	}
	before := p.screen.Painted()
	s.Seek(to)
	s.Pause(true)
	for end := time.Now().Add(stuck); ; time.Sleep(2 * time.Millisecond) { // nobody tells when something was painted
		state := s.State()
		switch there := state.Position > to-0.1 && state.Position < to+reach; {
		case there && state.Paused && !state.Seeking && p.screen.Painted() > before:
			return nil
		case state.Problem != nil:
			return state.Problem
		case time.Now().After(end):
			return fmt.Errorf("stuck at %.2f after a jump to %.2f, with seed %d", state.Position, to, p.Seed)
		}
	}
}

// TestClosedVideosAreFreed opens videos in a real window, jumps in them and
// closes them, and looks for what they leave behind.
func TestClosedVideosAreFreed(t *testing.T) {
	if testing.Short() {
		t.Skip("drives a real window")
	}
	cycles, jumps := 5, 10
	if os.Getenv("STOS_NIGHTLY") != "" {
		cycles, jumps = 50, 20
	}
	seed := rand.Uint64()
	if s, err := strconv.ParseUint(os.Getenv("STOS_SEED"), 10, 64); err == nil {
		seed = s
	}
	got := paint(t, painting{Cycles: cycles, Jumps: jumps, Seed: seed}, testvideo.Options{Seconds: cycleSeconds, Width: 640, Height: 360})
	const spread, perCycle = 100 << 10, 1 << 10 // KiB; a video that stays takes 60 MB
	if most := got.Resident[0] + spread + (cycles-2)*perCycle; got.Resident[1] > most {
		t.Errorf("%d KiB of memory after 2 videos, %d after %d", got.Resident[0], got.Resident[1], cycles)
	}
	if got.Routines[1] > got.Routines[0]+2 {
		t.Errorf("%d goroutines after 2 videos, %d after %d", got.Routines[0], got.Routines[1], cycles)
	}
	t.Logf("seed %d: %+v", seed, got)
}
