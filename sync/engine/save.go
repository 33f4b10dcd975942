package engine

import (
	"context"

	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// setDisk notes what lies on the disk; save makes it last.
func (e *Engine) setDisk(n tree.OnDisk) {
	if e.disk[n.ID] != n {
		e.disk[n.ID] = n
		e.dirty[n.ID] = true
		e.shown = nil
	}
}

// dropDisk notes that a node does not lie on the disk any more.
func (e *Engine) dropDisk(id tree.ID) {
	if _, ok := e.disk[id]; ok {
		delete(e.disk, id)
		e.dirty[id] = true
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
			e.dirty[id] = true
		}
	}
	for id := range e.synced {
		if _, ok := next[id]; !ok {
			e.dirty[id] = true
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
		for id := range e.dirty {
			if err := e.saveNode(tx, id); err != nil {
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

func (e *Engine) saveNode(tx state.Tx, id tree.ID) error {
	var err error
	if n, ok := e.disk[id]; ok {
		err = tx.PutDisk(n)
	} else {
		err = tx.DropDisk(id)
	}
	if err != nil {
		return err
	}
	if n, ok := e.synced[id]; ok {
		return tx.PutSynced(n)
	}
	return tx.DropSynced(id)
}
