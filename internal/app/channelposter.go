package app

import (
	"context"
	"errors"
	"image"
	"path"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/picture"
)

// largestPoster is the largest picture that stands for something, in bytes.
const largestPoster = 2 << 20

// ChannelPoster returns the picture that stands for a channel or one of its
// items, at most [ThumbnailSide] pixels across. What was seen before comes from
// the cache; else it is fetched, which takes the ozone of its bytes, 2 MB at
// most. Posters are for everybody, those of closed items too.
func (a *App) ChannelPoster(ctx context.Context, link string) (image.Image, error) {
	var shown image.Image
	err := a.fetchOpen(ctx, link, largestPoster, func(raw []byte) (err error) {
		shown, err = picture.Decode(raw, ThumbnailSide)
		return err
	})
	return shown, err
}

// uploadPoster brings a picture of the drive to the network and returns its link.
func (a *App) uploadPoster(ctx context.Context, p string) (string, error) {
	if ViewKindOf(p) != Picture {
		return "", fault.Wrong(nil, "A poster is a picture, for example a .jpg or .png file. Nothing was changed.")
	}
	raw, err := a.ReadFile(ctx, p, largestPoster, nil)
	if errors.Is(err, ErrTooBig) {
		return "", fault.Wrong(err, "A poster has 2 MB at most, so that followers need not wait for it. Nothing was changed.")
	}
	if err != nil {
		return "", err
	}
	return a.uploadPicture(ctx, strings.ToLower(path.Ext(p)), raw)
}

// uploadPicture brings a picture to the network; ext tells its kind.
func (a *App) uploadPicture(ctx context.Context, ext string, raw []byte) (string, error) {
	c, err := a.client(PublishAccount)
	if err != nil {
		return "", err
	}
	held, err := uploadOpen(ctx, c, "poster"+ext, raw)
	if err == nil {
		a.keepOpen(held.Link, raw)
	}
	if held.FileID == "" {
		return "", err
	}
	return held.Link, errors.Join(err, a.changeOwn(func(o *ownChannel) { o.Posters = append(o.Posters, held) }))
}

// posterOf is the link of the picture that stands for an item: the one that was
// chosen, else that of a video that was just published for everybody. It is empty
// where there is none.
func (a *App) posterOf(ctx context.Context, chosen string, made Link) (string, error) {
	if chosen != "" {
		return a.uploadPoster(ctx, chosen)
	}
	if raw := a.LinkPoster(made.ID); made.AppLink != "" && len(raw) > 0 && len(raw) <= largestPoster {
		return a.uploadPicture(ctx, ".jpg", raw)
	}
	return "", nil
}
