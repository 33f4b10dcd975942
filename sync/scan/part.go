package scan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Changes say where something may have happened since the last look.
type Changes struct {
	// Paths are from the root, with slashes. True says that something was made,
	// moved or deleted there, false that only the item itself was changed.
	Paths map[string]bool
	// Whole says that it may have happened anywhere.
	Whole bool
}

// ErrWhole says that what changed cannot be told from a look at a part.
var ErrWhole = errors.New("the whole folder must be looked at")

// Part is what is known of a folder before a look at a part of it.
type Part struct {
	Disk  *tree.Disk
	Tree  *tree.Tree                                     // the same, as a tree
	At    func(dir tree.ID, name string) (tree.ID, bool) // what lies where
	Rules *ignore.Rules
}

// LookAt looks at what changed alone. It returns what it found there, with the
// folders around it, and those of the known nodes that lay there: identified,
// they give what a walk of everything gives. [ErrWhole] says that only a walk
// can tell.
func LookAt(ctx context.Context, fsys disk.FS, kind names.Disk, root string, before Part, at Changes) (*Result, *tree.Disk, error) {
	if at.Whole || kind.FoldsCase || kind.FoldsForm { // a path says too little where names are not what they seem
		return nil, nil, ErrWhole
	}
	w := &walker{ctx: ctx, disk: fsys, kind: kind, root: root, slots: make(chan struct{}, 2*runtime.GOMAXPROCS(0))}
	w.res.Root, w.res.Blind = &Item{Kind: tree.Folder}, map[string]bool{}
	p := &parter{
		walker: w, before: before, known: tree.NewDisk(),
		items: map[string]*Item{"": w.res.Root}, ids: map[string]tree.ID{"": {}}, seen: map[string]bool{}, hidden: map[inodeKey]bool{}, replaced: map[inodeKey]bool{},
	}
	for todo := at.Paths; len(todo) > 0; todo = p.elsewhere() {
		if err := p.look(todo); err != nil {
			return nil, nil, err
		}
	}
	if !p.all() {
		return nil, nil, ErrWhole
	}
	w.res.Rules = before.Rules
	return &w.res, p.known, ctx.Err()
}

// parter looks at parts of a folder.
type parter struct {
	*walker
	before Part
	known  *tree.Disk
	items  map[string]*Item   // what was looked at, and the folders around it
	ids    map[string]tree.ID // of known folders around it
	seen   map[string]bool    // paths that were looked at, true with all in them
	// hidden are what lies where it is not synced; it may have lain elsewhere.
	hidden map[inodeKey]bool
	// replaced are folders in whose place another one lies now.
	replaced map[inodeKey]bool
}

// look looks at some more paths.
func (p *parter) look(at map[string]bool) error {
	defer p.wg.Wait()
	paths := make(map[string]bool, len(at))
	for name, deep := range at {
		if name, cut := p.nearest(name); name != "" {
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
	info, err := p.disk.Lstat(filepath.Join(p.root, filepath.FromSlash(name)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", ErrWhole, err)
	}
	around, err := p.around(dir)
	if err != nil {
		return err
	}
	var it *Item
	level := p.before.Rules.Inside(dir)
	if info != nil {
		if it = p.item(around, fs.FileInfoToDirEntry(info), level); it == nil {
			st := StatOf(info)
			p.hidden[inodeKey{st.Inode, st.Dev, kindOf(info.Mode())}] = st.Inode != 0
		}
	}
	id, there := p.before.At(p.ids[dir], base)
	was := p.before.Disk.At(id)
	deep = deep || !there || it == nil || it.Kind != was.Kind || it.Stat.Inode != was.Stat.Inode
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
	around.Kids = slices.DeleteFunc(around.Kids, func(o *Item) bool { return o.Path == name })
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
	it := &Item{Name: n.NameOnDisk(), Path: dir, Kind: n.Kind, Stat: n.Stat}
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
		at := pathIn(p.before.Disk, n)
		if _, looked := p.seen[at]; !looked && !p.covered(at) {
			todo[at] = true
		}
	}
	return todo
}

// all puts what was found in order. It reports whether every folder that was
// replaced was found where it is now; else it may lie anywhere.
func (p *parter) all() bool {
	p.sort(p.res.Root)
	return len(p.replaced) == 0
}

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
				p.replaced[inodeKey{was.Stat.Inode, was.Stat.Dev, was.Kind}] = true
			}
		}
		if !there {
			id = tree.ID{0xff} // nothing lay in it
		}
		p.strangers(id, kid, into)
	}
}
