package localnet

import (
	"context"
	"fmt"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/control"
	"github.com/stratosdrive/stratosdrive/internal/localnet/report"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
)

// fleet is the storage nodes of a store, as commands see them. Behind each
// change the network around the nodes follows, if there is one.
type fleet struct {
	dir    string // of the network, to explain errors
	store  *store.Store
	follow func() error
	close  func(context.Context) (report.Closed, error) // the present epoch
}

// Nodes lists the nodes by number.
func (f *fleet) Nodes(ctx context.Context) ([]control.Node, error) {
	list, err := f.store.Nodes(ctx)
	if err != nil {
		return nil, explain(f.dir, err)
	}
	nodes := make([]control.Node, len(list))
	for i, s := range list {
		nodes[i] = control.Node(s)
	}
	return nodes, nil
}

// Add makes one more node.
func (f *fleet) Add(ctx context.Context, capacity int64, tier int) (control.Node, error) {
	n, err := f.store.AddNode(context.WithoutCancel(ctx), capacity, tier)
	if err == nil {
		err = f.follow()
	}
	if err != nil {
		return control.Node{}, explain(f.dir, err)
	}
	list, err := f.Nodes(ctx)
	if err != nil {
		return control.Node{}, err
	}
	at := slices.IndexFunc(list, func(s control.Node) bool { return s.Address == n.Address() })
	if at < 0 {
		return control.Node{}, fault.Say(nil, "Storage node %s was added and removed again.", n.Name())
	}
	return list[at], nil
}

// Drain moves everything away from a node.
func (f *fleet) Drain(ctx context.Context, name string) error {
	return f.change(ctx, name, f.store.DrainNode)
}

// Remove takes a node out of the network.
func (f *fleet) Remove(ctx context.Context, name string) error {
	return f.change(ctx, name, f.store.RemoveNode)
}

// Stop switches a node off.
func (f *fleet) Stop(ctx context.Context, name string) error {
	return f.change(ctx, name, f.store.StopNode)
}

// Start switches a node on.
func (f *fleet) Start(ctx context.Context, name string) error {
	return f.change(ctx, name, f.store.StartNode)
}

// change is not broken off when the one who asked goes away.
func (f *fleet) change(ctx context.Context, name string, do func(context.Context, string) error) error {
	err := do(context.WithoutCancel(ctx), name)
	if err == nil {
		err = f.follow()
	}
	return explain(f.dir, err)
}

// CloseEpoch has the present epoch reported to the chain.
func (f *fleet) CloseEpoch(ctx context.Context) (control.Epoch, error) {
	e, err := f.close(ctx)
	return control.Epoch(e), explain(f.dir, err)
}

// Check proves every copy on record.
func (f *fleet) Check(ctx context.Context, repair bool, progress func(done, total int64)) (control.Report, error) {
	r, err := f.store.Check(ctx, store.CheckOptions{Progress: seldom(progress), Repair: repair})
	if ctx.Err() != nil {
		return control.Report{}, fmt.Errorf("check the store: %w", ctx.Err())
	}
	r.Problems, r.Notes = append([]string{}, r.Problems...), append([]string{}, r.Notes...)
	return control.Report(r), explain(f.dir, err)
}

// seldom passes on a hundred steps of progress and the last.
func seldom(progress func(done, total int64)) func(done, total int64) {
	if progress == nil {
		return nil
	}
	last := int64(-1)
	return func(done, total int64) {
		if percent := done * 100 / max(total, 1); percent != last || done == total {
			last = percent
			progress(done, total)
		}
	}
}
