package node

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestOldNodesGetAWallet: a node from before owners had wallets keeps its key
// and gets one, once.
func TestOldNodesGetAWallet(t *testing.T) {
	dir := t.TempDir()
	n := newPool(t, dir, 1, 1).Nodes()[0]
	path := filepath.Join(dir, "1", configName)
	raw, err := os.ReadFile(path)
	must(t, err)
	var c map[string]any
	must(t, json.Unmarshal(raw, &c))
	delete(c, "wallet")
	raw, err = json.Marshal(c)
	must(t, err)
	must(t, os.WriteFile(path, raw, 0o600))
	again := newPool(t, dir, 1, 1).Nodes()[0]
	if again.Address() != n.Address() || again.Owner() == n.Owner() || !again.PublicKey().Equal(n.PublicKey()) {
		t.Errorf("%s %s", again.Address(), again.Owner())
	}
	third := newPool(t, dir, 1, 1).Nodes()[0]
	if third.Owner() != again.Owner() || third.Wallet().Address().String() != third.Owner() {
		t.Error("the wallet changed")
	}
}

func TestNodesComeAndGo(t *testing.T) {
	dir := t.TempDir()
	p := newPool(t, dir, 3, 2)
	before := p.Nodes()
	n, err := p.Add(1000, 3)
	must(t, err)
	if len(before) != 3 || p.Find("4") != n || p.Find(n.Address()) != n || n.Free() != 1000 || n.Tier() != 3 {
		t.Errorf("node %s: %d bytes, tier %d", n.Name(), n.Free(), n.Tier())
	}
	must(t, p.Drop(p.Find("2")))
	if p.Find("2") != nil || p.Node(before[1].Address()) != nil || len(p.Nodes()) != 3 {
		t.Error("the node is still there")
	}
	again := newPool(t, dir, 3, 2) // none is made for the one that went
	if len(again.Nodes()) != 3 || again.Find("2") != nil || again.Find("4").Capacity() != 1000 || again.Find("4").InitialTier() != 3 {
		t.Errorf("%d nodes", len(again.Nodes()))
	}
	if noted := newPool(t, dir, 0, 0); noted.Replicas() != 2 {
		t.Errorf("%d copies are noted", noted.Replicas())
	}
	must(t, os.RemoveAll(filepath.Join(dir, "4")))
	last, err := newPool(t, dir, 0, 0).Add(0, 2)
	if err != nil || last.Name() != "5" {
		t.Errorf("a number was given twice: %v", err)
	}
}

func TestProbeFindsWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	n := newPool(t, dir, 1, 1).Nodes()[0]
	must(t, n.Probe())
	left, err := os.ReadDir(filepath.Join(dir, "1", tempName))
	if err != nil || len(left) != 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
	n.SetState(Stopped)
	if err := n.Probe(); !errors.Is(err, ErrStopped) {
		t.Errorf("stopped: %v", err)
	}
	n.SetState(Active)
	must(t, os.Rename(filepath.Join(dir, "1"), filepath.Join(dir, "aside")))
	if err := n.Probe(); !errors.Is(err, ErrAbsent) || n.Online() {
		t.Errorf("missing: %v", err)
	}
	if _, err := n.OpenSlice("s"); !errors.Is(err, ErrAbsent) {
		t.Errorf("missing: %v", err)
	}
	must(t, os.Rename(filepath.Join(dir, "aside"), filepath.Join(dir, "1")))
	must(t, n.Probe())
	must(t, os.RemoveAll(filepath.Join(dir, "1", tempName)))
	if err := n.Probe(); err == nil || errors.Is(err, ErrAbsent) || !n.Online() {
		t.Errorf("no place for drafts: %v", err)
	}
}

func TestTrafficIsCounted(t *testing.T) {
	p := newPool(t, t.TempDir(), 2, 2)
	n := keep(t, p, "s", "12345")[0]
	n.Served(3)
	if in, out := n.Traffic(); in != 5 || out != 3 {
		t.Errorf("%d in, %d out", in, out)
	}
}

// TestWishes: the class that was wished for first, then higher ones if they
// are allowed, then lower ones, then the rest.
func TestWishes(t *testing.T) {
	for _, c := range []struct {
		wish Wish
		want [4]int // tiers by preference
	}{
		{Wish{Tier: 2, AllowHigher: true}, [4]int{2, 3, 1, 0}},
		{Wish{Tier: 2}, [4]int{2, 1, 0, 3}},
		{Wish{Tier: 0, AllowHigher: true}, [4]int{0, 1, 2, 3}},
		{Wish{Tier: 3, AllowHigher: true}, [4]int{3, 2, 1, 0}},
		{Wish{Tier: 1, AllowHigher: true}, [4]int{1, 2, 3, 0}},
	} {
		for i := range 3 {
			if c.wish.distance(c.want[i]) >= c.wish.distance(c.want[i+1]) {
				t.Errorf("%+v: %d is not before %d", c.wish, c.want[i], c.want[i+1])
			}
		}
	}
}
