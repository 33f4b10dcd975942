package app

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"

	"github.com/stratosdrive/stratosdrive/internal/picture"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

const (
	posterSide    = 480 // pixels
	posterQuality = 80  // of JPEG
	mostPoster    = 1 << 20
)

// Poster returns a picture that stands for a video: the one where it was left
// last, else what its publisher chose, where that is known here. It is nil
// where there is none; nothing is fetched for it.
func (a *App) Poster(_ context.Context, what string) ([]byte, error) {
	store, err := a.keeper()
	if err != nil {
		return nil, err
	}
	if raw := keptWhole(store, posterName(what), mostPoster); raw != nil {
		return raw, nil
	}
	r, err := a.readRegister()
	if err != nil {
		return nil, err
	}
	for _, l := range r.Links {
		if l.AppLink == what || l.Link.Link == what {
			return a.LinkPoster(l.ID), nil
		}
	}
	return nil, nil
}

// NotePoster keeps the picture at which a video was left, made small and sealed
// with what was fetched.
func (a *App) NotePoster(_ context.Context, what string, frame image.Image) error {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture.Shrink(frame, posterSide), &jpeg.Options{Quality: posterQuality}); err != nil {
		return fmt.Errorf("write poster: %w", err)
	}
	store, err := a.keeper()
	if err != nil {
		return err
	}
	return keepWhole(store, posterName(what), b.Bytes())
}

// keepCard keeps the poster that came with a published video, unless there is a
// picture where it was left.
func (a *App) keepCard(link string, card publish.Card) {
	if store, err := a.keeper(); err == nil && len(card.Poster) > 0 && store.Whole(posterName(link)) == 0 {
		_ = keepWhole(store, posterName(link), card.Poster) // a convenience
	}
}

// posterName is what the poster of a video is called in the store. It does not
// tell the link.
func posterName(what string) string {
	key := object.WatchKeyOf("poster of " + what)
	return "poster-" + hex.EncodeToString(key[:])
}
