package app

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/scan"
)

// describeFolder adds what the drive does not keep of a folder: when something
// in it changed on this disk.
func (d *drive) describeFolder(e *Entry) {
	if info, err := os.Stat(filepath.Join(d.root, filepath.FromSlash(e.Path))); err == nil && d.root != "" {
		e.Changed = info.ModTime()
	}
}

// addUnseen adds what lies in the folder on the disk but was not taken in yet,
// so that a file shows as soon as it was dropped, and what is left out.
func (d *drive) addUnseen(list []Entry, p string) []Entry {
	if more := d.unknown(list, p); len(more) > 0 {
		list = append(list, more...)
		slices.SortFunc(list, func(x, y Entry) int { return strings.Compare(x.Name, y.Name) })
	}
	return list
}

// unknown are the entries of a folder on the disk that a list has not, which is
// sorted by name.
func (d *drive) unknown(list []Entry, p string) (more []Entry) {
	if d.root == "" {
		return nil
	}
	folder := filepath.Join(d.root, filepath.FromSlash(p))
	for _, name := range namesIn(folder) {
		_, known := slices.BinarySearchFunc(list, name, func(e Entry, name string) int { return strings.Compare(e.Name, name) })
		if known || name == scan.Private {
			continue
		}
		if info, err := os.Lstat(filepath.Join(folder, name)); err == nil {
			more = append(more, d.unseen(path.Join(p, name), info))
		}
	}
	return more
}

// namesIn are the names in a folder of the disk, in no order; none where it
// cannot be read.
func namesIn(folder string) []string {
	f, err := os.Open(folder)
	if err != nil {
		return nil
	}
	defer f.Close()
	names, _ := f.Readdirnames(-1)
	return names
}

// mostAsked is how many waiting files of a folder are looked at: the first of
// them are those that move next.
const mostAsked = 200

// markBusy marks waiting files that another program still writes.
func (d *drive) markBusy(list []Entry) []Entry {
	asked := 0
	for i, e := range list {
		if e.Status != Waiting || e.Folder || asked == mostAsked {
			continue
		}
		asked++
		if heldOpen(filepath.Join(d.root, filepath.FromSlash(e.Path))) {
			list[i].Status = Busy
		}
	}
	return list
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
