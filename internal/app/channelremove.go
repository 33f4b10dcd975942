package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/channel"
)

// RemoveFromChannel takes an item off the channel, named by its id or title.
// Once the page is published without it, what was uploaded for it is deleted,
// unless another link needs it.
func (a *App) RemoveFromChannel(ctx context.Context, what string) (ChannelItem, error) {
	unlock, err := a.lockChannel()
	if err != nil {
		return ChannelItem{}, err
	}
	defer unlock()
	page, now, own, err := a.channelBoth(ctx)
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
	published := own.mayBeOut(page.File, item.ID)
	err = a.changeOwn(func(o *ownChannel) {
		o.Edits.Add = slices.DeleteFunc(o.Edits.Add, func(i channel.Item) bool { return i.ID == item.ID })
		if published {
			o.Edits.Remove = append(o.Edits.Remove, item.ID)
		}
		o.Made = slices.DeleteFunc(o.Made, func(f channelFrom) bool { return f.Item == item.ID })
		for _, m := range r.Links {
			if m.Item == item.ID && m.Stopped.IsZero() {
				o.End = append(o.End, m.ID)
			}
		}
	})
	if err == nil && !published {
		err = a.endItems(ctx, page.File)
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

// mayBeOut tells whether an item is on the page that is out, or on one that was
// uploaded and perhaps recorded.
func (o *ownChannel) mayBeOut(page channel.File, item string) bool {
	_, on := page.Item(item)
	if on || o.Page == nil {
		return on
	}
	var held channel.File
	if json.Unmarshal(o.Page.Page, &held) != nil {
		return true
	}
	_, on = held.Item(item)
	return on
}

// toEnd are the links of removed items which no page that may be out leads to.
func (o *ownChannel) toEnd(r register, page channel.File) (ids []string) {
	for _, id := range o.End {
		if i := r.find(id); i < 0 || !o.mayBeOut(page, r.Links[i].Item) {
			ids = append(ids, id)
		}
	}
	return ids
}

// endItems ends the links of items that were removed, once the page that is out
// does not list them. What fails is tried again with the next publishing.
func (a *App) endItems(ctx context.Context, page channel.File) error {
	desk, err := a.channelDesk()
	if err != nil {
		return err
	}
	r, err := a.readRegister()
	if err != nil {
		return err
	}
	var ended []string
	for _, id := range desk.Own.toEnd(r, page) {
		if err := a.StopLink(ctx, id); err == nil || a.linkEnded(id) {
			ended = append(ended, id)
		}
	}
	if len(ended) == 0 {
		return nil
	}
	return a.changeOwn(func(o *ownChannel) {
		o.End = slices.DeleteFunc(o.End, func(id string) bool { return slices.Contains(ended, id) })
	})
}

// linkEnded tells whether a link is known to have been stopped.
func (a *App) linkEnded(id string) bool {
	r, err := a.readRegister()
	i := r.find(id)
	return err == nil && (i < 0 || !r.Links[i].Stopped.IsZero())
}
