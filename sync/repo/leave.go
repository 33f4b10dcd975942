package repo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/space"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// ErrIncomplete is returned when the network does not list what a drive needs.
var ErrIncomplete = errors.New("network does not list all of the drive")

// PackOf returns the pack in which a chunk lies.
func (r *Repo) PackOf(ctx context.Context, chunk pack.ID) (state.Pack, error) {
	l, err := r.st.Find(ctx, pack.Data, chunk)
	return l.Pack, err
}

// MetadataBytes is how large the packs of folders, commits and indexes are.
func (r *Repo) MetadataBytes(ctx context.Context) (int64, error) {
	packs, err := r.st.Packs(ctx, state.Committed)
	sum := int64(0)
	for _, p := range packs {
		if p.Use == pack.Metadata {
			sum += p.Size
		}
	}
	return sum, err
}

// CheckListed makes sure that the network lists every pack that this device has
// stored, the newest head among them. Else the error wraps [ErrIncomplete].
func (r *Repo) CheckListed(ctx context.Context) error {
	files, err := r.listPacks(ctx)
	if err != nil {
		return err
	}
	there := make(map[string]bool, len(files))
	for _, f := range files {
		there[f.ID] = true
	}
	packs, err := r.st.Packs(ctx, state.Committed)
	if err != nil {
		return err
	}
	doomed, err := r.st.Doomed(ctx)
	if err != nil {
		return err
	}
	for _, p := range packs {
		if _, gone := doomed[p.File]; !there[p.File] && !gone {
			return fmt.Errorf("%w: %s", ErrIncomplete, p.File)
		}
	}
	if len(packs) == 0 {
		return ErrIncomplete
	}
	return nil
}

// Left is what [Repo.Leave] did.
type Left struct {
	Deleted int // files
	Bytes   int64
}

// deletions is how many files are deleted at a time.
const deletions = 8

// Leave deletes the drive from the network. If keepHead is set, a head of this
// device stays, which has the settings and names no packs, so that others find
// out where the drive went. Of what is no part of the drive nothing is touched. It can be repeated after a cut. Progress
// is told how many files are deleted, of how many; it may be nil.
func (r *Repo) Leave(ctx context.Context, keepHead bool, progress func(done, total int64)) (Left, error) {
	keep := ""
	if keepHead {
		if err := r.sayLast(ctx); err != nil && !errors.Is(err, ErrNoOzone) {
			return Left{}, err
		}
		own, err := r.newestOwn(ctx)
		if err != nil {
			return Left{}, err
		}
		keep = own.File
	}
	if err := r.unshare(ctx, keep); err != nil {
		return Left{}, err
	}
	files, err := r.listPacks(ctx)
	if err != nil {
		return Left{}, err
	}
	files = slices.DeleteFunc(files, func(f space.File) bool { return f.ID == keep })
	return r.deleteFiles(ctx, files, progress)
}

// newestOwn returns the newest head of this device.
func (r *Repo) newestOwn(ctx context.Context) (state.Head, error) {
	v, err := r.View(ctx)
	if err != nil {
		return state.Head{}, err
	}
	for _, h := range v.Heads {
		if h.Device == r.device {
			return h, nil
		}
	}
	return state.Head{}, fmt.Errorf("own head: %w", state.ErrNotFound)
}

// sayLast publishes the last head of the drive: it can be read when nothing else
// is there any more. An account that cannot pay for it keeps the head it has.
func (r *Repo) sayLast(ctx context.Context) error {
	if err := r.Resume(ctx); err != nil {
		return err
	}
	own, err := r.newestOwn(ctx)
	if err != nil || len(own.Indexes)+len(own.Loose) == 0 {
		return err
	}
	in, err := r.NewIngest(ctx, nil)
	if err != nil {
		return err
	}
	defer in.Close()
	in.last = true
	v, err := r.View(ctx)
	if err != nil {
		return err
	}
	if err := r.prepareHead(ctx, in, own.Commit, v, nil); err != nil {
		return err
	}
	return r.finish(ctx, true)
}

// unshare ends the shares of all heads but one.
func (r *Repo) unshare(ctx context.Context, keep string) error {
	shares, err := r.cfg.Remote.Shares(ctx)
	if err != nil {
		return fmt.Errorf("list shares: %w", err)
	}
	for _, s := range shares {
		if !r.isHead(s.Name) || s.FileID == keep {
			continue
		}
		if err := r.stopShare(ctx, s.ShareID); err != nil {
			return err
		}
	}
	return nil
}

// deleteFiles deletes several at a time; progress is told one after the other.
func (r *Repo) deleteFiles(ctx context.Context, files []space.File, progress func(done, total int64)) (Left, error) {
	var mu sync.Mutex
	var left Left
	deleted := func(f space.File) {
		mu.Lock()
		defer mu.Unlock()
		left.Deleted++
		left.Bytes += f.Size
		if progress != nil {
			progress(int64(left.Deleted), int64(len(files)))
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(deletions)
	for _, f := range files {
		g.Go(func() error {
			if err := r.cfg.Step("delete"); err != nil {
				return err
			}
			if err := r.cfg.Remote.Delete(ctx, f.ID); err != nil && !errors.Is(err, ErrNotFound) {
				return fmt.Errorf("delete pack: %w", err)
			}
			deleted(f)
			return nil
		})
	}
	err := g.Wait()
	return left, err
}
