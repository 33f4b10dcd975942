package publish

import (
	"context"
	"errors"
	"fmt"
	"io"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/sync/media"
)

// source is a file that is published.
type source struct {
	name string
	size int64
	open func(ctx context.Context) (File, error)
}

// File is a file while it is read.
type File interface {
	io.ReaderAt
	io.Closer
}

// opened is the way to a file that is open and that somebody else closes.
func opened(src io.ReaderAt) func(context.Context) (File, error) {
	return func(context.Context) (File, error) { return keptOpen{src}, nil }
}

type keptOpen struct{ io.ReaderAt }

// Close leaves the file open.
func (keptOpen) Close() error { return nil }

// cutFile seals a file whose bytes begin at base of all bytes. A large file
// shares its parts with no other.
func (p *publisher) cutFile(ctx context.Context, g *errgroup.Group, i int, base int64) error {
	f := p.files[i]
	src, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer src.Close()
	if err := p.describe(i, src); err != nil {
		return err
	}
	large := p.man.folder && f.size >= int64(p.limit)/2
	if large {
		if err := p.flush(ctx, g); err != nil {
			return err
		}
	}
	if err := p.cutBytes(ctx, g, f, src, base); err != nil || !large {
		return err
	}
	return p.flush(ctx, g)
}

func (p *publisher) cutBytes(ctx context.Context, g *errgroup.Group, f source, src io.ReaderAt, base int64) error {
	var lead []media.Range
	if media.Is(f.name) {
		lead = media.Lead(f.name, src, f.size)
	}
	buf := make([]byte, min(maxChunk, f.size))
	for r := range layout(lead, f.size, chunkSize(p.man.size)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		body := buf[:r.Len]
		if err := readFull(src, body, r.Off); err != nil {
			return err
		}
		if err := p.add(ctx, g, f.name, base+r.Off, body); err != nil {
			return err
		}
	}
	return nil
}

// describe guesses the media type of a file.
func (p *publisher) describe(i int, src io.ReaderAt) error {
	f := p.files[i]
	start := make([]byte, min(f.size, 512))
	if err := readFull(src, start, 0); err != nil {
		return err
	}
	if mime := mimeOf(f.name, start); p.man.folder {
		p.man.tree[p.places[i]].Mime = mime
	} else {
		p.man.mime = mime
	}
	return nil
}

func readFull(src io.ReaderAt, body []byte, off int64) error {
	n, err := src.ReadAt(body, off)
	if n == len(body) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: ends at %d", ErrChanged, off+int64(n))
	}
	return fmt.Errorf("read file: %w", err)
}
