package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// load returns a chunk. A part that turns out damaged is fetched once more:
// the network has several copies.
func (o *Object) load(ctx context.Context, b blob) ([]byte, error) {
	if o.man.parts[b.part].link == "" {
		body, err := pack.ReadBlob(bytes.NewReader(o.own.file), o.own.opener, b.place())
		return o.prove(b, body, err)
	}
	const attempts = 3
	for try := 1; ; try++ {
		body, tries, err := o.loadPart(ctx, b)
		if err == nil || ctx.Err() != nil || try == attempts || !o.again(b.part, tries, err) {
			return body, err
		}
	}
}

// prove accepts the content of a blob if it is the chunk that was published.
func (o *Object) prove(b blob, body []byte, err error) ([]byte, error) {
	if err != nil {
		return nil, classify(err)
	}
	if int64(len(body)) != b.size || o.keys.ID(pack.Data, body) != b.id {
		return nil, damaged("chunk at %d has other content", b.off)
	}
	return body, nil
}

func (o *Object) loadPart(ctx context.Context, b blob) (body []byte, tries int, err error) {
	op, tries, err := o.opener(ctx, b.part)
	if err != nil {
		return nil, tries, err
	}
	sealed := make([]byte, b.sealed)
	if err := o.readPart(ctx, b.part, sealed, int64(b.at)); err != nil {
		return nil, tries, err
	}
	body, err = op.Open(b.place(), sealed)
	body, err = o.prove(b, body, err)
	return body, tries, err
}

func (o *Object) opener(ctx context.Context, part int) (*pack.Opener, int, error) {
	return o.openerBy(part, func(header []byte) error { return o.readPart(ctx, part, header, 0) })
}

// openerBy is opener with a way to read the header.
func (o *Object) openerBy(part int, read func(header []byte) error) (*pack.Opener, int, error) {
	s := &o.openers[part]
	s.mu.Lock()
	op, tries := s.o, s.tries
	s.mu.Unlock()
	if op != nil {
		return op, tries, nil
	}
	header := make([]byte, pack.HeaderSize)
	if err := read(header); err != nil {
		return nil, tries, err
	}
	op, err := pack.NewOpener(o.keys.ForUse(pack.Part), pack.Part, header)
	if err != nil {
		return nil, tries, classify(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tries == tries {
		s.o = op
	}
	return op, tries, nil
}

// again decides whether to try a part once more, and drops a damaged one. Of
// several readers that met the same damage, one drops it; a part that was
// damaged twice is kept, since fetching it for ever would only cost.
func (o *Object) again(part, tries int, err error) bool {
	s := &o.openers[part]
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.tries > tries, errors.Is(err, context.Canceled), errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrClosed):
		return true // another reader dropped it or was closed
	case tries > 0, !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer):
		return false
	}
	o.store.Drop(cacheName(o.man.parts[part].link))
	s.o = nil
	s.tries++
	return true
}

func (o *Object) readPart(ctx context.Context, part int, p []byte, off int64) error {
	q := o.man.parts[part]
	return classify(o.store.Read(ctx, cacheName(q.link), q.size, o.source(part), p, off))
}

func (o *Object) source(part int) fetch.Source {
	q := o.man.parts[part]
	return func(ctx context.Context, piece func(int64, []byte) error) error {
		var refused error
		err := o.take(ctx, q.link, func(off int64, p []byte) error {
			if off < 0 || off > q.size || off+int64(len(p)) > q.size {
				refused = damaged("piece of %d bytes at %d of a part of %d", len(p), off, q.size)
				return refused
			}
			return piece(off, p)
		})
		return cmpErr(refused, err)
	}
}

// cacheName is the name of a part in the store: links may differ in case only.
func cacheName(link string) string {
	h := sha256.Sum256([]byte(link))
	return "link-" + hex.EncodeToString(h[:20])
}

// recent holds the chunks that were read last, since players read little at a
// time.
type recent struct {
	mu    sync.Mutex
	body  map[int][]byte
	order []int
}

const recentChunks = 8

func newRecent() *recent { return &recent{body: map[int][]byte{}} }

func (r *recent) get(i int) ([]byte, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	body, ok := r.body[i]
	return body, ok
}

func (r *recent) put(i int, body []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.body[i]; ok {
		return
	}
	if len(r.order) == recentChunks {
		delete(r.body, r.order[0])
		r.order = r.order[1:]
	}
	r.body[i], r.order = body, append(r.order, i)
}
