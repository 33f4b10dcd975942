package app

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/network/channel"
)

// settlePage notes that a page is published, and cleans up.
func (a *App) settlePage(ctx context.Context, d channelDraft, seen seenPage) error {
	var gone []heldFile
	err := a.changeOwn(func(o *ownChannel) {
		o.Edits = o.Edits.Without(d.edits)
		gone = o.settle(seen, d.page)
	})
	if err != nil {
		return err
	}
	return errors.Join(a.dropHeld(ctx, gone), a.endItems(ctx))
}

// settle notes that the page which was uploaded last is that of the newest
// record, if it is, and returns the files that nobody needs any more. What the
// page before stood on stays until the next time, so that who reads it just now
// can go on.
func (o *ownChannel) settle(seen seenPage, page channel.File) (gone []heldFile) {
	o.Seen = seen
	record, err := channel.ParseRecord(seen.Memo)
	if err != nil || o.Page == nil || record.Link != o.Page.Link {
		return nil
	}
	var now, replaced []heldFile
	for _, h := range append(slices.Collect(maps.Values(o.Grants)), o.Now...) {
		if slices.ContainsFunc(page.Periods, func(p channel.Period) bool { return p.Grants == h.Link }) {
			now = append(now, h)
		} else {
			replaced = append(replaced, h)
		}
	}
	gone = o.Old
	o.Now, o.Old = append(now, o.Page.heldFile), replaced
	o.Page, o.Grants = nil, nil
	return gone
}

// dropHeld deletes small files of the channel. What fails is tried again with
// the next publishing.
func (a *App) dropHeld(ctx context.Context, gone []heldFile) error {
	if len(gone) == 0 {
		return nil
	}
	c, err := a.client(PublishAccount)
	if err != nil {
		return err
	}
	var left []heldFile
	for _, h := range gone {
		err := c.StopShare(ctx, h.ShareID)
		if err == nil || errors.Is(err, client.ErrNotFound) {
			err = missingIsFine(c.Delete(ctx, h.FileID))
		}
		if err != nil {
			left = append(left, h)
		}
	}
	if len(left) == 0 {
		return nil
	}
	return a.changeOwn(func(o *ownChannel) { o.Old = append(o.Old, left...) })
}
