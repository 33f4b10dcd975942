// Package fetch holds files of the network on disk while they arrive and for
// as long as there is room. Any part of a file can be read as soon as its
// bytes are there; a file that several readers want is fetched once.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// Source delivers the pieces of a file in any order. It returns nil only when
// all of the file was delivered. An error of piece ends the transfer.
type Source func(ctx context.Context, piece func(off int64, p []byte) error) error

// ErrShort is returned when a transfer ended without error but left bytes out.
var ErrShort = errors.New("the network left out a part of a file")

// Store is a folder of fetched files. It is safe for several goroutines.
type Store struct {
	disk  disk.FS
	dir   string
	limit int64
	ctx   context.Context
	stop  context.CancelFunc
	wg    sync.WaitGroup

	mu    sync.Mutex
	files map[string]*file
	used  int64
}

// Open opens the store in dir, which it makes if needed, with room for limit
// bytes. Parts left by an earlier run are removed, whole files are kept.
func Open(dir string, limit int64) (*Store, error) { return OpenOn(disk.OS{}, dir, limit) }

// OpenOn is Open for a folder of some file system.
func OpenOn(fsys disk.FS, dir string, limit int64) (*Store, error) {
	if err := fsys.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make cache: %w", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &Store{disk: fsys, dir: dir, limit: limit, ctx: ctx, stop: stop, files: map[string]*file{}}
	entries, err := fsys.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read cache: %w", err)
	}
	for _, e := range entries {
		s.adopt(e)
	}
	return s, nil
}

func (s *Store) adopt(e fs.DirEntry) {
	info, err := e.Info()
	if err != nil || filepath.Ext(e.Name()) == partSuffix {
		_ = s.disk.Remove(filepath.Join(s.dir, e.Name()))
		return
	}
	f := &file{store: s, name: e.Name(), size: info.Size(), whole: true, used: info.ModTime()}
	f.cond = sync.NewCond(&f.mu)
	s.files[e.Name()] = f
	s.used += f.size
}

// Close ends all transfers and closes the files.
func (s *Store) Close() {
	s.stop()
	s.wg.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		f.close()
	}
}

// Read reads len(p) bytes at an offset of a file of size bytes, fetching it
// from src if it is not here. It returns as soon as those bytes are there; the
// rest goes on arriving.
func (s *Store) Read(ctx context.Context, name string, size int64, src Source, p []byte, off int64) error {
	if off < 0 || off+int64(len(p)) > size {
		return fmt.Errorf("read %d bytes at %d of a file of %d", len(p), off, size)
	}
	f := s.get(name, size)
	defer s.release(f)
	return f.read(ctx, src, p, off)
}

// Start begins to fetch a file without waiting for it.
func (s *Store) Start(name string, size int64, src Source) {
	f := s.get(name, size)
	defer s.release(f)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.start(src)
}

// Has reports whether all of a file is here.
func (s *Store) Has(name string) bool {
	s.mu.Lock()
	f := s.files[name]
	s.mu.Unlock()
	return f != nil && f.isWhole()
}

// Put stores a whole file.
func (s *Store) Put(name string, p []byte) error {
	f := s.get(name, int64(len(p)))
	defer s.release(f)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.whole {
		return nil
	}
	if err := f.write(0, p); err != nil {
		return err
	}
	return f.finish()
}

// Drop removes a file, so that it is fetched again when next wanted.
func (s *Store) Drop(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.files[name]; f != nil {
		s.remove(f)
	}
}

func (s *Store) get(name string, size int64) *file {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[name]
	if f == nil || f.size != size {
		if f != nil {
			s.remove(f)
		}
		f = &file{store: s, name: name, size: size}
		f.cond = sync.NewCond(&f.mu)
		s.files[name] = f
		s.used += size
	}
	f.refs++
	f.used = time.Now()
	return f
}

func (s *Store) release(f *file) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.refs--
	for s.used > s.limit {
		oldest := s.idle()
		if oldest == nil {
			return
		}
		s.remove(oldest)
	}
}

// idle returns the file that nobody has used for the longest time.
func (s *Store) idle() *file {
	var oldest *file
	for _, f := range s.files {
		if f.refs == 0 && f.isIdle() && (oldest == nil || f.used.Before(oldest.used)) {
			oldest = f
		}
	}
	return oldest
}

func (s *Store) remove(f *file) {
	delete(s.files, f.name)
	s.used -= f.size
	f.discard()
}
