package client

import (
	"context"
	"sync"
)

// Cost is what a billed call took from the account's ozone.
type Cost struct {
	Noz int64 // nano-ozone
	// Measured tells that it is the difference of the account's ozone before
	// and after. While another device of the account was active, that cannot
	// be told apart, and the cost is estimated: a noz per byte and copy.
	Measured bool
}

// usualCopies is what an upload costs per byte where the number of copies is
// not known yet, as the public handbook has it.
const usualCopies = 3

// costKey marks a context, see [WithCosts].
type costKey struct{}

// WithCosts returns a context under which tell is called with the cost of
// every download: once per payment, also for those that broke off. An upload
// has its cost in [Uploaded].
func WithCosts(ctx context.Context, tell func(Cost)) context.Context {
	return context.WithValue(ctx, costKey{}, tell)
}

func teller(ctx context.Context) func(Cost) {
	tell, _ := ctx.Value(costKey{}).(func(Cost))
	return tell
}

// bill is a billed call under way.
type bill struct {
	before Ozone
	after  *Ozone // the first that was seen once the call was over
}

// bills finds out what calls cost. Billed calls of one client come one after
// the other, so what the next one reads before it begins is what the last one
// left behind.
type bills struct {
	mu   sync.Mutex
	last *bill
}

// open begins a bill with o, which ends the last one.
func (s *bills) open(o Ozone) *bill {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil {
		s.last.after = &o
	}
	s.last = &bill{before: o}
	return s.last
}

// close ends b with o, unless it has ended, and returns its end.
func (s *bills) close(b *bill, o *Ozone) *Ozone {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b.after == nil && o != nil {
		b.after = o
		if s.last == b {
			s.last = nil
		}
	}
	return b.after
}

// measure returns the cost of b if nobody else used the account meanwhile.
func (c *Client) measure(ctx context.Context, e *endpoint, b *bill) (Cost, bool) {
	if b == nil {
		return Cost{}, false
	}
	after := c.bills.close(b, nil)
	if after == nil {
		o, err := c.ozone(ctx, e)
		if err != nil {
			return Cost{}, false
		}
		after = c.bills.close(b, &o)
	}
	if !follows(b.before.Sequence, after.Sequence) || b.before.Noz.Cmp(after.Noz) < 0 {
		return Cost{}, false
	}
	return Cost{Noz: b.before.Noz.Int64() - after.Noz.Int64(), Measured: true}, b.before.Noz.IsInt64()
}

// follows tells whether after is the number right after before.
func follows(before, after string) bool {
	steps, ok := stepsBetween(before, after)
	return ok && steps == 1
}
