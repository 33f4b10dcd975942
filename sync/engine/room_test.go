package engine_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// small is a disk that holds only so many bytes in some folders.
type small struct {
	disk.OS
	dirs  []string
	limit *atomic.Int64
}

func (s small) used() (total int64) {
	for _, dir := range s.dirs {
		_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
			if err == nil && e.Type().IsRegular() {
				if info, err := e.Info(); err == nil {
					total += info.Size()
				}
			}
			return nil
		})
	}
	return total
}

// Size implements disk.Sizer.
func (s small) Size(dir string) (total, free int64, err error) {
	if !s.holds(dir) {
		return s.OS.Size(dir)
	}
	return s.limit.Load(), max(0, s.limit.Load()-s.used()), nil
}

func (s small) holds(name string) bool {
	return slices.ContainsFunc(s.dirs, func(dir string) bool { return strings.HasPrefix(name, dir) })
}

// OpenFile implements disk.FS.
func (s small) OpenFile(name string, flag int, perm fs.FileMode) (disk.File, error) {
	f, err := s.OS.OpenFile(name, flag, perm)
	if err != nil || !s.holds(name) {
		return f, err
	}
	return smallFile{f, s}, nil
}

type smallFile struct {
	disk.File
	disk small
}

func (f smallFile) room(n int) error {
	if _, free, _ := f.disk.Size(f.disk.dirs[0]); free < int64(n) {
		return syscall.ENOSPC
	}
	return nil
}

func (f smallFile) Write(p []byte) (int, error) {
	if err := f.room(len(p)); err != nil {
		return 0, err
	}
	return f.File.Write(p)
}

func (f smallFile) WriteAt(p []byte, off int64) (int, error) {
	if err := f.room(len(p)); err != nil {
		return 0, err
	}
	return f.File.WriteAt(p, off)
}

// countFetched adds up the size of the packs that are fetched.
func countFetched(net *memremote.Net, n *atomic.Int64) memremote.Fault {
	return func(c memremote.Call, after bool) error {
		if c.Method == "Fetch" && !after {
			n.Add(int64(len(net.Files()[c.Name])))
		}
		return nil
	}
}

// silent is a disk that does not tell how much room it has.
type silent struct{ disk.FS }

// A folder on a disk that gets full while the sync runs: what fits arrives, what
// is deleted elsewhere makes room, edits are sent, nothing that does not fit is
// fetched again and again, and it goes on by itself when there is room.
func TestRunGoesOnWhenTheFolderHasRoom(t *testing.T) {
	for _, tells := range []bool{true, false} {
		t.Run(fmt.Sprintf("tells %v", tells), func(t *testing.T) {
			t.Parallel()
			fillFolder(t, tells)
		})
	}
}

func fillFolder(t *testing.T, tells bool) {
	t.Helper()
	net, a, b := pair(t)
	a.write("old.bin", noise(1, 1<<20))
	round(t, a, b)
	onDisk := small{dirs: []string{b.root}, limit: new(atomic.Int64)}
	onDisk.limit.Store(3 << 20)
	if b.cfg.Disk = onDisk; !tells {
		b.cfg.Disk = silent{onDisk}
	}
	a.write("film.bin", noise(2, 6<<20))
	a.sync() // else small.txt lies in one pack with it
	a.remove("old.bin")
	a.text("small.txt", "fits")
	a.sync()
	var fetched atomic.Int64
	net.SetFault(countFetched(net, &fetched))
	b.running()
	eventually(t, "the disk is full", func() bool { return b.e.Activity() == engine.OutOfDisk })
	if files := b.files(); files["small.txt"] != "fits" && tells || files["old.bin"] != "" || files["film.bin"] != "" {
		t.Errorf("tells %v: on the full disk lie %v", tells, keys(files))
	}
	if n := fetched.Load(); tells && n > 1<<20 {
		t.Errorf("%d bytes were fetched for a disk that has no room", n)
	}
	b.text("mine.txt", "edited on the full disk")
	eventually(t, "an edit is sent", func() bool { a.sync(); return a.files()["mine.txt"] != "" })
	onDisk.limit.Store(100 << 20)
	eventually(t, "it goes on", func() bool { return b.e.Activity() == engine.UpToDate && b.files()["film.bin"] != "" })
	same(t, a, b)
}

