package monitor

import "context"

// glance keeps what a first look tells.
type glance struct {
	who     Greeting
	samples []Sample
}

// Connected implements [Sink].
func (g *glance) Connected(who Greeting) { g.who = who }

// Sampled implements [Sink].
func (g *glance) Sampled(samples []Sample) { g.samples = append(g.samples, samples...) }

// Lost implements [Sink].
func (g *glance) Lost(error) {}

// Look connects to a node once and returns who it is and what it did lately,
// the oldest first; the last sample tells how it is now.
func Look(ctx context.Context, source Source) (Greeting, []Sample, error) {
	g := &glance{}
	f := newFollower(source, g)
	c, err := dial(ctx, f.URL)
	if err != nil {
		return Greeting{}, nil, err
	}
	defer c.close()
	if _, err := f.enter(ctx, c); err != nil {
		return Greeting{}, nil, err
	}
	err = f.greet(ctx, c)
	return g.who, g.samples, err
}
