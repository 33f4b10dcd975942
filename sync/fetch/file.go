package fetch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

const partSuffix = ".part"

// file is one file of the network, whole or on its way.
type file struct {
	store *Store
	name  string
	size  int64
	refs  int       // guarded by store.mu
	used  time.Time // guarded by store.mu

	mu      sync.Mutex
	cond    *sync.Cond
	f       disk.File
	have    spans
	whole   bool
	running bool
	gone    bool
	err     error
	stop    context.CancelFunc
}

func (f *file) path() string { return filepath.Join(f.store.dir, f.name) }

func (f *file) isWhole() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.whole
}

func (f *file) isIdle() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return !f.running
}

// read waits until the bytes are there.
func (f *file) read(ctx context.Context, src Source, p []byte, off int64) error {
	defer context.AfterFunc(ctx, f.wake)()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.start(src)
	for !f.whole && !f.have.cover(off, int64(len(p))) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !f.running {
			return f.err
		}
		f.cond.Wait()
	}
	return f.readAt(p, off)
}

func (f *file) wake() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cond.Broadcast()
}

func (f *file) readAt(p []byte, off int64) error {
	if f.f == nil {
		r, err := f.store.disk.Open(f.path())
		if err != nil {
			f.whole = false
			return fmt.Errorf("read cache: %w", err)
		}
		f.f = r
	}
	if _, err := f.f.ReadAt(p, off); err != nil {
		f.whole = false
		return fmt.Errorf("read cache: %w", err)
	}
	return nil
}

// start begins the transfer unless it runs or is not needed; f.mu is held.
func (f *file) start(src Source) {
	if f.whole || f.running {
		return
	}
	ctx, stop := context.WithCancel(f.store.ctx)
	f.running, f.err, f.stop = true, nil, stop
	f.store.wg.Go(func() {
		defer stop()
		err := src(ctx, f.piece)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.end(err)
	})
}

func (f *file) end(err error) {
	f.running = false
	if f.have.cover(0, f.size) && !f.gone {
		err = f.finish()
	} else if err == nil {
		err = ErrShort
	}
	f.err = err
	f.cond.Broadcast()
}

var errGone = errors.New("file is no longer wanted")

func (f *file) piece(off int64, p []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.gone {
		return errGone
	}
	if off < 0 || off+int64(len(p)) > f.size {
		return fmt.Errorf("piece of %d bytes at %d of a file of %d", len(p), off, f.size)
	}
	return f.write(off, p)
}

func (f *file) write(off int64, p []byte) error {
	if f.f == nil {
		w, err := f.store.disk.OpenFile(f.path()+partSuffix, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return fmt.Errorf("write cache: %w", err)
		}
		f.f = w
	}
	if _, err := f.f.WriteAt(p, off); err != nil {
		return fmt.Errorf("write cache: %w", err)
	}
	f.have.add(off, int64(len(p)))
	f.cond.Broadcast()
	return nil
}

// finish gives a file that is complete its name. It stays open for reading.
func (f *file) finish() error {
	if err := f.store.disk.Rename(f.path()+partSuffix, f.path()); err != nil {
		return fmt.Errorf("finish cache: %w", err)
	}
	f.whole, f.have = true, nil
	return nil
}

func (f *file) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.f != nil {
		_ = f.f.Close()
		f.f = nil
	}
}

func (f *file) discard() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gone = true
	if f.stop != nil {
		f.stop()
	}
	if f.f != nil {
		_ = f.f.Close()
		f.f = nil
	}
	_ = f.store.disk.Remove(f.path() + partSuffix)
	_ = f.store.disk.Remove(f.path())
}
