package node

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newPool(t *testing.T, dir string, count, replicas int) *Pool {
	t.Helper()
	p, err := OpenPool(dir, count, replicas)
	must(t, err)
	return p
}

func keep(t *testing.T, p *Pool, hash, content string) []*Node {
	t.Helper()
	s, err := p.NewSpread(int64(len(content)), AnyTier())
	must(t, err)
	_, err = s.Write([]byte(content))
	must(t, err)
	must(t, s.Sync())
	must(t, s.Keep(hash))
	for _, n := range s.Nodes() {
		must(t, n.SyncNames())
	}
	return s.Nodes()
}

func TestNodesKeepTheirKeys(t *testing.T) {
	dir := t.TempDir()
	first := newPool(t, dir, 3, 2)
	again := newPool(t, dir, 5, 2)
	if len(again.Nodes()) != 5 {
		t.Fatalf("%d nodes", len(again.Nodes()))
	}
	seen := map[string]bool{}
	for i, n := range again.Nodes() {
		raw, err := stratos.DecodeBech32(stratos.PrefixNode, n.Address())
		if err != nil || len(raw) != 20 || seen[n.Address()] {
			t.Errorf("address %s: %v", n.Address(), err)
		}
		seen[n.Address()] = true
		if i < 3 && first.Nodes()[i].Address() != n.Address() {
			t.Errorf("node %s changed its address", n.Name())
		}
	}
	if fewer := newPool(t, dir, 2, 2); len(fewer.Nodes()) != 5 {
		t.Errorf("nodes were forgotten: %d are left", len(fewer.Nodes()))
	}
	if _, err := OpenPool(dir, 5, 6); err == nil {
		t.Error("more copies than nodes")
	}
}

func TestCopiesLieOnTheEmptiestNodes(t *testing.T) {
	p := newPool(t, t.TempDir(), 4, 2)
	count := map[string]int{}
	for i := range 20 {
		nodes := keep(t, p, "s"+strings.Repeat("x", i), strings.Repeat("a", 1000))
		if nodes[0] == nodes[1] {
			t.Fatal("two copies on one node")
		}
		for _, n := range nodes {
			count[n.Name()]++
		}
	}
	for name, n := range count {
		if n != 10 {
			t.Errorf("node %s has %d of 40 copies", name, n)
		}
	}
}

func TestOnlyActiveNodesGetSlices(t *testing.T) {
	p := newPool(t, t.TempDir(), 3, 2)
	p.Nodes()[1].SetState(Suspended)
	for range 5 {
		for _, n := range keep(t, p, "s", "abc") {
			if n == p.Nodes()[1] {
				t.Fatal("a suspended node got a slice")
			}
		}
	}
	p.Nodes()[2].SetState(Stopped)
	if _, err := p.NewSpread(3, AnyTier()); !errors.Is(err, ErrFull) {
		t.Errorf("two copies on one node: %v", err)
	}
	if _, err := p.Nodes()[2].OpenSlice("s"); !errors.Is(err, ErrStopped) {
		t.Errorf("a stopped node serves: %v", err)
	}
}

func TestUsedCountsWhatIsThere(t *testing.T) {
	p := newPool(t, t.TempDir(), 1, 1)
	n := p.Nodes()[0]
	keep(t, p, "a", "12345")
	keep(t, p, "a", "123") // replaced
	keep(t, p, "b", "12")
	if n.Used() != 5 {
		t.Errorf("used %d", n.Used())
	}
	must(t, n.Remove("b"))
	must(t, n.Remove("b"))
	if n.Used() != 3 || !n.Has("a", 3) || n.Has("a", 5) || n.Has("b", 2) {
		t.Errorf("used %d", n.Used())
	}
}

func TestDraftsOfACrashAreRemoved(t *testing.T) {
	dir := t.TempDir()
	p := newPool(t, dir, 1, 1)
	s, err := p.NewSpread(3, AnyTier())
	must(t, err)
	_, err = s.Write([]byte("abc"))
	must(t, err)
	keep(t, p, "kept", "xyz")
	again := newPool(t, dir, 1, 1)
	left, err := os.ReadDir(filepath.Join(dir, "1", tempName))
	if err != nil || len(left) != 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
	if removed, err := again.Nodes()[0].Sweep(func(hash string) bool { return hash == "kept" }); removed != 0 || err != nil {
		t.Errorf("sweep: %d, %v", removed, err)
	}
	if removed, _ := again.Nodes()[0].Sweep(func(string) bool { return false }); removed != 1 {
		t.Errorf("sweep: %d", removed)
	}
}

func TestReserveKeepsATenthOfTheDisk(t *testing.T) {
	p := newPool(t, t.TempDir(), 3, 2)
	p.SetDisk(func(string) (DiskSpace, error) { return DiskSpace{Total: 1000, Free: 300}, nil })
	release, err := p.Reserve(60) // 120 of the 200 that may be taken
	must(t, err)
	if _, err := p.Reserve(41); !errors.Is(err, ErrFull) {
		t.Errorf("82 of 80: %v", err)
	}
	again, err := p.Reserve(40)
	must(t, err)
	release()
	release() // once is enough
	if _, err := p.Reserve(61); !errors.Is(err, ErrFull) {
		t.Errorf("122 of 120: %v", err)
	}
	again()
	if _, err := p.Reserve(100); err != nil {
		t.Errorf("200 of 200: %v", err)
	}
}

func TestFullNodesTakeNothing(t *testing.T) {
	p := newPool(t, t.TempDir(), 2, 1)
	for _, n := range p.Nodes() {
		n.capacity = 10
	}
	keep(t, p, "a", "1234567890")
	if got := keep(t, p, "b", "12345"); got[0].Used() != 5 {
		t.Errorf("the full node got more: %d", got[0].Used())
	}
	if _, err := p.NewSpread(6, AnyTier()); !errors.Is(err, ErrFull) {
		t.Errorf("6 bytes: %v", err)
	}
}
