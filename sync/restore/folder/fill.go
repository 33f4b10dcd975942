package folder

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/restore"
)

// file is a file that is not complete yet.
type file struct {
	restore.Entry
	parent string // the folder it belongs into
	part   string // where it lies until then

	mu   sync.Mutex
	left int  // chunks that are not written
	lost bool // some of them cannot be read
}

// need is a chunk that must be read, and where it belongs.
type need struct {
	chunk  restore.Chunk
	pack   string
	offset uint32
	users  []use
}

type use struct {
	f  *file
	at int64
}

// lacks returns the chunks that a file on the disk does not have.
func (w *writer) lacks(at string, chunks []restore.Chunk) []restore.Chunk {
	in, err := w.root.Open(at)
	if err != nil {
		return chunks
	}
	defer in.Close()
	return slices.DeleteFunc(slices.Clone(chunks), func(c restore.Chunk) bool {
		body := make([]byte, c.Size)
		n, _ := in.ReadAt(body, c.Offset)
		return n == len(body) && w.d.Is(c, body)
	})
}

// demand notes the chunks of a file that an earlier run did not write.
func (w *writer) demand(f *file, chunks []restore.Chunk) error {
	lacking := w.lacks(f.part, chunks)
	for _, c := range chunks {
		w.Bytes += c.Size
	}
	for _, c := range lacking {
		w.Bytes -= c.Size
		n := w.needs[c.ID]
		if n == nil {
			n = &need{chunk: c}
			n.pack, n.offset = w.d.Where(c)
			w.needs[c.ID], w.order = n, append(w.order, n)
		}
		n.users = append(n.users, use{f, c.Offset})
	}
	if f.left = len(lacking); f.left > 0 {
		return nil
	}
	return w.complete(f)
}

// readers is how many packs are on their way at a time.
const readers = 4

// fill reads all chunks, pack by pack, so that each is fetched once.
func (w *writer) fill(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	packs := make(chan []*need)
	var all sync.WaitGroup
	for range readers {
		all.Go(func() {
			for p := range packs {
				if err := w.readPack(ctx, p); err != nil {
					stop(err)
				}
			}
		})
	}
	for _, p := range w.byPack() {
		packs <- p
	}
	close(packs)
	all.Wait()
	return context.Cause(ctx)
}

// byPack groups what is needed by where it lies, in the order of the first
// need.
func (w *writer) byPack() [][]*need {
	at := map[string]int{}
	var out [][]*need
	for _, n := range w.order {
		i, known := at[n.pack]
		if !known {
			i = len(out)
			at[n.pack], out = i, append(out, nil)
		}
		out[i] = append(out[i], n)
	}
	for _, p := range out {
		slices.SortFunc(p, func(a, b *need) int { return cmp.Compare(a.offset, b.offset) })
	}
	return out
}

func (w *writer) readPack(ctx context.Context, needs []*need) error {
	for _, n := range needs {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		body, err := w.d.Read(ctx, n.chunk)
		lost := errors.Is(err, restore.ErrLost)
		if err != nil && !lost {
			return err
		}
		for _, u := range n.users {
			if err := w.write(u, body, lost || int64(len(body)) != n.chunk.Size); err != nil {
				return err
			}
		}
	}
	return nil
}

// write puts a chunk into a file; the last one completes it.
func (w *writer) write(u use, body []byte, lost bool) error {
	u.f.mu.Lock()
	defer u.f.mu.Unlock()
	if !lost {
		if err := w.writeAt(u.f.part, body, u.at); err != nil {
			return err
		}
		w.grow(0, int64(len(body)))
	}
	u.f.lost = u.f.lost || lost
	if u.f.left--; u.f.left > 0 {
		return nil
	}
	if u.f.lost {
		w.miss(u.f.Path)
		return nil
	}
	return w.complete(u.f)
}

func (w *writer) writeAt(part string, body []byte, at int64) error {
	out, err := w.root.OpenFile(part, os.O_WRONLY|os.O_CREATE, 0o600)
	if errors.Is(err, fs.ErrNotExist) {
		if err = w.root.MkdirAll(parts, 0o755); err == nil {
			out, err = w.root.OpenFile(part, os.O_WRONLY|os.O_CREATE, 0o600)
		}
	}
	if err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	_, err = out.WriteAt(body, at)
	if err = errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	return nil
}

func (w *writer) grow(files int, bytes int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Files += files
	w.Bytes += bytes
	w.progress(w.Report)
}

// complete gives a file whose bytes are all there its mode, its time and its
// name.
func (w *writer) complete(f *file) error {
	if err := w.writeAt(f.part, nil, 0); err != nil { // an empty file has no chunk
		return err
	}
	out, err := w.root.OpenFile(f.part, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("complete file: %w", err)
	}
	err = errors.Join(out.Truncate(f.Size), out.Chmod(fs.FileMode(f.Mode)), out.Sync(), out.Close())
	if err = errors.Join(err, w.root.Chtimes(f.part, f.Time, f.Time)); err != nil {
		return fmt.Errorf("complete file: %w", err)
	}
	_, err = w.place(f.Path, f.parent, func(to string) (bool, error) { return w.name(f.part, to) })
	if err == nil {
		w.grow(1, 0)
	}
	return err
}

// name gives a part its name, if that is free.
func (w *writer) name(part, to string) (bool, error) {
	err := w.root.Link(part, to)
	if err == nil {
		return true, w.root.Remove(part)
	}
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	// Perhaps this disk has no hard links.
	if _, err := w.root.Lstat(to); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	err = w.root.Rename(part, to)
	return err == nil, err
}
