package repo

import (
	"context"

	"github.com/stratosdrive/stratosdrive/sync/media"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// claim reports whether the caller is the one who must store a blob: nobody
// has stored it, and nobody else in this ingest is about to.
func (in *Ingest) claim(ctx context.Context, kind pack.Kind, id pack.ID) (bool, error) {
	key := blobKey{kind, id}
	in.mu.Lock()
	mine := !in.claimed[key]
	in.claimed[key] = true
	in.mu.Unlock()
	if !mine || in.first {
		return mine, nil
	}
	has, err := in.repo.st.Has(ctx, kind, id)
	return !has, err
}

func (in *Ingest) prepare(path string, id pack.ID, p []byte) pack.Prepared {
	if media.Is(path) {
		return pack.Plain(pack.Data, id, p)
	}
	return in.repo.zip.Prepare(pack.Data, id, p)
}

// putInto returns a putter that stores chunks in packs of their own.
func (in *Ingest) putInto(k *packer) putter {
	return func(ctx context.Context, path string, p []byte) (object.Ref, error) {
		ref := object.Ref{ID: in.repo.keys.ID(pack.Data, p), Size: int64(len(p))}
		fresh, err := in.claim(ctx, pack.Data, ref.ID)
		if err != nil || !fresh {
			in.progress(path, ref.Size)
			return ref, err
		}
		return ref, k.add(in.prepare(path, ref.ID, p), path, ref.Size)
	}
}

// put stores a chunk in the head if little is new, else in a pack that small
// files share.
func (in *Ingest) put(ctx context.Context, path string, p []byte) (object.Ref, error) {
	ref := object.Ref{ID: in.repo.keys.ID(pack.Data, p), Size: int64(len(p))}
	fresh, err := in.claim(ctx, pack.Data, ref.ID)
	if err != nil || !fresh {
		in.progress(path, ref.Size)
		return ref, err
	}
	b := owned{in.prepare(path, ref.ID, p), path, ref.Size}
	if in.keepSmall(b) {
		return ref, nil
	}
	if err := in.spill(); err != nil {
		return ref, err
	}
	return ref, in.shared.add(b.Prepared, path, ref.Size)
}

func (in *Ingest) keepSmall(b owned) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.spilled || in.bytes+b.SealedSize() > inlineMax {
		return false
	}
	b.Prepared = b.Keep()
	in.small = append(in.small, b)
	in.bytes += b.SealedSize()
	return true
}

// spill moves the blobs that were kept for the head into a pack.
func (in *Ingest) spill() error {
	in.mu.Lock()
	small := in.small
	in.small, in.bytes, in.spilled = nil, 0, true
	in.mu.Unlock()
	for _, b := range small {
		if err := in.shared.add(b.Prepared, b.owner, b.size); err != nil {
			return err
		}
	}
	return nil
}

// save returns a saver that gathers metadata for the next commit. Objects the
// drive has already are left out.
func (in *Ingest) save(ctx context.Context) object.Saver {
	return func(kind pack.Kind, encoded []byte) (pack.ID, error) {
		id := in.repo.keys.ID(kind, encoded)
		fresh, err := in.claim(ctx, kind, id)
		if err != nil || !fresh {
			return id, err
		}
		b := in.repo.zip.Prepare(kind, id, encoded)
		in.mu.Lock()
		defer in.mu.Unlock()
		in.meta = append(in.meta, b)
		return id, nil
	}
}

// Complete reports whether every chunk of a content is stored or about to be.
// After a crash it tells which files must be read again.
func (in *Ingest) Complete(ctx context.Context, content string) (bool, error) {
	return in.repo.complete(ctx, content, func(kind pack.Kind, id pack.ID) bool {
		in.mu.Lock()
		defer in.mu.Unlock()
		return in.claimed[blobKey{kind, id}]
	})
}
