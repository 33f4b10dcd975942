package memstate

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

var errUndo = errors.New("undo this")

// What a device knows is the same in memory and in the SQLite file, whatever
// was changed and undone before.
func TestMemoryIsLikeTheFile(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		file, err := state.Open(context.Background(), filepath.Join(dir, fmt.Sprint(n, ".db")))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		both := []engine.Notes{file, New()}
		for range rapid.IntRange(1, 6).Draw(t, "changes") {
			ops := rapid.SliceOfN(drawOp(), 1, 8).Draw(t, "ops")
			undo := rapid.IntRange(0, 4).Draw(t, "undo") == 0
			for _, st := range both {
				err := st.Update(context.Background(), func(tx state.Tx) error {
					for _, op := range ops {
						if err := op.do(tx); err != nil {
							return err
						}
					}
					if undo {
						return errUndo
					}
					return nil
				})
				if err != nil && !errors.Is(err, errUndo) {
					t.Fatal(err)
				}
			}
			if a, b := fmt.Sprintf("%+v", all(t, both[0])), fmt.Sprintf("%+v", all(t, both[1])); a != b {
				t.Fatalf("the file says\n%s\nand the memory\n%s", a, b)
			}
		}
	})
}

// op is one change, of things that have small numbers.
type op struct{ what, a, b int }

func drawOp() *rapid.Generator[op] {
	return rapid.Custom(func(t *rapid.T) op {
		return op{rapid.IntRange(0, 15).Draw(t, "what"), rapid.IntRange(1, 5).Draw(t, "a"), rapid.IntRange(1, 3).Draw(t, "b")}
	})
}

func (o op) blobs() []pack.Blob {
	return []pack.Blob{{Kind: pack.Data, ID: pack.ID{byte(o.a)}, Offset: 40, Length: 100}, {Kind: pack.Data, ID: pack.ID{byte(o.b)}, Offset: 140, Length: 100}}
}

func (o op) pack() state.Pack {
	p := state.Pack{Use: pack.Use(o.b), Size: int64(100 * o.a), Stage: state.Spooled, Name: fmt.Sprint("spool ", o.a), Blobs: o.blobs()}
	if o.b > 1 {
		p.File, p.Stage = fmt.Sprint("file ", o.a), state.Committed
	}
	return p
}

func (o op) do(tx state.Tx) error {
	id := tree.ID{byte(o.a)}
	switch o.what {
	case 0:
		return tx.Set(fmt.Sprint(o.a), []byte{byte(o.b)})
	case 1:
		return tx.Unset(fmt.Sprint(o.a))
	case 2:
		return tx.PutHead(state.Head{Head: object.Head{Device: object.DeviceID{byte(o.a)}, Counter: uint64(o.b)}, File: fmt.Sprint(o.a), Share: fmt.Sprint(o.b)})
	case 3:
		return tx.DropHead(fmt.Sprint(o.a))
	case 4:
		return tx.PutIndex(object.IndexRef{ID: pack.ID{byte(o.a)}, File: "f", Size: int64(o.b)})
	case 5:
		return tx.ReplaceIndex(pack.ID{byte(o.a)})
	case 6:
		return tx.PutObject(pack.Folder, pack.ID{byte(o.a)}, []byte{byte(o.b)})
	case 7:
		return tx.SetSent(int64(o.a), fmt.Sprint("sent ", o.a))
	case 8:
		return tx.SetCommitted([]int64{int64(o.a), int64(o.b)})
	case 9:
		return tx.SetIndexed(int64(o.a), pack.ID{byte(o.b)})
	case 10:
		return tx.PutSynced(tree.Node{ID: id, Name: fmt.Sprint(o.b), Kind: tree.File})
	case 11:
		return errors.Join(tx.DropSynced(id), tx.DropDisk(id))
	case 12:
		return tx.PutDisk(tree.OnDisk{Node: tree.Node{ID: id, Name: fmt.Sprint(o.b), Kind: tree.File}, DiskName: "x"})
	case 13:
		return tx.SetDoomed(map[string]state.Doom{fmt.Sprint("file ", o.a): state.Doom(o.b), "file 2": state.Condemned})
	}
	_, err := tx.AddPack(o.pack())
	return err
}

// all asks for everything there is.
func all(t *rapid.T, st engine.Notes) []any {
	ctx := context.Background()
	var out []any
	add := func(v any, err error) {
		if err != nil && !errors.Is(err, state.ErrNotFound) {
			t.Fatal(err)
		}
		out = append(out, v, err == nil)
	}
	for i := range 6 {
		id := pack.ID{byte(i)}
		ask(add, func() (any, error) { return st.Get(ctx, fmt.Sprint(i)) })
		ask(add, func() (any, error) { return st.HasIndex(ctx, id) })
		ask(add, func() (any, error) { return st.Object(ctx, pack.Folder, id) })
		ask(add, func() (any, error) { return st.Packs(ctx, state.Stage(i)) })
		ask(add, func() (any, error) { return st.IndexedBy(ctx, id) })
		ask(add, func() (any, error) { return st.Has(ctx, pack.Data, id) })
		ask(add, func() (any, error) { return st.Find(ctx, pack.Data, id) })
		ask(add, func() (any, error) { return st.Places(ctx, pack.Data, id) })
	}
	ask(add, func() (any, error) { return st.HasAny(ctx) })
	ask(add, func() (any, error) { return st.Heads(ctx) })
	ask(add, func() (any, error) { return st.Indexes(ctx) })
	ask(add, func() (any, error) { return st.Loose(ctx) })
	ask(add, func() (any, error) { return st.OnlyInHeads(ctx) })
	ask(add, func() (any, error) { return st.Doomed(ctx) })
	ask(add, func() (any, error) { return st.OnlyDoomed(ctx) })
	ask(add, func() (any, error) { return st.Synced(ctx) })
	ask(add, func() (any, error) { return st.Disk(ctx) })
	return out
}

func ask(add func(any, error), what func() (any, error)) { add(what()) }
