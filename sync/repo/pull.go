package repo

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// Pull looks for heads of all devices and reads what they name. A head that is
// missing never means that something was deleted: what was seen once stays
// known. It reports whether anything new was found.
func (r *Repo) Pull(ctx context.Context) (changed bool, err error) {
	began := r.cfg.Now().Round(0) // the other clock stands while a computer sleeps
	if changed, err = r.pull(ctx); err == nil {
		r.mu.Lock()
		r.pulled = began
		r.mu.Unlock()
	}
	return changed, err
}

func (r *Repo) pull(ctx context.Context) (changed bool, err error) {
	shares, err := r.cfg.Remote.Shares(ctx)
	if err != nil {
		return false, fmt.Errorf("list shares: %w", err)
	}
	shares = slices.DeleteFunc(shares, func(s RemoteShare) bool { return !r.isHead(s.Name) })
	r.forgetUnreadable(shared, func(file string) bool {
		return slices.ContainsFunc(shares, func(s RemoteShare) bool { return s.FileID == file })
	})
	known, err := r.knownHeads(ctx)
	if err != nil {
		return false, err
	}
	if err := r.afterAbsence(ctx); err != nil {
		return false, err
	}
	fresh, err := r.pullShares(ctx, shares, known)
	if err != nil {
		return false, err
	}
	more, err := r.pullUnshown(ctx, known, len(known)+fresh == 0)
	if err != nil {
		return false, err
	}
	if fresh+more > 0 {
		if err := r.noteDoomed(ctx); err != nil {
			return true, err
		}
	}
	aged, err := r.readAged(ctx)
	if err != nil {
		return fresh+more > 0, err
	}
	return fresh+more > 0 || aged, r.tidyHeads(ctx, shares)
}

// keyAged is noted once the heads that are not shared any more were read.
const keyAged = "aged"

// readAged reads, the first time that this device asks, the heads whose shares
// have ended: a device that is gone cannot renew its own, and nobody else may
// have seen it.
func (r *Repo) readAged(ctx context.Context) (found bool, err error) {
	if _, err := r.st.Get(ctx, keyAged); !errors.Is(err, state.ErrNotFound) {
		return false, err
	}
	files, err := r.listPacks(ctx)
	if err != nil {
		return false, err
	}
	if found, err = r.readStrangers(ctx, files); err != nil {
		return found, err
	}
	// Old heads name packs that were deleted so long ago that nobody says so.
	if err := r.noteUnlisted(ctx, files); err != nil {
		return found, err
	}
	return found, r.st.Set(ctx, keyAged, []byte{1})
}

const (
	// askListing is how often the listing of all files is asked for heads that
	// should be shown and are not.
	askListing = 10 * time.Minute
	// maxUnshown is how many files of the listing are looked at then.
	maxUnshown = 64
)

// pullUnshown looks in the listing of all files when no share leads to a head,
// or when a head that another device has seen is not among the shares.
func (r *Repo) pullUnshown(ctx context.Context, known map[string]state.Head, none bool) (int, error) {
	limit := maxUnshown
	if none {
		limit = math.MaxInt
	} else {
		v, err := r.View(ctx)
		if err != nil || len(v.Hidden) == 0 || !r.may(&r.listed) {
			return 0, err
		}
		if n, err := r.pullElsewhere(ctx); n > 0 || err != nil {
			return n, err
		}
	}
	return r.pullListing(ctx, known, limit)
}

// pullElsewhere asks another gateway, if there is one, for the heads that this
// one does not show.
func (r *Repo) pullElsewhere(ctx context.Context) (int, error) {
	s, ok := r.cfg.Remote.(Several)
	if !ok || !s.TryAnother() {
		return 0, nil
	}
	shares, err := r.cfg.Remote.Shares(ctx)
	if err != nil {
		return 0, fmt.Errorf("list shares: %w", err)
	}
	known, err := r.knownHeads(ctx)
	if err != nil {
		return 0, err
	}
	return r.pullShares(ctx, slices.DeleteFunc(shares, func(s RemoteShare) bool { return !r.isHead(s.Name) }), known)
}

// may reports whether something that is not asked for often may be, and notes
// that it is.
func (r *Repo) may(last *time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.cfg.Now()
	if now.Sub(*last) < askListing {
		return false
	}
	*last = now
	return true
}

func (r *Repo) isHead(name string) bool {
	use, ok := r.keys.UseOf(name)
	return ok && use == pack.Head
}

func (r *Repo) knownHeads(ctx context.Context) (map[string]state.Head, error) {
	all, err := r.st.Heads(ctx)
	known := make(map[string]state.Head, len(all))
	for _, h := range all {
		known[h.File] = h
	}
	return known, err
}

func (r *Repo) pullShares(ctx context.Context, shares []RemoteShare, known map[string]state.Head) (int, error) {
	n := 0
	for _, s := range shares {
		if _, ok := known[s.FileID]; ok {
			continue
		}
		ok, err := r.tryHead(ctx, shared, state.Head{File: s.FileID, Name: s.Name, Share: s.ShareID, Expires: s.Expires.Unix()}, s.Size)
		if err != nil {
			return n, err
		}
		if ok {
			n++
		}
	}
	return n, nil
}

// pullListing looks for heads among all files of the account, newest first,
// for the case that their shares are gone. It stops when it has a head of
// every device that any of them names, or has looked at so many files.
func (r *Repo) pullListing(ctx context.Context, known map[string]state.Head, limit int) (int, error) {
	files, err := r.cfg.Remote.List(ctx)
	if err != nil {
		return 0, fmt.Errorf("list files: %w", err)
	}
	files = slices.DeleteFunc(files, func(f RemoteFile) bool {
		_, have := known[f.ID]
		return have || !r.isHead(f.Name)
	})
	r.forgetUnreadable(listed, func(file string) bool {
		return slices.ContainsFunc(files, func(f RemoteFile) bool { return f.ID == file })
	})
	slices.SortFunc(files, func(a, b RemoteFile) int { return b.Created.Compare(a.Created) })
	n := 0
	for i, f := range files[:min(limit, len(files))] {
		if n > 0 && i > 0 && files[i-1].Created.Sub(f.Created) > 0 {
			v, err := r.View(ctx)
			if err != nil || len(v.Hidden) == 0 {
				return n, err
			}
		}
		ok, err := r.tryHead(ctx, listed, state.Head{File: f.ID, Name: f.Name}, f.Size)
		if err != nil {
			return n, err
		}
		if ok {
			n++
		}
	}
	return n, nil
}
