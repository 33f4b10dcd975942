package node

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
)

// Wish says which node class somebody wants for his slices.
type Wish struct {
	Tier        int  // 0 to 3
	AllowHigher bool // a higher class is nearly as good
}

// AnyTier is the wish of reference clients: the default class or higher.
func AnyTier() Wish { return Wish{Tier: DefaultTier, AllowHigher: true} }

// distance tells how far a node of tier is from the wish; 0 is best. A wish is
// never a reason to refuse: what the reference does then is not known.
func (w Wish) distance(tier int) int {
	switch {
	case tier == w.Tier:
		return 0
	case tier > w.Tier && w.AllowHigher:
		return tier - w.Tier
	case tier < w.Tier:
		return MaxTier + w.Tier - tier
	}
	return 2*MaxTier + tier - w.Tier
}

// candidates returns the nodes in service that may take size bytes: those of
// the class that was wished for first, among them those with the most room;
// equal ones in random order.
func (p *Pool) candidates(size int64, wish Wish, without []string) []*Node {
	all := p.now.Load().list
	type place struct {
		node     *Node
		distance int
		free     int64
	}
	var places []place
	for _, i := range rand.Perm(len(all)) {
		n := all[i]
		free := n.Free()
		if n.takesSlices() && free >= size && !slices.Contains(without, n.Address()) {
			places = append(places, place{n, wish.distance(n.Tier()), free})
		}
	}
	slices.SortStableFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(b.free, a.free))
	})
	list := make([]*Node, len(places))
	for i, c := range places {
		list[i] = c.node
	}
	return list
}

// Choose returns count nodes for the copies of a slice, none of them in
// without. The error wraps [ErrFull] when there are not so many.
func (p *Pool) Choose(count int, size int64, wish Wish, without []string) ([]*Node, error) {
	list := p.candidates(size, wish, without)
	if len(list) < count {
		return nil, fmt.Errorf("%w: %d of %d copies have a place", ErrFull, len(list), count)
	}
	return list[:count], nil
}

// ChooseUpTo is [Pool.Choose] for as many of count as there are.
func (p *Pool) ChooseUpTo(count int, size int64, wish Wish, without []string) []*Node {
	list := p.candidates(size, wish, without)
	return list[:min(count, len(list))]
}
