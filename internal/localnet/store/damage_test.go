package store

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
)

func nightly() bool { return os.Getenv("STOS_NIGHTLY") != "" }

// newSeed is a seed that a failing test tells.
func newSeed(t *testing.T) uint64 {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	return seed
}

// TestFourOfFiveHoldersStopped: any one copy is enough to read.
func TestFourOfFiveHoldersStopped(t *testing.T) {
	w := newWorld(t, 8, 5)
	r := rand.New(rand.NewPCG(newSeed(t), 0))
	data := randomBytes(r, 5000)
	hash := w.put(data, 5000)
	holders := w.holders(hash)
	for _, left := range holders { // all five choices of four
		for _, name := range holders {
			if name != left {
				must(t, w.store.StopNode(t.Context(), name))
			}
		}
		w.store.proofs = newProofs()
		w.readAll()
		for _, name := range holders {
			must(t, w.store.StartNode(t.Context(), name))
		}
	}
	w.fill(30, r.Uint64())
	for range 20 {
		four := r.Perm(8)[:4]
		for _, i := range four {
			must(t, w.store.StopNode(t.Context(), w.pool.Nodes()[i].Name()))
		}
		w.store.proofs = newProofs()
		w.readAll()
		for _, i := range four {
			must(t, w.store.StartNode(t.Context(), w.pool.Nodes()[i].Name()))
		}
	}
	w.clean()
}

// copyFiles lists all copies by the paths of their files.
func (w *world) copyFiles() []string {
	w.t.Helper()
	found, err := filepath.Glob(filepath.Join(w.dir, "nodes", "*", "slices", "*"))
	must(w.t, err)
	return found
}

// spoil damages a copy in one of five ways; other is the file of another slice.
func spoil(t *testing.T, r *rand.Rand, path, other string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	must(t, err)
	switch r.IntN(5) {
	case 0:
		raw[r.IntN(len(raw))] ^= 1 << r.IntN(8)
	case 1:
		raw = raw[:r.IntN(len(raw))]
	case 2:
		must(t, os.Remove(path))
		return
	case 3:
		raw = append(raw, randomBytes(r, 1+r.IntN(100))...)
	case 4:
		raw, err = os.ReadFile(other)
		must(t, err)
	}
	must(t, os.WriteFile(path, raw, 0o600))
}

// breakFile changes a byte of a file, in place.
func breakFile(r *rand.Rand, path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return err
	}
	at := r.Int64N(info.Size())
	var one [1]byte
	if _, err := f.ReadAt(one[:], at); err != nil {
		return err
	}
	one[0] ^= 1
	_, err = f.WriteAt(one[:], at)
	return err
}

// spoilSome damages count copies, never the last of a slice.
func (w *world) spoilSome(r *rand.Rand, count int) {
	w.t.Helper()
	left := map[string]int{}
	all := w.copyFiles()
	for _, path := range all {
		left[filepath.Base(path)]++
	}
	for _, i := range r.Perm(len(all)) {
		path, other := all[i], all[r.IntN(len(all))]
		if count == 0 {
			return
		}
		slice := filepath.Base(path)
		for filepath.Base(other) == slice {
			other = all[r.IntN(len(all))]
		}
		if _, err := os.Stat(other); err != nil || left[slice] == 1 {
			continue
		}
		left[slice]--
		count--
		spoil(w.t, r, path, other)
	}
	if count > 0 {
		w.t.Fatalf("%d copies too few to damage", count)
	}
}

