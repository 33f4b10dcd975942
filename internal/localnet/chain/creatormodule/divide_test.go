package creatormodule

import (
	"fmt"
	"testing"

	"cosmossdk.io/math"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
)

// world is the traffic of an epoch: who watched whose content at whose node,
// and what the nodes served besides.
type world struct {
	Traffic
	share           math.LegacyDec
	owners, servers []creator.WalletVolume
	views           []view
}

type view struct {
	payer, owner, node int
	noz                int64
}

const people = 6

func wallet(n int) string { return fmt.Sprintf("wallet-%d", n) }

// nodePart is what resource nodes get of the price of traffic after tax; the
// true one lies between 0.594 and 0.693.
var nodePart = math.LegacyNewDecWithPrec(594, 3)

func drawWorld(t *rapid.T) world {
	w := world{share: math.LegacyNewDecWithPrec(rapid.Int64Range(0, 500).Draw(t, "share"), 3)}
	var byOwner, byNode, nodes [people]int64
	for range rapid.IntRange(1, 12).Draw(t, "views") {
		v := view{
			rapid.IntRange(0, people-1).Draw(t, "payer"), rapid.IntRange(0, people-1).Draw(t, "owner"),
			rapid.IntRange(0, people-1).Draw(t, "node"), rapid.Int64Range(1, 1e12).Draw(t, "noz"),
		}
		w.views = append(w.views, v)
		byOwner[v.owner] += v.noz
		byNode[v.node] += v.noz
	}
	used := int64(0)
	for i := range nodes {
		nodes[i] = byNode[i] + rapid.Int64Range(0, 1e12).Draw(t, "other traffic")
		used += nodes[i]
	}
	price := rapid.Int64Range(1, 1e7).Draw(t, "wei per noz")
	w.Used, w.Worth = math.NewInt(used), math.LegacyNewDec(used).MulInt64(price)
	w.Nodes = map[string]Node{}
	for i := range nodes {
		w.Nodes[wallet(i)] = Node{Volume: math.NewInt(nodes[i]), Earned: w.price(nodePart, math.NewInt(nodes[i])).TruncateInt()}
		if byOwner[i] > 0 {
			w.owners = append(w.owners, creator.WalletVolume{WalletAddress: wallet(i), Volume: math.NewInt(byOwner[i])})
		}
		if byNode[i] > 0 {
			w.servers = append(w.servers, creator.WalletVolume{WalletAddress: wallet(i), Volume: math.NewInt(byNode[i])})
		}
	}
	return w
}

// Whatever the traffic: what owners get is what servers give up, nobody gets
// more than the share of the price, nobody gives up more than he earned, and no
// more than a wei for each owner is kept back.
func TestDivide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		if why := fits(w.servers, w.Traffic); why != "" {
			t.Fatal(why)
		}
		gets, gives := divide(w.share, w.owners, w.servers, w.Traffic)
		got, given, full := math.ZeroInt(), math.ZeroInt(), math.ZeroInt()
		for _, p := range gets {
			if p.Amount.IsNegative() || p.Amount.ToLegacyDec().GT(w.price(w.share, p.Volume)) {
				t.Fatalf("%s noz earn %s", p.Volume, p.Amount)
			}
			got = got.Add(p.Amount)
		}
		for _, p := range gives {
			if p.Amount.IsNegative() || p.Amount.GT(w.Nodes[p.WalletAddress].Earned) {
				t.Fatalf("%s gives up %s", p.WalletAddress, p.Amount)
			}
			given = given.Add(p.Amount)
			full = full.Add(w.price(w.share, p.Volume).TruncateInt())
		}
		if !got.Equal(given) {
			t.Fatalf("owners get %s, servers give up %s", got, given)
		}
		if full.Sub(got).GTE(math.NewInt(int64(len(gets)))) {
			t.Fatalf("%s of %s is kept back", full.Sub(got), full)
		}
	})
}

// Any group of people, who may own nodes, that pays for views of its own
// content gains less by it than it paid to nodes of others: the reward for
// views at its own nodes comes out of its own pocket.
func TestOwnViewsLose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		in := rapid.SliceOfN(rapid.Bool(), people, people).Draw(t, "group")
		gets, gives := divide(w.share, w.owners, w.servers, w.Traffic)
		with := groupGain(in, gets, gives)
		honest, paidAway := w.without(in)
		gets, gives = divide(w.share, volumesOf(honest, owner), volumesOf(honest, node), w.Traffic)
		gained := with.Sub(groupGain(in, gets, gives))
		slack := math.NewInt(2 * people) // of cuts to whole wei
		if gained.GT(w.price(w.share, paidAway).TruncateInt().Add(slack)) {
			t.Fatalf("own views of %s noz at nodes of others earn %s", paidAway, gained)
		}
	})
}

// groupGain is what a group gets less what it gives up.
func groupGain(in []bool, gets, gives []creator.Part) math.Int {
	sum := math.ZeroInt()
	for i := range people {
		if !in[i] {
			continue
		}
		for _, p := range gets {
			if p.WalletAddress == wallet(i) {
				sum = sum.Add(p.Amount)
			}
		}
		for _, p := range gives {
			if p.WalletAddress == wallet(i) {
				sum = sum.Sub(p.Amount)
			}
		}
	}
	return sum
}

// without leaves out the views that a group pays for and earns from, and says
// how much of them nodes of others served, in noz.
func (w world) without(in []bool) (honest []view, paidAway math.Int) {
	away := int64(0)
	for _, v := range w.views {
		switch {
		case !in[v.payer] || !in[v.owner]:
			honest = append(honest, v)
		case !in[v.node]:
			away += v.noz
		}
	}
	return honest, math.NewInt(away)
}

func owner(v view) int { return v.owner }
func node(v view) int  { return v.node }

func volumesOf(views []view, of func(view) int) []creator.WalletVolume {
	var sums [people]int64
	for _, v := range views {
		sums[of(v)] += v.noz
	}
	var list []creator.WalletVolume
	for i, noz := range sums {
		if noz > 0 {
			list = append(list, creator.WalletVolume{WalletAddress: wallet(i), Volume: math.NewInt(noz)})
		}
	}
	return list
}
