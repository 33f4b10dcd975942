package publish

import (
	"context"
	"errors"
	"io"

	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/sync/media"
)

// Layout tells in which parts the object comes. They are fetched one by one
// with FetchPart, by somebody who knows what is needed when; Peek reads what is
// here.
func (o *Object) Layout() media.Layout {
	var l media.Layout
	for i, p := range o.man.parts {
		size := p.size
		if p.link == "" {
			size = int64(len(o.own.file))
		}
		l.Parts = append(l.Parts, media.Part{Size: size, Lead: i == 0})
	}
	for _, b := range o.chunks {
		l.Places = append(l.Places, media.Place{Off: b.off, Len: b.size, Part: b.part, At: int64(b.at), Sealed: int64(b.sealed)})
	}
	return l
}

// Here returns how many bytes of a part are here, from its start on.
func (o *Object) Here(part int) int64 {
	p := o.man.parts[part]
	if p.link == "" {
		return int64(len(o.own.file))
	}
	return o.store.Here(cacheName(p.link))
}

// FetchPart fetches a part and tells each time how many bytes came.
func (o *Object) FetchPart(ctx context.Context, part int, arrived func(n int64)) error {
	p := o.man.parts[part]
	err := classify(o.store.Fetch(ctx, cacheName(p.link), p.size, o.source(part), arrived))
	if err != nil {
		return o.explain(ctx, err)
	}
	return nil
}

// Peek reads bytes that are here without waiting, fewer than asked for where
// the next ones are not. The error is [fetch.ErrNotHere] where the first one is
// not, and [ErrDamaged] where it is not what was published.
func (o *Object) Peek(p []byte, off int64) (n int, err error) {
	for i := o.chunkAt(off); n < len(p); i++ {
		if i == len(o.chunks) {
			return n, io.EOF
		}
		body, err := o.peekChunk(i)
		if err != nil && n > 0 && errors.Is(err, fetch.ErrNotHere) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		n += copy(p[n:], body[off+int64(n)-o.chunks[i].off:])
	}
	return n, nil
}

func (o *Object) peekChunk(i int) ([]byte, error) {
	if body, ok := o.recent.get(i); ok {
		return body, nil
	}
	b := o.chunks[i]
	if o.man.parts[b.part].link == "" {
		return o.load(o.ctx, b)
	}
	name := cacheName(o.man.parts[b.part].link)
	sealed := make([]byte, b.sealed)
	if err := o.store.Peek(name, sealed, int64(b.at)); err != nil {
		return nil, err
	}
	op, _, err := o.openerBy(b.part, func(header []byte) error { return o.store.Peek(name, header, 0) })
	if err != nil {
		return nil, err
	}
	body, err := op.Open(b.place(), sealed)
	if body, err = o.prove(b, body, err); err != nil {
		return nil, err
	}
	o.recent.put(i, body)
	return body, nil
}
