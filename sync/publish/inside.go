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

// Shares are the share links of all files of the object, with sds://, that of
// the manifest first.
func (o *Object) Shares() []string {
	all := []string{netScheme + o.share}
	for _, p := range o.man.parts {
		if p.link != "" {
			all = append(all, netScheme+p.link)
		}
	}
	return all
}

// Cost is how many bytes of the network it takes at most to get a file or
// folder of the object by its path, or all of it where that is empty, beside
// the manifest, which is here; and how many of them are not on this computer.
// Nothing of that name is [ErrNoEntry].
func (o *Object) Cost(name string) (all, lacking int64, err error) {
	from, to, err := o.span(name)
	if err != nil {
		return 0, 0, err
	}
	counted := map[int]bool{}
	for _, b := range o.chunks[o.chunkAt(from):] {
		if b.off >= to {
			break
		}
		if p := o.man.parts[b.part]; p.link != "" && !counted[b.part] {
			counted[b.part] = true
			all += p.size
			lacking += p.size - o.Here(b.part)
		}
	}
	return all, lacking, nil
}

// span is where the bytes of a file or folder lie: what is below a folder
// follows one behind the other.
func (o *Object) span(name string) (from, to int64, err error) {
	if name == "" {
		return 0, o.Size, nil
	}
	i, err := o.find(name)
	if err != nil {
		return 0, 0, err
	}
	if e := o.man.tree[i]; !e.Folder {
		return o.starts[i], o.starts[i] + e.Size, nil
	}
	below, err := o.Below(name)
	if err != nil || len(below) == 0 {
		return 0, 0, err
	}
	first, err := o.find(below[0].Path)
	for _, e := range below {
		to += e.Size
	}
	return o.starts[first], o.starts[first] + to, err
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
	f := o.view(o.only(o.starts[i], e))
	f.Name, f.Mime, f.Size = e.Name(), bareMime(e.Mime), e.Size
	return f, nil
}

// View returns the object once more, for a reader that closes it by himself. It
// ends with o too.
func (o *Object) View() *Object {
	v := o.view(o.man)
	v.Name, v.Mime, v.Size, v.starts = o.Name, o.Mime, o.Size, o.starts
	return v
}

// view is an object of its own over the same files of the network.
func (o *Object) view(man manifest) *Object {
	v := &Object{n: o.n, share: o.share, store: o.store, keys: o.keys, own: o.own, man: man, recent: newRecent()}
	v.chunks, v.openers = man.inOrder(), make([]opener, len(man.parts))
	v.ctx, v.cancel = context.WithCancel(o.ctx)
	return v
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
