package fetch

import "time"

// gateways knows which of them failed lately.
type gateways struct {
	away  []time.Duration // stands back until then
	fails []int           // in a row
	last  int             // the one used last
}

const (
	firstAway = 10 * time.Second
	mostAway  = 80 * time.Second
	slowAway  = 5 * time.Second
)

func newGateways(n int) gateways {
	return gateways{away: make([]time.Duration, n), fails: make([]int, n)}
}

// best returns the first that does not stand back, else the one that will be
// back first; -1 where all are to be left out.
func (g *gateways) best(now time.Duration, out func(i int) bool) int {
	best := -1
	for i, away := range g.away {
		if out(i) {
			continue
		}
		if away <= now {
			return i
		}
		if best < 0 || away < g.away[best] {
			best = i
		}
	}
	return best
}

// gateway chooses whom to ask for a part: nobody who refused it, and if there is
// anybody else, not this one (-1 for none).
func (s *Scheduler) gateway(now time.Duration, part, not int) int {
	refused := s.parts[part].refused
	best := s.route.best(now, func(i int) bool { return i == not || refused[i] })
	if best < 0 {
		return max(not, 0)
	}
	return best
}

func (g *gateways) fail(i int, now time.Duration) {
	g.away[i] = now + min(firstAway<<min(g.fails[i], 8), mostAway)
	g.fails[i]++
}

// slow makes one stand back that keeps somebody waiting.
func (g *gateways) slow(i int, now time.Duration) { g.away[i] = max(g.away[i], now+slowAway) }

func (g *gateways) well(i int) { g.fails[i], g.away[i] = 0, 0 }

// use tells whether this is another gateway than the last time.
func (g *gateways) use(i int) bool {
	other := g.last != i
	g.last = i
	return other
}
