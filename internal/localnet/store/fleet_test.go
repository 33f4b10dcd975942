package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
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
