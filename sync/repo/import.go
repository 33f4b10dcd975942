package repo

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// importHead fetches a head and everything it names that is needed to find
// blobs. It is false for a file that is no head of this drive. The head is
// returned as soon as it is known, also if something that it names is not.
func (r *Repo) importHead(ctx context.Context, at state.Head, size int64) (object.Head, bool, error) {
	if size <= 0 || size > pack.MaxSize {
		return object.Head{}, false, nil
	}
	file := make(memory, size)
	err := r.cfg.Remote.Download(ctx, at.File, size, file)
	if errors.Is(err, ErrNotFound) {
		return object.Head{}, false, nil // its device replaced it meanwhile
	}
	if err != nil {
		return object.Head{}, false, fmt.Errorf("fetch head: %w", err)
	}
	x, err := r.openHead(file)
	if errors.Is(err, codec.ErrNewer) || errors.Is(err, pack.ErrNewer) {
		return object.Head{}, false, fault.Say(err, "Another device uses a newer version of this program. Update it here to go on; nothing was changed.")
	}
	if err != nil {
		return object.Head{}, false, err
	}
	at.Head = x.head
	_ = r.cache.Put(at.File, file)
	if err := r.importIndexes(ctx, x.head.Indexes); err != nil {
		return x.head, false, err
	}
	if x.head.Device == r.device {
		mine, err := r.isGivenUp(ctx, x.head)
		if err == nil && !mine { // this disk is a copy of another one, or an old one come back
			err = r.newDevice(ctx)
		}
		if err != nil {
			return x.head, false, err
		}
	}
	return x.head, true, r.st.Update(ctx, func(tx state.Tx) error { return recordHead(tx, at, x, size) })
}

type memory []byte

// WriteAt writes into memory of fixed size.
func (m memory) WriteAt(p []byte, off int64) (int, error) {
	if off < 0 || off+int64(len(p)) > int64(len(m)) {
		return 0, fmt.Errorf("%d bytes at %d of %d", len(p), off, len(m))
	}
	return copy(m[off:], p), nil
}

// openedHead is what the pack of a head holds.
type openedHead struct {
	head    object.Head
	blobs   []pack.Blob // without the record
	objects []kept      // metadata among them
}

func (r *Repo) openHead(file []byte) (openedHead, error) {
	src := bytes.NewReader(file)
	blobs, o, err := pack.ReadDirectory(src, int64(len(file)), r.keys.Metadata, pack.Head)
	if err != nil {
		return openedHead{}, err
	}
	x := openedHead{blobs: blobs}
	found := false
	for _, b := range blobs {
		if b.Kind == pack.Data {
			continue
		}
		body, err := pack.ReadBlob(src, o, b)
		if err != nil {
			return x, err
		}
		if b.Kind != pack.Record {
			x.objects = append(x.objects, kept{b.Kind, b.ID, body})
			continue
		}
		if x.head, err = object.DecodeHead(body); err != nil {
			return x, err
		}
		if _, err := x.head.Sentence(); err != nil {
			return x, err // it must not be overlooked
		}
		found = true
	}
	if !found {
		return x, fmt.Errorf("%w: head without record", pack.ErrDamaged)
	}
	return x, nil
}

func recordHead(tx state.Tx, at state.Head, x openedHead, size int64) error {
	for _, p := range x.head.Loose {
		if _, err := tx.AddPack(state.Pack{File: p.File, Use: p.Use, Size: p.Size, Stage: state.Committed, Blobs: p.Blobs}); err != nil {
			return err
		}
	}
	if len(x.blobs) > 1 {
		p := state.Pack{File: at.File, Use: pack.Head, Size: size, Stage: state.Committed, Blobs: x.blobs}
		if _, err := tx.AddPack(p); err != nil {
			return err
		}
	}
	if err := putObjects(tx, x.objects); err != nil {
		return err
	}
	return tx.PutHead(at)
}

// importIndexes reads the indexes that are not known yet.
func (r *Repo) importIndexes(ctx context.Context, refs []object.IndexRef) error {
	for _, ref := range refs {
		known, err := r.st.HasIndex(ctx, ref.ID)
		if err != nil {
			return err
		}
		if known {
			continue
		}
		at := state.Location{Pack: state.Pack{File: ref.File, Use: pack.Metadata, Size: ref.Size}, Blob: ref.Blob()}
		body, err := r.blobAt(ctx, at)
		if err != nil {
			return fmt.Errorf("fetch index: %w", err)
		}
		x, err := object.DecodeIndex(body)
		if err != nil {
			return err
		}
		if err := r.recordIndex(ctx, ref, x); err != nil {
			return err
		}
	}
	return nil
}

func (r *Repo) recordIndex(ctx context.Context, ref object.IndexRef, x object.Index) error {
	return r.st.Update(ctx, func(tx state.Tx) error {
		for _, p := range x.Packs {
			if p.File == "" {
				p.File, p.Size = ref.File, ref.Size
			}
			num, err := tx.AddPack(state.Pack{File: p.File, Use: p.Use, Size: p.Size, Stage: state.Committed, Blobs: p.Blobs})
			if err != nil {
				return err
			}
			if err := tx.SetIndexed(num, ref.ID); err != nil {
				return err
			}
		}
		for _, id := range x.Replaces {
			if err := tx.ReplaceIndex(id); err != nil {
				return err
			}
		}
		return tx.PutIndex(ref)
	})
}
