package main

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/localnet"
	"github.com/stratosdrive/stratosdrive/internal/localnet/control"
)

// changeNodes has nodes come and go until the network is gone.
func changeNodes(ctx context.Context, dir string, chance *rand.Rand) (changes int) {
	f, done, err := localnet.Manage(ctx, dir)
	if err != nil {
		return 0
	}
	defer done()
	for {
		list, err := f.Nodes(ctx)
		if err != nil {
			return changes
		}
		if changeOne(ctx, f, list, chance) == nil {
			changes++
		}
	}
}

// changeOne starts what is off or being emptied, or does something else to a
// node. What is refused, since too few would be left, is as good.
func changeOne(ctx context.Context, f control.Fleet, list []control.Node, chance *rand.Rand) error {
	for _, n := range list {
		switch {
		case n.State == "stopped", n.Draining && chance.IntN(2) == 0:
			return f.Start(ctx, n.Name)
		case n.Draining && n.Left == 0:
			return f.Remove(ctx, n.Name)
		}
	}
	name := list[chance.IntN(len(list))].Name
	switch chance.IntN(4) {
	case 0:
		return f.Stop(ctx, name)
	case 1:
		return f.Drain(ctx, name)
	case 2:
		return f.Remove(ctx, name)
	}
	if len(list) >= 8 {
		return f.Drain(ctx, name)
	}
	_, err := f.Add(ctx, 10e9, chance.IntN(4))
	return err
}

// switchOn starts the nodes that were off: when a node is removed and another
// one stopped right after it, the last copies may lie on the one that is off.
func switchOn(t *testing.T, dir string) {
	t.Helper()
	f, done, err := localnet.Manage(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	list, err := f.Nodes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range list {
		if n.State != "stopped" {
			continue
		}
		if err := f.Start(t.Context(), n.Name); err != nil {
			t.Fatal(err)
		}
	}
}
