package app

import (
	"context"
	"testing"
	"time"
)

// One program of a profile watches; another one shows what it saved, and goes on
// when it ends.
func TestOneProgramWatches(t *testing.T) {
	home, ring, n, ctx := t.TempDir(), memoryKeyring{}, newANode(t), context.Background()
	a := openWithRing(t, home, ring)
	added, err := a.AddNode(ctx, NewNode{Monitor: n.url(), Token: n.token()})
	if err != nil {
		t.Fatal(err)
	}
	stop := a.GuardNodes(NodeGuard{})
	a.GuardNodes(NodeGuard{})() // one is enough, and this one ends nothing
	awaitNode(t, a, "traffic", func(v MyNode) bool { return v.In > added.In })
	b := openWithRing(t, home, ring)
	if !b.NodesAreGuarded() {
		t.Error("nobody watches")
	}
	if err := b.RefreshNodes(ctx, time.Minute); err != nil {
		t.Error(err)
	}
	stop()
	seen, err := b.MyNode(added.ID)
	if err != nil || seen.In <= added.In || b.NodesAreGuarded() {
		t.Errorf("saved %+v: %v", seen, err)
	}
	n.Close()
	if err := b.RefreshNodes(ctx, time.Minute); err != nil {
		t.Error(err)
	}
	if now, err := b.MyNode(added.ID); err != nil || now.State != "silent" || now.In < seen.In {
		t.Errorf("refreshed %+v: %v", now, err)
	}
}
