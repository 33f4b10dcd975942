package engine

import (
	"context"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Listing is what lies in a folder of the drive at one time, by number, sorted
// by name. An item is put together when it is asked for, so that a folder of
// 100,000 takes little memory and is listed at once; how far a transfer is, it
// tells as of that moment. It may be used by several goroutines.
type Listing struct {
	e      *Engine
	snap   *snapshot
	folder string // its path
	id     tree.ID
	ids    []tree.ID
	marks  map[tree.ID]Mark // of what lies in it, and elsewhere
	kept   bool             // on this disk, where no mark says more
}

// Listing returns what lies in a folder of the drive; "" is the drive itself.
func (e *Engine) Listing(ctx context.Context, folder string) (*Listing, error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return nil, err
	}
	l := &Listing{e: e, snap: snap, folder: clean(folder)}
	if l.folder != "" {
		n, ok := snap.want.Find(l.folder)
		if !ok || n.Kind != tree.Folder {
			return nil, noSuchFile(l.folder)
		}
		l.id = n.ID
	}
	sel := e.selectorNow(snap)
	l.ids, l.marks, l.kept = snap.want.ChildIDs(l.id), sel.marks, sel.kept(l.id)
	return l, nil
}

// Len returns how many items there are.
func (l *Listing) Len() int { return len(l.ids) }

// Has reports whether there is an item of that name.
func (l *Listing) Has(name string) bool {
	_, ok := l.snap.want.Child(l.id, name)
	return ok
}

// Name returns the name of an item, and whether it is a folder.
func (l *Listing) Name(i int) (name string, folder bool) {
	n, _ := l.snap.want.Get(l.ids[i])
	return n.Name, n.Kind == tree.Folder
}

// Item returns one item.
func (l *Listing) Item(i int) Item {
	n, _ := l.snap.want.Get(l.ids[i])
	it := l.e.item(l.snap, l.path(n), n)
	it.Left = !l.kept
	if m, marked := l.marks[n.ID]; marked {
		it.Left = !m.Keep
	}
	return it
}

func (l *Listing) path(n tree.Node) string {
	if l.folder == "" {
		return n.Name
	}
	return l.folder + "/" + n.Name
}

// Waiting returns the numbers of files that wait to be sent, at most so many.
func (l *Listing) Waiting(most int) []int {
	if l.snap.settled() {
		return nil
	}
	var list []int
	for i, id := range l.ids {
		if len(list) == most {
			break
		}
		n, _ := l.snap.want.Get(id)
		if n.Kind == tree.Folder {
			continue
		}
		if s, _ := l.e.statusOf(l.snap, l.path(n), n); s == Waiting {
			list = append(list, i)
		}
	}
	return list
}

// settled reports whether disk and network are known to hold the same. False
// says nothing.
func (s *snapshot) settled() bool {
	return s.want == s.remote && s.disk.Shares(s.remote.Nodes())
}

// List returns what lies in a folder of the drive, sorted by name; "" is the
// drive itself.
func (e *Engine) List(ctx context.Context, folder string) ([]Item, error) {
	l, err := e.Listing(ctx, folder)
	if err != nil {
		return nil, err
	}
	items := make([]Item, l.Len())
	for i := range items {
		items[i] = l.Item(i)
	}
	return items, nil
}
