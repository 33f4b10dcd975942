package plan

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// draws is a source of choices. It notes them, so that a case that fails can
// be played again with fewer and smaller ones.
type draws struct {
	rng    *rand.PCG // nil when choices are played again
	given  []uint32
	taken  []uint32
	replay bool
	story  []string // what happened, where it is asked for
	tell   bool
}

func newDraws(seed uint64) *draws { return &draws{rng: rand.NewPCG(seed, 0x5eed)} }

func replayed(choices []uint32) *draws { return &draws{given: choices, replay: true} }

// below returns a number from 0 to n-1. Zero is always the simplest choice.
func (d *draws) below(n int) int {
	var v uint32
	switch {
	case !d.replay:
		v = uint32(d.rng.Uint64()>>33) % uint32(n)
	case len(d.taken) < len(d.given):
		v = d.given[len(d.taken)] % uint32(n)
	}
	d.taken = append(d.taken, v)
	return int(v)
}

// note adds to the story of a case that is told.
func (d *draws) note(format string, args ...any) {
	if d.tell {
		d.story = append(d.story, fmt.Sprintf(format, args...))
	}
}

// one reports true once in n times.
func (d *draws) one(n int) bool { return d.below(n) == n-1 }

// shuffle brings items into any order.
func shuffle[T any](d *draws, items []T) {
	for i := range items {
		j := i + d.below(len(items)-i)
		items[i], items[j] = items[j], items[i]
	}
}

// failed is what a case panics with when a goal does not hold.
type failed string

// try runs a case and returns what failed, or "".
func try(d *draws, run func(*draws)) (failure string) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case failed:
			failure = string(r)
		default:
			failure = fmt.Sprintf("panic: %v", r)
		}
	}()
	run(d)
	return ""
}

// maxTries bounds how long a failing case is made smaller.
const maxTries = 20_000

// shrink looks for the smallest choices with which a case still fails.
func shrink(choices []uint32, run func(*draws)) ([]uint32, string) {
	best, failure, tries := choices, "", 0
	better := func(c []uint32) bool {
		d := replayed(c)
		tries++
		f := try(d, run)
		if f == "" || tries > maxTries {
			return false
		}
		best, failure = d.taken[:min(len(d.taken), len(c))], f
		return true
	}
	better(choices)
	for again := true; again && tries < maxTries; {
		again = cutSpans(&best, better)
		again = lowerChoices(&best, better) || again
	}
	return best, failure
}

// cutSpans leaves out choices, many at once first.
func cutSpans(best *[]uint32, better func([]uint32) bool) (any bool) {
	for size := 64; size > 0; size /= 2 {
		for at := len(*best) - size; at >= 0; at-- {
			at = min(at, len(*best)-size)
			if at < 0 {
				break
			}
			if better(slices.Delete(slices.Clone(*best), at, at+size)) {
				any = true
			}
		}
	}
	return any
}

func lowerChoices(best *[]uint32, better func([]uint32) bool) (any bool) {
	for i := 0; i < len(*best); i++ {
		for _, v := range []uint32{0, (*best)[i] / 2, (*best)[i] - 1} {
			if i >= len(*best) || v >= (*best)[i] {
				continue
			}
			c := slices.Clone(*best)
			c[i] = v
			any = better(c) || any
		}
	}
	return any
}
