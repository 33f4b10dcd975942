package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

func TestStateOfNodesSurvivesARestart(t *testing.T) {
	w := newWorld(t, 6, 3)
	must(t, w.store.StopNode(t.Context(), "2"))
	must(t, w.store.DrainNode(t.Context(), w.status("3").Address))
	added, err := w.store.AddNode(t.Context(), 1<<30, 3)
	must(t, err)
	for range 2 {
		if s := w.status("2"); s.State != "stopped" || s.Online {
			t.Errorf("node 2: %+v", s)
		}
		if s := w.status("3"); !s.Draining || !s.Online {
			t.Errorf("node 3: %+v", s)
		}
		s := w.status(added.Name())
		if added.Name() != "7" || s.InitialTier != 3 || s.Tier != 3 || s.Capacity != 1<<30 || !strings.HasPrefix(s.Owner, "st1") {
			t.Errorf("node 7: %+v", s)
		}
		w.restart()
	}
	must(t, w.store.StartNode(t.Context(), "2"))
	must(t, w.store.StartNode(t.Context(), "3"))
	w.restart()
	if s := w.status("2"); s.State != "active" || !s.Online {
		t.Errorf("node 2 again: %+v", s)
	}
	if s := w.status("3"); s.Draining {
		t.Errorf("node 3 again: %+v", s)
	}
}

// TestShortAbsence: copies of a node that is away are made again only after
// the grace, and trimmed when it comes back.
func TestShortAbsence(t *testing.T) {
	w := newWorld(t, 6, 3)
	w.fill(20, 1)
	gone := w.status("1")
	if gone.Slices == 0 {
		t.Fatal("node 1 has nothing")
	}
	must(t, w.store.StopNode(t.Context(), "1"))
	w.look(2)
	w.readAll()
	if w.mendAll() != 0 || w.repaired(gone.Owner) != 0 {
		t.Error("copies were made again within the grace")
	}
	w.look(int(w.store.settings.Grace / w.store.settings.Probe))
	if got := w.repaired(gone.Owner); got != gone.Used {
		t.Errorf("%d bytes are charged to the owner, not %d", got, gone.Used)
	}
	w.readAll()
	must(t, w.store.StartNode(t.Context(), "1"))
	w.surveyed()
	w.clean()
	w.restart()
	w.clean()
}

// TestFolderGoesAndComesBack: a node whose folder is missing is away, and not
// a node that lost a thousand slices.
func TestFolderGoesAndComesBack(t *testing.T) {
	for _, while := range []string{"running", "stopped"} {
		w := newWorld(t, 6, 3)
		w.fill(20, 2)
		folder, aside := filepath.Join(w.dir, "nodes", "1"), filepath.Join(w.dir, "aside")
		move := func(from, to string) {
			if while == "stopped" {
				w.close()
				defer w.open()
			}
			must(t, os.Rename(from, to))
		}
		move(folder, aside)
		w.readAll()
		w.look(1)
		if s := w.status("1"); s.State != "missing" || s.Online || w.mendAll() != 0 {
			t.Errorf("%s: %+v", while, s)
		}
		w.look(int(w.store.settings.Grace/w.store.settings.Probe) + 1)
		w.readAll()
		if got := w.repaired(w.status("1").Owner); got == 0 {
			t.Errorf("%s: nothing was copied again", while)
		}
		move(aside, folder)
		w.look(2)
		w.surveyed()
		if s := w.status("1"); !s.Online || s.State == "missing" {
			t.Errorf("%s: it did not come back: %+v", while, s)
		}
		w.clean()
	}
}

func TestDrainedNodeIsEmpty(t *testing.T) {
	w := newWorld(t, 5, 3)
	w.fill(20, 3)
	before := w.status("2")
	must(t, w.store.DrainNode(t.Context(), "2"))
	if s := w.status("2"); !s.Draining || s.Left != before.Slices || s.Left == 0 {
		t.Errorf("%+v", s)
	}
	w.fill(5, 4)
	w.surveyed()
	if s := w.status("2"); s.Left != 0 || s.Slices != 0 || w.pool.Find("2").Used() != 0 {
		t.Errorf("%+v", s)
	}
	w.clean()
	must(t, w.store.RemoveNode(t.Context(), "2"))
	w.readAll()
	if w.repaired(before.Owner) != before.Used {
		t.Errorf("%d bytes are charged, not %d", w.repaired(before.Owner), before.Used)
	}
}

