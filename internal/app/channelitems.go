package app

import (
	"cmp"
	"context"
	"encoding/hex"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/channel"
	"github.com/stratosdrive/stratosdrive/player/convert"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// ChannelItemOptions say how something is published on the channel.
type ChannelItemOptions struct {
	Title    string   // empty: the name of the file
	Text     string   // what is said of it
	Poster   string   // a picture of the drive; empty: the one of a published video, else none
	For      []string // periods whose followers may open it; empty: everybody
	Convert  bool     // agree to what a public video needs, see StreamOptions
	PosterAt float64  // second of the poster of a public video; negative: a telling one
	// Progress is told what is being done (a stage of StreamOptions) and how far.
	Progress func(stage string, done, total int64)
}

// AddToChannel brings a file of the drive to the network for the channel, or
// takes what a link leads to, which may be a video that was published before.
// It shows on the page once that is published. The same file for the same
// audience is uploaded once, however often this is asked and cut off.
func (a *App) AddToChannel(ctx context.Context, what string, o ChannelItemOptions) (ChannelItem, error) {
	what = strings.TrimSpace(what)
	now, own, err := a.channelNow(ctx)
	if err != nil {
		return ChannelItem{}, err
	}
	if o.For, err = audience(now, o.For); err != nil {
		return ChannelItem{}, err
	}
	unlock, err := a.lockChannel()
	if err != nil {
		return ChannelItem{}, err
	}
	defer unlock()
	if isLink(what) {
		return a.addLink(ctx, now, what, o)
	}
	if err := refuseAddress(what); err != nil {
		return ChannelItem{}, err
	}
	source, size, err := a.channelSource(ctx, what, o.For)
	if err != nil {
		return ChannelItem{}, err
	}
	for _, made := range own.Made {
		if item, there := now.Item(made.Item); there && made.same(source) {
			return oneItem(now, item), nil // it is there already
		}
	}
	source.Item = channel.NewID()
	for _, begun := range own.Begun {
		if begun.same(source) {
			source.Item = begun.Item // goes on
		}
	}
	return a.addFile(ctx, now, source, size, o)
}

// PeriodsNow stands for the periods that run at the moment.
const PeriodsNow = "now"

// audience are the periods that are meant, each once.
func audience(page channel.File, wanted []string) (ids []string, err error) {
	for _, id := range wanted {
		_, there := page.Period(id)
		before := len(ids)
		for _, p := range page.Periods {
			if p.ID == id || id == PeriodsNow && runs(p, time.Now()) {
				ids = append(ids, p.ID)
			}
		}
		switch {
		case id == PeriodsNow && before == len(ids):
			return nil, fault.Wrong(nil, "No period of your channel runs now, so nobody could open it. Make one first; nothing was added.")
		case id != PeriodsNow && !there:
			return nil, fault.Wrong(nil, "Your channel has no such period. Nothing was added.")
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// channelSource names a file of the drive by its content.
func (a *App) channelSource(ctx context.Context, p string, audience []string) (source channelFrom, size int64, err error) {
	err = a.browse(ctx, func(d *drive) error {
		item, err := a.shareable(ctx, d, p)
		if err != nil {
			return err
		}
		if item.Folder {
			return fault.Wrong(nil, "A channel holds files, not folders. Nothing was added.")
		}
		key, err := d.engine.WatchKey(ctx, item.Path)
		source, size = channelFrom{Path: item.Path, Key: hex.EncodeToString(key[:]), For: audience}, item.Size
		return err
	})
	return source, size, err
}

// addFile uploads a file and puts it among what is to be published.
func (a *App) addFile(ctx context.Context, now channel.File, source channelFrom, size int64, o ChannelItemOptions) (ChannelItem, error) {
	err := a.changeOwn(func(own *ownChannel) {
		if _, there := from(own.Begun, source.Item); !there {
			own.Begun = append(own.Begun, source)
		}
	})
	if err != nil {
		return ChannelItem{}, err
	}
	item := channel.Item{ID: source.Item, Kind: kindOf(source.Path), Title: cmp.Or(strings.TrimSpace(o.Title), titleOf(path.Base(source.Path))), Text: strings.TrimSpace(o.Text), Bytes: size}
	link, err := a.linkFor(ctx, source, item.Title, o)
	if err != nil {
		return ChannelItem{}, err
	}
	if item.Poster, err = a.posterOf(ctx, o.Poster, link); err != nil {
		return ChannelItem{}, err
	}
	if item.Seconds = int(link.Seconds + 0.5); item.Seconds == 0 && item.Kind != channel.Plain {
		item.Seconds = a.secondsOf(ctx, source.Path)
	}
	return a.keepItem(now, item, cmp.Or(link.AppLink, link.Link), source)
}

// linkFor makes the link of an item, or finds the one that an earlier try made.
func (a *App) linkFor(ctx context.Context, source channelFrom, title string, o ChannelItemOptions) (Link, error) {
	r, err := a.readRegister()
	if err != nil {
		return Link{}, err
	}
	for _, m := range r.Links {
		if m.Item == source.Item && m.Stopped.IsZero() {
			return m.Link, nil
		}
	}
	if len(source.For) == 0 && CanPublish(source.Path) {
		return a.PublishStream(ctx, source.Path, StreamOptions{
			Title: title, PosterAt: o.PosterAt, Duration: channelLinks, Convert: o.Convert, Progress: o.Progress, item: source.Item,
		})
	}
	return a.Share(ctx, source.Path, ShareOptions{Public: len(source.For) == 0, Duration: channelLinks, item: source.Item}, func(done, total int64) {
		if o.Progress != nil {
			o.Progress(StageUpload, done, total)
		}
	})
}

// addLink takes what a link leads to. Such a link goes on when the item is
// removed.
func (a *App) addLink(ctx context.Context, now channel.File, link string, o ChannelItemOptions) (ChannelItem, error) {
	info, err := a.LookAtLink(ctx, link)
	if err != nil {
		return ChannelItem{}, err
	}
	private := publish.IsLink(link) && !publish.IsStreamLink(link)
	switch {
	case info.Kind == LinkToFolder:
		return ChannelItem{}, fault.Wrong(nil, "A channel holds files, not folders. Nothing was added.")
	case private && len(o.For) == 0:
		return ChannelItem{}, fault.Wrong(nil, "This is a private link, and the page is for everybody. Choose a period whose followers may open it, or share the file publicly.")
	case !private && len(o.For) > 0:
		return ChannelItem{}, fault.Wrong(nil, "Everybody who has this link can open it. For followers only, add the file itself.")
	}
	for _, i := range now.Items {
		if !private && i.Link == link {
			return oneItem(now, i), nil
		}
	}
	item := channel.Item{
		ID: channel.NewID(), Kind: kindOf(info.Name), Title: cmp.Or(strings.TrimSpace(o.Title), titleOf(info.Name)), Text: strings.TrimSpace(o.Text),
		Bytes: info.Size, Seconds: int(info.Seconds + 0.5),
	}
	if info.Kind == LinkToVideo {
		item.Kind = channel.Video
	}
	if item.Poster, err = a.posterOf(ctx, o.Poster, Link{}); err != nil {
		return ChannelItem{}, err
	}
	return a.keepItem(now, item, link, channelFrom{Item: item.ID, Path: info.Name, For: o.For})
}

// keepItem puts an item among what is to be published, sealed for whom it is.
func (a *App) keepItem(now channel.File, item channel.Item, link string, source channelFrom) (ChannelItem, error) {
	if len(source.For) == 0 {
		item.Link = link
	}
	for _, id := range source.For {
		p, _ := now.Period(id)
		key, err := a.periodKey(p, now.Owner)
		if err != nil {
			return ChannelItem{}, err
		}
		sealed, err := key.Seal(item.ID, link)
		if err != nil {
			return ChannelItem{}, channelFault(err)
		}
		item.Sealed = append(item.Sealed, channel.Sealed{Period: id, Link: sealed})
	}
	next, _ := now.With(channel.Edits{Add: []channel.Item{item}}, time.Now())
	if _, err := next.Encode(); err != nil {
		return ChannelItem{}, fault.Wrong(err, "This cannot stand on a page: a title has 200 letters at most, a text 10,000, and a channel 10,000 items. Nothing was added.")
	}
	return oneItem(next, item), a.changeOwn(func(own *ownChannel) {
		own.Begun = slices.DeleteFunc(own.Begun, func(f channelFrom) bool { return f.Item == item.ID })
		own.Edits.Add = append(own.Edits.Add, item)
		if source.Key != "" {
			own.Made = append(own.Made, source)
		}
	})
}

// oneItem is an item of a page as a person sees it.
func oneItem(page channel.File, item channel.Item) ChannelItem {
	page.Items = []channel.Item{item}
	one := channelInfo(page).Items[0]
	one.Open, one.Draft = true, true
	return one
}

// secondsOf is the length of a video or song of the drive; 0 where it cannot be
// told.
func (a *App) secondsOf(ctx context.Context, p string) int {
	src, err := a.openStreamSource(ctx, p)
	if err != nil {
		return 0
	}
	defer src.Close()
	tools, err := convert.Find()
	if err != nil {
		return 0
	}
	info, err := tools.Probe(ctx, src.address, src.size)
	if err != nil {
		return 0
	}
	return int(info.Length.Seconds() + 0.5)
}

// kindOf is what kind of item a file becomes, by its name.
func kindOf(name string) string {
	switch {
	case IsSound(name):
		return channel.Music
	case IsVideo(name):
		return channel.Video
	}
	return channel.Plain
}
