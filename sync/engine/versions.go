package engine

import (
	"context"
	"path"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Version is one content that a file had.
type Version struct {
	ID      string // names it, for Moment.Version
	Path    string // where the file lay then
	Size    int64  // bytes
	ModTime time.Time
	Saved   time.Time // when the drive got it
	Device  string    // that made it
	Current bool      // the file has it now
}

// Versions returns the versions of a file, the newest first, wherever it was
// moved. A file that was deleted is named by where it lay last.
func (e *Engine) Versions(ctx context.Context, name string) ([]Version, error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return nil, err
	}
	var out []Version
	err = e.withPast(ctx, func(log *history.Log) error {
		n, err := findEver(log, snap, clean(name))
		if err != nil {
			return err
		}
		found, err := log.Versions(n.ID, clean(name))
		for _, v := range found {
			out = append(out, versionOf(v, snap))
		}
		return err
	})
	return out, err
}

// findEver returns the file that lies, or lay last, at a path.
func findEver(log *history.Log, snap *snapshot, name string) (tree.Node, error) {
	n, ok := snap.remote.Find(name)
	if !ok {
		gone, err := log.Deleted(snap.remote, "")
		if err != nil {
			return n, err
		}
		d, err := deletionOf(log, gone, name)
		if err != nil {
			return n, err
		}
		n = d.Entry.Node
	}
	if n.Kind == tree.Folder {
		return n, fault.Wrong(nil, "%q is a folder. Its files have versions; a folder is brought back to a time by rewinding it.", name)
	}
	return n, nil
}

// deletionOf returns what was deleted at a path, or inside a folder that was.
func deletionOf(log *history.Log, gone []history.Deletion, name string) (history.Deletion, error) {
	for _, d := range gone {
		if d.Path != name && !hasPrefix(name, d.Path) {
			continue
		}
		e, err := log.Lookup(d.Before.Root, name)
		if err == nil {
			d.Path, d.Entry = name, e
			return d, nil
		}
	}
	return history.Deletion{}, noSuchFile(name)
}

func hasPrefix(name, folder string) bool {
	return len(name) > len(folder) && name[:len(folder)] == folder && name[len(folder)] == '/'
}

func versionOf(v history.Version, snap *snapshot) Version {
	now, lives := snap.remote.Get(v.Entry.ID)
	return Version{
		ID: versionID(v.Commit.ID), Path: v.Path, Size: v.Entry.Size, ModTime: time.Unix(0, v.Entry.MTime),
		Saved: v.Commit.When(), Device: v.Entry.By, Current: lives && now.SameData(v.Entry.Node),
	}
}

// Deletion is a file or folder that the drive has no more.
type Deletion struct {
	Path    string
	Folder  bool
	Size    int64
	Deleted time.Time
	Device  string // that deleted it
	Version string // the last that has it, for Moment.Version
}

// Deleted returns what was deleted below a folder ("" for all), the newest
// first, as far as it is kept. Of a folder that went as a whole only the folder
// is told.
func (e *Engine) Deleted(ctx context.Context, folder string) ([]Deletion, error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return nil, err
	}
	var out []Deletion
	err = e.withPast(ctx, func(log *history.Log) error {
		found, err := log.Deleted(snap.remote, clean(folder))
		for _, d := range found {
			out = append(out, Deletion{
				Path: d.Path, Folder: d.Entry.Kind == tree.Folder, Size: d.Entry.Size,
				Deleted: d.Commit.When(), Device: d.Commit.Name, Version: versionID(d.Before.ID),
			})
		}
		return err
	})
	return out, err
}

// ListAt returns what was in a folder of the drive at a moment, and which
// moment of the drive that is. It changes nothing.
func (e *Engine) ListAt(ctx context.Context, folder string, m Moment) ([]Item, time.Time, error) {
	var items []Item
	var when time.Time
	err := e.withPast(ctx, func(log *history.Log) error {
		p, err := e.at(ctx, log, m)
		if err != nil {
			return err
		}
		var id tree.ID
		if folder = clean(folder); folder != "" {
			n, ok := p.tree.Find(folder)
			if !ok || n.Kind != tree.Folder {
				return noSuchThen(folder)
			}
			id = n.ID
		}
		none := &snapshot{want: p.tree, remote: p.tree}
		for _, n := range p.tree.Children(id) {
			items = append(items, e.item(none, path.Join(folder, n.Name), n))
		}
		when = p.when
		return nil
	})
	return items, when, err
}

func noSuchThen(name string) error {
	return fault.Wrong(ErrNoSuchFile, "There was no %q in the drive at that time.", name)
}

// OpenVersion opens a file as it was at a moment, and tells how it was. Reads
// come from the network.
func (e *Engine) OpenVersion(ctx context.Context, name string, m Moment) (File, Item, error) {
	var n tree.Node
	var item Item
	err := e.withPast(ctx, func(log *history.Log) error {
		p, found, err := e.nodeAt(ctx, log, clean(name), m)
		if err != nil {
			return err
		}
		if n = found; n.Kind != tree.File {
			return fault.Wrong(nil, "%q is not a file.", name)
		}
		item = e.item(&snapshot{want: p.tree, remote: p.tree}, p.tree.Path(n.ID), n)
		return nil
	})
	if err != nil {
		return nil, Item{}, err
	}
	f, err := e.repo.OpenContent(ctx, n.Content)
	if gone(err) {
		err = fault.Say(err, "This version is not kept any more.")
	}
	if err != nil {
		return nil, Item{}, explain(err)
	}
	return f, item, nil
}

// nodeAt finds a file or folder as it was at a moment: the one that lay at this
// path then, or else the one that lies there now, wherever it was.
func (e *Engine) nodeAt(ctx context.Context, log *history.Log, name string, m Moment) (past, tree.Node, error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return past{}, tree.Node{}, err
	}
	if _, lives := snap.remote.Find(name); lives && m == (Moment{}) {
		return past{}, tree.Node{}, fault.Wrong(nil, "%q is still there. Say which version to bring back, or from what time.", name)
	}
	if m == (Moment{}) { // the last state that has it
		gone, err := log.Deleted(snap.remote, "")
		if err != nil {
			return past{}, tree.Node{}, err
		}
		d, err := deletionOf(log, gone, name)
		if err != nil {
			return past{}, tree.Node{}, err
		}
		m.Version = versionID(d.Before.ID)
	}
	p, err := e.at(ctx, log, m)
	if err != nil {
		return past{}, tree.Node{}, err
	}
	now, lives := snap.remote.Find(name)
	if n, ok := p.tree.Get(now.ID); lives && ok {
		return p, n, nil
	}
	if n, ok := p.tree.Find(name); ok {
		return p, n, nil
	}
	return past{}, tree.Node{}, noSuchThen(name)
}
