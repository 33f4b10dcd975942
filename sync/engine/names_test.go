package engine_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// A name that this system cannot have is kept for the others; here the file
// gets one that is possible, and editing it changes the real one.
func TestImpossibleNameIsKeptForOthers(t *testing.T) {
	net := memremote.New(1)
	long := strings.Repeat("日本語", 100) + ".txt"
	foreign(t, net, long, "from far away")
	a := newDev(t, net, "laptop")
	round(t, a)
	var name string
	for name = range a.files() {
	}
	if len(name) > 255 || !strings.HasSuffix(name, ".txt") || a.files()[name] != "from far away" {
		t.Fatal(keys(a.files()))
	}
	a.text(name, "edited here")
	round(t, a)
	items, err := a.e.List(t.Context(), "")
	if err != nil || len(items) != 1 || items[0].Name != long || items[0].Size != 11 || items[0].Status != engine.Synced {
		t.Fatal(items, err)
	}
}

// foreign puts a file into the drive as another system's device would.
func foreign(t *testing.T, net *memremote.Net, name, body string) {
	t.Helper()
	dir := t.TempDir()
	db, err := state.Open(t.Context(), filepath.Join(dir, "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r, err := repo.Open(t.Context(), repo.Config{
		Secret: secret, Remote: net, State: db, Device: "far", SpoolDir: filepath.Join(dir, "spool"), CacheDir: filepath.Join(dir, "cache"),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	in, err := r.NewIngest(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	content, err := in.Add(t.Context(), name, strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	tr := tree.New()
	n := tree.Node{ID: tree.ID{1}, Name: name, Kind: tree.File, Mode: 0o644, MTime: 5, Size: int64(len(body)), Content: content, By: "far"}
	if err := tr.Add(n); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Commit(t.Context(), repo.Change{Tree: tr}); err != nil {
		t.Fatal(err)
	}
}
