package app

import (
	"context"
	"crypto/rand"
	"errors"
	"path"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// ShareCost tells what sharing something takes, before it is done.
type ShareCost struct {
	Path   string `json:"path"`
	Folder bool   `json:"folder"`
	Files  int    `json:"files"`
	Bytes  int64  `json:"bytes"`
	Noz    string `json:"noz"`      // at most, for all copies; decimal
	Have   string `json:"have_noz"` // of the publishing account, decimal; empty where nobody tells
	Parts  bool   `json:"waiting"`  // something in the folder is not saved yet, and will not be in the link
}

// Short tells whether the ozone may not last.
func (c ShareCost) Short() bool { return c.Have != "" && nozOf(c.Have).Cmp(nozOf(c.Noz)) < 0 }

// ShareCost tells what making a link to a file or folder of the drive takes: a
// copy of it is sealed under the key of the link, and stored.
func (a *App) ShareCost(ctx context.Context, p string) (cost ShareCost, err error) {
	err = a.browse(ctx, func(d *drive) error {
		item, err := a.shareable(ctx, d, p)
		if err != nil {
			return err
		}
		cost = ShareCost{Path: item.Path, Folder: item.Folder, Files: 1, Bytes: item.Size}
		if item.Folder {
			all, err := itemsBelow(ctx, d.engine, item.Path)
			cost.Files, cost.Bytes, cost.Parts = countItems(all)
			return err
		}
		return nil
	})
	cost.Noz = strconv.FormatInt(cost.Bytes*networkCopies, 10)
	if o, err := a.Ozone(ctx); err == nil {
		cost.Have = o.PublishNoz
	}
	return cost, err
}

// browse lets use look at the drive as it is known, or at the network where
// none is synced here.
func (a *App) browse(ctx context.Context, use func(*drive) error) error {
	return a.withDrive(ctx, func(d *drive) error {
		if d != a.currentDrive() {
			if err := d.engine.Refresh(ctx); err != nil {
				return err
			}
		}
		return use(d)
	})
}

func (a *App) shareable(ctx context.Context, d *drive, p string) (engine.Item, error) {
	if path.Clean("/"+p) == "/" {
		return engine.Item{}, fault.Wrong(nil, "The whole drive cannot be shared. Choose a file or folder in it.")
	}
	return d.engine.Stat(ctx, p)
}

// itemsBelow are the files and folders in a folder, all the way down.
func itemsBelow(ctx context.Context, e *engine.Engine, dir string) ([]engine.Item, error) {
	all, err := e.List(ctx, dir)
	for i := 0; i < len(all) && err == nil; i++ {
		if len(all) > publish.MaxEntries {
			return nil, fault.Wrong(publish.ErrTooLarge, "This folder holds more than %d files, too many for one link. Share its folders one by one.", publish.MaxEntries)
		}
		if all[i].Folder {
			var more []engine.Item
			more, err = e.List(ctx, all[i].Path)
			all = append(all, more...)
		}
	}
	return all, err
}

func countItems(all []engine.Item) (files int, bytes int64, waiting bool) {
	for _, item := range all {
		if !item.Folder {
			files++
			bytes += item.Size
			waiting = waiting || item.Status == engine.Waiting || item.Status == engine.Sending
		}
	}
	return files, bytes, waiting
}

// shareFolder seals a copy of a folder as it is now and makes a link to it.
func (a *App) shareFolder(ctx context.Context, c *networkClient, d *drive, dir string, o ShareOptions, progress func(done, total int64)) (Link, error) {
	if o.Public {
		return Link{}, fault.Wrong(nil, "Folders can be shared by private links only. Nothing was shared.")
	}
	all, err := itemsBelow(ctx, d.engine, dir)
	if err != nil {
		return Link{}, err
	}
	link := Link{Name: path.Base(dir), Path: dir, Folder: true}
	if link.Files, link.Size, _ = countItems(all); link.Files == 0 {
		return Link{}, fault.Wrong(nil, "There is no file in this folder, so there is nothing to share.")
	}
	items := make([]publish.Item, len(all))
	for i, item := range all {
		items[i] = publish.Item{
			Entry: publish.Entry{Path: item.Path[len(dir)+1:], Folder: item.Folder, Size: item.Size, Changed: item.ModTime},
			Open:  func(ctx context.Context) (publish.File, error) { return d.engine.Open(ctx, item.Path) },
		}
		if item.Folder {
			items[i].Size, items[i].Changed = 0, time.Time{}
		}
	}
	return a.makePrivate(ctx, c, link, o, progress, func(po publish.Options) (publish.Published, error) {
		return publish.PublishFolder(ctx, publisher{c.Client}, link.Name, items, po)
	})
}

// makePrivate makes a private link and notes it. What an attempt leaves on the
// network is noted while it is made.
func (a *App) makePrivate(ctx context.Context, c *networkClient, link Link, o ShareOptions, progress func(done, total int64),
	make func(publish.Options) (publish.Published, error),
) (Link, error) {
	if err := a.takeBack(ctx, c); err != nil {
		return Link{}, err
	}
	attempt := rand.Text()
	published, err := make(publish.Options{
		TTL: o.Duration, TempDir: a.profile.cache(), Progress: progress,
		Note: func(p publish.Published) { _ = a.noteBegun(attempt, p) },
		From: c.address,
	})
	if err != nil {
		return Link{}, errors.Join(err, a.noteBegun(attempt, published))
	}
	link.ID, link.Link = published.ShareID, published.Link
	link.Created = time.Now().UTC().Truncate(time.Second)
	link.Expires = expiry(ctx, c, link.ID, link.Created, o.Duration)
	return link, a.changeRegister(func(r *register) {
		delete(r.Begun, attempt)
		r.Links = append(r.Links, madeLink{Link: link, Published: &published})
	})
}
