package history

import (
	"fmt"
	"maps"
	"path"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Builder makes the tree of a commit that brings something back. Node ids that
// are still in use elsewhere are not taken twice.
type Builder struct {
	NewID func() tree.ID
	When  time.Time // the moment that is brought back, for the names of copies

	now, then *tree.Tree
	out       map[tree.ID]tree.Node
	ids       map[tree.ID]tree.ID // nodes of then, as they are called in out
}

// Rewind returns the tree in which a folder is again what it was then, and all
// else is as it is now. The zero id is the whole drive. What now lies elsewhere
// stays there too.
func (b *Builder) Rewind(now, then *tree.Tree, folder tree.ID) (*tree.Tree, error) {
	b.begin(now, then)
	for id := range now.Nodes().All() {
		if below(now, id, b.alive(folder)) {
			delete(b.out, id)
		}
	}
	home, err := b.home(folder)
	if err != nil {
		return nil, err
	}
	b.ids[folder] = home
	b.copyInside(folder, true)
	return b.build()
}

// PutBack returns the tree in which a node is again what it was then: in its
// place, or beside it as a copy. A folder that is gone comes back with all that
// was in it and is nowhere else now. It also returns where the node is.
func (b *Builder) PutBack(now, then *tree.Tree, id tree.ID, asCopy bool) (*tree.Tree, string, error) {
	b.begin(now, then)
	n, ok := then.Get(id)
	if !ok {
		return nil, "", fmt.Errorf("put back: %w: node is not in that tree", tree.ErrInvalid)
	}
	alive := b.alive(id)
	cur, lives := b.out[alive]
	switch {
	case lives && !asCopy && cur.Kind == n.Kind && n.Kind != tree.Folder:
		n.ID, n.Parent, n.Name = alive, cur.Parent, cur.Name
	case lives && cur.Kind == n.Kind:
		n.ID, n.Parent, n.Name = b.NewID(), cur.Parent, b.free(cur.Parent, cur.Name)
	default:
		home, err := b.home(n.Parent)
		if err != nil {
			return nil, "", err
		}
		n.ID, n.Parent = alive, home
		if asCopy || lives {
			n.ID = b.NewID()
		}
		if asCopy || b.taken(home, n.Name) {
			n.Name = b.free(home, n.Name)
		}
	}
	b.out[n.ID] = n
	b.ids[id] = n.ID
	b.copyInside(id, asCopy)
	t, err := b.build()
	if err != nil {
		return nil, "", err
	}
	return t, t.Path(n.ID), nil
}

func (b *Builder) begin(now, then *tree.Tree) {
	b.now, b.then = now, then
	b.out = make(map[tree.ID]tree.Node, now.Len())
	for id, n := range now.Nodes().All() {
		b.out[id] = n
	}
	b.ids = map[tree.ID]tree.ID{{}: {}}
}

// alive is the id that stands for a node now.
func (b *Builder) alive(id tree.ID) tree.ID {
	for {
		to, ok := b.now.Aliases()[id]
		if !ok {
			return id
		}
		id = to
	}
}

// copyInside takes what was in a folder then. What lives elsewhere now comes as
// a copy, or not at all.
func (b *Builder) copyInside(folder tree.ID, copies bool) {
	for _, n := range b.then.Children(folder) {
		old := n.ID
		n.ID, n.Parent = b.alive(old), b.ids[folder]
		if _, used := b.out[n.ID]; used {
			if !copies {
				continue
			}
			n.ID = b.NewID()
		}
		b.out[n.ID] = n
		b.ids[old] = n.ID
		if n.Kind == tree.Folder {
			b.copyInside(old, copies)
		}
	}
}

// home returns the folder of now that stands for one of then. One that is gone
// is made again where it was.
func (b *Builder) home(id tree.ID) (tree.ID, error) {
	if id == (tree.ID{}) {
		return id, nil
	}
	alive := b.alive(id)
	if n, ok := b.out[alive]; ok && n.Kind == tree.Folder {
		return alive, nil
	}
	n, ok := b.then.Get(id)
	if !ok || n.Kind != tree.Folder {
		return id, fmt.Errorf("find folder: %w", tree.ErrInvalid)
	}
	parent, err := b.home(n.Parent)
	if err != nil {
		return id, err
	}
	if c, ok := b.child(parent, n.Name); ok && c.Kind == tree.Folder {
		return c.ID, nil
	}
	n.ID, n.Parent = alive, parent
	if b.taken(parent, n.Name) {
		n.Name = b.free(parent, n.Name)
	}
	b.out[n.ID] = n
	return n.ID, nil
}

func (b *Builder) child(parent tree.ID, name string) (tree.Node, bool) {
	for _, n := range b.out {
		if n.Parent == parent && n.Name == name {
			return n, true
		}
	}
	return tree.Node{}, false
}

func (b *Builder) taken(parent tree.ID, name string) bool {
	_, is := b.child(parent, name)
	return is
}

// free returns a name for a copy that nothing in the folder has.
func (b *Builder) free(parent tree.ID, name string) string {
	ext := path.Ext(name)
	if ext == name {
		ext = ""
	}
	stem := strings.TrimSuffix(name, ext)
	mark := b.When.Format("2006-01-02 15.04")
	for i := 1; ; i++ {
		try := fmt.Sprintf("%s (from %s)%s", stem, mark, ext)
		if i > 1 {
			try = fmt.Sprintf("%s (from %s, %d)%s", stem, mark, i, ext)
		}
		if !b.taken(parent, try) {
			return try
		}
	}
}

// below reports whether a node lies somewhere in a folder.
func below(t *tree.Tree, id, folder tree.ID) bool {
	for id != (tree.ID{}) {
		n, _ := t.Get(id)
		if id = n.Parent; id == folder {
			return true
		}
	}
	return false
}

func (b *Builder) build() (*tree.Tree, error) {
	t, err := tree.Build(maps.Values(b.out))
	if err != nil {
		return nil, fmt.Errorf("bring back: %w", err)
	}
	for id, to := range b.now.Aliases() {
		if _, lives := t.Get(id); !lives {
			t.SetAlias(id, to)
		}
	}
	return t, nil
}
