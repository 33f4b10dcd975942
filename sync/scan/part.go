package scan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// LookAt looks at what changed alone. [ErrWhole] says that only a walk can tell.
func LookAt(ctx context.Context, fsys disk.FS, kind names.Disk, root string, before Part, at Changes) (*Look, error) {
	if at.Whole {
		return nil, ErrWhole
	}
	w := &walker{ctx: ctx, disk: fsys, kind: kind, root: root, slots: make(chan struct{}, 2*runtime.GOMAXPROCS(0))}
	w.res.Root, w.res.Blind = &Item{Kind: tree.Folder}, map[string]bool{}
	p := &parter{
		walker: w, before: before, known: tree.NewDisk(), folds: kind.FoldsCase || kind.FoldsForm, lists: map[string]map[string]fs.DirEntry{},
		items: map[string]*Item{"": w.res.Root}, ids: map[string]tree.ID{"": {}}, seen: map[string]bool{}, hidden: map[inodeKey]bool{}, replaced: map[inodeKey]string{},
	}
	for todo := at.Paths; len(todo) > 0; todo = p.elsewhere() {
		if err := p.look(todo); err != nil {
			return nil, err
		}
	}
	p.sort(p.res.Root)
	w.res.Rules = before.Rules
	return &Look{&w.res, p.known, slices.Sorted(maps.Values(p.replaced))}, ctx.Err()
}

// parter looks at parts of a folder. Where the disk folds names, paths in it are
// made of their keys.
type parter struct {
	*walker
	before Part
	known  *tree.Disk
	folds  bool
	lists  map[string]map[string]fs.DirEntry // what lies in folders, by key; see entry
	items  map[string]*Item                  // what was looked at, and the folders around it
	ids    map[string]tree.ID                // of known folders around it
	seen   map[string]bool                   // paths that were looked at, true with all in them
	// hidden are what lies where it is not synced; it may have lain elsewhere.
	hidden map[inodeKey]bool
	// replaced are folders in whose place another one lies now, by their paths.
	replaced map[inodeKey]string
}

// look looks at some more paths.
func (p *parter) look(at map[string]bool) error {
	defer p.wg.Wait()
	paths := make(map[string]bool, len(at))
	for name, deep := range at {
		if name, cut := p.nearest(p.fold(name)); name != "" {
			paths[name] = paths[name] || deep || cut
		}
	}
	for _, name := range slices.SortedFunc(maps.Keys(paths), func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) }) {
		if err := p.one(name, paths[name]); err != nil {
			return err
		}
	}
	p.wg.Wait()
	if len(p.levels) > 0 || len(p.res.Blind) > 0 {
		return ErrWhole // other rules, or what only a walk can tell of
	}
	return p.ctx.Err()
}

// fold returns a path made of keys.
func (p *parter) fold(name string) string {
	if !p.folds {
		return name
	}
	parts := strings.Split(name, "/")
	for i, part := range parts {
		parts[i] = p.kind.Key(part)
	}
	return strings.Join(parts, "/")
}

// nearest returns the path, or the folder that it lies in and that is not
// known yet. It notes the known folders that lead there. What belongs to the
// program has none.
func (p *parter) nearest(name string) (at string, cut bool) {
	parts := strings.Split(name, "/")
	if p.kind.Key(parts[0]) == Private || name == "." {
		return "", false
	}
	dir, id := "", tree.ID{}
	for _, part := range parts[:len(parts)-1] {
		dir = join(dir, part)
		next, ok := p.before.At(id, part)
		if n := p.before.Disk.At(next); !ok || n.Kind != tree.Folder {
			return dir, true
		}
		id = next
		p.ids[dir] = id
	}
	return name, false
}

// covered reports whether a path, or a folder it lies in, was looked at with
// all that is in it.
func (p *parter) covered(name string) bool {
	for ; name != "." && name != ""; name = path.Dir(name) {
		if p.seen[name] {
			return true
		}
	}
	return false
}

