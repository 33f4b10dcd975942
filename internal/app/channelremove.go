package app

import (
	"context"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/channel"
)

// RemoveFromChannel takes an item off the channel, named by its id or title.
// Once the page is published without it, what was uploaded for it is deleted,
// unless another link needs it.
func (a *App) RemoveFromChannel(ctx context.Context, what string) (ChannelItem, error) {
	now, own, err := a.channelNow(ctx)
	if err != nil {
		return ChannelItem{}, err
	}
	item, err := channelItemOf(now, what)
	if err != nil {
		return ChannelItem{}, err
	}
	r, err := a.readRegister()
	if err != nil {
		return ChannelItem{}, err
	}
	_, draft := own.Edits.Item(item.ID)
	err = a.changeOwn(func(o *ownChannel) {
		o.Edits.Add = slices.DeleteFunc(o.Edits.Add, func(i channel.Item) bool { return i.ID == item.ID })
		o.Edits.Remove = append(o.Edits.Remove, item.ID)
		o.Made = slices.DeleteFunc(o.Made, func(f channelFrom) bool { return f.Item == item.ID })
		for _, m := range r.Links {
			if m.Item == item.ID && m.Stopped.IsZero() {
				o.End = append(o.End, m.ID)
			}
		}
	})
	if err == nil && draft {
		err = a.endItems(ctx)
	}
	return oneItem(now, item), err
}

// channelItemOf finds an item by its id or its title.
func channelItemOf(page channel.File, what string) (channel.Item, error) {
	what = strings.TrimSpace(what)
	if item, there := page.Item(what); there {
		return item, nil
	}
	var named []channel.Item
	for _, i := range page.Items {
		if strings.EqualFold(i.Title, what) {
			named = append(named, i)
		}
	}
	switch len(named) {
	case 0:
		return channel.Item{}, fault.Wrong(nil, "The channel has no item %q.", what)
	case 1:
		return named[0], nil
	}
	return channel.Item{}, fault.Wrong(nil, "The channel has %d items called %q. Name it by its id.", len(named), what)
}

// endItems ends the links of items that were removed. What fails is tried again
// with the next publishing.
func (a *App) endItems(ctx context.Context) error {
	desk, err := a.channelDesk()
	if err != nil {
		return err
	}
	var left []string
	for _, id := range desk.Own.End {
		if err := a.StopLink(ctx, id); err != nil && !a.linkEnded(id) {
			left = append(left, id)
		}
	}
	if len(left) == len(desk.Own.End) {
		return nil
	}
	return a.changeOwn(func(o *ownChannel) { o.End = left })
}

// linkEnded tells whether a link is known to have been stopped.
func (a *App) linkEnded(id string) bool {
	r, err := a.readRegister()
	i := r.find(id)
	return err == nil && (i < 0 || !r.Links[i].Stopped.IsZero())
}
