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

// unknown are the entries of a folder on the disk that a list has not.
func (d *drive) unknown(list []Entry, p string) (more []Entry) {
	if d.root == "" {
		return nil
	}
	there, err := os.ReadDir(filepath.Join(d.root, filepath.FromSlash(p)))
	if err != nil {
		return nil
	}
	known := make(map[string]bool, len(list))
	for _, e := range list {
		known[e.Name] = true
	}
	for _, item := range there {
		if known[item.Name()] || item.Name() == scan.Private {
			continue
		}
		if info, err := item.Info(); err == nil {
			more = append(more, d.unseen(path.Join(p, item.Name()), info))
		}
	}
	return more
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
