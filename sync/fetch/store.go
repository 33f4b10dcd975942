package fetch

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// Source delivers the pieces of a file in any order. It returns nil only when
// all of the file was delivered. An error of piece ends the transfer.
type Source = func(ctx context.Context, piece func(off int64, p []byte) error) error

// Errors of a store.
var (
	// ErrShort is returned when a transfer ended without error but left bytes out.
	ErrShort = errors.New("the network left out a part of a file")
	// ErrNotHere is returned by Peek for bytes that would have to be fetched.
	ErrNotHere = errors.New("bytes are not on this computer")
)

// Store is a folder of fetched files. It is safe for several goroutines, and
// for several programs at a time where it has a key.
type Store struct {
	disk       disk.FS
	dir        string
	key        []byte // nil for files that are sealed as they come
	room       *Room
	partSuffix string
	ctx        context.Context
	stop       context.CancelFunc
	wg         sync.WaitGroup

	mu    sync.Mutex
	files map[string]*file // by name on the disk
	used  int64
}

// Close ends all transfers and closes the files.
func (s *Store) Close() {
	s.room.leave(s)
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

// Fetch fetches a file of size bytes for its caller, who decides when: also
// while another transfer of it runs, so that the faster one counts. It tells
// arrived how many bytes came, each time some did, and returns when all of the
// file is here, or with the error of src.
func (s *Store) Fetch(ctx context.Context, name string, size int64, src Source, arrived func(n int64)) error {
	f := s.get(name, size)
	defer s.release(f)
	return f.fetch(ctx, src, arrived)
}

// Peek reads len(p) bytes at an offset of a file if they are here, else it is
// ErrNotHere. A file that does not read as it was written is removed.
func (s *Store) Peek(name string, p []byte, off int64) error {
	f := s.find(name)
	if f == nil {
		return ErrNotHere
	}
	defer s.release(f)
	if off < 0 || off+int64(len(p)) > f.size {
		return fmt.Errorf("read %d bytes at %d of a file of %d", len(p), off, f.size)
	}
	err := f.peek(p, off)
	if err != nil && !errors.Is(err, ErrNotHere) {
		s.Drop(name)
		return fmt.Errorf("%w: %w", ErrNotHere, err)
	}
	return err
}

// Here returns how many bytes of a file are here, from its start on.
func (s *Store) Here(name string) int64 {
	f := s.find(name)
	if f == nil {
		return 0
	}
	defer s.release(f)
	return f.here()
}

// Whole returns the size of a file that is here whole, 0 for any other.
func (s *Store) Whole(name string) int64 {
	f := s.find(name)
	if f == nil {
		return 0
	}
	defer s.release(f)
	if !f.isWhole() {
		return 0
	}
	return f.size
}

// Has reports whether all of a file is here.
func (s *Store) Has(name string) bool {
	s.mu.Lock()
	f := s.files[s.diskName(name)]
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
	if f := s.files[s.diskName(name)]; f != nil {
		s.remove(f)
	}
}

// find returns a file that is here or on its way; nil for none. It must be
// released.
func (s *Store) find(name string) *file {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[s.diskName(name)]
	if f != nil {
		f.refs++
		f.used = time.Now()
	}
	return f
}

func (s *Store) get(name string, size int64) *file {
	s.mu.Lock()
	defer s.mu.Unlock()
	onDisk := s.diskName(name)
	f := s.files[onDisk]
	if f == nil || f.size != size {
		if f != nil {
			s.remove(f)
		}
		f = newFile(s, onDisk, size)
		s.files[onDisk] = f
		s.used += size
	}
	f.refs++
	f.used = time.Now()
	return f
}

// release gives a file back, and notes on the disk now and then that it was
// used: the next run goes by that.
func (s *Store) release(f *file) {
	const often = time.Minute
	s.mu.Lock()
	f.refs--
	note := f.used.Sub(f.noted) > often
	if note {
		f.noted = f.used
	}
	full := s.used > 0
	s.mu.Unlock()
	if note && f.isWhole() {
		_ = s.disk.Chtimes(f.path(), f.used)
	}
	if full {
		s.room.trim()
	}
}

// findRoom makes sure that there is room for what is on its way, as much again
// as f takes left for notes. Files that nobody reads give way; if that is not
// enough, the error is [disk.ErrFull].
func (s *Store) findRoom(f *file) error {
	for {
		room, known := disk.Room(s.disk, s.dir)
		if !known || room >= s.coming()+f.size {
			return nil
		}
		if !s.room.giveWay() {
			return fmt.Errorf("fetch a file of %d bytes: %w", f.size, disk.ErrFull)
		}
	}
}

// coming is how many bytes are on their way.
func (s *Store) coming() (total int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		total += f.missing()
	}
	return total
}

func (s *Store) bytes() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.used
}

// idle returns the file that nobody has used for the longest time, "" if all
// are in use.
func (s *Store) idle() (name string, used time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		if f.refs == 0 && f.isIdle() && (name == "" || f.used.Before(used)) {
			name, used = f.name, f.used
		}
	}
	return name, used
}

// evict removes a file that is still idle, and returns its size.
func (s *Store) evict(name string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[name]
	if f == nil || f.refs > 0 || !f.isIdle() {
		return 0
	}
	s.remove(f)
	return f.size
}

func (s *Store) remove(f *file) {
	delete(s.files, f.name)
	s.used -= f.size
	f.discard()
}
