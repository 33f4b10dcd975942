package app

import (
	"cmp"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// storageFigures puts what a storage network publishes into words and sums that
// people ask for.
func storageFigures(n network.Figures) *StorageFigures {
	f := &StorageFigures{
		Capacity: n.Capacity, Used: n.Used, Files: n.Files, Slices: n.Slices, Replicas: n.Replicas, Copies: []CopyCount{},
		RepairsWaiting: n.Repairs.Waiting, Repaired: n.Repairs.Bytes, Hour: n.Hour.Sum(), PerSecond: n.Now, Hours: []HourCount{},
		Tiers: []TierCount{}, Out: []OutCount{}, Nodes: []NetworkNode{},
	}
	for _, c := range n.Copies {
		f.Copies = append(f.Copies, CopyCount(c))
	}
	for _, h := range n.Hours {
		f.Hours = append(f.Hours, HourCount(h))
	}
	tiers, out := map[int]int{}, map[string]int{}
	for _, s := range n.Nodes {
		node := networkNode(s)
		f.Nodes = append(f.Nodes, node)
		if node.Out == "" {
			f.Serving++
			tiers[node.Tier]++
		} else {
			out[node.Out]++
		}
	}
	for _, tier := range slices.SortedFunc(maps.Keys(tiers), func(a, b int) int { return cmp.Compare(b, a) }) {
		f.Tiers = append(f.Tiers, TierCount{tier, tiers[tier]})
	}
	for _, why := range slices.Sorted(maps.Keys(out)) {
		f.Out = append(f.Out, OutCount{why, out[why]})
	}
	f.Health = healthOf(n)
	return f
}

func networkNode(s network.NodeState) NetworkNode {
	return NetworkNode{
		Name: s.Name, Address: s.Address, Tier: s.Tier, Out: whyOut(s), Draining: s.Draining, Since: s.Since, Score: s.Score,
		Capacity: s.Capacity, Used: s.Used, Slices: s.Slices, PerSecond: s.Speed,
	}
}

// whyOut tells why a node is out of service, "" for one that is in it.
func whyOut(s network.NodeState) string {
	switch {
	case s.Serves():
		return ""
	case s.State == network.NodeSuspended:
		return "slow"
	case s.State == network.NodeMissing:
		return "gone"
	}
	return "off"
}

func healthOf(n network.Figures) StorageHealth {
	health := Healthy
	for _, c := range n.Copies {
		switch {
		case c.Slices == 0:
		case c.Copies == 0:
			return Endangered
		case c.Copies < n.Replicas:
			health = Repairing
		}
	}
	return health
}

// whole is how many slices have all their copies.
func (f StorageFigures) whole() (sum int64) {
	for _, c := range f.Copies {
		if c.Copies >= f.Replicas {
			sum += c.Slices
		}
	}
	return sum
}
