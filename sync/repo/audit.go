package repo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/space"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

const (
	// longAway is how long a device must not have asked for heads until it looks
	// at the listing of all files before it relies on what it knew.
	longAway = 15 * 24 * time.Hour
	// mostMissing is how many packs one audit takes for missing at most: a
	// gateway that shows next to nothing must not make a device send everything.
	mostMissing = 64

	keyPulled = "pulled"
)

// noteMissing remembers which packs the network lacks, so that nobody relies on
// them and what is needed of them is sent again. One that is needed counts only
// if the network also says so when it is asked for it.
func (r *Repo) noteMissing(ctx context.Context, absent, needed []string) error {
	var sure []string
	asked := 0
	for _, file := range absent {
		if slices.Contains(needed, file) {
			if asked++; asked > mostMissing {
				continue
			}
			gone, err := r.isGone(ctx, file)
			if err != nil {
				return err
			}
			if !gone {
				continue
			}
		}
		sure = append(sure, file)
	}
	return r.st.Set(ctx, keyMissing, []byte(strings.Join(sure, "\n")))
}

var errThere = errors.New("it is there")

func (r *Repo) isGone(ctx context.Context, file string) (bool, error) {
	err := r.cfg.Remote.Fetch(ctx, file, func(int64, []byte) error { return errThere })
	switch {
	case errors.Is(err, ErrNotFound):
		return true, nil
	case err == nil, errors.Is(err, errThere):
		return false, nil
	}
	return false, fmt.Errorf("ask for pack: %w", err)
}

// afterAbsence looks at the full listing when this device was away for long:
// packs that it knows may have been deleted meanwhile, and nobody may say so
// any more.
func (r *Repo) afterAbsence(ctx context.Context) error {
	now := r.cfg.Now()
	last, err := r.st.Get(ctx, keyPulled)
	if err != nil && !errors.Is(err, state.ErrNotFound) {
		return err
	}
	if err == nil {
		at, err := time.Parse(time.RFC3339, string(last))
		if err == nil && now.Sub(at) > longAway {
			if err := r.checkListing(ctx, at); err != nil {
				return err
			}
		}
		if err == nil && now.Sub(at) < time.Hour && now.After(at) {
			return nil // need not be noted each time
		}
	}
	return r.st.Set(ctx, keyPulled, []byte(now.UTC().Format(time.RFC3339)))
}

// checkListing takes all packs that are not listed for deleted, and reads the
// heads that came since this device asked last: their shares may have ended.
func (r *Repo) checkListing(ctx context.Context, since time.Time) error {
	files, err := r.listPacks(ctx)
	if err != nil {
		return err
	}
	if _, err := r.readHeads(ctx, files, maxUnshown, func(f space.File) bool { return f.Created.After(since.Add(-24 * time.Hour)) }); err != nil {
		return err
	}
	return r.noteUnlisted(ctx, files)
}

// noteUnlisted takes the packs for deleted that this device believes to be on
// the network and that a listing lacks.
func (r *Repo) noteUnlisted(ctx context.Context, files []space.File) error {
	there := make(map[string]bool, len(files))
	for _, f := range files {
		there[f.ID] = true
	}
	packs, err := r.onNetwork(ctx)
	if err != nil {
		return err
	}
	var gone []string
	for _, p := range packs {
		if !there[p.File] {
			gone = append(gone, p.File)
		}
	}
	slices.Sort(gone)
	if gone, err = r.believe(ctx, gone); err != nil {
		return err
	}
	if err := r.st.Set(ctx, keyMissing, []byte(strings.Join(gone, "\n"))); err != nil {
		return err
	}
	return r.noteDoomed(ctx)
}

// onNetwork returns all packs that this device believes to be on the network.
// Those that it sent and that no head names yet, others take for garbage in time.
func (r *Repo) onNetwork(ctx context.Context) ([]state.Pack, error) {
	packs, err := r.st.Packs(ctx, state.Committed)
	if err != nil {
		return nil, err
	}
	sent, err := r.st.Packs(ctx, state.Sent)
	return append(packs, sent...), err
}

// believe asks for some of the packs that a listing lacks. If the network has
// one of them after all, the listing is not to be believed, and only those count
// that were asked for in vain.
func (r *Repo) believe(ctx context.Context, absent []string) ([]string, error) {
	var sure []string
	for i, file := range absent {
		if i == mostMissing {
			break
		}
		gone, err := r.isGone(ctx, file)
		if err != nil {
			return nil, err
		}
		if gone {
			sure = append(sure, file)
		}
	}
	if len(sure) == min(len(absent), mostMissing) {
		return absent, nil
	}
	return sure, nil
}
