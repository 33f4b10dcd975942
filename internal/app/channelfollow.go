package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/history"
)

// FollowChannel puts a channel on the list of those that are followed, named by
// the address of its owner or a link. Following is free and nobody learns of it.
func (a *App) FollowChannel(ctx context.Context, text string) (ChannelInfo, error) {
	owner, err := a.channelOwner(text)
	if err != nil {
		return ChannelInfo{}, err
	}
	info, err := a.current()
	if err != nil {
		return ChannelInfo{}, err
	}
	if owner == info.Address {
		return ChannelInfo{}, fault.Wrong(nil, "This is your own channel. Nothing was changed.")
	}
	c, page, err := a.lookAt(ctx, owner)
	if err != nil {
		return ChannelInfo{}, err
	}
	err = a.changeDesk(func(d *channelDesk) {
		now := time.Now().UTC()
		f := followed{Owner: c.Owner, Since: now.Truncate(time.Second), Changed: now, Looked: page.Changed, Seen: page.seen}
		switch i := d.follow(c.Owner); {
		case i < 0:
			d.Follows = append(d.Follows, f)
		case d.Follows[i].Gone:
			d.Follows[i] = f
		default:
			f = d.Follows[i]
		}
		c.Since = f.Since
	})
	c.Followed = true
	a.tellLinks(ctx)
	return c, err
}

// UnfollowChannel takes a channel off that list. What was paid for stays paid.
func (a *App) UnfollowChannel(ctx context.Context, text string) error {
	owner, err := a.channelOwner(text)
	if err != nil {
		return err
	}
	found := false
	err = a.changeDesk(func(d *channelDesk) {
		if i := d.follow(owner.String()); i >= 0 && !d.Follows[i].Gone {
			d.Follows[i].Gone, d.Follows[i].Changed, found = true, time.Now().UTC(), true
		}
	})
	if err == nil && !found {
		return fault.Wrong(nil, "You do not follow this channel. Nothing was changed.")
	}
	a.tellLinks(ctx)
	return err
}

// LookAtChannel reads a channel, followed or not.
func (a *App) LookAtChannel(ctx context.Context, text string) (ChannelInfo, error) {
	owner, err := a.channelOwner(text)
	if err != nil {
		return ChannelInfo{}, err
	}
	if info, err := a.current(); err == nil && info.Address == owner {
		return a.MyChannel(ctx)
	}
	c, _, err := a.lookAt(ctx, owner)
	return c, err
}

// NoteLooked remembers that one has seen what is on a channel: nothing of it is
// new any more.
func (a *App) NoteLooked(_ context.Context, owner string, at time.Time) error {
	return a.changeDesk(func(d *channelDesk) {
		if i := d.follow(owner); i >= 0 && at.After(d.Follows[i].Looked) {
			d.Follows[i].Looked, d.Follows[i].Changed = at, time.Now().UTC()
		}
	})
}

// Channels reads all channels that are followed, and tells what is new. One that
// cannot be read now is shown as it was seen last, with the reason.
func (a *App) Channels(ctx context.Context) (ChannelNews, error) {
	a.takeLinks(ctx)
	desk, err := a.channelDesk()
	if err != nil {
		return ChannelNews{}, err
	}
	paid, problem, err := a.subscriptions(ctx, history.Out)
	if err != nil {
		problem = fault.Sentence(err) // what is for everybody can be read
	}
	follows := slices.DeleteFunc(desk.Follows, func(f followed) bool { return f.Gone })
	news := ChannelNews{Channels: make([]ChannelInfo, len(follows)), Items: []ChannelItem{}}
	group, gctx := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for i, f := range follows {
		group.Go(func() error {
			news.Channels[i] = a.lookAtFollowed(gctx, f, paid, problem)
			return nil
		})
	}
	_ = group.Wait()
	for _, c := range news.Channels {
		news.Items = append(news.Items, c.Items...)
		news.New += c.New
	}
	slices.SortStableFunc(news.Items, func(x, y ChannelItem) int { return y.At.Compare(x.At) })
	return news, ctx.Err()
}

func (a *App) lookAtFollowed(ctx context.Context, f followed, paid []subscription, problem string) ChannelInfo {
	owner, err := stratos.ParseAddress(f.Owner)
	var c ChannelInfo
	if err == nil {
		c, _, err = a.lookWith(ctx, owner, f.Seen, paid, problem)
	}
	if err != nil {
		c = ChannelInfo{Owner: f.Owner, Link: ChannelLink(f.Owner), Items: []ChannelItem{}, Periods: []ChannelPeriod{}, Problem: fault.Sentence(err)}
	}
	c.markNew(f)
	return c
}

// markNew says what of a channel came since one looked.
func (c *ChannelInfo) markNew(f followed) {
	c.Followed, c.Since = true, f.Since
	for i := range c.Items {
		if c.Items[i].At.After(f.Looked) {
			c.Items[i].New = true
			c.New++
		}
	}
}

// lookAt reads a channel of somebody else.
func (a *App) lookAt(ctx context.Context, owner stratos.Address) (ChannelInfo, channelPage, error) {
	desk, err := a.channelDesk()
	if err != nil {
		return ChannelInfo{}, channelPage{}, err
	}
	paid, problem, err := a.subscriptions(ctx, history.Out)
	if err != nil {
		problem = fault.Sentence(err)
	}
	i, f := desk.follow(owner.String()), followed{}
	if i >= 0 {
		f = desk.Follows[i]
	}
	c, page, err := a.lookWith(ctx, owner, f.Seen, paid, problem)
	if err == nil && i >= 0 && !f.Gone {
		c.markNew(f)
	}
	return c, page, err
}

// lookWith reads a channel. One that was seen before and cannot be found now is
// shown as it was, with the reason.
func (a *App) lookWith(ctx context.Context, owner stratos.Address, seen seenPage, paid []subscription, problem string) (ChannelInfo, channelPage, error) {
	page, lacking := a.loadPage(ctx, owner, seen)
	if lacking != nil {
		known, err := a.knownPage(ctx, owner, seen)
		if err != nil {
			return ChannelInfo{}, page, lacking
		}
		page = known
	} else if page.seen != seen {
		if err := a.noteSeen(owner.String(), page.seen); err != nil {
			return ChannelInfo{}, page, err
		}
	}
	c := channelInfo(page.File)
	if lacking != nil {
		c.Problem, c.Older, c.stale = fault.Sentence(lacking), errors.Is(lacking, ErrOlderPage), true
	}
	c.unsure = problem != ""
	if err := a.subscribed(ctx, &c, page, paid); err != nil && c.Problem == "" {
		c.Problem = fault.Sentence(err)
	}
	if c.Problem == "" && len(c.Periods) > 0 {
		c.Problem = problem
	}
	return c, page, nil
}

func (a *App) noteSeen(owner string, seen seenPage) error {
	desk, err := a.channelDesk()
	if err != nil || desk.follow(owner) < 0 {
		return err
	}
	return a.changeDesk(func(d *channelDesk) {
		if i := d.follow(owner); i >= 0 && d.Follows[i].Seen.Height <= seen.Height {
			d.Follows[i].Seen = seen
		}
	})
}
