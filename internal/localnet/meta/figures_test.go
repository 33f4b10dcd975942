package meta

import (
	"maps"
	"testing"
	"time"
)

// Only copies that somebody can read count, and only those of files that are
// stored.
func TestHealthCountsCopiesThatServe(t *testing.T) {
	ctx, m := t.Context(), newMeta(t)
	must(t, m.CreditPrepay(ctx, prepay(1, 0, "alice", 1000)))
	for name, gone := range map[string]int64{"n1": 0, "n2": 0, "n3": 7} {
		must(t, m.PutNode(ctx, Node{Address: name, Name: name, Gone: gone}))
	}
	must(t, m.AcceptUpload(ctx, upload("alice", "f1", 1,
		Slice{Number: 1, Hash: "a", Size: 5, Nodes: []string{"n1", "n2", "n3"}},
		Slice{Number: 2, Hash: "b", Size: 5, Nodes: []string{"n1", "n2"}},
		Slice{Number: 3, Hash: "c", Size: 5, Nodes: []string{"n3"}})))
	must(t, m.AcceptUpload(ctx, upload("alice", "f2", 2, Slice{Number: 1, Hash: "a", Size: 5, Nodes: []string{"n1"}})))
	h, err := m.Health(ctx)
	must(t, err)
	if !maps.Equal(h.Slices, map[int]int64{2: 2, 0: 1}) || h.Lost != 0 {
		t.Errorf("health %+v", h)
	}
	_, err = m.ChangeCopies(ctx, "c", Change{Drop: []string{"n3"}, Lost: []string{"owner"}})
	must(t, err)
	if h, err = m.Health(ctx); err != nil || h.Lost != 1 {
		t.Errorf("after a loss: %+v, %v", h, err)
	}
}

func TestFlowsByPeriod(t *testing.T) {
	ctx, now := t.Context(), time.Unix(7200, 0)
	m, err := Open(ctx, t.TempDir()+"/meta.db", Options{Clock: func() time.Time { return now }})
	must(t, err)
	defer m.Close()
	for _, c := range []struct{ at, bytes int64 }{{7200, 1}, {7260, 10}, {10800, 100}, {18000, 1000}} {
		now = time.Unix(c.at, 0)
		m.Count(Traffic{Wallet: "w", Owner: "o", Hash: "h", Node: "n1", Kind: Up}, c.bytes)
	}
	m.Count(Traffic{Wallet: "w", Owner: "o", Hash: "h", Node: "n2", Kind: Repair}, 5)
	hours, err := m.Flows(ctx, time.Unix(7260, 0), time.Unix(18001, 0), 3600)
	must(t, err)
	if len(hours) != 3 || hours[0].From.Unix() != 7200 || hours[1].From.Unix() != 10800 || hours[2].From.Unix() != 18000 {
		t.Fatalf("periods %+v", hours)
	}
	if hours[0].Kinds[Up] != 10 || hours[1].Nodes["n1"] != 100 || hours[2].Kinds[Repair] != 5 || hours[2].Nodes["n2"] != 5 || hours[2].Kinds[Up] != 1000 {
		t.Errorf("sums %+v", hours)
	}
	if before, err := m.Flows(ctx, time.Unix(0, 0), time.Unix(7200, 0), 60); err != nil || len(before) != 0 {
		t.Errorf("before: %+v, %v", before, err)
	}
}
