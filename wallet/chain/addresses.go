package chain

import (
	"context"
	"net/http"
	"sync"
)

// addresses is a list of nodes that should all know the same chain.
type addresses struct {
	bases []string // path without trailing slash, perhaps with a query

	mu  sync.Mutex
	now int // the one in use
}

func (a *addresses) current() (base string, at int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.bases[a.now], a.now
}

// use makes one the current address.
func (a *addresses) use(at int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.now = at
}

// anywhere asks the current address, and then every other one for as long as
// moves says so of the error. What answered stays in use.
func (r *rest) anywhere(ctx context.Context, method, path string, body, into any, moves func(error) bool) (http.Header, error) {
	base, first := r.at.current()
	header, err := r.do(ctx, method, under(base, path), body, into)
	for step := 1; step < len(r.at.bases) && moves(err) && ctx.Err() == nil; step++ {
		next := (first + step) % len(r.at.bases)
		if !r.sameChain(ctx, next) {
			continue
		}
		if header, err = r.do(ctx, method, under(r.at.bases[next], path), body, into); !moves(err) {
			r.at.use(next)
		}
	}
	return header, err
}

// sameChain asks the address for its chain, every time that it takes over:
// what another chain says of a transaction would be taken for the truth.
func (r *rest) sameChain(ctx context.Context, at int) bool {
	id, err := r.chainOf(ctx, r.at.bases[at])
	return err == nil && (r.chainID == "" || id == r.chainID)
}

// chainOf reads the chain id of the node at one address.
func (r *rest) chainOf(ctx context.Context, base string) (string, error) {
	var reply nodeInfoJSON
	_, err := r.do(ctx, http.MethodGet, under(base, nodeInfoPath), nil, &reply)
	return reply.Node.Network, err
}

// pinned asks only the address that is in use now, so that several answers
// are of one node.
func (r *rest) pinned() *rest {
	base, _ := r.at.current()
	return &rest{client: r.client, chainID: r.chainID, at: &addresses{bases: []string{base}}}
}
