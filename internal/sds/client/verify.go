package client

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// verifier writes a download and proves it. What comes in order is hashed on
// its way; the rest is read back at the end.
type verifier struct {
	id     string
	size   int64
	dst    io.WriterAt
	hash   wire.Hasher
	hashed int64 // bytes from the start that went into hash
	back   io.ReaderAt
	dir    string   // for spool
	spool  *os.File // what came out of order, when dst cannot be read
}

func newVerifier(id string, size int64, dst io.WriterAt, dir string) *verifier {
	v := &verifier{id: id, size: size, dst: dst, hash: wire.NewHasher(wire.KindOf(id)), dir: dir}
	v.back, _ = dst.(io.ReaderAt)
	return v
}

// piece writes p at offset. What was hashed already is never written again,
// so that no later piece can replace what was proven.
func (v *verifier) piece(offset int64, p []byte) error {
	if known := min(v.hashed-offset, int64(len(p))); known > 0 {
		offset, p = offset+known, p[known:]
	}
	if len(p) == 0 {
		return nil
	}
	if _, err := v.dst.WriteAt(p, offset); err != nil {
		return fmt.Errorf("write the file: %w", err)
	}
	if offset == v.hashed {
		v.hash.Write(p)
		v.hashed += int64(len(p))
		return nil
	}
	if v.back == nil {
		return v.keep(offset, p)
	}
	return nil
}

// keep stores a piece that is not its turn yet.
func (v *verifier) keep(offset int64, p []byte) (err error) {
	if v.spool == nil {
		if v.spool, err = os.CreateTemp(v.dir, "download-*"); err != nil {
			return fmt.Errorf("temporary file of a download: %w", err)
		}
	}
	if _, err := v.spool.WriteAt(p, offset); err != nil {
		return fmt.Errorf("temporary file of a download: %w", err)
	}
	return nil
}

// finish hashes what is left and compares.
func (v *verifier) finish(ctx context.Context) error {
	back := v.back
	if back == nil && v.spool != nil {
		back = v.spool
	}
	for p := make([]byte, 256<<10); v.hashed < v.size && back != nil; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(int64(len(p)), v.size-v.hashed)
		if m, err := back.ReadAt(p[:n], v.hashed); int64(m) < n {
			return fmt.Errorf("read the file back: %w", err)
		}
		v.hash.Write(p[:n])
		v.hashed += n
	}
	if got := v.hash.ID(); v.hashed != v.size || got != v.id {
		return fmt.Errorf("%w: it is %s", ErrWrongContent, got)
	}
	return nil
}

// close removes the temporary file.
func (v *verifier) close() {
	if v.spool != nil {
		v.spool.Close()
		os.Remove(v.spool.Name())
	}
}
