package fetch

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// Options say what a store is.
type Options struct {
	Disk disk.FS // nil for the computer's
	Dir  string  // made if needed
	Room *Room   // what it may take
	// Key, of 32 bytes, seals what is kept, names included: for what does not
	// come sealed and does not prove itself. nil for files that do.
	Key []byte
}

// Open opens a store. Whole files that an earlier run left are kept; parts
// are removed once no running program can be at work on them.
func Open(o Options) (*Store, error) {
	if o.Disk == nil {
		o.Disk = disk.OS{}
	}
	if err := o.Disk.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make cache: %w", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &Store{
		disk: o.Disk, dir: o.Dir, key: o.Key, room: o.Room, ctx: ctx, stop: stop,
		files: map[string]*file{}, partSuffix: partOf(o.Key),
	}
	entries, err := o.Disk.ReadDir(o.Dir)
	if err != nil {
		stop()
		return nil, fmt.Errorf("read cache: %w", err)
	}
	for _, e := range entries {
		s.adopt(e)
	}
	s.room.join(s)
	s.room.trim()
	return s, nil
}

const (
	partEnding = ".part"
	// leftAfter is when a part of a store that programs share belongs to none
	// that runs: each write makes it new again.
	leftAfter = time.Hour
)

// partOf is the ending of files on their way: one of its own for each program
// that may use the folder.
func partOf(key []byte) string {
	if key == nil {
		return partEnding
	}
	return "." + strings.ToLower(rand.Text()[:8]) + partEnding
}

func (s *Store) adopt(e fs.DirEntry) {
	info, err := e.Info()
	path := filepath.Join(s.dir, e.Name())
	if filepath.Ext(e.Name()) == partEnding {
		if s.key == nil || err == nil && time.Since(info.ModTime()) > leftAfter {
			_ = s.disk.Remove(path)
		}
		return
	}
	size := int64(0)
	if err == nil {
		size, err = s.plainSize(info.Size())
	}
	if err != nil {
		_ = s.disk.Remove(path)
		return
	}
	f := newFile(s, e.Name(), size)
	f.whole, f.used, f.noted = true, info.ModTime(), info.ModTime()
	s.files[e.Name()] = f
	s.used += f.size
}
