package publish

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// ErrNoEntry is what a name is that stands for nothing behind a link.
var ErrNoEntry = errors.New("nothing of that name behind the link")

func noEntry() error {
	return fault.Wrong(ErrNoEntry, "The folder behind this link has nothing of that name.")
}

// IsFolder tells whether the object is a folder: its bytes are those of its
// files, one behind the other.
func (o *Object) IsFolder() bool { return o.man.folder }

// From is the address of who published, as he says; empty where he does not.
func (o *Object) From() string { return o.man.from }

// Entries returns all that lies in a folder, ordered by path.
func (o *Object) Entries() []Entry { return slices.Clone(o.man.tree) }

// Traffic is how many bytes of the network it takes at most to get all of the
// object, beside its manifest, which is here.
func (o *Object) Traffic() (sum int64) {
	for _, p := range o.man.parts {
		sum += p.size
	}
	return sum
}

// Lacking is how many bytes of [Object.Traffic] are not on this computer.
func (o *Object) Lacking() (sum int64) {
	for i, p := range o.man.parts {
		if p.link != "" {
			sum += p.size - o.Here(i)
		}
	}
	return sum
}

// Below are the entries of a folder in the object by its path, all the way
// down; an empty path is all of them. Nothing of that name is [ErrNoEntry].
func (o *Object) Below(dir string) ([]Entry, error) {
	if dir == "" {
		return o.Entries(), nil
	}
	var below []Entry
	found := false
	for _, e := range o.man.tree {
		found = found || e.Folder && e.Path == dir
		if strings.HasPrefix(e.Path, dir+"/") {
			below = append(below, e)
		}
	}
	if !found {
		return nil, noEntry()
	}
	return below, nil
}

// Entry returns a file or folder in the object by its path; nothing of that
// name is [ErrNoEntry].
func (o *Object) Entry(name string) (Entry, error) {
	i, err := o.find(name)
	if err != nil {
		return Entry{}, err
	}
	return o.man.tree[i], nil
}

func (o *Object) find(name string) (int, error) {
	i, found := slices.BinarySearchFunc(o.man.tree, name, func(e Entry, name string) int { return strings.Compare(e.Path, name) })
	if !found {
		return 0, noEntry()
	}
	return i, nil
}

// File opens a file of a folder by its path. It fetches only the parts that
// hold bytes of that file, and ends with o, or with its own Close. Nothing of
// that name, and a folder, is [ErrNoEntry].
func (o *Object) File(name string) (*Object, error) {
	i, err := o.find(name)
	if err == nil && o.man.tree[i].Folder {
		err = noEntry()
	}
	if err != nil {
		return nil, err
	}
	e := o.man.tree[i]
	f := &Object{Name: e.Name(), Mime: bareMime(e.Mime), Size: e.Size, n: o.n, store: o.store, keys: o.keys, own: o.own, recent: newRecent()}
	f.man = o.only(o.starts[i], e)
	f.chunks, f.openers = f.man.inOrder(), make([]opener, len(f.man.parts))
	f.ctx, f.cancel = context.WithCancel(o.ctx)
	return f, nil
}

// only is the manifest of one file of a folder, whose bytes begin at from.
func (o *Object) only(from int64, e Entry) manifest {
	held := map[int][]blob{}
	for _, b := range o.chunks[o.chunkAt(from):] {
		if b.off >= from+e.Size {
			break
		}
		held[b.part] = append(held[b.part], b)
	}
	out := manifest{name: e.Name(), mime: e.Mime, size: e.Size, from: o.man.from, version: o.man.version}
	for _, i := range slices.Sorted(maps.Keys(held)) {
		for k := range held[i] {
			held[i][k].off, held[i][k].part = held[i][k].off-from, len(out.parts)
		}
		out.parts = append(out.parts, part{link: o.man.parts[i].link, size: o.man.parts[i].size, blobs: held[i]})
	}
	return out
}
