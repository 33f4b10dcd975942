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
		if err := tx.Unset(keyAtRest); err != nil {
			return err
		}
		// In the order of the tables, which is faster.
		for _, id := range slices.SortedFunc(maps.Keys(e.dirty), tree.ID.Compare) {
			if err := errors.Join(e.saveDisk(tx, id), e.saveSynced(tx, id)); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		e.dirty = map[tree.ID]unsaved{}
	}
	return err
}

func (e *Engine) saveDisk(tx state.Tx, id tree.ID) error {
	n, ok := e.disk.Get(id)
	switch {
	case e.dirty[id]&unsavedDisk == 0:
		return nil
	case ok:
		return tx.PutDisk(n)
	}
	return tx.DropDisk(id)
}

func (e *Engine) saveSynced(tx state.Tx, id tree.ID) error {
	n, ok := e.synced.Get(id)
	switch {
	case e.dirty[id]&unsavedSynced == 0:
		return nil
	case ok:
		return tx.PutSynced(n)
	}
	return tx.DropSynced(id)
}
