package repo

import (
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// keyPending is where a head is kept while it is being published. It is stored
// before its pack is sent, so that a crash cannot make this device say two
// different things under one counter.
const keyPending = "pending"

// prepareHead writes the pack of the next head to the spool.
func (r *Repo) prepareHead(ctx context.Context, in *Ingest, commit pack.ID, view View, made []madeIndex) error {
	h, err := r.nextHead(ctx, commit, view, made)
	if err != nil {
		return err
	}
	if in.last {
		h.Indexes, h.Loose = nil, nil
	}
	k := in.newPacker(pack.Head, func() int { return pack.MaxSize })
	defer k.abandon()
	record := h.Encode()
	if err := k.put(r.zip.Prepare(pack.Record, pack.ID{}, record)); err != nil {
		return err
	}
	objects, err := in.inline(k, made != nil)
	if err != nil {
		return err
	}
	p, err := k.take().seal()
	if err != nil {
		return err
	}
	if err := r.cfg.Step("head built"); err != nil {
		return err
	}
	return r.st.Update(ctx, func(tx state.Tx) error {
		if _, err := tx.AddPack(p); err != nil {
			return err
		}
		if err := recordIndexes(tx, made); err != nil {
			return err
		}
		return errors.Join(putObjects(tx, objects), tx.Set(keyPending, record))
	})
}

// inline puts what travels in the head into its pack and returns the metadata
// of the commit.
func (in *Ingest) inline(k *packer, stored bool) ([]kept, error) {
	var objects []kept
	for _, b := range in.meta {
		body, err := b.Content()
		if err != nil {
			return nil, err
		}
		objects = append(objects, kept{b.Kind, b.ID, body})
		if stored {
			continue
		}
		if err := k.put(b); err != nil {
			return nil, err
		}
	}
	for _, b := range in.small {
		if err := k.put(b.Prepared); err != nil {
			return nil, err
		}
	}
	return objects, nil
}

// nextHead says what this device has to say now.
func (r *Repo) nextHead(ctx context.Context, commit pack.ID, view View, made []madeIndex) (object.Head, error) {
	h := object.Head{Device: r.device, Name: r.cfg.Device, Commit: commit, Time: r.cfg.Now().UnixNano()}
	given, err := r.givenUp(ctx)
	if err != nil {
		return h, err
	}
	h.Counter = max(view.own(r.device), given.last()) + 1
	h.Seen = view.seen(r.device)
	if h.Indexes, err = r.indexesAfter(ctx, made); err != nil {
		return h, err
	}
	if h.Loose, err = r.looseAfter(ctx, made); err != nil {
		return h, err
	}
	return h, r.addExtras(ctx, &h, view)
}

// Resume ends the publication of a head that was prepared, if there is one. One
// that was prepared long ago is given up: what it says is not asked for any more,
// and others may have deleted what it relies on. What it would have said, the
// next head says.
func (r *Repo) Resume(ctx context.Context) error {
	if err := r.finish(ctx, true); !errors.Is(err, ErrStale) {
		return err
	}
	return nil
}

// finish ends the publication of the head that was prepared, if there is one. It
// follows the order: upload, FINISHED, share, stop the old share. The error is
// [ErrStale] if the head was too old and is given up; where it does not age,
// because nobody else speaks of the drive yet, it never is.
func (r *Repo) finish(ctx context.Context, ages bool) error {
	record, err := r.st.Get(ctx, keyPending)
	if errors.Is(err, state.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	h, err := object.DecodeHead(record)
	if err != nil {
		return err
	}
	p, err := r.headPack(ctx)
	if err != nil {
		return err
	}
	if ages && r.isOld(h) {
		return r.giveUp(ctx, h, p)
	}
	if p.Stage == state.Spooled {
		if !r.spoolIntact(p) {
			return r.dropPending(ctx, p)
		}
		if err := r.uploadPack(ctx, p, true); err != nil {
			return err
		}
		if p, err = r.headPack(ctx); err != nil {
			return err
		}
	}
	if ages && r.isOld(h) { // the computer slept while it was sent
		return r.giveUp(ctx, h, p)
	}
	return r.shareHead(ctx, h, p)
}

// headPack returns the pack of the head that is being published.
func (r *Repo) headPack(ctx context.Context) (state.Pack, error) {
	for _, stage := range []state.Stage{state.Spooled, state.Sent} {
		packs, err := r.st.Packs(ctx, stage)
		if err != nil {
			return state.Pack{}, err
		}
		for _, p := range packs {
			if p.Use == pack.Head {
				return p, nil
			}
		}
	}
	return state.Pack{}, fmt.Errorf("head in the spool: %w", state.ErrNotFound)
}

// dropPending forgets a head whose pack was lost before it was sent. Its
// counter was never seen by anyone else, for the pack is read before the first
// byte of it leaves.
func (r *Repo) dropPending(ctx context.Context, p state.Pack) error {
	err := r.st.Update(ctx, func(tx state.Tx) error {
		return errors.Join(tx.DropPack(p), tx.Unset(keyPending))
	})
	_ = r.cfg.Disk.Remove(r.spoolPath(p.Name))
	return err
}

func (r *Repo) shareHead(ctx context.Context, h object.Head, p state.Pack) error {
	if err := r.cfg.Step("share"); err != nil {
		return err
	}
	share, err := r.cfg.Remote.Share(ctx, p.File, r.cfg.ShareFor)
	if err != nil {
		return fmt.Errorf("share head: %w", err)
	}
	if err := r.cfg.Step("shared"); err != nil {
		return err
	}
	sent, err := r.st.Packs(ctx, state.Sent)
	if err != nil {
		return err
	}
	said, err := r.saidCondemned(ctx, h)
	if err != nil {
		return err
	}
	row := state.Head{Head: h, File: p.File, Name: p.Name, Share: share, Expires: r.cfg.Now().Add(r.cfg.ShareFor).Unix()}
	err = r.st.Update(ctx, func(tx state.Tx) error {
		if len(p.Blobs) == 1 { // nothing in it that anyone refers to
			if err := tx.SetIndexed(p.Num, pack.ID{}); err != nil {
				return err
			}
		}
		return errors.Join(tx.PutHead(row), tx.SetCommitted(numbers(sent)), said.save(tx), tx.Unset(keyPending))
	})
	if err != nil {
		return err
	}
	r.adoptSpool(sent)
	if err := r.noteDoomed(ctx); err != nil {
		return err
	}
	return r.stopOldShares(ctx)
}

func numbers(packs []state.Pack) []int64 {
	out := make([]int64, len(packs))
	for i, p := range packs {
		out[i] = p.Num
	}
	return out
}

// adoptSpool removes packs that are committed from the spool. Heads are kept
// in the cache, for they hold what was changed last.
func (r *Repo) adoptSpool(packs []state.Pack) {
	for _, p := range packs {
		path := r.spoolPath(p.Name)
		if p.Use != pack.Content {
			if body, err := disk.ReadFile(r.cfg.Disk, path); err == nil {
				_ = r.cache.Put(p.File, body)
			}
		}
		_ = r.cfg.Disk.Remove(path)
	}
}
