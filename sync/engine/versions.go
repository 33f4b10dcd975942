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
	Earlier bool      // of an earlier file of this name, which is gone
}

// Versions returns the versions of a file, the newest first, wherever it was
// moved, and then those of the files that had this path earlier and are gone.
func (e *Engine) Versions(ctx context.Context, name string) ([]Version, error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return nil, err
	}
	name = clean(name)
	var out []Version
	err = e.withPast(ctx, func(log *history.Log) error {
		lives, err := log.Lives(snap.remote, name)
		for _, f := range lives {
			now, lies := snap.remote.Get(f.ID)
			if lies && snap.remote.Path(f.ID) != name {
				continue // it has them where it lies now
			}
			for _, v := range f.Versions {
				out = append(out, versionOf(v, now, !lies))
			}
		}
		return err
	})
	if err != nil || len(out) > 0 {
		return out, err
	}
	if n, ok := snap.remote.Find(name); ok && n.Kind == tree.Folder {
		return nil, fault.Wrong(nil, "%q is a folder. Its files have versions; a folder is brought back to a time by rewinding it.", name)
	}
	return nil, noSuchFile(name)
}

func versionOf(v history.Version, now tree.Node, earlier bool) Version {
	return Version{
		ID: versionID(v.Commit.ID, v.Entry.ID), Path: v.Path, Size: v.Entry.Size, ModTime: time.Unix(0, v.Entry.MTime),
		Saved: v.Commit.When(), Device: v.Entry.By, Current: !earlier && now.SameData(v.Entry.Node), Earlier: earlier,
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
// first, as far as it is kept, also where something else lies now. Of a folder
// that went as a whole only the folder is told, and what lay right in it if it
// is the one asked for.
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
				Deleted: d.Commit.When(), Device: d.Commit.Name, Version: versionID(d.Before.ID, d.Entry.ID),
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
		none := &snapshot{p.tree, p.tree, tree.NewDisk()}
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
		item = e.item(&snapshot{p.tree, p.tree, tree.NewDisk()}, p.tree.Path(n.ID), n)
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
