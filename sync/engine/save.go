package engine

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// unsaved says what of a node the state does not know yet.
type unsaved uint8

const (
	unsavedDisk   unsaved = 1 << iota // how it lies on the disk, or that it does not
	unsavedSynced                     // how it was agreed on, or that it was not
)

// setDisk notes what lies on the disk; save makes it last.
func (e *Engine) setDisk(n tree.OnDisk) {
	if e.disk[n.ID] != n {
		e.disk[n.ID] = n
		e.dirty[n.ID] |= unsavedDisk
		e.shown = nil
	}
}

// dropDisk notes that a node does not lie on the disk any more.
func (e *Engine) dropDisk(id tree.ID) {
	if _, ok := e.disk[id]; ok {
		delete(e.disk, id)
		e.dirty[id] |= unsavedDisk
		e.shown = nil
	}
}

func (e *Engine) diskNodes() map[tree.ID]tree.Node {
	out := make(map[tree.ID]tree.Node, len(e.disk))
	for id, n := range e.disk {
		out[id] = n.Node
	}
	return out
}

// agree takes over what disk and network agree on and marks what changed.
func (e *Engine) agree(next map[tree.ID]tree.Node) map[tree.ID]tree.Node {
	for id, n := range next {
		if e.synced[id] != n {
			e.dirty[id] |= unsavedSynced
		}
	}
	for id := range e.synced {
		if _, ok := next[id]; !ok {
			e.dirty[id] |= unsavedSynced
		}
	}
	return next
}

// save makes what was observed last. It is done even if the sync was ended, so
// that the next one has less to look at.
func (e *Engine) save(ctx context.Context) error {
	if len(e.dirty) == 0 {
		return nil
	}
	if err := e.cfg.Step("save"); err != nil {
		return err
	}
	err := e.st.Update(context.WithoutCancel(ctx), func(tx state.Tx) error {
		// In the order of the tables, which is faster.
		for _, id := range slices.SortedFunc(maps.Keys(e.dirty), tree.ID.Compare) {
			if err := errors.Join(e.saveDisk(tx, id), e.saveSynced(tx, id)); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		clear(e.dirty)
	}
	return err
}

func (e *Engine) saveDisk(tx state.Tx, id tree.ID) error {
	n, ok := e.disk[id]
	switch {
	case e.dirty[id]&unsavedDisk == 0:
		return nil
	case ok:
		return tx.PutDisk(n)
	}
	return tx.DropDisk(id)
}

func (e *Engine) saveSynced(tx state.Tx, id tree.ID) error {
	n, ok := e.synced[id]
	switch {
	case e.dirty[id]&unsavedSynced == 0:
		return nil
	case ok:
		return tx.PutSynced(n)
	}
	return tx.DropSynced(id)
}
