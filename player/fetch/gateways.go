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
// back first; not is one to avoid if there is another, -1 for none.
func (g *gateways) best(now time.Duration, not int) int {
	best := -1
	for i, away := range g.away {
		if i == not {
			continue
		}
		if away <= now {
			return i
		}
		if best < 0 || away < g.away[best] {
			best = i
		}
	}
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
