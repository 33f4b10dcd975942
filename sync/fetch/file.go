package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/span"
	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// file is one file of the network, whole or on its way.
type file struct {
	store *Store
	name  string // on the disk
	size  int64
	refs  int       // guarded by store.mu
	used  time.Time // guarded by store.mu
	noted time.Time // guarded by store.mu: what the disk says of used

	mu     sync.Mutex
	cond   *sync.Cond
	f      body
	have   span.Set
	whole  bool
	auto   bool // a transfer runs that Read or Start began
	moving int  // transfers that run
	gone   bool
	err    error
	stop   context.CancelFunc
}

// body is where the bytes of a file lie.
type body interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
}

func newFile(s *Store, name string, size int64) *file {
	f := &file{store: s, name: name, size: size}
	f.cond = sync.NewCond(&f.mu)
	return f
}

func (f *file) path() string { return filepath.Join(f.store.dir, f.name) }
func (f *file) part() string { return f.path() + f.store.partSuffix }

func (f *file) isWhole() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.whole
}

func (f *file) isIdle() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.moving == 0
}

// here is how many bytes from the start on have come.
func (f *file) here() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.whole {
		return f.size
	}
	return f.have.End(0)
}

// read waits until the bytes are there.
func (f *file) read(ctx context.Context, src Source, p []byte, off int64) error {
	defer context.AfterFunc(ctx, f.wake)()
	f.mu.Lock()
	defer f.mu.Unlock()
	for tried := false; !f.whole && !f.have.Cover(off, int64(len(p))); {
		if err := ctx.Err(); err != nil {
			return err
		}
		if f.moving == 0 {
			if tried {
				return f.err
			}
			tried = true
			f.start(src)
		}
		f.cond.Wait()
	}
	return f.readAt(p, off)
}

// peek reads bytes that are there, and waits for nothing.
func (f *file) peek(p []byte, off int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.whole && !f.have.Cover(off, int64(len(p))) {
		return ErrNotHere
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
		r, err := f.store.openBody(f.path(), f.size)
		if err != nil {
			f.whole = false
			return fmt.Errorf("read cache: %w", err)
		}
		f.f = r
	}
	if n, err := f.f.ReadAt(p, off); n < len(p) {
		f.whole = false
		return fmt.Errorf("read cache: %w", err)
	}
	return nil
}

// start begins a transfer unless one runs or none is needed; f.mu is held.
func (f *file) start(src Source) {
	if f.whole || f.moving > 0 {
		return
	}
	ctx, stop := context.WithCancel(f.store.ctx)
	f.auto, f.err, f.stop = true, nil, stop
	f.moving++
	f.store.wg.Go(func() {
		defer stop()
		err := f.transfer(ctx, src, f.piece)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.auto = false
		f.err = f.end(err)
		f.cond.Broadcast()
	})
}

// fetch transfers the file for its caller, beside what others do.
func (f *file) fetch(ctx context.Context, src Source, arrived func(n int64)) error {
	f.mu.Lock()
	if f.whole {
		f.mu.Unlock()
		return nil
	}
	f.moving++
	f.mu.Unlock()
	err := f.transfer(ctx, src, func(off int64, p []byte) error {
		if err := f.piece(off, p); err != nil {
			return err
		}
		arrived(int64(len(p)))
		return nil
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	defer f.cond.Broadcast()
	return f.end(err)
}

// end takes note of the end of a transfer and returns what came of it.
func (f *file) end(err error) error {
	f.moving--
	switch {
	case f.whole:
		return nil
	case f.gone:
		return errors.Join(err, errGone)
	case f.have.Cover(0, f.size):
		return f.finish()
	case err == nil:
		return ErrShort
	case f.moving == 0 && disk.IsFull(err):
		f.empty()
	}
	return err
}

// transfer fetches the file if there is room for it: what is fetched is paid for.
func (f *file) transfer(ctx context.Context, src Source, piece func(off int64, p []byte) error) error {
	if err := f.store.findRoom(f); err != nil {
		return err
	}
	return src(ctx, piece)
}

// missing is how many bytes are still to come if the file is on its way.
func (f *file) missing() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.whole || f.moving == 0 {
		return 0
	}
	return f.size - f.have.Total()
}

// empty gives back what a part took of a disk that is full.
func (f *file) empty() {
	if f.f != nil {
		_ = f.f.Close()
		f.f = nil
	}
	f.have = nil
	_ = f.store.disk.Remove(f.part())
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

// write keeps bytes. What is there is not written again.
func (f *file) write(off int64, p []byte) error {
	if f.whole {
		return nil
	}
	if f.f == nil {
		w, err := f.store.makeBody(f.part(), f.size)
		if err != nil {
			return fmt.Errorf("write cache: %w", err)
		}
		f.f = w
	}
	for _, gap := range f.have.Gaps(off, int64(len(p))) {
		if _, err := f.f.WriteAt(p[gap.From-off:gap.To-off], gap.From); err != nil {
			return fmt.Errorf("write cache: %w", err)
		}
	}
	f.have.Add(off, int64(len(p)))
	f.cond.Broadcast()
	return nil
}

// finish gives a file that is complete its name.
func (f *file) finish() error {
	err := f.f.Close() // some systems rename no open file
	f.f = nil
	if err == nil {
		err = f.store.disk.Rename(f.part(), f.path())
	}
	if err != nil {
		f.have = nil
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
	if !f.whole {
		_ = f.store.disk.Remove(f.part())
	}
}

func (f *file) discard() {
	f.mu.Lock()
	f.gone = true
	if f.stop != nil {
		f.stop()
	}
	if f.f != nil {
		_ = f.f.Close()
		f.f = nil
	}
	f.whole, f.have = false, nil
	f.mu.Unlock()
	_ = f.store.disk.Remove(f.part())
	_ = f.store.disk.Remove(f.path())
}