func TestRemovedNodeIsGone(t *testing.T) {
	w := newWorld(t, 5, 3)
	w.fill(20, 5)
	n := w.status("4")
	must(t, w.store.RemoveNode(t.Context(), "4"))
	if _, err := os.Stat(filepath.Join(w.dir, "nodes", "4")); !os.IsNotExist(err) {
		t.Errorf("its folder is there: %v", err)
	}
	w.readAll()
	w.surveyed()
	w.clean()
	if w.repaired(n.Owner) != n.Used {
		t.Errorf("%d bytes are charged, not %d", w.repaired(n.Owner), n.Used)
	}
	w.restart()
	if len(w.pool.Nodes()) != 4 || w.pool.Find("4") != nil {
		t.Error("the node is back")
	}
	added, err := w.store.AddNode(t.Context(), 0, 2)
	if err != nil || added.Name() != "6" {
		t.Errorf("the next node: %v", err)
	}
}

// TestLastCopyIsNotRemoved: a node goes only when everything it has is
// elsewhere too, and good there.
func TestLastCopyIsNotRemoved(t *testing.T) {
	w := newWorld(t, 5, 2)
	hash := w.put([]byte("only here"), 100)
	at := w.holders(hash)
	f, err := w.meta.File(t.Context(), "w", hash)
	must(t, err)
	list, err := w.meta.Slices(t.Context(), f.ID)
	must(t, err)
	other := filepath.Join(w.dir, "nodes", at[1], "slices", list[0].Hash)
	must(t, os.WriteFile(other, []byte("ONLY HERE"), 0o600))
	if err := w.store.RemoveNode(t.Context(), at[0]); fault.Sentence(err) == "" || !strings.Contains(err.Error(), "last good copy") {
		t.Errorf("removed: %v", err)
	}
	must(t, os.WriteFile(other, []byte("only here"), 0o600))
	must(t, w.store.StopNode(t.Context(), at[1]))
	if err := w.store.RemoveNode(t.Context(), at[0]); err == nil {
		t.Error("removed while the other holder was stopped")
	}
	must(t, w.store.StartNode(t.Context(), at[1]))
	must(t, w.store.RemoveNode(t.Context(), at[0]))
	w.readAll()
}

