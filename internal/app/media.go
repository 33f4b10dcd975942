package app

import (
	"context"
	"errors"
	"io"
	"path"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/player/source"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// OpenMedia gives something to watch an address on this computer: a file of
// the drive, a local file, a video of the network by its id, or what is behind
// a link. Bytes come from the network only as they are played.
func (a *App) OpenMedia(ctx context.Context, what string) (*Media, error) {
	what = strings.TrimSpace(what)
	media, err := a.openMedia(ctx, what)
	if err != nil {
		return nil, err
	}
	if liesInFolder(what) {
		place := around{a, what}
		offerSubtitles(media, place)
		offerCover(media, place)
	}
	return media, nil
}

func (a *App) openMedia(ctx context.Context, what string) (*Media, error) {
	switch {
	case what == "":
		return nil, fault.Wrong(nil, "Name what is to be played: a file, a path in the drive, a link or an address.")
	case publish.IsStreamLink(what):
		return a.openCardMedia(ctx, what)
	case publish.IsLink(what):
		return a.openPrivateMedia(ctx, what)
	case isLink(what):
		return a.openPublicMedia(ctx, what)
	case wire.ValidFileHash(what):
		return a.openFileMedia(ctx, what)
	case IsWebAddress(what):
		return a.openWebMedia(ctx, what)
	case a.onThisDisk(what):
		return a.openLocalMedia(what)
	}
	if err := refuseAddress(what); err != nil {
		return nil, err
	}
	return a.openDriveMedia(ctx, what)
}

// onThisDisk tells whether something to watch is a file of this computer. A
// relative path belongs to the drive, where one runs.
func (a *App) onThisDisk(what string) bool {
	return filepath.IsAbs(what) || a.currentDrive() == nil && IsLocalFile(what)
}

// mediaServer serves players on this computer.
func (a *App) mediaServer() (*source.Server, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.server != nil {
		return a.server, nil
	}
	server, err := source.Serve()
	if err != nil {
		return nil, err
	}
	a.server = server
	a.closers = append(a.closers, server.Close)
	return server, nil
}

// supplier tells how the bytes of a video of so many seconds come.
type supplier func(duration float64) playback.Supply

// serve gives a file an address.
func (a *App) serve(f source.File, detail string, supply supplier) (*Media, error) {
	server, err := a.mediaServer()
	if err != nil {
		return nil, err
	}
	item, err := server.AddFile(f)
	if err != nil {
		return nil, err
	}
	return mediaOf(item, f.Title(), detail, f.Size(), supply), nil
}

func (a *App) serveStream(s *source.Stream, title, detail string, supply supplier) (*Media, error) {
	server, err := a.mediaServer()
	if err != nil {
		return nil, err
	}
	item, err := server.AddStream(s)
	if err != nil {
		return nil, err
	}
	return mediaOf(item, title, detail, 0, supply), nil
}

func mediaOf(item *source.Item, title, detail string, size int64, supply supplier) *Media {
	return &Media{
		Title: strings.TrimSuffix(title, path.Ext(title)), Detail: detail, URL: item.URL(), Size: size, Closer: item,
		Used: func() MediaUse {
			s := supply(0)
			return MediaUse{Fetched: s.Fetched, Wasted: s.Wasted, Noz: s.Noz}
		},
		Problem: item.Problem, Readers: item.Readers, Given: item.Served, Preview: item.Preview(), Supply: supply,
	}
}

// allHere is how a file comes that lies on this computer.
func allHere(duration float64) playback.Supply {
	return playback.Supply{Here: []playback.Range{{From: 0, To: duration}}}
}

func (a *App) openLocalMedia(name string) (*Media, error) {
	f, err := source.OpenLocal(name)
	if err != nil {
		return nil, err
	}
	return a.serve(f, "On this computer", allHere)
}

// contextFile is a file of the network as the player's server wants it.
type contextFile struct {
	title string
	size  int64
	io.Closer
	read func(ctx context.Context, p []byte, off int64) (int, error)
}

// Title implements [source.File].
func (f contextFile) Title() string { return f.title }

// Size implements [source.File].
func (f contextFile) Size() int64 { return f.size }

// ReadAt implements [source.File].
func (f contextFile) ReadAt(ctx context.Context, p []byte, off int64) (int, error) {
	return f.read(ctx, p, off)
}

func (a *App) openDriveMedia(ctx context.Context, p string) (*Media, error) {
	f, err := a.openDriveFile(ctx, p)
	if err != nil {
		return nil, err
	}
	media, err := a.serveDriveFile(f, path.Base(p))
	if err != nil {
		return nil, err
	}
	media.Ready = f.ready
	return media, nil
}

func (a *App) serveDriveFile(f driveFile, name string) (*Media, error) {
	parts, ok := f.File.(inParts)
	if !ok {
		return a.serve(contextFile{name, f.Size(), f, f.ReadAtContext}, "From your drive", allHere)
	}
	return a.playParts(name, f.Size(), partsVideo{parts, f}, a.gatewayCount(), "From your drive")
}

// IsWebAddress tells whether something names a video on a web server, which
// needs no wallet.
func IsWebAddress(what string) bool { return source.IsWebAddress(strings.TrimSpace(what)) }

// openWebMedia plays what is at an address of the web. It costs no ozone.
func (a *App) openWebMedia(ctx context.Context, address string) (*Media, error) {
	keep, err := a.keeper()
	if err != nil {
		return nil, err
	}
	file, stream, err := source.OpenWeb(ctx, address, keep)
	switch {
	case err != nil:
		return nil, err
	case stream != nil:
		return a.serveStream(stream, "Video", "From the web", stream.Supply)
	}
	return a.serve(file, "From the web", file.Supply)
}

// gatewayCount is how many gateways the network in use has.
func (a *App) gatewayCount() int {
	n, err := a.network()
	if err != nil {
		return 1
	}
	return len(n.Gateways)
}

func (a *App) openPrivateMedia(ctx context.Context, link string) (*Media, error) {
	object, err := a.openPrivate(ctx, link)
	if err != nil {
		return nil, err
	}
	return a.playParts(object.Name, object.Size, partsVideo{object, object}, a.gatewayCount(), "Shared, plays from the network")
}

// openPublicMedia tries a stream of the network first; a link that leads to an
// ordinary file plays as it arrives.
func (a *App) openPublicMedia(ctx context.Context, link string) (*Media, error) {
	c, err := a.client(PublishAccount)
	if err != nil {
		return nil, err
	}
	media, err := a.playStream(ctx, "share/"+link, "Shared video", func(ctx context.Context) (*client.Video, error) {
		return c.OpenSharedVideo(ctx, link)
	})
	if err == nil || !errors.Is(err, client.ErrNotFound) { // an ordinary file is no video either
		return media, err
	}
	r, err := c.OpenSharedReader(client.Urgent(ctx), link)
	if err != nil {
		return nil, explainDisk(err)
	}
	return a.serveReader(r, r.File().Name)
}

func (a *App) openFileMedia(ctx context.Context, id string) (*Media, error) {
	c, err := a.client(PublishAccount)
	if err != nil {
		return nil, err
	}
	if wire.IsVideo(id) {
		return a.playStream(ctx, "file/"+id, "Your video", func(ctx context.Context) (*client.Video, error) {
			return c.OpenVideo(ctx, "", id)
		})
	}
	list, err := c.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		if f.ID != id {
			continue
		}
		r, err := c.OpenReader(client.Urgent(ctx), id, "", f.Size)
		if err != nil {
			return nil, explainDisk(err)
		}
		return a.serveReader(r, client.SafeName(f.Name))
	}
	return nil, fault.Say(client.ErrNotFound, "This account has no file with this id.")
}
