package app

import (
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/scan"
)

// changedHere tells what the drive does not keep of a folder: when something in
// it changed on this disk.
func (d *drive) changedHere(p string) (time.Time, bool) {
	if d.root == "" {
		return time.Time{}, false
	}
	info, err := os.Stat(filepath.Join(d.root, filepath.FromSlash(p)))
	if err != nil {
		return time.Time{}, false
	}
	return info.ModTime(), true
}

// unknown are the entries of a folder on the disk that the drive has not: what
// was not taken in yet, so that a file shows as soon as it was dropped, and what
// is left out.
func (d *drive) unknown(known interface{ Has(name string) bool }, p string) (more []Entry) {
	if d.root == "" {
		return nil
	}
	folder := filepath.Join(d.root, filepath.FromSlash(p))
	for name := range namesIn(folder) {
		if name == scan.Private || known.Has(name) {
			continue
		}
		if info, err := os.Lstat(filepath.Join(folder, name)); err == nil {
			more = append(more, d.unseen(path.Join(p, name), info))
		}
	}
	return more
}

// namesAtOnce is how many names of a folder are read at a time.
const namesAtOnce = 1024

// namesIn are the names in a folder of the disk, in no order; none where it
// cannot be read.
func namesIn(folder string) iter.Seq[string] {
	return func(yield func(string) bool) {
		f, err := os.Open(folder)
		if err != nil {
			return
		}
		defer f.Close()
		for {
			names, err := f.Readdirnames(namesAtOnce)
			for _, name := range names {
				if !yield(name) {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}
}

func (d *drive) unseen(p string, info fs.FileInfo) Entry {
	e := Entry{
		Name: info.Name(), Path: p, Folder: info.IsDir(), Size: info.Size(), Changed: info.ModTime(), Status: Waiting,
		Video: !info.IsDir() && IsVideo(info.Name()),
	}
	if e.Folder {
		e.Size = 0
	}
	if d.engine.Ignored(p, e.Folder) {
		e.Status = Ignored
	} else if m, moving := d.engine.Moving(p); moving {
		e.Status, e.Percent = Uploading, int(m.Done*100/m.Total)
	}
	return e
}