func TestTooFewNodesAreRefused(t *testing.T) {
	w := newWorld(t, 3, 3)
	for what, err := range map[string]error{
		"remove":  w.store.RemoveNode(t.Context(), "1"),
		"drain":   w.store.DrainNode(t.Context(), "1"),
		"no node": w.store.StopNode(t.Context(), "9"),
	} {
		if fault.Sentence(err) == "" || fault.ExitCode(err) == 0 {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err := w.store.AddNode(t.Context(), 0, 4)
	if err == nil {
		t.Error("tier 4")
	}
}

// TestRemovalThatACrashBrokeOff: the record goes first, and the next start
// ends what was begun.
func TestRemovalThatACrashBrokeOff(t *testing.T) {
	w := newWorld(t, 5, 3)
	w.fill(10, 6)
	m, err := w.store.removable("2")
	must(t, err)
	must(t, w.store.strike(t.Context(), m))
	w.restart() // the folder is still whole
	if w.pool.Find("2") != nil {
		t.Error("the node is back")
	}
	if _, err := os.Stat(filepath.Join(w.dir, "nodes", "2")); !os.IsNotExist(err) {
		t.Errorf("its folder is there: %v", err)
	}
	must(t, w.store.lookAtAll(t.Context()))
	w.clean()
	must(t, os.MkdirAll(filepath.Join(w.dir, "nodes", "gone-9", "slices"), 0o700))
	w.restart()
	if _, err := os.Stat(filepath.Join(w.dir, "nodes", "gone-9")); !os.IsNotExist(err) {
		t.Errorf("the folder of a removed node is there: %v", err)
	}
}

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

// TestWriteErrorsDoNotFailUploads: a node that fails in mid upload loses its
// copy, the rest goes on, and the copy is made elsewhere.
func TestWriteErrorsDoNotFailUploads(t *testing.T) {
	for _, how := range []string{"disk", "stop", "both"} {
		w := newWorld(t, 6, 3)
		data := []byte(strings.Repeat("0123456789", 100_000))
		d, err := w.store.NewDraft(hashOf(data), int64(len(data)))
		must(t, err)
		_, err = d.Write(data[:500_000])
		must(t, err)
		first := d.slices[0].spread.Nodes()
		failing := first[:1]
		if how == "both" {
			failing = first[:2]
		}
		for _, n := range failing {
			if how == "stop" {
				must(t, w.store.StopNode(t.Context(), n.Name()))
			} else {
				w.shaky.breakWrites(n.Name(), errDisk)
			}
		}
		_, err = d.Write(data[500_000:])
		if err == nil {
			err = d.Commit(t.Context(), orderOf(t, w, data), false)
		}
		if how == "both" {
			if err == nil {
				t.Error("one copy of three was enough")
			}
			d.Discard()
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", how, err)
		}
		w.contents[hashOf(data)] = data
		if made := w.mendAll(); made != 1 {
			t.Errorf("%s: %d copies were made", how, made)
		}
		w.clean()
		w.readAll()
		if got := w.repaired(first[0].Owner()); got != int64(len(data)) {
			t.Errorf("%s: %d bytes are charged", how, got)
		}
	}
}

func orderOf(t *testing.T, w *world, data []byte) meta.Upload {
	t.Helper()
	a, err := w.meta.Account(t.Context(), "w")
	must(t, err)
	return meta.Upload{
		Owner: "w", Hash: hashOf(data), Name: "f", Size: int64(len(data)),
		Sequence: a.Sequence, Price: meta.UploadPrice(int64(len(data)), w.replicas),
	}
}

// TestReadersFollowCopies: whoever began to read before all copies moved reads
// on, and nobody is blamed for it.
func TestReadersFollowCopies(t *testing.T) {
	w := newWorld(t, 6, 2)
	hash := w.put([]byte("some bytes"), 100)
	f, err := w.meta.File(t.Context(), "w", hash)
	must(t, err)
	r, err := w.store.OpenFile(t.Context(), f)
	must(t, err)
	for _, name := range w.holders(hash) {
		must(t, w.store.DrainNode(t.Context(), name))
	}
	w.surveyed()
	p, err := r.Piece(t.Context(), r.Slices()[0], 0)
	if err != nil || string(p.Data) != "some bytes" {
		t.Errorf("%q, %v", p.Data, err)
	}
	w.look(1)
	for _, n := range w.pool.Nodes() {
		if n.Score() != node.FullScore {
			t.Errorf("node %s has %v points", n.Name(), n.Score())
		}
	}
}

// TestBrokenNodeIsMissing: a node that cannot be opened does not keep the
// others from serving.
func TestBrokenNodeIsMissing(t *testing.T) {
	w := newWorld(t, 5, 3)
	w.fill(10, 1)
	path := filepath.Join(w.dir, "nodes", "3", "node.json")
	raw, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, []byte("{"), 0o600))
	w.restart()
	w.readAll()
	if s := w.status("3"); s.State != "missing" || s.Online {
		t.Errorf("%+v", s)
	}
	must(t, os.WriteFile(path, raw, 0o600))
	w.look(1)
	if s := w.status("3"); !s.Online {
		t.Errorf("%+v", s)
	}
	w.clean()
}

// TestWorkInTheBackground: without anybody's doing, a copy that an upload lost
// is made again, and a drained node gets empty.
func TestWorkInTheBackground(t *testing.T) {
	w := newWorld(t, 6, 3)
	w.store.begin(t.Context())
	data := []byte("some bytes")
	d, order, err := w.video(t.Context(), data, 5)
	must(t, err)
	lost := d.slices[0].spread.Nodes()[0]
	w.shaky.breakWrites(lost.Name(), errDisk)
	drafts, err := filepath.Glob(filepath.Join(w.dir, "nodes", lost.Name(), "tmp", "*"))
	must(t, err)
	for _, path := range drafts { // so that they cannot get their names
		must(t, os.Remove(path))
	}
	must(t, d.Commit(t.Context(), order, false))
	await(t, func() bool {
		f, err := w.meta.File(t.Context(), "w", order.Hash)
		must(t, err)
		n, err := w.meta.Replicas(t.Context(), f.ID)
		return err == nil && n == 3
	})
	other := w.holders(order.Hash)[0]
	must(t, w.store.DrainNode(t.Context(), other))
	await(t, func() bool { return w.status(other).Left == 0 })
	w.clean()
}

// await waits for something that happens in the background.
func await(t *testing.T, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatal("it did not happen")
}
