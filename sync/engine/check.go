package engine

import (
	"context"
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/check"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Check proves that what the drive needs is on the network. With o.Repair,
// which needs a drive that is in sync, it stores again what is lost there and
// lies in this folder, or in what this device still keeps of it.
func (e *Engine) Check(ctx context.Context, o check.Options) (check.Report, error) {
	e.sync.Lock()
	defer e.sync.Unlock()
	if _, err := e.repo.Pull(ctx); err != nil {
		return check.Report{}, explain(err)
	}
	o.Local = e.localChunks
	r, err := check.Run(ctx, e.repo, o)
	if err != nil {
		return r, explain(err)
	}
	v, err := e.repo.View(ctx)
	if err != nil {
		return r, explain(err)
	}
	t, err := e.remoteTree(ctx, v)
	if err != nil {
		return r, ctx.Err() // what is lost is told in the report
	}
	for _, n := range t.Nodes().All() {
		if n.Kind == tree.File {
			r.Files++
		}
	}
	return r, nil
}

// localChunks finds chunks in the files of this folder, as they were when they
// were looked at last.
func (e *Engine) localChunks(ctx context.Context, lost map[pack.ID]bool) (map[pack.ID]func() ([]byte, error), error) {
	out := map[pack.ID]func() ([]byte, error){}
	for id, n := range e.disk.All() {
		if n.Kind != tree.File {
			continue
		}
		chunks, err := e.repo.Chunks(ctx, n.Content)
		if err != nil {
			continue // its list is lost too; the file is told as lost
		}
		at := int64(0)
		for _, ref := range chunks {
			if off := at; lost[ref.ID] && out[ref.ID] == nil {
				if body, err := e.readChunk(id, ref, off); err == nil && e.repo.Keys().ID(pack.Data, body) == ref.ID {
					out[ref.ID] = func() ([]byte, error) { return e.readChunk(id, ref, off) }
				}
			}
			at += ref.Size
		}
	}
	return out, ctx.Err()
}

func (e *Engine) readChunk(id tree.ID, ref object.Ref, off int64) ([]byte, error) {
	f, err := e.openRegular(e.abs(id))
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	defer f.Close()
	body := make([]byte, ref.Size)
	if _, err := f.ReadAt(body, off); err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	return body, nil
}
