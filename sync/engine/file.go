package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// File is an open file of the drive. Reads may go on in several goroutines.
type File interface {
	io.ReaderAt
	io.Closer
	// ReadAtContext is ReadAt, ended by ctx too.
	ReadAtContext(ctx context.Context, p []byte, off int64) (int, error)
	// Size is the length of the file in bytes.
	Size() int64
}

// Open opens a file of the drive by its path. What lies on this disk is read
// from there. Anything else comes from the network as it is read: a byte can
// be read as soon as the chunk it is in has arrived, and what follows is
// fetched ahead. Reads end when ctx ends or the file is closed.
func (e *Engine) Open(ctx context.Context, name string) (File, error) {
	snap, n, err := e.find(ctx, name)
	if err != nil {
		return nil, err
	}
	if n.Kind != tree.File {
		return nil, fault.Wrong(nil, "%q is not a file.", name)
	}
	if f, ok := e.openLocal(snap, n); ok {
		return f, nil
	}
	f, err := e.repo.OpenContent(ctx, n.Content)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	return f, nil
}

// Fetch writes a whole file of the drive to dst on this computer, which must
// not exist. Progress may be nil.
func (e *Engine) Fetch(ctx context.Context, name, dst string, progress func(done, total int64)) error {
	f, err := e.Open(ctx, name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, n, err := e.find(ctx, name)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(dst), ".stratosdrive-*.part")
	if err != nil {
		return fault.Say(err, "The file could not be written there. Choose a folder that you may write to.")
	}
	defer os.Remove(temp.Name())
	if err := copyAll(ctx, temp, f, progress); err != nil {
		return errors.Join(err, temp.Close())
	}
	if err := errors.Join(temp.Chmod(os.FileMode(n.Mode)), temp.Sync(), temp.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_ = os.Chtimes(temp.Name(), time.Time{}, time.Unix(0, n.MTime))
	if err := (disk.OS{}).RenameNew(temp.Name(), dst); err != nil {
		return fault.Say(err, "There is a file of that name already. It was left as it is.")
	}
	return nil
}

func copyAll(ctx context.Context, dst io.WriterAt, f File, progress func(done, total int64)) error {
	buf := make([]byte, 1<<20)
	for at := int64(0); at < f.Size(); {
		n, err := f.ReadAtContext(ctx, buf[:min(int64(len(buf)), f.Size()-at)], at)
		if err != nil && (!errors.Is(err, io.EOF) || n == 0) {
			return fmt.Errorf("fetch file: %w", err)
		}
		if _, err := dst.WriteAt(buf[:n], at); err != nil {
			return fmt.Errorf("write file: %w", err)
		}
		at += int64(n)
		if progress != nil {
			progress(at, f.Size())
		}
	}
	return nil
}

// localFile is a file that lies on this disk.
type localFile struct {
	disk.File
	size int64
}

// Size implements File.
func (f localFile) Size() int64 { return f.size }

// ReadAtContext implements File.
func (f localFile) ReadAtContext(ctx context.Context, p []byte, off int64) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return f.ReadAt(p, off)
}

// openLocal opens a file of this disk, if it is the version that is wanted.
func (e *Engine) openLocal(snap *snapshot, n tree.Node) (File, bool) {
	d, ok := snap.disk.Get(n.ID)
	if !ok || !d.SameData(n) || !d.SamePlace(n) {
		return nil, false
	}
	f, err := e.fs.OpenIn(e.cfg.Root, filepath.FromSlash(snap.want.Path(n.ID)))
	if err != nil {
		return nil, false
	}
	info, err := f.Stat()
	if err != nil || info.Size() != n.Size || tree.Nanos(info.ModTime()) != n.MTime && !d.Stat.SameBytes(scan.StatOf(info)) {
		_ = f.Close()
		return nil, false
	}
	return localFile{f, n.Size}, true
}
