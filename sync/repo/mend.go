package repo

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// Known returns the packs that this device takes for a part of the drive.
func (r *Repo) Known(ctx context.Context) ([]state.Pack, error) {
	return r.st.Packs(ctx, state.Committed)
}

// Listing returns all files of the account, as the network lists them.
func (r *Repo) Listing(ctx context.Context) ([]RemoteFile, error) {
	files, err := r.cfg.Remote.List(ctx)
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	return files, nil
}

// Object returns a metadata object, from this device if it knows it.
func (r *Repo) Object(ctx context.Context, kind pack.Kind, id pack.ID) ([]byte, error) {
	l := &reader{repo: r, ctx: ctx}
	body, err := l.load(kind, id)
	return body, errors.Join(err, l.keep())
}

// Prove downloads a pack from the network, whatever this device has of it, and
// opens every blob. It is false if the pack is gone or not what was stored.
func (r *Repo) Prove(ctx context.Context, p state.Pack) (bool, error) {
	if p.Size <= 0 || p.Size > pack.MaxSize {
		return false, nil
	}
	file := make(memory, p.Size)
	err := r.cfg.Remote.Download(ctx, p.File, p.Size, file)
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case errors.Is(err, ErrOffline), errors.Is(err, ErrNoOzone):
		return false, fmt.Errorf("download pack: %w", err)
	}
	return err == nil && r.proved(p, file), nil
}

// proved tells whether the bytes of a pack hold all its blobs.
func (r *Repo) proved(p state.Pack, file []byte) bool {
	o, err := pack.NewOpener(r.keys.ForUse(p.Use), p.Use, file)
	if err != nil {
		return false
	}
	for _, b := range p.Blobs {
		body, err := pack.ReadBlob(bytes.NewReader(file), o, b)
		nameless := b.Kind == pack.Record
		if err != nil || !nameless && r.keys.ID(b.Kind, body) != b.ID {
			return false
		}
	}
	return true
}

// Restock uploads a pack again whose bytes are still on this device. It is
// false if they are not, or not all of them.
func (r *Repo) Restock(ctx context.Context, p state.Pack) (bool, error) {
	if !r.cache.Has(p.File) {
		return false, nil
	}
	file := make([]byte, p.Size)
	if err := r.readPack(ctx, state.Pack{File: p.File, Size: p.Size}, file, 0); err != nil || !r.proved(p, file) {
		return false, ctx.Err()
	}
	id, err := r.cfg.Remote.Upload(ctx, r.keys.NewName(p.Use), bytes.NewReader(file), p.Size)
	if err != nil {
		return false, fmt.Errorf("upload pack again: %w", err)
	}
	return id == p.File, nil
}

// Mend stores blobs again that the network has lost, and publishes where they
// lie now. body returns the content of each; of an index and of a head it is
// not asked for, for new ones take their place. There must be one tip: sync
// first.
func (r *Repo) Mend(ctx context.Context, lost []pack.Blob, body func(pack.Blob) ([]byte, error)) error {
	v, err := r.View(ctx)
	if err != nil || len(lost) == 0 {
		return err
	}
	if len(v.Tips) != 1 {
		return fmt.Errorf("mend: %d tips", len(v.Tips))
	}
	in, err := r.NewIngest(ctx, nil)
	if err != nil {
		return err
	}
	defer in.Close()
	for _, b := range lost {
		if err := in.storeAgain(ctx, b, body); err != nil {
			return err
		}
	}
	if err := errors.Join(in.shared.close(), in.up.wait(ctx)); err != nil {
		return err
	}
	made, err := in.storeMetadata(ctx)
	if err != nil {
		return err
	}
	if err := r.prepareHead(ctx, in, v.Tips[0], v, made); err != nil {
		return err
	}
	return r.finish(ctx, true)
}

func (in *Ingest) storeAgain(ctx context.Context, b pack.Blob, body func(pack.Blob) ([]byte, error)) error {
	if b.Kind == pack.Record {
		return nil
	}
	if b.Kind == pack.Index {
		in.refold = true
		return nil
	}
	content, err := body(b)
	if err != nil {
		return err
	}
	if in.repo.keys.ID(b.Kind, content) != b.ID {
		return fmt.Errorf("mend: %w: another content", ErrChanged)
	}
	p := in.repo.zip.Prepare(b.Kind, b.ID, content)
	if b.Kind == pack.Data {
		return in.shared.add(p, "", 0)
	}
	in.meta = append(in.meta, p)
	return nil
}
