package engine

import (
	"context"
	"errors"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// bequeath notes what is known of the folder in the state of a copy of the
// drive, with the names that contents have there. What cannot be told is left
// out; it is found when that drive's engine looks at the folder.
func (e *Engine) bequeath(ctx context.Context, to *repo.Repo, st Notes, folder string) error {
	x, err := e.newNames(ctx, to)
	if err != nil {
		return err
	}
	h := heritage{synced: map[tree.ID]tree.Node{}, disk: map[tree.ID]tree.OnDisk{}, notes: map[string][]byte{keyFolder: []byte(e.root() + "\n" + folder)}}
	for id, n := range e.synced.All() {
		if n, ok := x.node(n); ok {
			h.synced[id] = n
		}
	}
	if e.describes(ctx) {
		for id, d := range e.disk.All() {
			if d, ok := x.onDisk(d, e.synced); ok {
				h.disk[id] = d
			}
		}
	} else {
		h.synced = nil
	}
	for _, key := range []string{keyFreed, keyDrop} {
		if note, err := e.st.Get(ctx, key); err == nil {
			h.notes[key] = note
		}
	}
	return h.save(ctx, st)
}

// describes reports whether what is known is about this folder.
func (e *Engine) describes(ctx context.Context) bool {
	known, err := e.st.Get(ctx, keyFolder)
	path, _, _ := strings.Cut(string(known), "\n")
	return err == nil && path == e.root()
}

// heritage is what one engine leaves to another.
type heritage struct {
	synced map[tree.ID]tree.Node
	disk   map[tree.ID]tree.OnDisk
	notes  map[string][]byte
}

// save puts it in the place of what a state knew of a folder.
func (h heritage) save(ctx context.Context, st Notes) error {
	synced, err := st.Synced(ctx)
	if err != nil {
		return err
	}
	disk, err := st.Disk(ctx)
	if err != nil {
		return err
	}
	return st.Update(context.WithoutCancel(ctx), func(tx state.Tx) error {
		err := tx.Unset(keyAtRest)
		for id := range synced {
			err = errors.Join(err, tx.DropSynced(id))
		}
		for id := range disk {
			err = errors.Join(err, tx.DropDisk(id))
		}
		for _, n := range h.synced {
			err = errors.Join(err, tx.PutSynced(n))
		}
		for _, n := range h.disk {
			err = errors.Join(err, tx.PutDisk(n))
		}
		for key, note := range h.notes {
			err = errors.Join(err, tx.Set(key, note))
		}
		return err
	})
}

// newNames tells what contents are called in a copy of a drive. Nodes keep
// their ids there, so a version of a file is found by its node, and known by
// its size, its time and who made it.
type newNames struct {
	trees []*tree.Tree      // of the copy
	names map[string]string // of contents
}

func (e *Engine) newNames(ctx context.Context, to *repo.Repo) (*newNames, error) {
	x := &newNames{names: map[string]string{}}
	v, err := to.View(ctx)
	if err != nil {
		return nil, err
	}
	newest, err := plan.MergeTips(ctx, commits{to}, v.Tips)
	if err != nil {
		return nil, err
	}
	x.trees = append(x.trees, newest)
	if err := e.sameStates(ctx, to, v, x); err != nil {
		return nil, err
	}
	for _, n := range e.synced.All() {
		if n.Kind != tree.File {
			continue
		}
		if m, ok := x.find(n); ok {
			x.names[n.Content] = m.Content
		}
	}
	return x, nil
}

// sameStates adds the trees that the copy has of what this device knew last.
func (e *Engine) sameStates(ctx context.Context, to *repo.Repo, v repo.View, x *newNames) error {
	own, err := e.repo.View(ctx)
	if err != nil {
		return err
	}
	type mark struct {
		device [16]byte
		time   int64
	}
	known := map[mark]bool{}
	for _, id := range own.Tips {
		if c, err := e.repo.Commit(ctx, id); err == nil {
			known[mark{c.Device, c.Time}] = true
		}
	}
	return to.Past(ctx, v, func(log *history.Log) error {
		for _, c := range log.Commits {
			if !known[mark{c.Device, c.Time}] {
				continue
			}
			t, err := to.Tree(ctx, c.Root)
			if err != nil && !repo.IsLost(err) && !errors.Is(err, state.ErrNotFound) {
				return err
			}
			if err == nil {
				x.trees = append(x.trees, t)
			}
		}
		return nil
	})
}

// find returns a version of a file as the copy has it.
func (x *newNames) find(n tree.Node) (tree.Node, bool) {
	for _, t := range x.trees {
		m, ok := t.Get(n.ID)
		if ok && m.Kind == tree.File && m.Size == n.Size && m.MTime == n.MTime && m.By == n.By {
			return m, true
		}
	}
	return n, false
}

// node returns a node as the copy has it.
func (x *newNames) node(n tree.Node) (tree.Node, bool) {
	if n.Kind != tree.File {
		return n, true
	}
	if m, ok := x.find(n); ok {
		n.Content = m.Content
		return n, true
	}
	name, ok := x.names[n.Content]
	n.Content = name
	return n, ok
}

// onDisk returns what lies on the disk as the copy has it. What the copy does
// not have is read again; until then it is what both sides had last.
func (x *newNames) onDisk(d tree.OnDisk, synced *tree.Map[tree.Node]) (tree.OnDisk, bool) {
	n, ok := x.node(d.Node)
	if !ok {
		d.Stat = tree.Stat{}
		if n, ok = synced.Get(d.ID); ok {
			n, ok = x.node(n)
		}
		n.Parent, n.Name = d.Parent, d.Name
	}
	d.Node = n
	return d, ok
}
