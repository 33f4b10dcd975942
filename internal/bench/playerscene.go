package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
)

// places are where to jump to, in seconds. They follow from a seed.
type places struct{ rng *rand.Rand }

func newPlaces(seed int) *places {
	return &places{rand.New(rand.NewPCG(uint64(seed), 0))}
}

func (p *places) between(from, to float64) float64 {
	return float64(int((from+p.rng.Float64()*(to-from))*1000)) / 1000
}

// far is a place that nothing has come of when a video has only begun: what is
// fetched ahead ends before it.
func (p *places) far() float64 { return p.between(20, filmSeconds-2) }

// near is a place that has come when two seconds were played: so far the player
// itself reads ahead.
func (p *places) near() float64 { return p.between(0.5, 7) }

// scene is one way to watch, with what it may take in seconds (0 = reported
// only) and what it took.
type scene struct {
	name   string
	what   string
	after  float64        // seconds to play before the jump
	places func() float64 // where to
	keep   int64          // largest file that the device has at hand
	near   bool           // the jump leads to what was fetched already
	drive  bool           // the drive has to be opened first, which the window does once
	first  float64
	jump   float64

	place                          float64 // of the last jump
	firsts, opened, jumps, fetched samples
}

// show plays a scene once.
func (c *cinema) show(ctx context.Context, s *scene) error {
	if err := c.forget(s.keep); err != nil {
		return err
	}
	s.place = s.places()
	before := c.line.Carried().Down
	var r struct {
		ReadyMS      float64 `json:"ready_ms"`
		FirstFrameMS float64 `json:"first_frame_ms"`
		AfterSeekMS  float64 `json:"after_seek_ms"`
		BytesFetched int64   `json:"bytes_fetched"`
	}
	err := c.viewer.do(ctx, "", &r, "play", s.what, "--headless", "--seconds", decimal(s.after), "--seek", decimal(s.place))
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	carried := c.line.Carried().Down - before
	if carried < r.BytesFetched {
		return fmt.Errorf("%s: %d bytes were fetched, but only %d came over the line", s.name, r.BytesFetched, carried)
	}
	s.firsts = append(s.firsts, r.FirstFrameMS/1000)
	s.opened = append(s.opened, (r.ReadyMS+r.FirstFrameMS)/1000)
	s.jumps = append(s.jumps, r.AfterSeekMS/1000)
	s.fetched = append(s.fetched, float64(carried)/1e6)
	return nil
}

func decimal(seconds float64) string { return strconv.FormatFloat(seconds, 'f', -1, 64) }

// tell reports what a scene took.
func (s *scene) tell(emit func(figure), prefix string) {
	prefix += s.name
	s.firsts.tell(emit, prefix+", first frame", s.first)
	if s.drive {
		s.opened.tell(emit, prefix+", first frame and the drive opened before", s.openedGoal())
	}
	place := ", after a jump to what is not fetched yet"
	if s.near {
		place = ", after a jump to what is fetched already"
	}
	s.jumps.tell(emit, prefix+place, s.jump)
	emit(figure{Name: prefix + ", over the line in a run, median", Unit: "MB", Ours: s.fetched.median()})
}

// openedGoal is what the drive's opening and the first frame may take together.
// The goal for what is at hand has no room for asking the network anything.
func (s *scene) openedGoal() float64 {
	if s.keep > 0 {
		return 0
	}
	return s.first
}

// samples are seconds, one of each run.
type samples []float64

// tell reports the middle and the slow end, which may be at most goal (0 =
// reported only).
func (s samples) tell(emit func(figure), name string, goal float64) {
	for _, r := range []struct {
		name    string
		percent int
	}{{", median", 50}, {", 95th percentile", 95}} {
		f := figure{Name: name + r.name, Unit: "s", Ours: s.rank(r.percent)}
		if goal > 0 {
			f = f.atMost(goal)
		}
		emit(f)
	}
}

func (s samples) median() float64 { return s.rank(50) }

// rank is the smallest sample that is not below so many percent of them.
func (s samples) rank(percent int) float64 {
	sorted := slices.Sorted(slices.Values(s))
	return sorted[max(0, (len(sorted)*percent+99)/100-1)]
}
