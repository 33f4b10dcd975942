package repo

import (
	"context"
	"errors"
	"math"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/space"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// ReadStrangers reads the heads among the files that are so old that they could
// be condemned though no head names them. Their shares may have ended, or were
// never shown, and what such a head needs must not be taken for garbage. It
// reports whether anything new was found.
func (r *Repo) ReadStrangers(ctx context.Context) (changed bool, err error) {
	files, err := r.listPacks(ctx)
	if err != nil {
		return false, err
	}
	return r.readStrangers(ctx, files)
}

func (r *Repo) readStrangers(ctx context.Context, files []space.File) (changed bool, err error) {
	return r.readHeads(ctx, files, math.MaxInt, func(f space.File) bool { return space.IsStranger(f, r.cfg.Now()) })
}

// readHeads reads those of the wanted files that are heads which this device
// does not know, and that their devices have not replaced, the newest first.
func (r *Repo) readHeads(ctx context.Context, files []space.File, most int, wanted func(space.File) bool) (found bool, err error) {
	known, err := r.knownFiles(ctx)
	if err != nil {
		return false, err
	}
	files = slices.DeleteFunc(slices.Clone(files), func(f space.File) bool { return f.Use != pack.Head || known[f.ID] || !wanted(f) })
	slices.SortFunc(files, func(a, b space.File) int { return b.Created.Compare(a.Created) })
	for _, f := range files[:min(most, len(files))] {
		old, err := r.isReplaced(ctx, f)
		if err != nil {
			return found, err
		}
		if old {
			continue
		}
		ok, err := r.tryHead(ctx, listed, state.Head{File: f.ID, Name: f.Name}, f.Size)
		if err != nil {
			return found, err
		}
		found = found || ok
	}
	if !found {
		return false, nil
	}
	return true, r.noteDoomed(ctx)
}

// knownFiles are the heads that were read, and all packs that some head names
// or that somebody condemned.
func (r *Repo) knownFiles(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	heads, err := r.knownHeads(ctx)
	if err != nil {
		return nil, err
	}
	for file := range heads {
		out[file] = true
	}
	packs, err := r.st.Packs(ctx, state.Committed)
	if err != nil {
		return nil, err
	}
	for _, p := range packs {
		out[p.File] = true
	}
	doomed, err := r.doomed(ctx)
	for file := range doomed {
		out[file] = true
	}
	return out, err
}

// isReplaced reports whether a file is a head that its device has replaced, or
// no head that can be read.
func (r *Repo) isReplaced(ctx context.Context, f space.File) (bool, error) {
	if f.Size <= 0 || f.Size > pack.MaxSize {
		return true, nil
	}
	file := make(memory, f.Size)
	err := r.cfg.Remote.Download(ctx, f.ID, f.Size, file)
	if err != nil {
		return errors.Is(err, ErrNotFound), stopAt(err)
	}
	x, err := r.openHead(file)
	if err != nil {
		return false, nil // reading it tells what is wrong with it
	}
	all, err := r.st.Heads(ctx)
	return replaced(all, x.head.Device, x.head.Counter), err
}

// stopAt is nil for what another try with the same file may mend.
func stopAt(err error) error {
	if final(err) && !errors.Is(err, ErrNotFound) {
		return err
	}
	return nil
}
