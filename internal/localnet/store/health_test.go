package store

import (
	"slices"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// TestSlowNodeLeavesAndComesBack: a node whose reads are slow beside those of
// the others loses tier, goes out of service, is read last, and comes back.
func TestSlowNodeLeavesAndComesBack(t *testing.T) {
	w := newWorld(t, 5, 3)
	w.fill(30, 7)
	w.shaky.slow["2"] = time.Second
	tiers := []int{w.status("2").Tier}
	for range 8 {
		w.readAll()
		w.look(1)
		if tier := w.status("2").Tier; tier != tiers[len(tiers)-1] {
			tiers = append(tiers, tier)
		}
	}
	if !slices.Equal(tiers, []int{2, 1, 0}) || w.status("2").State != "suspended" {
		t.Errorf("tiers %v, %+v", tiers, w.status("2"))
	}
	for _, name := range []string{"1", "3", "4", "5"} {
		if s := w.status(name); s.Score != node.FullScore {
			t.Errorf("node %s: %+v", name, s)
		}
	}
	before := w.status("2").Slices
	_, servedBefore := w.pool.Find("2").Traffic()
	w.fill(5, 8)
	w.readAll()
	if _, served := w.pool.Find("2").Traffic(); served != servedBefore || w.status("2").Slices != before {
		t.Error("a node out of service was used")
	}
	w.restart()
	if s := w.status("2"); s.State != "suspended" || s.Tier != 0 {
		t.Errorf("after a restart: %+v", s)
	}
	delete(w.shaky.slow, "2")
	w.look(10)
	if s := w.status("2"); s.State != "active" || s.Tier != 2 || s.Score != node.FullScore {
		t.Errorf("it did not come back: %+v", s)
	}
}

// TestServiceIsNotGivenUp: however bad all are, enough nodes stay in service.
func TestServiceIsNotGivenUp(t *testing.T) {
	w := newWorld(t, 5, 3)
	for range 10 {
		for _, n := range w.pool.Nodes() {
			w.store.blame(n, 100)
		}
		w.look(1)
	}
	active := 0
	for _, n := range w.pool.Nodes() {
		if n.State() == node.Active {
			active++
		}
	}
	if active != 3 {
		t.Errorf("%d nodes are in service", active)
	}
	w.fill(3, 9)
	w.readAll()
}

func TestPlacesByTier(t *testing.T) {
	w := newWorld(t, 6, 2)
	for range 2 {
		_, err := w.store.AddNode(t.Context(), 1<<30, 3)
		must(t, err)
		_, err = w.store.AddNode(t.Context(), 1<<30, 1)
		must(t, err)
	}
	for _, c := range []struct {
		wish node.Wish
		want int
	}{
		{node.AnyTier(), 2},
		{node.Wish{Tier: 3}, 3},
		{node.Wish{Tier: 1}, 1},
		{node.Wish{Tier: 1, AllowHigher: true}, 1},
		{node.Wish{Tier: 0}, 1},                    // nobody has it, nor less: the nearest
		{node.Wish{Tier: 0, AllowHigher: true}, 1}, // the nearest above
	} {
		d, err := w.store.NewDraft(hashOf(nil), 10, c.wish)
		must(t, err)
		_, err = d.Write(make([]byte, 10))
		must(t, err)
		for _, n := range d.slices[0].spread.Nodes() {
			if n.Tier() != c.want {
				t.Errorf("%+v: placed on tier %d", c.wish, n.Tier())
			}
		}
		d.Discard()
	}
}
