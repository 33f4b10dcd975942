package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/stratosdrive/stratosdrive/sync/drivekey"
	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// Object is a file behind a private link. Every byte that it returns is proved
// to be what was published. It is safe for several goroutines.
type Object struct {
	Name string // base name, usable as a file's name on every system
	Mime string // media type without parameters, as the publisher said it
	Size int64  // bytes

	n      SharedNetwork
	share  string // link of the manifest, without scheme
	store  *fetch.Store
	keys   *drivekey.Keys
	own    ownPack
	man    manifest
	chunks []blob  // in file order
	starts []int64 // of what the entries of a folder hold
	ctx    context.Context
	cancel context.CancelFunc

	openers []opener
	recent  *recent
	fetched atomic.Int64
}

// opener opens the blobs of one part, once its header is there.
type opener struct {
	mu    sync.Mutex
	o     *pack.Opener
	tries int // how often the part was dropped
}

// Fetched returns how many bytes were taken from the network so far. It is
// what the receiver pays for.
func (o *Object) Fetched() int64 { return o.fetched.Load() }

// Close ends all reads and transfers. What was fetched stays in the store.
func (o *Object) Close() error {
	o.cancel()
	return nil
}

// join returns a context that ends with ctx or with the object.
func (o *Object) join(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(o.ctx, func() { cancel(fs.ErrClosed) })
	return ctx, func() {
		stop()
		cancel(nil)
	}
}

// ReadAt implements io.ReaderAt.
func (o *Object) ReadAt(p []byte, off int64) (int, error) {
	return o.ReadAtContext(context.Background(), p, off)
}

// ReadAtContext is ReadAt, ended by ctx. It fetches only the parts that hold
// the bytes asked for, and returns when those bytes are there; a reader that
// goes on gets the next part fetched ahead. After Close the error is
// fs.ErrClosed.
func (o *Object) ReadAtContext(ctx context.Context, p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, fmt.Errorf("read %s at offset %d", o.Name, off)
	}
	ctx, stop := o.join(ctx)
	defer stop()
	done := 0
	for i := o.chunkAt(off); done < len(p) && i < len(o.chunks); i++ {
		body, err := o.chunk(ctx, i)
		if err != nil {
			return done, o.explain(ctx, err)
		}
		done += copy(p[done:], body[off+int64(done)-o.chunks[i].off:])
	}
	if done < len(p) {
		return done, io.EOF
	}
	return done, nil
}

// chunkAt returns the chunk that holds an offset, or their number.
func (o *Object) chunkAt(off int64) int {
	return sort.Search(len(o.chunks), func(i int) bool { return o.chunks[i].off+o.chunks[i].size > off })
}

func (o *Object) explain(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), fs.ErrClosed) {
		return fmt.Errorf("read %s: %w", o.Name, fs.ErrClosed)
	}
	return explain(err, "read "+o.Name, "A part of this file arrived damaged. Nothing wrong was shown or saved; try again later.")
}

func (o *Object) chunk(ctx context.Context, i int) ([]byte, error) {
	if body, ok := o.recent.get(i); ok {
		return body, nil
	}
	body, err := o.load(ctx, o.chunks[i])
	if err != nil {
		return nil, err
	}
	if _, ok := o.recent.get(i - 1); ok {
		o.readAhead(i)
	}
	o.recent.put(i, body)
	return body, nil
}

// readAhead begins to fetch the next part for a reader that has read two
// chunks of this one in a row.
func (o *Object) readAhead(i int) {
	here := o.chunks[i].part
	if o.chunks[i-1].part != here || o.man.parts[here].link == "" {
		return
	}
	for _, next := range o.chunks[i:] {
		if next.part != here {
			o.start(next.part)
			return
		}
	}
}

func (o *Object) start(part int) {
	if p := o.man.parts[part]; p.link != "" {
		o.store.Start(cacheName(p.link), p.size, o.source(part))
	}
}
