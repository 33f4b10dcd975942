package repo

import (
	"context"
	"fmt"
	"io"
	"sort"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// ahead is how many packs are fetched before they are asked for.
const ahead = 2

// File reads a file of the drive from the network. A chunk can be read as soon
// as its own bytes have arrived; the packs that follow are fetched ahead. It is
// safe for several goroutines.
type File struct {
	repo   *Repo
	local  io.ReaderAt // has the same bytes, if it is right; may be nil
	ctx    context.Context
	cancel context.CancelFunc
	chunks []object.Ref
	starts []int64 // offset of each chunk, and the size of the file
	at     []state.Location
	parts  []state.Pack // of the layout

	mu    sync.Mutex
	cache map[int][]byte // chunks that were read last
	order []int
}

// OpenContent opens a file by what names its content. Reads end with an error
// when ctx ends or the file is closed.
func (r *Repo) OpenContent(ctx context.Context, content string) (*File, error) {
	chunks, err := r.Chunks(ctx, content)
	if err != nil {
		return nil, err
	}
	f := &File{repo: r, chunks: chunks, starts: make([]int64, len(chunks)+1), at: make([]state.Location, len(chunks)), cache: map[int][]byte{}}
	for i, c := range chunks {
		if f.at[i], err = r.st.Find(ctx, pack.Data, c.ID); err != nil {
			return nil, err
		}
		f.starts[i+1] = f.starts[i] + c.Size
	}
	f.ctx, f.cancel = context.WithCancel(ctx)
	return f, nil
}

// OpenContentOver is OpenContent for a content that local should have, which may
// be nil: what it has is proved chunk by chunk, and only the rest is fetched.
func (r *Repo) OpenContentOver(ctx context.Context, content string, local io.ReaderAt) (*File, error) {
	f, err := r.OpenContent(ctx, content)
	if err == nil {
		f.local = local
	}
	return f, err
}

// Size is the length of the file in bytes.
func (f *File) Size() int64 { return f.starts[len(f.chunks)] }

// Close ends reads that wait.
func (f *File) Close() error {
	f.cancel()
	return nil
}

// ReadAt implements io.ReaderAt.
func (f *File) ReadAt(p []byte, off int64) (int, error) { return f.ReadAtContext(f.ctx, p, off) }

// ReadAtContext is ReadAt, ended by ctx too.
func (f *File) ReadAtContext(ctx context.Context, p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, fmt.Errorf("read at offset %d", off)
	}
	n := 0
	for n < len(p) {
		i := f.chunkAt(off)
		if i == len(f.chunks) {
			return n, io.EOF
		}
		body, err := f.chunk(ctx, i)
		if err != nil {
			return n, err
		}
		m := copy(p[n:], body[off-f.starts[i]:])
		n, off = n+m, off+int64(m)
	}
	return n, nil
}

// chunkAt returns the chunk that holds an offset, or their number behind the
// end.
func (f *File) chunkAt(off int64) int {
	return sort.Search(len(f.chunks), func(i int) bool { return f.starts[i+1] > off })
}

const keptChunks = 4

func (f *File) chunk(ctx context.Context, i int) ([]byte, error) {
	f.mu.Lock()
	body, ok := f.cache[i]
	f.mu.Unlock()
	if ok {
		return body, nil
	}
	body, err := f.read(ctx, i)
	if err != nil {
		return nil, err
	}
	if int64(len(body)) != f.chunks[i].Size {
		return nil, fmt.Errorf("%w: chunk of %d bytes, want %d", pack.ErrDamaged, len(body), f.chunks[i].Size)
	}
	f.keep(i, body)
	return body, nil
}

// keep keeps a chunk for the next read.
func (f *File) keep(i int, body []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.cache[i]; !ok {
		f.order = append(f.order, i)
	}
	f.cache[i] = body
	if len(f.order) > keptChunks {
		delete(f.cache, f.order[0])
		f.order = f.order[1:]
	}
}

// read gets a chunk from where it is nearest.
func (f *File) read(ctx context.Context, i int) ([]byte, error) {
	if f.local != nil {
		body := make([]byte, f.chunks[i].Size)
		n, _ := f.local.ReadAt(body, f.starts[i]) // what it lacks is fetched
		if n == len(body) && f.repo.keys.ID(pack.Data, body) == f.chunks[i].ID {
			return body, nil
		}
	}
	f.readAhead(i)
	return f.repo.blobAt(ctx, f.at[i])
}

// readAhead starts the pack of a chunk and the next ones.
func (f *File) readAhead(i int) {
	last := int64(-1)
	for n := 0; i < len(f.at) && n <= ahead; i++ {
		p := f.at[i].Pack
		if p.Num == last {
			continue
		}
		last = p.Num
		n++
		f.repo.startPack(p)
	}
}

// startPack begins to fetch a pack unless it is here.
func (r *Repo) startPack(p state.Pack) {
	if p.File != "" && p.Stage == state.Committed {
		r.cache.Start(p.File, p.Size, r.source(p))
	}
}
