package repo

import (
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/state"
)

// tidyHeads keeps the shares of this device in order: one share of the newest
// head, renewed before it ends. It forgets heads that are neither shown nor
// the newest of their device.
func (r *Repo) tidyHeads(ctx context.Context, shares []RemoteShare) error {
	all, err := r.st.Heads(ctx)
	if err != nil {
		return err
	}
	shown := map[string][]RemoteShare{}
	for _, s := range shares {
		shown[s.FileID] = append(shown[s.FileID], s)
	}
	current := map[string]bool{}
	for _, h := range newest(append([]state.Head(nil), all...)) {
		current[h.File] = true
	}
	top := View{Heads: all}.own(r.device)
	for _, h := range all {
		if err := r.tidyHead(ctx, h, top, current[h.File], shown[h.File]); err != nil {
			return err
		}
	}
	return nil
}

// remember reports whether a replaced head is one of the last that this device
// wrote. A list that is out of date may show it again, and it must not be taken
// for the head of a copied disk.
func (r *Repo) remember(h state.Head, top uint64) bool {
	return h.Device == r.device && h.Counter+32 > top
}

func (r *Repo) tidyHead(ctx context.Context, h state.Head, top uint64, current bool, shown []RemoteShare) error {
	if !current && len(shown) == 0 && !r.remember(h, top) {
		return r.st.Update(ctx, func(tx state.Tx) error { return tx.DropHead(h.File) })
	}
	if h.Device != r.device {
		return r.renewOther(ctx, h, current)
	}
	for _, s := range shown {
		if !current || s.ShareID != h.Share {
			if err := r.stopShare(ctx, s.ShareID); err != nil {
				return err
			}
		}
	}
	if current && h.Expires-r.cfg.Now().Unix() < int64(r.cfg.ShareFor.Seconds())/2 {
		return r.renew(ctx, h)
	}
	return nil
}

// renew shares the newest head again before its share ends.
func (r *Repo) renew(ctx context.Context, h state.Head) error {
	old := h.Share
	share, err := r.cfg.Remote.Share(ctx, h.File, r.cfg.ShareFor)
	if errors.Is(err, ErrNotFound) {
		return nil // this device was taken for gone; what it publishes next counts again
	}
	if err != nil {
		return fmt.Errorf("renew share: %w", err)
	}
	h.Share, h.Expires = share, r.cfg.Now().Add(r.cfg.ShareFor).Unix()
	if err := r.st.Update(ctx, func(tx state.Tx) error { return tx.PutHead(h) }); err != nil {
		return err
	}
	return r.stopShare(ctx, old)
}

// renewOther shares the newest head of another device again when its share is
// about to end, which that device has not done: it may be off, or gone for ever,
// and devices that join must not look for its head in vain.
func (r *Repo) renewOther(ctx context.Context, h state.Head, current bool) error {
	if !current || h.Expires-r.cfg.Now().Unix() > int64(r.cfg.ShareFor.Seconds())/4 || !r.may(&r.renewed) {
		return nil
	}
	share, err := r.cfg.Remote.Share(ctx, h.File, r.cfg.ShareFor)
	if err != nil {
		return ctx.Err() // others can do it, or this device later
	}
	h.Share, h.Expires = share, r.cfg.Now().Add(r.cfg.ShareFor).Unix()
	return r.st.Update(ctx, func(tx state.Tx) error { return tx.PutHead(h) })
}

// stopOldShares ends the shares of heads that this device has replaced.
func (r *Repo) stopOldShares(ctx context.Context) error {
	all, err := r.st.Heads(ctx)
	if err != nil {
		return err
	}
	top := View{Heads: all}.own(r.device)
	for _, h := range all {
		if h.Device != r.device || h.Counter == top || h.Share == "" {
			continue
		}
		if err := r.stopShare(ctx, h.Share); err != nil {
			return err
		}
		h.Share = ""
		if err := r.st.Update(ctx, func(tx state.Tx) error { return tx.PutHead(h) }); err != nil {
			return err
		}
	}
	return nil
}

func (r *Repo) stopShare(ctx context.Context, id string) error {
	if id == "" {
		return nil
	}
	if err := r.cfg.Step("stop share"); err != nil {
		return err
	}
	if err := r.cfg.Remote.StopShare(ctx, id); err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("stop share: %w", err)
	}
	return nil
}
