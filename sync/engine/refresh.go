package engine

import (
	"context"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Refresh asks the network what it has now, for a listing without a sync. It
// changes nothing on the disk. While a sync runs it does nothing, for that asks
// too.
func (e *Engine) Refresh(ctx context.Context) error {
	if !e.sync.TryLock() {
		return nil
	}
	defer e.sync.Unlock()
	changed, err := e.repo.Pull(ctx)
	if err != nil {
		return explain(err)
	}
	if !changed {
		return nil
	}
	return explain(e.showKnown(ctx))
}

// Totals returns how many files the drive holds, and their bytes.
func (e *Engine) Totals(ctx context.Context) (files int, bytes int64, err error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return 0, 0, explain(err)
	}
	for _, n := range snap.want.Nodes().All() {
		if n.Kind == tree.File {
			files++
			bytes += n.Size
		}
	}
	return files, bytes, nil
}
