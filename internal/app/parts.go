package app

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	playfetch "github.com/stratosdrive/stratosdrive/player/fetch"
	"github.com/stratosdrive/stratosdrive/player/source"
	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/sync/media"
	"github.com/stratosdrive/stratosdrive/sync/publish"
	"github.com/stratosdrive/stratosdrive/sync/repo"
)

// inParts is a file of the network that is fetched part by part: of the drive,
// or behind a private link.
type inParts interface {
	Layout() media.Layout
	Here(part int) int64
	FetchPart(ctx context.Context, part int, arrived func(n int64)) error
	Peek(p []byte, off int64) (int, error)
	ReadAtContext(ctx context.Context, p []byte, off int64) (int, error)
}

// partsVideo is such a file as the player wants it.
type partsVideo struct {
	inParts
	io.Closer
}

// Layout implements [source.Video].
func (v partsVideo) Layout() playfetch.Layout {
	from := v.inParts.Layout()
	var l playfetch.Layout
	for _, p := range from.Parts {
		l.Parts = append(l.Parts, playfetch.Part{Size: p.Size, Lead: p.Lead})
	}
	for _, p := range from.Places {
		l.Extents = append(l.Extents, playfetch.Extent{Off: p.Off, Len: p.Len, Part: p.Part, At: p.At, Sealed: p.Sealed})
	}
	return l
}

// Fetch implements [source.Video].
func (v partsVideo) Fetch(ctx context.Context, o playfetch.Order, tell source.Tell) error {
	ctx = client.Urgent(client.Through(ctx, o.Gateway))
	return asVideo(v.FetchPart(ctx, o.Part, tell.Arrived))
}

// Peek implements [source.Video].
func (v partsVideo) Peek(p []byte, off int64) (int, error) {
	n, err := v.inParts.Peek(p, off)
	if errors.Is(err, fetch.ErrNotHere) {
		return n, source.ErrNotHere
	}
	return n, err
}

// Rescue implements [source.Rescuer]: a chunk that is damaged or lost in one
// pack may lie in another.
func (v partsVideo) Rescue(ctx context.Context, p []byte, off int64) (int, error) {
	n, err := v.ReadAtContext(client.Urgent(ctx), p, off)
	return n, explainDisk(err)
}

// asVideo adds the player's word for a failure that no further try mends.
func asVideo(err error) error {
	for _, final := range []error{
		repo.ErrNotFound, repo.ErrRefused, repo.ErrNoOzone, publish.ErrNotFound, publish.ErrDamaged,
		client.ErrNoOzone, client.ErrNotFound, client.ErrExpired, client.ErrRefused,
	} {
		if errors.Is(err, final) {
			return fmt.Errorf("%w: %w", source.ErrRefused, err)
		}
	}
	return explainDisk(err)
}

// playParts makes a file in parts something that can be watched.
func (a *App) playParts(title string, size int64, v partsVideo, gateways int, detail string) (*Media, error) {
	s, err := source.NewSession(v, source.SessionOptions{Options: playfetch.Options{Gateways: gateways}, Whole: true})
	if err != nil {
		return nil, firstError(err, v.Close())
	}
	s.Begin()
	file := source.Play(title, size, s)
	return a.serve(file, detail, file.Supply)
}
