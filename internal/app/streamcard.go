package app

import (
	"bytes"
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// StreamCard fetches what is said of a published video: its title, its length
// and its poster. It costs the few bytes that it has.
func (a *App) StreamCard(ctx context.Context, link string) (publish.Card, error) {
	l, err := publish.ParseStreamLink(link)
	if err != nil {
		return publish.Card{}, err
	}
	c, err := a.client(PublishAccount)
	if err != nil {
		return publish.Card{}, err
	}
	body := make([]byte, 0, 64<<10)
	_, err = c.FetchShared(ctx, "sds://"+l.Card, func(f client.SharedFile) error {
		if f.Size <= 0 || f.Size > publish.MaxCard {
			return fmt.Errorf("%w: card of %d bytes", publish.ErrDamaged, f.Size)
		}
		body = make([]byte, f.Size)
		return nil
	}, func(off int64, p []byte) error {
		if off < 0 || off+int64(len(p)) > int64(len(body)) {
			return fmt.Errorf("%w: piece at %d", publish.ErrDamaged, off)
		}
		copy(body[off:], p)
		return nil
	})
	if err != nil {
		return publish.Card{}, fmt.Errorf("fetch what is said of a video: %w", err)
	}
	return publish.ParseCard(bytes.TrimRight(body, "\x00"))
}

// The card is asked for when the player was given so much of the video, about a
// picture, or after so long: on a slow line a poster takes as long as a picture.
const (
	beforeCard   = 512 << 10
	longestAlone = 3 * time.Second
	lookForCard  = 50 * time.Millisecond
)

// openCardMedia plays a published video by the link that names its card. The
// card must not keep the picture waiting, so it comes behind.
func (a *App) openCardMedia(ctx context.Context, link string) (*Media, error) {
	l, err := publish.ParseStreamLink(link)
	if err != nil {
		return nil, err
	}
	media, err := a.openPublicMedia(ctx, "sds://"+l.Stream)
	if err != nil {
		return nil, err
	}
	var known atomic.Pointer[publish.Card]
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		untilGiven(ctx, media.Given)
		if card, err := a.StreamCard(ctx, link); err == nil { // without it the video plays as well
			known.Store(&card)
			a.keepCard(link, card)
		}
	}()
	media.Card = known.Load
	media.Closer = closerFunc{media.Closer.Close, func() { cancel(); <-done }}
	return media, nil
}

// untilGiven waits until the card may come.
func untilGiven(ctx context.Context, given func() int64) {
	look := time.NewTicker(lookForCard)
	defer look.Stop()
	late := time.NewTimer(longestAlone)
	defer late.Stop()
	for given() < beforeCard {
		select {
		case <-ctx.Done():
			return
		case <-late.C:
			return
		case <-look.C:
		}
	}
}

// closerFunc is a closer with something to end first.
type closerFunc struct {
	end   func() error
	first func()
}

// Close implements [io.Closer].
func (c closerFunc) Close() error {
	c.first()
	return c.end()
}
