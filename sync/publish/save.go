package publish

import (
	"context"
	"fmt"
	"io"
)

// saveAhead is how many parts are fetched before they are written.
const saveAhead = 2

// SaveTo writes the whole file to dst and returns nil only when every byte was
// proved and written. Parts are fetched in the order in which they were
// stored, so dst is not filled from front to back. Progress, if set, is told
// the bytes written.
func (o *Object) SaveTo(ctx context.Context, dst io.WriterAt, progress func(done, total int64)) error {
	ctx, stop := o.join(ctx)
	defer stop()
	done := int64(0)
	for i, p := range o.man.parts {
		for next := i; next < min(i+1+saveAhead, len(o.man.parts)); next++ {
			o.start(next)
		}
		for _, b := range p.blobs {
			body, err := o.load(ctx, b)
			if err != nil {
				return o.explain(ctx, err)
			}
			if _, err := dst.WriteAt(body, b.off); err != nil {
				return fmt.Errorf("write %s: %w", o.Name, err)
			}
			if done += b.size; progress != nil {
				progress(done, o.Size)
			}
		}
	}
	return nil
}
