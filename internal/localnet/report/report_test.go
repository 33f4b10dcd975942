package report

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Nodes are in service on the chain soon after they are there, and leave it
// with them. Traffic is reported once, whenever reports come; a network without
// traffic makes no report and no block.
func TestTrafficBecomesRewards(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	defer r.Close()
	one, two := w.pool.Nodes()[0], w.pool.Nodes()[1]
	for _, n := range []*node.Node{one, two} {
		eventually(t, "a node is in service", func() bool { return w.inService(n.Address()) })
	}
	w.report(r, false)

	w.count(one, meta.Up, "payer", 3e9)
	w.count(two, meta.Down, "payer", 1e9)
	first := w.report(r, true)
	if v := w.volumes(); v[one.Owner()] != 3e9 || v[two.Owner()] != 1e9 || len(v) != 2 {
		t.Errorf("volumes %v", v)
	}
	if a, b := w.immature(one.Owner()), w.immature(two.Owner()); !b.IsPositive() || a.LT(b.MulRaw(3)) || a.GT(b.MulRaw(3).AddRaw(3)) {
		t.Errorf("rewards %s and %s", a, b)
	}
	eventually(t, "the fees are shared out", func() bool {
		height := w.chain.Height()
		time.Sleep(600 * time.Millisecond)
		return w.chain.Height() == height
	})
	height := w.chain.Height()
	w.report(r, false)
	if w.chain.Height() != height {
		t.Error("a block without traffic")
	}

	w.count(one, meta.Up, "payer", 5) // in the same minute
	if next := w.report(r, true); next <= first {
		t.Errorf("epoch %d after %d", next, first)
	}
	if v := w.volumes(); v[one.Owner()] != 5 || len(v) != 1 {
		t.Errorf("volumes of the rest %v", v)
	}
	w.pass(2 * time.Minute)
	w.report(r, false)
	repairsAndLeaving(t, w, r)
	if n := w.log.lines.Load(); n > 0 {
		t.Errorf("%d complaints", n)
	}
}

// repairsAndLeaving charges the repair of a copy to the owner of the node that
// lost it, over two reports; then that node leaves.
func repairsAndLeaving(t *testing.T, w *world, r *Reporter) {
	t.Helper()
	one, two := w.pool.Nodes()[0], w.pool.Nodes()[1]
	w.count(two, meta.Down, "payer", 1000)
	w.count(one, meta.Repair, two.Owner(), 1500)
	w.report(r, true)
	if v := w.volumes(); v[one.Owner()] != 1000 || len(v) != 1 {
		t.Errorf("volumes after a repair %v", v)
	}
	w.count(two, meta.Down, "payer", 2000)
	w.report(r, true)
	if v := w.volumes(); v[one.Owner()] != 500 || v[two.Owner()] != 1500 {
		t.Errorf("volumes with the rest of the repair %v", v)
	}

	must(t, w.pool.Drop(two))
	eventually(t, "the node has left", func() bool { return !w.inService(two.Address()) })
	w.count(two, meta.Down, "payer", 7) // it is late
	w.report(r, true)
	if v := w.volumes(); v[two.Owner()] != 7 {
		t.Errorf("volumes of a node that left %v", v)
	}
}

// A report that was stored and perhaps sent when the process ended is on the
// chain once, and no traffic is reported twice.
func TestCrashesBetweenTheSteps(t *testing.T) {
	w := newWorld(t)
	one := w.pool.Nodes()[0]
	draft := func(r *Reporter) meta.Report {
		t.Helper()
		last, err := w.meta.LastReport(t.Context())
		must(t, err)
		next, err := r.draft(t.Context(), last)
		must(t, err)
		must(t, w.meta.NewReport(t.Context(), next))
		return next
	}
	r := w.start()
	eventually(t, "the node is in service", func() bool { return w.inService(one.Address()) })
	must(t, r.Close())

	w.count(one, meta.Up, "payer", 1e6)
	stored := draft(r)
	w.count(one, meta.Up, "payer", 500)
	r = w.start() // the report was stored, not sent
	w.report(r, true)
	if v := w.volumes(); v[one.Owner()] != 500 {
		t.Errorf("after the stored one: %v", v)
	}
	if _, known, err := r.onChain(t.Context(), stored); err != nil || !known {
		t.Errorf("the stored one is on the chain: %v, %v", known, err)
	}
	must(t, r.Close())

	w.count(one, meta.Up, "payer", 2e6)
	sent := draft(r)
	m, err := w.chain.MetaNode()
	must(t, err)
	msg, err := message(m, sent)
	must(t, err)
	_, err = w.chain.Send(t.Context(), []stratos.PrivateKey{m.Owner}, 900_000, msg)
	must(t, err)
	before := w.immature(one.Owner())
	r = w.start() // the report was sent, which was not noted
	defer r.Close()
	w.report(r, false)
	if v := w.volumes(); v[one.Owner()] != 2e6 || !w.immature(one.Owner()).Equal(before) {
		t.Errorf("the sent one counts once: %v, %s and %s", v, before, w.immature(one.Owner()))
	}
}

