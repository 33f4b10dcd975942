package meta

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

func TestReportsAreKept(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "meta.db")
	m := open(t, path)
	if none, err := m.LastReport(ctx); err != nil || none.Epoch != 0 {
		t.Fatalf("the last of no reports: %+v, %v", none, err)
	}
	r := Report{
		Epoch: 7, Until: time.Unix(1200, 0), Taken: map[string]int64{"n": 5},
		Owed: map[string]map[string]int64{"a": {"b": 3}}, Volumes: map[string]int64{"w": 1 << 60},
	}
	must(t, m.NewReport(ctx, r))
	must(t, m.Close())
	m = open(t, path)
	if got, err := m.LastReport(ctx); err != nil || !reflect.DeepEqual(got, r) {
		t.Errorf("after a restart %+v, %v", got, err)
	}
	next := Report{Epoch: 8, Until: r.Until}
	if err := m.NewReport(ctx, next); !errors.Is(err, ErrPending) {
		t.Errorf("a report before the last one is settled: %v", err)
	}
	must(t, m.SettleReport(ctx, 7, "HASH"))
	must(t, m.NewReport(ctx, next))
	must(t, m.DropReport(ctx, 7)) // it is settled
	must(t, m.DropReport(ctx, 8))
	if got, err := m.LastReport(ctx); err != nil || got.Epoch != 7 || got.TxHash != "HASH" {
		t.Errorf("after a refused one %+v, %v", got, err)
	}
	must(t, m.SetNodeWallet(ctx, "n", "a"))
	must(t, m.SetNodeWallet(ctx, "n", "b"))
	if got, err := m.NodeWallets(ctx); err != nil || len(got) != 1 || got["n"] != "b" {
		t.Errorf("wallets of nodes: %v, %v", got, err)
	}
}
