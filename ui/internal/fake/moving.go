package fake

import (
	"context"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// PreviewFolder is a drive of a few films.
func (b *Backend) PreviewFolder(_ context.Context, dir string) (app.FolderMove, error) {
	m := app.FolderMove{From: b.Dir, To: filepath.Join(dir, filepath.Base(b.Dir)), Files: 1204, Bytes: 12_400_000_000}
	if b.Entries == nil {
		m.Files, m.Bytes = 0, 0
	}
	return m, b.Err
}

// MoveFolder is half done when it waits.
func (b *Backend) MoveFolder(ctx context.Context, dir string, tell func(app.FolderStep, int64, int64)) (app.FolderMove, error) {
	b.note("move to " + dir)
	m, err := b.PreviewFolder(ctx, dir)
	if err != nil {
		return m, err
	}
	tell(app.FolderCopying, m.Bytes/2, m.Bytes)
	if err := b.wait(ctx); err != nil {
		return m, err
	}
	tell(app.FolderClearing, m.Bytes, m.Bytes)
	m.Done, m.Left, b.Dir = true, b.Left, m.To
	return m, b.Err
}

// KeepFolder notes that the old folder is wanted.
func (b *Backend) KeepFolder(context.Context) error { b.note("keep folder"); return b.Err }
