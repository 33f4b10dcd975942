package history

import (
	"errors"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

func (l *Log) top(root pack.ID) (pack.ID, error) {
	p, err := l.load(pack.Root, root)
	if err != nil {
		return pack.ID{}, err
	}
	return object.TopFolder(p)
}

// Lookup returns what lay at a path of a tree, or [object.ErrNoEntry]. Only the
// folders on the way are read.
func (l *Log) Lookup(root pack.ID, path string) (object.Entry, error) {
	folder, err := l.top(root)
	if err != nil {
		return object.Entry{}, err
	}
	e := object.Entry{Node: tree.Node{Kind: tree.Folder}, Sub: folder}
	for name := range strings.SplitSeq(path, "/") {
		if e.Kind != tree.Folder {
			return object.Entry{}, object.ErrNoEntry
		}
		if e, err = object.FindEntry(e.Sub, name, l.load); err != nil {
			return object.Entry{}, err
		}
	}
	return e, nil
}

// Change is a node that differs between two trees. Old or New is nil where only
// one has it at this path.
type Change struct {
	Path     string
	Old, New *object.Entry
}

// Diff calls each for what differs from one tree to another, by path. Folders
// that are equal are not read. Of a folder that one tree lacks, all that is in
// it is told too.
func (l *Log) Diff(from, to pack.ID, each func(Change)) error {
	if from == to {
		return nil
	}
	a, err := l.top(from)
	if err != nil {
		return err
	}
	b, err := l.top(to)
	if err != nil {
		return err
	}
	return l.diffFolder(a, b, "", each)
}

func (l *Log) diffFolder(a, b pack.ID, prefix string, each func(Change)) error {
	if a == b {
		return nil
	}
	old, err := l.differing(a, b)
	if err != nil {
		return err
	}
	fresh, err := l.differing(b, a)
	if err != nil {
		return err
	}
	for name, e := range fresh {
		if _, both := old[name]; !both {
			if err := l.diffEntry(nil, &e, prefix+name, each); err != nil {
				return err
			}
		}
	}
	for name, e := range old {
		var now *object.Entry
		if n, both := fresh[name]; both {
			now = &n
		}
		if err := l.diffEntry(&e, now, prefix+name, each); err != nil {
			return err
		}
	}
	return nil
}

// diffEntry tells what differs at one path and below it. Where another node
// took the place of a folder, all of both is told.
func (l *Log) diffEntry(old, now *object.Entry, path string, each func(Change)) error {
	if old != nil && now != nil && old.ID != now.ID {
		if err := l.diffEntry(old, nil, path, each); err != nil {
			return err
		}
		return l.diffEntry(nil, now, path, each)
	}
	if old != nil && now != nil && *old == *now {
		return nil
	}
	each(Change{path, old, now})
	a, b := folderOf(old), folderOf(now)
	return l.diffFolder(a, b, path+"/", each)
}

func folderOf(e *object.Entry) pack.ID {
	if e == nil || e.Kind != tree.Folder {
		return pack.ID{}
	}
	return e.Sub
}

// differing returns the entries of a folder by name, without those parts of a
// large one that the other has too.
func (l *Log) differing(folder, other pack.ID) (map[string]object.Entry, error) {
	out := map[string]object.Entry{}
	return out, l.gather(folder, other, out)
}

func (l *Log) gather(folder, other pack.ID, out map[string]object.Entry) error {
	if folder == other || folder == (pack.ID{}) {
		return nil
	}
	entries, parts, err := l.folder(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		out[e.Name] = e
	}
	if parts == nil {
		return nil
	}
	theirs := make([]pack.ID, len(parts))
	if other != (pack.ID{}) {
		if _, p, err := l.folder(other); err != nil {
			return err
		} else if p != nil {
			theirs = p
		}
	}
	for i, part := range parts {
		if err := l.gather(part, theirs[i], out); err != nil {
			return err
		}
	}
	return nil
}

func (l *Log) folder(id pack.ID) ([]object.Entry, []pack.ID, error) {
	p, err := l.load(pack.Folder, id)
	if err != nil {
		return nil, nil, err
	}
	return object.DecodeFolder(p)
}

// absent reports whether an error says that there is nothing, now or any more.
func absent(err error) bool { return errors.Is(err, object.ErrNoEntry) || errors.Is(err, ErrGone) }