// However traffic and reports follow on each other, all traffic is reported
// once: the sum of all reports is the sum of all traffic.
func TestEveryByteIsReportedOnce(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	must(t, r.Close()) // reports are drafted only
	nodes := w.pool.Nodes()
	sum := int64(0)
	last, err := w.meta.LastReport(t.Context())
	must(t, err)
	take := func() {
		next, err := r.draft(t.Context(), last)
		must(t, err)
		for _, noz := range next.Volumes {
			sum -= noz
		}
		last = next
	}
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			switch n := nodes[rapid.IntRange(0, 1).Draw(t, "node")]; rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				w.pass(time.Duration(rapid.IntRange(0, 100).Draw(t, "seconds")) * time.Second)
			case 1:
				bytes := rapid.Int64Range(1, 1e6).Draw(t, "bytes")
				w.count(n, rapid.SampledFrom([]string{meta.Up, meta.Down}).Draw(t, "kind"), "payer", bytes)
				sum += bytes
			case 2:
				w.count(n, meta.Repair, nodes[0].Owner(), rapid.Int64Range(1, 1e6).Draw(t, "repaired"))
			case 3:
				take()
			}
		}
		take()
		if sum != 0 {
			t.Fatalf("%d bytes were not reported, or too many", sum)
		}
	})
}

func TestRepairsAreCharged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"a", "b", "c"}
		volumes, owed := map[string]int64{}, map[string]map[string]int64{}
		var used, debts int64
		for _, who := range names {
			volumes[who] = rapid.Int64Range(0, 100).Draw(t, "volume")
			used += volumes[who]
			owed[who] = map[string]int64{}
			for _, helper := range names {
				if n := rapid.Int64Range(0, 60).Draw(t, "owed"); n > 0 && helper != who {
					owed[who][helper] = n
					debts += n
				}
			}
		}
		charge(volumes, owed)
		var after, left int64
		for who, noz := range volumes {
			if noz <= 0 {
				t.Fatalf("%s has %d", who, noz)
			}
			after += noz
		}
		for _, helpers := range owed {
			for _, n := range helpers {
				if n <= 0 {
					t.Fatal("a debt of nothing is kept")
				}
				left += n
			}
		}
		if after != used || left > debts {
			t.Fatalf("%d of %d used up, %d of %d owed", after, used, left, debts)
		}
	})
}

// What the network thinks of a node's health, the chain says too, also when
// nobody told it in time; a node that only stops stays in service.
func TestHealthOnTheChain(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	one, two := w.pool.Nodes()[0], w.pool.Nodes()[1]
	for _, n := range w.pool.Nodes() {
		eventually(t, "a node is in service", func() bool { return w.inService(n.Address()) })
	}
	one.SetState(node.Stopped)
	two.SetState(node.Suspended)
	eventually(t, "the node is out of service", func() bool { return !w.inService(two.Address()) })
	if n, _ := w.onChain(two.Address()); !n.EffectiveTokens.IsZero() || n.Tokens.IsZero() || !w.inService(one.Address()) {
		t.Errorf("out of service: %+v", n)
	}
	must(t, r.Close())
	r = w.start() // it stays out
	defer r.Close()
	one.SetState(node.Suspended)
	eventually(t, "the other node is out of service", func() bool { return !w.inService(one.Address()) })
	if w.inService(two.Address()) {
		t.Error("a restart brought an unfit node back")
	}
	two.SetState(node.Active)
	eventually(t, "the node is back", func() bool { return w.inService(two.Address()) })
	if n, _ := w.onChain(two.Address()); !n.EffectiveTokens.Equal(n.Tokens) || w.inService(one.Address()) {
		t.Errorf("back in service: %+v", n)
	}
	if n := w.log.lines.Load(); n > 0 {
		t.Errorf("%d complaints", n)
	}
}

// A node that left while no reporter ran goes out of service at the next start.
func TestNodeThatLeftUnseen(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	two := w.pool.Nodes()[1]
	eventually(t, "the node is in service", func() bool { return w.inService(two.Address()) })
	must(t, r.Close())
	must(t, w.pool.Drop(two))
	r = w.start()
	defer r.Close()
	eventually(t, "the node is out of service", func() bool { return !w.inService(two.Address()) })
	if n, ok := w.onChain(two.Address()); !ok || !n.EffectiveTokens.IsZero() || n.Tokens.IsZero() {
		t.Errorf("the node is %+v", n)
	}
	if n := w.log.lines.Load(); n > 0 {
		t.Errorf("%d complaints", n)
	}
}
