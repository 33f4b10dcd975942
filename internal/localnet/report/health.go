package report

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// mirror takes nodes out of service on the chain that the network has put out
// of service for their health, and brings them back when they are well again. A
// node that is only stopped stays as it is. It asks the chain about changes
// only.
func (f *fleet) mirror(ctx context.Context) error {
	var failed []error
	for _, address := range slices.Sorted(maps.Keys(f.seen)) {
		n := f.seen[address]
		unfit := n.State() == node.Suspended
		if n.State() == node.Stopped || unfit == f.out[address] {
			continue
		}
		err := f.setFit(ctx, n, !unfit)
		var no *chain.Refused
		if err == nil || errors.As(err, &no) { // a refusal would be the same again
			f.out[address] = unfit
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("put a node in or out of service: %w", err))
		}
	}
	return errors.Join(failed...)
}

// setFit tells the chain whether a node serves.
func (f *fleet) setFit(ctx context.Context, n *node.Node, fit bool) error {
	if !fit {
		return f.suspend(ctx, n.Address(), n.Owner())
	}
	m, err := f.Chain.MetaNode()
	if err != nil {
		return err
	}
	defer m.Owner.Wipe()
	f.out[n.Address()] = false
	err = f.enlist(ctx, m, nil, []*node.Node{n})
	f.out[n.Address()] = err != nil
	return err
}