// TestCorruptedSlices: of many damaged copies none is served, and all are
// repaired: those that are read on reading, the rest by the scrubber. With
// STOS_NIGHTLY it is a thousand.
func TestCorruptedSlices(t *testing.T) {
	count := 60
	if nightly() {
		count = 1000
	}
	w := newWorld(t, 8, 5)
	r := rand.New(rand.NewPCG(newSeed(t), 1))
	for range count / 4 { // about 1.6 as many copies as are damaged, and more
		w.put(randomBytes(r, 500+r.IntN(2000)), 1000)
	}
	before := w.clean()
	w.spoilSome(r, count)
	w.store.proofs = newProofs() // as after a restart
	w.readAll()                  // whatever is served is right
	onRead := w.mendAll()
	w.readAll()
	onRead += w.mendAll()
	found, err := w.store.Check(t.Context(), CheckOptions{})
	must(t, err)
	var at scrubber
	for round := true; round; round = at.after != "" {
		_, err := w.store.scrubOn(t.Context(), &at)
		must(t, err)
	}
	after := w.clean()
	if after.Copies != before.Copies || after.Bytes != before.Bytes {
		t.Errorf("%+v before, %+v after", before, after)
	}
	var charged int64
	for _, n := range w.pool.Nodes() {
		charged += w.repaired(n.Owner())
	}
	all, err := w.meta.TrafficSum(t.Context(), meta.Traffic{Kind: meta.Repair})
	must(t, err)
	if charged != all || charged == 0 {
		t.Errorf("%d of %d bytes are charged to owners of nodes", charged, all)
	}
	t.Logf("%d copies damaged: %d repaired on reading, then %d problems left for the scrubber, then none", count, onRead, len(found.Problems))
	w.readAll()
	w.restart()
	w.clean()
}

// TestFullPassRepairs: a check that repairs leaves nothing to be found.
func TestFullPassRepairs(t *testing.T) {
	w := newWorld(t, 6, 3)
	r := rand.New(rand.NewPCG(newSeed(t), 2))
	w.fill(20, r.Uint64())
	w.spoilSome(r, 20)
	must(t, os.WriteFile(filepath.Join(w.dir, "nodes", "1", "slices", "stray"), []byte("x"), 0o600))
	found, err := w.store.Check(t.Context(), CheckOptions{})
	must(t, err)
	if len(found.Problems) < 20 || !strings.Contains(strings.Join(found.Problems, "\n"), "on no record") {
		t.Errorf("%d problems", len(found.Problems))
	}
	calls := int64(0)
	repaired, err := w.store.Check(t.Context(), CheckOptions{Repair: true, Progress: func(done, total int64) {
		if calls++; done != calls || total != found.Slices {
			t.Errorf("progress %d of %d", done, total)
		}
	}})
	must(t, err)
	if len(repaired.Problems) != 0 || repaired.Repaired != 21 {
		t.Errorf("%d repaired, left: %v", repaired.Repaired, repaired.Problems)
	}
	w.clean()
	w.readAll()
}

// TestCheckOfAStoppedNetwork: a folder can be proved without being served, and
// is not changed.
func TestCheckOfAStoppedNetwork(t *testing.T) {
	w := newWorld(t, 6, 3)
	w.fill(5, 1)
	must(t, w.store.StopNode(t.Context(), "1"))
	stray := filepath.Join(w.dir, "nodes", "2", "slices", "stray")
	must(t, os.WriteFile(stray, []byte("x"), 0o600))
	s, err := OpenWith(t.Context(), Options{Meta: w.meta, Pool: w.pool, Clock: w.clock.Now, Idle: true})
	must(t, err)
	defer s.Close()
	report, err := s.Check(t.Context(), CheckOptions{Repair: true})
	if err != nil || len(report.Problems) != 0 || len(report.Notes) != 1 || report.Copies != 3*report.Slices {
		t.Errorf("%+v, %v", report, err)
	}
	if _, err := os.Stat(stray); err != nil {
		t.Error("something was changed")
	}
	path := w.copyFiles()[0]
	must(t, os.WriteFile(path, []byte("other bytes"), 0o600))
	report, err = s.Check(t.Context(), CheckOptions{Repair: true})
	if err != nil || len(report.Problems) != 2 || report.Repaired != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// TestAllCopiesGoneIsNamed: what cannot be repaired is said, and nothing that
// is left is removed.
func TestAllCopiesGoneIsNamed(t *testing.T) {
	w := newWorld(t, 6, 3)
	hash := w.put([]byte("some bytes"), 100)
	for _, path := range w.copyFiles() {
		must(t, os.WriteFile(path, []byte("some bytez"), 0o600))
	}
	w.store.proofs = newProofs()
	if _, err := w.get(hash); !errors.Is(err, ErrLost) {
		t.Errorf("read: %v", err)
	}
	report, err := w.store.Check(t.Context(), CheckOptions{Repair: true})
	if err != nil || !strings.Contains(strings.Join(report.Problems, "\n"), "no good copy left") {
		t.Errorf("%+v, %v", report, err)
	}
	if len(w.copyFiles()) != 3 {
		t.Error("what is left was removed")
	}
}