// one looks at one path whose folder is known.
func (p *parter) one(name string, deep bool) error {
	if _, seen := p.seen[name]; p.covered(name) || seen && !deep {
		return nil
	}
	dir, base := path.Dir(name), path.Base(name)
	if dir == "." {
		dir = ""
	}
	if base == ignore.FileName {
		return ErrWhole
	}
	around, err := p.around(dir)
	if err != nil {
		return err
	}
	entry, err := p.entry(around, base)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", ErrWhole, err)
	}
	level := p.before.Rules.Inside(around.Path)
	it, err := p.described(around, entry, level)
	if err != nil {
		return err
	}
	id, there := p.before.At(p.ids[dir], base)
	was := p.before.Disk.At(id)
	deep = deep || !there || it == nil || it.Kind != was.Kind || it.Stat.Inode != was.Stat.Inode || it.Name != was.NameOnDisk()
	p.seen[name] = deep
	if there {
		if err := p.take(was, deep); err != nil {
			return err
		}
	}
	p.put(around, name, it)
	if it != nil && it.Kind == tree.Folder && deep {
		p.visit(it, level)
	}
	return nil
}

// put notes an item, in the place of what was found there before.
func (p *parter) put(around *Item, name string, it *Item) {
	around.Kids = slices.DeleteFunc(around.Kids, func(o *Item) bool { return p.fold(o.Path) == name })
	delete(p.items, name)
	if it != nil {
		around.Kids = append(around.Kids, it)
		p.items[name] = it
	}
}

// around returns a known folder as an item, and what it lies in.
func (p *parter) around(dir string) (*Item, error) {
	if it := p.items[dir]; it != nil {
		return it, nil
	}
	if _, looked := p.seen[dir]; looked {
		return nil, ErrWhole // it is gone, and what was in it is not covered
	}
	above := path.Dir(dir)
	if above == "." {
		above = ""
	}
	up, err := p.around(above)
	if err != nil {
		return nil, err
	}
	n := p.before.Disk.At(p.ids[dir])
	it := &Item{Name: n.NameOnDisk(), Path: join(up.Path, n.NameOnDisk()), Kind: n.Kind, Stat: n.Stat}
	up.Kids = append(up.Kids, it)
	p.items[dir] = it
	p.known.Set(n)
	return it, nil
}

// take adds a node that lay where was looked, with all in it.
func (p *parter) take(n tree.OnDisk, deep bool) error {
	if n.NameOnDisk() == ignore.FileName {
		return ErrWhole
	}
	p.known.Set(n)
	if n.Kind != tree.Folder || !deep {
		return nil
	}
	for _, kid := range p.before.Tree.Children(n.ID) {
		if err := p.take(p.before.Disk.At(kid.ID), true); err != nil {
			return err
		}
	}
	return nil
}

// elsewhere returns where else to look: where what was found now lay before.
func (p *parter) elsewhere() map[string]bool {
	moved := maps.Clone(p.hidden)
	p.strangers(tree.ID{}, p.res.Root, moved)
	if len(moved) == 0 {
		return nil
	}
	todo := map[string]bool{}
	for _, n := range p.before.Disk.All() {
		if !moved[inodeKey{n.Stat.Inode, n.Stat.Dev, n.Kind}] {
			continue
		}
		at := p.fold(pathIn(p.before.Disk, n))
		if _, looked := p.seen[at]; !looked && !p.covered(at) {
			todo[at] = true
		}
	}
	return todo
}

// sort puts what was found in order. Folders that were replaced and are found
// where they are now are no riddle.
func (p *parter) sort(it *Item) {
	delete(p.replaced, inodeKey{it.Stat.Inode, it.Stat.Dev, it.Kind})
	slices.SortFunc(it.Kids, func(a, b *Item) int { return strings.Compare(a.Name, b.Name) })
	for _, kid := range it.Kids {
		p.sort(kid)
	}
}

// strangers gathers the inodes of items that do not lie where they lay, or may
// lie elsewhere too.
func (p *parter) strangers(dir tree.ID, it *Item, into map[inodeKey]bool) {
	for _, kid := range it.Kids {
		id, there := p.before.At(dir, kid.Name)
		if was := p.before.Disk.At(id); (!there || kid.Shared || was.Kind != kid.Kind || was.Stat.Inode != kid.Stat.Inode) && kid.Stat.Inode != 0 {
			into[inodeKey{kid.Stat.Inode, kid.Stat.Dev, kid.Kind}] = true
			if there && was.Kind == tree.Folder && was.Stat.Inode != 0 {
				p.replaced[inodeKey{was.Stat.Inode, was.Stat.Dev, was.Kind}] = kid.Path
			}
		}
		if !there {
			id = tree.ID{0xff} // nothing lay in it
		}
		p.strangers(id, kid, into)
	}
}
