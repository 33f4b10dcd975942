package state

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

func open(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func update(t *testing.T, db *DB, f func(tx Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func blobs(ids ...byte) []pack.Blob {
	var out []pack.Blob
	at := uint32(pack.HeaderSize)
	for _, id := range ids {
		out = append(out, pack.Blob{Kind: pack.Data, ID: pack.ID{id}, Offset: at, Length: 100})
		at += 100
	}
	return out
}

func TestPacksGoThroughTheirStages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?#.db")
	db := open(t, path)
	var num int64
	update(t, db, func(tx Tx) (err error) {
		num, err = tx.AddPack(Pack{Name: "n", Use: pack.Content, Size: 300, Stage: Spooled, Blobs: blobs(1, 2)})
		return err
	})
	l, err := db.Find(t.Context(), pack.Data, pack.ID{2})
	if err != nil || l.Pack.Num != num || l.Blob.Offset != 140 || l.Pack.Stage != Spooled {
		t.Fatal(l, err)
	}
	update(t, db, func(tx Tx) error { return tx.SetSent(num, "file1") })
	update(t, db, func(tx Tx) error { return tx.SetCommitted([]int64{num}) })
	loose, err := db.Loose(t.Context())
	if err != nil || len(loose) != 1 || loose[0].File != "file1" || len(loose[0].Blobs) != 2 {
		t.Fatal(loose, err)
	}
	update(t, db, func(tx Tx) error { return tx.SetIndexed(num, pack.ID{9}) })
	if loose, _ := db.Loose(t.Context()); len(loose) != 0 {
		t.Fatal(loose)
	}
	update(t, db, func(tx Tx) error { return tx.DropPack(loose[0]) })
	if ok, _ := db.Has(t.Context(), pack.Data, pack.ID{2}); ok {
		t.Fatal("blob of a dropped pack is known")
	}
}

func TestHeadsAreTheLastChoice(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "s.db"))
	update(t, db, func(tx Tx) error {
		for _, p := range []Pack{
			{File: "head", Use: pack.Head, Size: 900, Blobs: blobs(1)},
			{File: "small", Use: pack.Content, Size: 200, Blobs: blobs(1)},
			{File: "large", Use: pack.Content, Size: 300, Blobs: blobs(1)},
			{File: "other head", Use: pack.Head, Size: 900, Blobs: blobs(1, 2)},
		} {
			p.Stage = Committed
			if _, err := tx.AddPack(p); err != nil {
				return err
			}
		}
		return nil
	})
	if l, err := db.Find(t.Context(), pack.Data, pack.ID{1}); err != nil || l.Pack.File != "large" {
		t.Error(l, err)
	}
	places, err := db.Places(t.Context(), pack.Data, pack.ID{1})
	if err != nil || len(places) < 3 || places[0].Pack.File != "large" || places[len(places)-1].Pack.Use != pack.Head {
		t.Error(places, err)
	}
	only, err := db.OnlyInHeads(t.Context())
	if err != nil || len(only) != 1 || only[0].Blob.ID != (pack.ID{2}) {
		t.Error(only, err)
	}
}

// Nodes are stored many at a time; what one change says of a node last counts.
func TestManyNodesInOneChange(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "s.db"))
	const count = 3*rowsAtOnce + 7
	update(t, db, func(tx Tx) error {
		for i := range count {
			n := tree.OnDisk{Node: tree.Node{ID: tree.ID{1, byte(i)}, Name: "old", Kind: tree.File}}
			if err := errors.Join(tx.PutDisk(n), tx.PutSynced(n.Node)); err != nil {
				return err
			}
			if n.Name = "new"; i%2 == 0 {
				if err := tx.PutDisk(n); err != nil {
					return err
				}
			}
			if i%5 == 0 {
				if err := tx.DropDisk(n.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
	disk, err := db.Disk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range count {
		n, ok := disk[tree.ID{1, byte(i)}]
		if ok != (i%5 != 0) || ok && (n.Name == "new") != (i%2 == 0) {
			t.Errorf("node %d: %v %q", i, ok, n.Name)
		}
	}
	if synced, err := db.Synced(t.Context()); err != nil || len(synced) != count {
		t.Error(len(synced), err)
	}
}

func TestNodesHeadsAndObjectsLast(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	db := open(t, path)
	n := tree.OnDisk{DiskName: "other", Stat: tree.Stat{Size: 1, MTime: -2, Inode: 3, Dev: 4, Mode: 0o600}}
	n.ID, n.Parent, n.Name, n.Kind, n.Mode, n.MTime, n.Size, n.Content, n.By = tree.ID{1}, tree.ID{2}, "näme", tree.File, 0o644, -7, 8, "c\x00\xff", "desk"
	h := Head{File: "f", Name: "n", Share: "s", Expires: 5, Head: object.Head{Name: "laptop", Counter: 3, Device: object.DeviceID{1}}}
	update(t, db, func(tx Tx) error {
		return errors.Join(tx.PutDisk(n), tx.PutSynced(n.Node), tx.PutHead(h), tx.PutObject(pack.Folder, pack.ID{1}, []byte("body")),
			tx.ReplaceIndex(pack.ID{2}), tx.PutIndex(object.IndexRef{ID: pack.ID{2}}), tx.PutIndex(object.IndexRef{ID: pack.ID{3}, File: "x"}))
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, path)
	disk, err := db.Disk(t.Context())
	if err != nil || !maps.Equal(disk, map[tree.ID]tree.OnDisk{n.ID: n}) {
		t.Error(disk, err)
	}
	synced, err := db.Synced(t.Context())
	if err != nil || synced[n.ID] != n.Node {
		t.Error(synced, err)
	}
	if heads, err := db.Heads(t.Context()); err != nil || len(heads) != 1 || heads[0].Share != "s" || heads[0].Counter != 3 {
		t.Error(heads, err)
	}
	if p, err := db.Object(t.Context(), pack.Folder, pack.ID{1}); err != nil || string(p) != "body" {
		t.Error(p, err)
	}
	if x, err := db.Indexes(t.Context()); err != nil || len(x) != 1 || x[0].File != "x" {
		t.Error(x, err)
	}
	if ok, err := db.HasIndex(t.Context(), pack.ID{2}); !ok || err != nil {
		t.Error("a replaced index is unknown", err)
	}
}

func TestFailedChangeLeavesNothing(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "s.db"))
	bad := errors.New("no")
	err := db.Update(t.Context(), func(tx Tx) error { return errors.Join(tx.Set("k", []byte("v")), bad) })
	if !errors.Is(err, bad) {
		t.Fatal(err)
	}
	if _, err := db.Get(t.Context(), "k"); !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
}

func TestDamagedFileIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	if err := os.WriteFile(path, []byte("this is no database at all, and never was one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); err == nil {
		t.Fatal("opened")
	}
}
