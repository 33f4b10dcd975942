package memstate

import (
	"fmt"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Set implements state.Tx.
func (t *tx) Set(key string, v []byte) error {
	put(t, t.s.meta, key, slices.Clone(v))
	return nil
}

// Unset implements state.Tx.
func (t *tx) Unset(key string) error {
	drop(t, t.s.meta, key)
	return nil
}

// PutHead implements state.Tx.
func (t *tx) PutHead(h state.Head) error {
	if old, ok := t.s.heads[h.File]; ok {
		old.Share, old.Expires = h.Share, h.Expires
		h = old
	}
	put(t, t.s.heads, h.File, h)
	return nil
}

// DropHead implements state.Tx.
func (t *tx) DropHead(file string) error {
	drop(t, t.s.heads, file)
	return nil
}

// PutIndex implements state.Tx.
func (t *tx) PutIndex(x object.IndexRef) error {
	if _, ok := t.s.indexes[x.ID]; !ok {
		put(t, t.s.indexes, x.ID, indexRow{ref: x})
	}
	return nil
}

// ReplaceIndex implements state.Tx.
func (t *tx) ReplaceIndex(id pack.ID) error {
	row := t.s.indexes[id]
	row.replaced = true
	put(t, t.s.indexes, id, row)
	return nil
}

// PutObject implements state.Tx.
func (t *tx) PutObject(kind pack.Kind, id pack.ID, body []byte) error {
	key := blobKey{kind, id}
	if _, ok := t.s.objects[key]; !ok {
		put(t, t.s.objects, key, slices.Clone(body))
	}
	return nil
}

// AddPack implements state.Tx.
func (t *tx) AddPack(p state.Pack) (int64, error) {
	if num, ok := t.s.files[p.File]; ok && p.File != "" {
		return num, nil
	}
	old := t.s.last
	t.undo = append(t.undo, func() { t.s.last = old })
	t.s.last++
	p.Num, p.Blobs = t.s.last, slices.Clone(p.Blobs)
	put(t, t.s.packs, p.Num, &packRow{Pack: p})
	if p.File != "" {
		put(t, t.s.files, p.File, p.Num)
	}
	for _, b := range p.Blobs {
		key := blobKey{b.Kind, b.ID}
		if !slices.ContainsFunc(t.s.blobs[key], func(l place) bool { return l.pack == p.Num }) {
			put(t, t.s.blobs, key, append(slices.Clone(t.s.blobs[key]), place{p.Num, b}))
		}
	}
	return p.Num, nil
}

// change replaces a row by a changed copy.
func (t *tx) change(num int64, how func(*packRow)) {
	row, ok := t.s.packs[num]
	if !ok {
		return
	}
	next := *row
	how(&next)
	put(t, t.s.packs, num, &next)
}

// SetSent implements state.Tx.
func (t *tx) SetSent(num int64, file string) error {
	row, ok := t.s.packs[num]
	if !ok || row.Stage != state.Spooled {
		return nil
	}
	if other, ok := t.s.files[file]; ok && other != num {
		return fmt.Errorf("file %s is in the state already", file)
	}
	put(t, t.s.files, file, num)
	t.change(num, func(r *packRow) { r.File, r.Stage = file, state.Sent })
	return nil
}

// SetCommitted implements state.Tx.
func (t *tx) SetCommitted(nums []int64) error {
	for _, n := range nums {
		t.change(n, func(r *packRow) { r.Stage = state.Committed })
	}
	return nil
}

// SetIndexed implements state.Tx.
func (t *tx) SetIndexed(num int64, index pack.ID) error {
	t.change(num, func(r *packRow) { r.index = &index })
	return nil
}

// DropPack implements state.Tx.
func (t *tx) DropPack(p state.Pack) error {
	for _, b := range p.Blobs {
		key := blobKey{b.Kind, b.ID}
		left := slices.DeleteFunc(slices.Clone(t.s.blobs[key]), func(l place) bool { return l.pack == p.Num })
		put(t, t.s.blobs, key, left)
	}
	if row, ok := t.s.packs[p.Num]; ok && row.File != "" {
		drop(t, t.s.files, row.File)
	}
	drop(t, t.s.packs, p.Num)
	return nil
}

// PutSynced implements state.Tx.
func (t *tx) PutSynced(n tree.Node) error {
	put(t, t.s.synced, n.ID, n)
	return nil
}

// DropSynced implements state.Tx.
func (t *tx) DropSynced(id tree.ID) error {
	drop(t, t.s.synced, id)
	return nil
}

// PutDisk implements state.Tx.
func (t *tx) PutDisk(n tree.OnDisk) error {
	put(t, t.s.disk, n.ID, n)
	return nil
}

// DropDisk implements state.Tx.
func (t *tx) DropDisk(id tree.ID) error {
	drop(t, t.s.disk, id)
	return nil
}

// SetDoomed says which packs must not be relied on.
func (t *tx) SetDoomed(all map[string]state.Doom) error {
	old := t.s.doomed
	t.s.doomed = maps.Clone(all)
	if t.s.doomed == nil {
		t.s.doomed = map[string]state.Doom{}
	}
	t.undo = append(t.undo, func() { t.s.doomed = old })
	return nil
}
