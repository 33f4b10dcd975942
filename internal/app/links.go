package app

import (
	"context"
	"errors"
	"io"
	"path"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/sync/publish"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// ShareWhat makes a link to a file of the network by its id, or to a file of
// the drive by its path.
func (a *App) ShareWhat(ctx context.Context, what string, account Account, o ShareOptions, progress func(done, total int64)) (Link, error) {
	if err := refuseAddress(what); err != nil {
		return Link{}, err
	}
	if !wire.ValidFileHash(what) {
		return a.Share(ctx, what, o, progress)
	}
	c, err := a.client(orPublish(account))
	if err != nil {
		return Link{}, err
	}
	return a.shareFile(ctx, c, what, Link{Public: true}, o)
}

// Share publishes a file of the drive and makes a link to it: private, under a
// key that only the link holds, or public, readable by any Stratos tool.
func (a *App) Share(ctx context.Context, p string, o ShareOptions, progress func(done, total int64)) (Link, error) {
	c, err := a.client(PublishAccount)
	if err != nil {
		return Link{}, err
	}
	unlock, err := a.lockRegister()
	if err != nil {
		return Link{}, err
	}
	defer unlock()
	var link Link
	err = a.browse(ctx, func(d *drive) error {
		link, err = a.shareFrom(ctx, c, d, p, o, progress)
		return err
	})
	if err == nil {
		a.tellLinks(ctx)
	}
	return link, err
}

// shareFrom makes a link to a file or folder of a drive that is open.
func (a *App) shareFrom(ctx context.Context, c *networkClient, d *drive, p string, o ShareOptions, progress func(done, total int64)) (Link, error) {
	item, err := a.shareable(ctx, d, p)
	if err != nil {
		return Link{}, err
	}
	if item.Folder {
		return a.shareFolder(ctx, c, d, item.Path, o, progress)
	}
	f, err := d.engine.Open(ctx, item.Path)
	if err != nil {
		return Link{}, err
	}
	defer f.Close()
	link := Link{Name: path.Base(p), Path: p, Size: f.Size(), Public: o.Public, Item: o.item}
	if o.Public {
		return a.sharePublic(ctx, c, f, link, o, progress)
	}
	return a.makePrivate(ctx, c, link, o, progress, func(po publish.Options) (publish.Published, error) {
		return publish.Publish(ctx, publisher{c.Client}, f, link.Size, link.Name, po)
	})
}

// noteBegun remembers what an unfinished link left on the network; nothing
// left is forgotten.
func (a *App) noteBegun(attempt string, p publish.Published) error {
	return a.changeRegister(func(r *register) {
		if p.Empty() {
			delete(r.Begun, attempt)
			return
		}
		if r.Begun == nil {
			r.Begun = map[string]publish.Published{}
		}
		r.Begun[attempt] = p
	})
}

// takeBack removes what links that were never finished left on the network.
// One link is made at a time, so none of them is still being made.
func (a *App) takeBack(ctx context.Context, c *networkClient) error {
	r, err := a.readRegister()
	if err != nil {
		return err
	}
	for attempt, p := range r.Begun {
		if err := publish.Stop(ctx, publisher{c.Client}, p); err != nil {
			return err
		}
		if err := a.noteBegun(attempt, publish.Published{}); err != nil {
			return err
		}
	}
	return nil
}

// sharePublic uploads the file as it is; a video becomes a stream of the
// network, which plays without being downloaded. Music of a channel can be
// saved too, so it stays a file.
func (a *App) sharePublic(ctx context.Context, c *networkClient, src io.ReaderAt, link Link, o ShareOptions, progress func(done, total int64)) (Link, error) {
	kind := wire.Ordinary
	if IsVideo(link.Name) && (o.item == "" || !IsSound(link.Name)) {
		kind = wire.Video
	}
	up, err := c.Upload(ctx, link.Name, src, link.Size, client.UploadOptions{Kind: kind, Progress: progress})
	if err != nil {
		return Link{}, err
	}
	return a.shareFile(ctx, c, up.ID, link, o)
}

// shareFile makes a link to a file that is on the network already.
func (a *App) shareFile(ctx context.Context, c *networkClient, id string, link Link, o ShareOptions) (Link, error) {
	if _, err := a.readRegister(); err != nil { // a link that cannot be noted is not made
		return Link{}, err
	}
	s, err := c.Share(ctx, id, client.ShareOptions{Duration: o.Duration})
	if err != nil {
		return Link{}, err
	}
	link.ID, link.Link, link.Created = s.ID, s.Link, time.Now().UTC().Truncate(time.Second)
	if all, err := c.Shares(ctx); err == nil {
		if i := slices.IndexFunc(all, func(x client.Share) bool { return x.ID == s.ID }); i >= 0 {
			link.Expires, link.Size = all[i].Expires, all[i].Size
			if link.Name == "" {
				link.Name = all[i].Name
			}
		}
	}
	return link, a.changeRegister(func(r *register) { r.Links = append(r.Links, madeLink{Link: link, FileID: id}) })
}

// expiry asks the network when a link ends; without an answer it is what was
// asked for.
func expiry(ctx context.Context, c *networkClient, id string, created time.Time, asked time.Duration) time.Time {
	if all, err := c.Shares(ctx); err == nil {
		if i := slices.IndexFunc(all, func(x client.Share) bool { return x.ID == id }); i >= 0 {
			return all[i].Expires
		}
	}
	if asked == 0 {
		return time.Time{}
	}
	return created.Add(asked)
}

// publishers are the publishing accounts of all epochs, the newest first: links
// stay where they were made.
func (a *App) publishers() ([]*networkClient, error) {
	c, err := a.client(PublishAccount)
	if err != nil {
		return nil, err
	}
	all := []*networkClient{c}
	for number := a.Epoch() - 1; number >= keys.FirstEpoch; number-- {
		if c, err = a.client(EarlierPublishing(number)); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// publisherOf is the publishing account that made a link; the newest one, if the
// link has ended.
func (a *App) publisherOf(ctx context.Context, id string) (*networkClient, error) {
	all, err := a.publishers()
	if err != nil {
		return nil, err
	}
	if len(all) == 1 {
		return all[0], nil
	}
	for _, c := range all {
		shares, err := c.Shares(ctx)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(shares, func(s client.Share) bool { return s.ID == id }) {
			return c, nil
		}
	}
	return all[0], nil
}

// StopLink ends a link. What was uploaded for it is deleted, unless another
// link needs it.
func (a *App) StopLink(ctx context.Context, id string) error {
	c, err := a.publisherOf(ctx, id)
	if err != nil {
		return err
	}
	r, err := a.readRegister()
	if err != nil {
		return err
	}
	if b, begun := r.Streams[id]; begun {
		if stopped, err := a.publishings.stop(ctx, id); stopped {
			return err
		}
		unlock, err := a.lockRegister() // another program may be at it
		if err != nil {
			return err
		}
		defer unlock()
		return a.dropStream(ctx, c, id, b)
	}
	i := r.find(id)
	switch {
	case i >= 0 && !r.Links[i].Stopped.IsZero():
		return fault.Say(nil, "This link was stopped already.")
	case i >= 0 && r.Links[i].Published != nil:
		err = publish.Stop(ctx, publisher{c.Client}, *r.Links[i].Published)
	case i >= 0 && !r.Links[i].Public:
		err = a.stopFollowed(ctx, c, r.Links[i])
	case i >= 0:
		err = a.endStream(ctx, c, r.Links[i])
	default:
		err = c.StopShare(ctx, id)
	}
	switch {
	case errors.Is(err, client.ErrNotFound) && i < 0:
		return fault.Say(err, "This wallet has no link of that id, or it has ended already.")
	case err != nil && !errors.Is(err, client.ErrNotFound): // what has ended is only forgotten
		return err
	}
	if err := a.changeRegister(func(r *register) { r.end(id, time.Now()) }); err != nil {
		return err
	}
	a.tellLinks(ctx)
	return nil
}