// The same for the disk of what is kept beside the folder: packs that come and
// packs that go. What was fetched before gives way.
func TestRunGoesOnWhenTheProfileHasRoom(t *testing.T) {
	_, a, b := pair(t)
	a.write("first.bin", noise(1, 3<<20))
	round(t, a, b)
	onDisk := small{dirs: []string{b.cfg.CacheDir, b.cfg.SpoolDir}, limit: new(atomic.Int64)}
	onDisk.limit.Store(5 << 20)
	b.cfg.Disk = onDisk
	b.running()
	a.write("second.bin", noise(2, 2<<20))
	a.sync()
	eventually(t, "what was fetched first gives way", func() bool { return b.files()["second.bin"] != "" })

	onDisk.limit.Store(100 << 10)
	a.write("third.bin", noise(3, 2<<20))
	a.sync()
	eventually(t, "no room for what comes", func() bool { return b.e.Activity() == engine.OutOfDisk })
	b.write("mine.bin", noise(4, 2<<20))
	onDisk.limit.Store(100 << 20)
	eventually(t, "it goes on", func() bool { a.sync(); return b.files()["third.bin"] != "" && a.files()["mine.bin"] != "" })
	eventually(t, "all is well", func() bool { return b.e.Activity() == engine.UpToDate })
	same(t, a, b)
}

// fullNotes are notes on a disk that may be full.
type fullNotes struct {
	engine.Notes
	full *atomic.Bool
}

func (n fullNotes) Update(ctx context.Context, change func(state.Tx) error) error {
	if n.full.Load() {
		return disk.ErrFull
	}
	return n.Notes.Update(ctx, change)
}

// Notes that have no room stop the sync, and leave nothing behind that keeps the
// disk full.
func TestRunGoesOnWhenTheNotesHaveRoom(t *testing.T) {
	_, a, b := pair(t)
	a.text("note.txt", "1")
	round(t, a, b)
	var full atomic.Bool
	b.cfg.OpenState = func(ctx context.Context) (engine.Notes, error) {
		st, err := state.Open(ctx, b.cfg.StateFile)
		return fullNotes{st, &full}, err
	}
	b.running()
	eventually(t, "it runs", func() bool { return b.e.Activity() == engine.UpToDate })
	full.Store(true)
	b.write("mine.bin", noise(4, 2<<20))
	eventually(t, "no room for notes", func() bool { return b.e.Activity() == engine.OutOfDisk })
	if left, err := os.ReadDir(b.cfg.SpoolDir); err != nil || len(left) > 0 {
		t.Errorf("%d packs were left behind, %v", len(left), err)
	}
	full.Store(false)
	eventually(t, "it goes on", func() bool { a.sync(); return a.files()["mine.bin"] != "" })
	same(t, a, b)
}

// A state file that is damaged anywhere is made anew, and one that only cannot be
// opened now is left alone.
func TestDamagedStateIsMadeAnew(t *testing.T) {
	_, a, b := pair(t)
	for i := range 40 {
		a.text("folder/note "+string(rune('a'+i)), "text")
	}
	round(t, a, b)
	if err := b.e.Close(); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(b.cfg.StateFile)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	for at := 2 * page; at+page <= len(body); at += page {
		copy(body[at:at+page/2], noise(int64(at), page/2))
	}
	if err := os.WriteFile(b.cfg.StateFile, body, 0o600); err != nil {
		t.Fatal(err)
	}
	b.open()
	if _, err := b.e.SyncOnce(t.Context()); state.IsUseless(err) {
		b.restart() // it was noticed only now
	}
	round(t, a, b)
	same(t, a, b)
}

// A disk that is full, or a file in use, is no reason to throw notes away.
func TestNotesAreKeptWhereTheyCannotBeOpened(t *testing.T) {
	_, a, _ := pair(t)
	a.text("note.txt", "1")
	a.sync()
	kept := a.cfg.OpenState
	a.cfg.OpenState = func(context.Context) (engine.Notes, error) { return nil, disk.ErrFull }
	if err := a.e.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Open(t.Context(), a.cfg); !engine.IsDiskFull(err) {
		t.Error(err)
	}
	a.cfg.OpenState = kept
	if a.open(); a.sync().Published {
		t.Error("the device has forgotten what it knew")
	}
}
