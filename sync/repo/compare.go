package repo

import (
	"context"
	"fmt"
	"io"

	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// Compare reads a file from its chunk number from on, up to about budget bytes,
// and reports whether those are the bytes that its content names. The next
// chunk is -1 at the end. It uses the network only for the lists of large
// files that were never read here.
func (r *Repo) Compare(ctx context.Context, content string, src io.ReaderAt, from int, budget int64) (next int, same bool, err error) {
	chunks, err := r.Chunks(ctx, content)
	if err != nil {
		return from, false, err
	}
	off, buf := int64(0), []byte(nil)
	for i, c := range chunks {
		if i < from {
			off += c.Size
			continue
		}
		if budget <= 0 {
			return i, true, nil
		}
		if int64(cap(buf)) < c.Size {
			buf = make([]byte, c.Size)
		}
		p := buf[:c.Size]
		if n, err := src.ReadAt(p, off); err != nil && n < len(p) {
			return i, false, fmt.Errorf("read file: %w", err)
		}
		if r.keys.ID(pack.Data, p) != c.ID {
			return i, false, nil
		}
		off += c.Size
		budget -= c.Size
	}
	return -1, true, ctx.Err()
}
