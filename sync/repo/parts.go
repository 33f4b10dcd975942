package repo

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/sync/media"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// Layout tells in which packs the file comes. Parts of it are fetched one by
// one with FetchPart, by somebody who knows what is needed when; Peek reads
// what is here.
func (f *File) Layout() media.Layout {
	var l media.Layout
	f.parts = f.parts[:0]
	known := map[int64]int{}
	for i, at := range f.at {
		n, ok := known[at.Pack.Num]
		if !ok {
			n = len(l.Parts)
			known[at.Pack.Num] = n
			l.Parts = append(l.Parts, media.Part{Size: at.Pack.Size, Lead: n == 0})
			f.parts = append(f.parts, at.Pack)
		}
		l.Places = append(l.Places, media.Place{
			Off: f.starts[i], Len: f.chunks[i].Size, Part: n, At: int64(at.Blob.Offset), Sealed: int64(at.Blob.Length),
		})
	}
	return l
}

// Here returns how many bytes of a part of the layout are here, from its start
// on.
func (f *File) Here(part int) int64 {
	p := f.parts[part]
	if f.repo.inSpool(p) {
		return p.Size
	}
	return f.repo.cache.Here(p.File)
}

func (r *Repo) inSpool(p state.Pack) bool {
	if p.Name == "" {
		return false
	}
	_, err := r.cfg.Disk.Lstat(r.spoolPath(p.Name))
	return err == nil
}

// FetchPart fetches a part of the layout and tells each time how many bytes
// came.
func (f *File) FetchPart(ctx context.Context, part int, arrived func(n int64)) error {
	p := f.parts[part]
	if p.File == "" {
		return fmt.Errorf("pack waits in the spool but is not there: %w", state.ErrNotFound)
	}
	return f.repo.cache.Fetch(ctx, p.File, p.Size, f.repo.source(p), arrived)
}

// Peek reads bytes that are here without waiting, fewer than asked for where
// the next ones are not. The error is [fetch.ErrNotHere] where the first one is
// not, and [pack.ErrDamaged] where it is not what was stored.
func (f *File) Peek(p []byte, off int64) (n int, err error) {
	for n < len(p) {
		i := f.chunkAt(off)
		if i == len(f.chunks) {
			return n, io.EOF
		}
		body, err := f.peekChunk(i)
		if err != nil && n > 0 && errors.Is(err, fetch.ErrNotHere) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		m := copy(p[n:], body[off-f.starts[i]:])
		n, off = n+m, off+int64(m)
	}
	return n, nil
}

func (f *File) peekChunk(i int) ([]byte, error) {
	f.mu.Lock()
	body, ok := f.cache[i]
	f.mu.Unlock()
	if ok {
		return body, nil
	}
	l := f.at[i]
	sealed := make([]byte, l.Blob.Length)
	if err := f.repo.peekPack(l.Pack, sealed, int64(l.Blob.Offset)); err != nil {
		return nil, err
	}
	o, err := f.repo.openerBy(l.Pack, func(p []byte) error { return f.repo.peekPack(l.Pack, p, 0) })
	if err != nil {
		return nil, err
	}
	if body, err = o.Open(l.Blob, sealed); err != nil {
		return nil, err
	}
	if int64(len(body)) != f.chunks[i].Size {
		return nil, fmt.Errorf("%w: chunk of %d bytes, want %d", pack.ErrDamaged, len(body), f.chunks[i].Size)
	}
	f.keep(i, body)
	return body, nil
}

// peekPack reads a part of a pack that is here.
func (r *Repo) peekPack(p state.Pack, buf []byte, off int64) error {
	if p.Name != "" {
		if f, err := r.cfg.Disk.Open(r.spoolPath(p.Name)); err == nil {
			defer f.Close()
			_, err = f.ReadAt(buf, off)
			return err
		}
	}
	return r.cache.Peek(p.File, buf, off)
}
