package app

import (
	"context"
	"errors"
	"maps"
	"slices"

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
	return errors.Join(a.dropHeld(ctx, gone), a.endItems(ctx, d.page))
}

// settle notes that the page which was uploaded last is that of the newest
// record, if it is, and returns the files that nobody needs any more. What the
// page before stood on stays until the next time, so that who reads it just now
// can go on, and so does what is still named: another device may have gone on from
// an older page.
func (o *ownChannel) settle(seen seenPage, page channel.File) (gone []heldFile) {
	o.Seen = seen
	record, err := channel.ParseRecord(seen.Memo)
	if err != nil || o.Page == nil || record.Link != o.Page.Link {
		return nil
	}
	named := linksOf(page, o.Edits)
	isNamed := func(h heldFile) bool { return named[h.Link] }
	now, replaced := parted(append(slices.Collect(maps.Values(o.Grants)), o.Now...), isNamed)
	posters, unused := parted(o.Posters, isNamed)
	still, gone := parted(o.Old, isNamed)
	o.Now, o.Old, o.Posters = append(now, o.Page.heldFile), slices.Concat(still, replaced, unused), posters
	o.Page, o.Grants = nil, nil
	return o.spared(gone)
}

// linksOf are the small files that a page, or what is to be published, names.
func linksOf(page channel.File, e channel.Edits) map[string]bool {
	named := map[string]bool{page.Poster: true}
	if e.About != nil {
		named[e.About.Poster] = true
	}
	for _, i := range slices.Concat(page.Items, e.Add) {
		named[i.Poster] = true
	}
	for _, p := range page.Periods {
		named[p.Grants] = true
	}
	delete(named, "")
	return named
}

// parted divides a list.
func parted(list []heldFile, first func(heldFile) bool) (yes, no []heldFile) {
	for _, h := range list {
		if first(h) {
			yes = append(yes, h)
		} else {
			no = append(no, h)
		}
	}
	return yes, no
}

// spared leaves of what goes the files that something else stands on: the same
// content is one file, however often it was uploaded.
func (o *ownChannel) spared(gone []heldFile) []heldFile {
	kept := slices.Concat(o.Now, o.Old, o.Posters)
	for i, h := range gone {
		if slices.ContainsFunc(kept, func(k heldFile) bool { return k.FileID == h.FileID }) {
			gone[i].FileID = ""
		}
	}
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
		if a.dropFile(ctx, c, h) != nil {
			left = append(left, h)
		}
	}
	if len(left) == 0 {
		return nil
	}
	return a.changeOwn(func(o *ownChannel) { o.Old = append(o.Old, left...) })
}

// dropFile ends the link to a small file and deletes it, unless a link that the
// user made needs it.
func (a *App) dropFile(ctx context.Context, c *networkClient, h heldFile) error {
	if h.ShareID != "" {
		if err := missingIsFine(c.StopShare(ctx, h.ShareID)); err != nil {
			return err
		}
	}
	if h.FileID == "" || a.neededElsewhere(h.FileID, "") {
		return nil
	}
	return missingIsFine(c.Delete(ctx, h.FileID))
}
