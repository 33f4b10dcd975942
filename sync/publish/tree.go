package publish

import (
	"path"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/stratosdrive/stratosdrive/sync/codec"
)

// Limits of what a link to a folder can lead to.
const (
	// MaxEntries is how many files and folders it can hold.
	MaxEntries = 100_000
	maxPath    = 2048 // bytes of a path in the folder
	maxDepth   = 64
	leastEntry = 1 + 1 + 1 + 1 // encoded
)

// Entry is a file or folder in a folder behind a link.
type Entry struct {
	Path    string    // from the shared folder on, with slashes; every name in it is usable on every system
	Folder  bool      // nothing of what follows is known of a folder
	Mime    string    // media type without parameters, as the publisher said it
	Size    int64     // bytes
	Changed time.Time // whole seconds; zero where it is not known
}

// Name is the last element of the path.
func (e Entry) Name() string { return path.Base(e.Path) }

// tree is what a folder holds, ordered by path byte by byte; the bytes of its
// files follow each other in that order.
type tree []Entry

func (t tree) encode(w *codec.Writer) {
	w.Uint(uint64(len(t)))
	for _, e := range t {
		w.Text(e.Path)
		if e.Folder {
			w.Uint(1)
			continue
		}
		w.Uint(0)
		w.Text(e.Mime)
		w.Uint(uint64(e.Size))
		w.Int(stamp(e.Changed))
	}
}

// stamp is a time as it is written: seconds, 0 for none.
func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func readTree(r *codec.Reader) tree {
	n := r.Count(leastEntry)
	if n > MaxEntries {
		r.Fail("folder of %d entries", n)
		return nil
	}
	t := make(tree, n)
	for i := range t {
		e := &t[i]
		e.Path = r.Text(maxPath)
		if e.Folder = r.UintMax(1) == 1; !e.Folder {
			e.Mime, e.Size = r.Text(maxMime), int64(r.UintMax(MaxFile))
			if s := r.Int(); s != 0 {
				e.Changed = time.Unix(s, 0).UTC()
			}
		}
		if r.Err() != nil {
			return nil
		}
	}
	return t
}

// check refuses paths that are none, that stand in a wrong order, that lie in
// no folder, or that are one file on a system that folds names.
func (t tree) check() error {
	folders, seen, before := map[string]bool{".": true}, make(map[string]bool, len(t)), ""
	for i, e := range t {
		dir, name := path.Dir(e.Path), path.Base(e.Path)
		switch {
		case e.Path != path.Join(dir, name), name != cleanName(name), strings.Count(e.Path, "/") >= maxDepth:
			return damaged("path of entry %d", i)
		case i > 0 && e.Path <= before:
			return damaged("order of entry %d", i)
		case !folders[dir]:
			return damaged("folder of entry %d", i)
		case seen[folded(e.Path)]:
			return damaged("name of entry %d", i)
		}
		seen[folded(e.Path)], folders[e.Path], before = true, e.Folder, e.Path
	}
	return nil
}

// folded is equal for names that some systems take for one.
func folded(name string) string { return strings.ToLower(norm.NFC.String(name)) }

// bytes is how many bytes the files have.
func (t tree) bytes() (sum int64) {
	for _, e := range t {
		sum += e.Size
	}
	return sum
}

// starts are the places of the first bytes of all entries.
func (t tree) starts() []int64 {
	starts, at := make([]int64, len(t)), int64(0)
	for i, e := range t {
		starts[i] = at
		at += e.Size
	}
	return starts
}
