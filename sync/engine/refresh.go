package engine

import (
	"context"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Refresh asks the network what it has now, for a listing without a sync. It
// changes nothing on the disk.
func (e *Engine) Refresh(ctx context.Context) error {
	e.sync.Lock()
	defer e.sync.Unlock()
	changed, err := e.repo.Pull(ctx)
	if err != nil {
		return explain(err)
	}
	if changed {
		e.mu.Lock()
		e.last = nil
		e.mu.Unlock()
	}
	return nil
}

// Totals returns how many files the drive holds, and their bytes.
func (e *Engine) Totals(ctx context.Context) (files int, bytes int64, err error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return 0, 0, explain(err)
	}
	for _, n := range snap.want.Nodes() {
		if n.Kind == tree.File {
			files++
			bytes += n.Size
		}
	}
	return files, bytes, nil
}
