package repo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// WriteContent writes a file to dst, whose missing parts must read as zero.
// Progress, which may be nil, is told how many more bytes were written.
func (r *Repo) WriteContent(ctx context.Context, content string, dst io.WriterAt, progress func(n int64)) error {
	f, err := r.OpenContent(ctx, content)
	if err != nil {
		return err
	}
	defer f.Close()
	for i := range f.chunks {
		body, err := f.chunk(ctx, i)
		if err != nil {
			return err
		}
		if _, err := dst.WriteAt(body, f.starts[i]); err != nil {
			return fmt.Errorf("write file: %w", err)
		}
		if progress != nil {
			progress(int64(len(body)))
		}
	}
	return nil
}

// Restore calls each with the number of every content, several at a time, in
// the order in which they lie on the network, and fetches the packs ahead. It
// stops at the first error.
func (r *Repo) Restore(ctx context.Context, contents []string, workers int, each func(ctx context.Context, i int) error) error {
	order, err := r.layout(ctx, contents)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	next := 0
	for n, p := range order {
		if ctx.Err() != nil {
			break
		}
		next = max(next, n)
		for ; next < len(order) && packsBetween(order[n:next+1]) <= r.cfg.Uploads; next++ {
			r.startPack(order[next].pack)
		}
		g.Go(func() error { return each(ctx, p.i) })
	}
	return g.Wait()
}

type placed struct {
	i    int
	pack state.Pack
	off  uint32
}

func packsBetween(p []placed) int { return int(p[len(p)-1].pack.Num-p[0].pack.Num) + 1 }

func (r *Repo) layout(ctx context.Context, contents []string) ([]placed, error) {
	out := make([]placed, len(contents))
	for i, content := range contents {
		out[i].i = i
		if content == "" {
			continue // nothing to fetch
		}
		l, err := r.firstChunk(ctx, content)
		if errors.Is(err, state.ErrNotFound) {
			continue // says so when it is read
		}
		if err != nil {
			return nil, err
		}
		out[i].pack, out[i].off = l.Pack, l.Blob.Offset
	}
	slices.SortStableFunc(out, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.pack.Num, b.pack.Num), cmp.Compare(a.off, b.off))
	})
	return out, nil
}

func (r *Repo) firstChunk(ctx context.Context, content string) (state.Location, error) {
	c, err := object.ParseContent(content)
	if err != nil || len(c.Refs) == 0 {
		return state.Location{}, err
	}
	for c.Depth > 0 {
		l := &reader{repo: r, ctx: ctx}
		body, err := l.load(pack.List, c.Refs[0].ID)
		if err != nil {
			return state.Location{}, err
		}
		if c, err = object.DecodeList(body); err != nil || len(c.Refs) == 0 {
			return state.Location{}, err
		}
	}
	return r.st.Find(ctx, pack.Data, c.Refs[0].ID)
}
