package app

import (
	"context"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/sync/object"
)

// takeBackLimit is how long a cancelled publishing goes on to take back what it
// left on the network.
const takeBackLimit = 30 * time.Second

// dropStream takes back a stream that was never finished.
func (a *App) dropStream(ctx context.Context, c *networkClient, key string, b begunStream) error {
	if err := a.stopStrays(ctx, c, b); err != nil {
		return err
	}
	err := a.endStream(ctx, c, madeLink{
		Link: Link{ID: b.ShareID}, FileID: b.FileID, Own: b.Own, CardID: b.CardID, CardShare: b.CardOf,
	})
	if err != nil {
		return err
	}
	_ = os.RemoveAll(filepath.Join(a.cacheDir("publish"), key))
	return a.changeRegister(func(r *register) { delete(r.Streams, key) })
}

// stopStrays ends links to the files of an unfinished stream that nobody noted:
// the answer that would have told their ids was lost.
func (a *App) stopStrays(ctx context.Context, c *networkClient, b begunStream) error {
	if b.CardID == "" && !b.Own {
		return nil
	}
	shares, err := c.Shares(ctx)
	if err != nil {
		return err
	}
	r, err := a.readRegister()
	if err != nil {
		return err
	}
	noted := map[string]bool{}
	for _, m := range r.Links {
		noted[m.ID], noted[m.CardShare] = true, true
	}
	for _, s := range shares {
		ours := s.FileID == b.CardID || b.Own && s.FileID == b.FileID
		if ours && !noted[s.ID] {
			if err := missingIsFine(c.StopShare(ctx, s.ID)); err != nil {
				return err
			}
		}
	}
	return nil
}

// endStream ends the links of something public and deletes the files that were
// uploaded for them, unless another link needs them. What is not there any more
// is fine.
func (a *App) endStream(ctx context.Context, c *networkClient, m madeLink) error {
	var errs []error
	for _, share := range []string{m.ID, m.CardShare} {
		if share != "" {
			errs = append(errs, missingIsFine(c.StopShare(ctx, share)))
		}
	}
	if m.CardID != "" && !a.neededElsewhere(m.CardID, m.ID) {
		errs = append(errs, missingIsFine(c.Delete(ctx, m.CardID)))
	}
	if m.Own && m.FileID != "" && !a.neededElsewhere(m.FileID, m.ID) {
		errs = append(errs, missingIsFine(c.Delete(ctx, m.FileID)))
	}
	return errors.Join(errs...)
}

func missingIsFine(err error) error {
	if errors.Is(err, client.ErrNotFound) {
		return nil
	}
	return err
}

// neededElsewhere tells whether another link than the named one leads to a file.
func (a *App) neededElsewhere(file, link string) bool {
	r, err := a.readRegister()
	if err != nil {
		return true // nothing is deleted that may be needed
	}
	for _, m := range r.Links {
		if m.ID != link && (m.FileID == file || m.CardID == file) {
			return true
		}
	}
	return false
}

// ownedElsewhere tells whether a file was uploaded for another link.
func (a *App) ownedElsewhere(file string) bool {
	r, err := a.readRegister()
	if err != nil {
		return false
	}
	for _, m := range r.Links {
		if m.FileID == file && m.Own {
			return true
		}
	}
	return false
}

// posterFile keeps the poster of a link for lists.
func (a *App) posterFile(id string) string {
	key := object.WatchKeyOf("poster " + id)
	return filepath.Join(a.cacheDir("posters"), hex.EncodeToString(key[:])+".jpg")
}

// LinkPoster returns the poster frame of a published video as JPEG, nil where
// none is kept here.
func (a *App) LinkPoster(id string) []byte {
	raw, err := os.ReadFile(a.posterFile(id))
	if err != nil {
		return nil
	}
	return raw
}

// unfinished lists the videos whose publishing was cut off. Publishing them
// again goes on, stopping them takes back what there is.
func unfinished(r register) []Link {
	var links []Link
	for key, b := range r.Streams {
		links = append(links, Link{ID: key, Name: b.Name, Path: b.Path, Public: true, Unfinished: true, State: LinkUnfinished})
	}
	return links
}
