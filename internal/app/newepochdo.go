package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/repo"
)

// NewEpoch makes the drive go on under new keys, because a device was stolen. All
// of it is stored anew in accounts that the keys on that device do not open, then
// the other devices are told, and at last the old files are deleted. The wallet
// has to be unlocked. What was cut off is gone on with by the same call; until
// the new drive is complete, the old one stays as it is.
func (a *App) NewEpoch(ctx context.Context, o EpochOptions) (r NewEpoch, err error) {
	restart, err := a.interruptDrive()
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, restart(context.WithoutCancel(ctx))) }()
	if r, err = a.PreviewEpoch(ctx, o); err != nil {
		return r, err
	}
	if len(a.epochOf(a.ownerAddress()).Old) == 0 {
		if err := a.changeEpoch(func(e *knownEpoch) { e.Begun = r.Epoch }); err != nil {
			return r, err
		}
		if err := a.makeEpoch(ctx, &r, o); err != nil {
			return r, explainDisk(err)
		}
	}
	for _, old := range a.epochOf(a.ownerAddress()).Old {
		if err := a.endEpoch(ctx, &r, old, o); err != nil {
			return r, explainDisk(err)
		}
	}
	r.Done = true
	return r, nil
}

// makeEpoch stores the drive under new keys and goes on with it.
func (a *App) makeEpoch(ctx context.Context, r *NewEpoch, o EpochOptions) error {
	if err := a.payEpoch(ctx, r); err != nil {
		return err
	}
	err := a.withEpoch(ctx, a.Folder(), r.From, func(d *drive) error {
		key, err := a.epochKey(r.Epoch)
		if err != nil {
			return err
		}
		defer key.Wipe()
		err = a.withTarget(ctx, d.net.network, key, func(t *target) error {
			err := r.carry(ctx, d, t, o)
			r.UploadNoz = strconv.FormatInt(t.spent.total(), 10)
			return err
		})
		r.DownloadNoz = strconv.FormatInt(d.spent.total(), 10)
		return err
	})
	if err != nil {
		return err
	}
	return a.takeEpoch(r.Epoch)
}

// carry copies a drive and tells the other devices. The folder is not synced
// first: what is new in it shall not get into the old drive.
func (r *NewEpoch) carry(ctx context.Context, d *drive, t *target, o EpochOptions) error {
	if err := d.engine.Join(ctx); err != nil {
		return err
	}
	if err := r.copy(ctx, d, t, o); err != nil {
		return err
	}
	if err := r.tell(ctx, d, r.Epoch); err != nil {
		return err
	}
	if err := r.copy(ctx, d, t, o); err != nil { // what another device has sent meanwhile
		return err
	}
	return t.receive(ctx, d)
}

func (r *NewEpoch) copy(ctx context.Context, d *drive, t *target, o EpochOptions) error {
	got, err := d.engine.MoveTo(ctx, t.repo, func(done, total int64) { o.tell(EpochCopying, done, total) })
	r.States, r.Files, r.Bytes, r.Lost = max(r.States, got.States), max(r.Files, got.Files), max(r.Bytes, got.Bytes), max(r.Lost, got.Lost)
	return err
}

// tell says in the old drive that it goes on in a new epoch. Where a thief has
// used up its ozone, the other devices find out by themselves.
func (r *NewEpoch) tell(ctx context.Context, d *drive, number int) error {
	moved, err := d.engine.IsMoved(ctx)
	if err != nil || moved {
		return err
	}
	err = d.engine.MarkMoved(ctx, number)
	if errors.Is(err, repo.ErrNoOzone) {
		r.Untold = true
		return nil
	}
	return err
}

func (o EpochOptions) tell(step EpochStep, done, total int64) {
	if o.Progress != nil {
		o.Progress(step, done, total)
	}
}

// endEpoch deletes the files of an old epoch, once the network shows all of the
// new one.
func (a *App) endEpoch(ctx context.Context, r *NewEpoch, old int, o EpochOptions) error {
	err := a.withEpoch(ctx, "", old, func(d *drive) error {
		if err := r.tell(ctx, d, r.Epoch); err != nil {
			return err
		}
		if err := a.checkEpoch(ctx, d, r.Epoch, o.Force); err != nil {
			return err
		}
		left, err := d.engine.Leave(ctx, func(done, total int64) { o.tell(EpochDeleting, done, total) })
		r.Deleted += left.Deleted
		return err
	})
	if err != nil {
		return err
	}
	err = a.changeEpoch(func(e *knownEpoch) {
		e.Old = slices.DeleteFunc(slices.Clone(e.Old), func(n int) bool { return n == old })
	})
	return errors.Join(err, a.forgetHome(old))
}

// ErrSentMeanwhile is wrapped by the refusal to delete the files of the old keys
// because another device has sent something under them. [EpochOptions.Force]
// deletes them anyway, and what was sent with them.
var ErrSentMeanwhile = errors.New("old drive holds more than the new one")

// checkEpoch makes sure that nothing is missing in the new epoch.
func (a *App) checkEpoch(ctx context.Context, d *drive, number int, force bool) error {
	key, err := a.epochKey(number)
	if err != nil {
		return err
	}
	defer key.Wipe()
	return a.withTarget(ctx, d.net.network, key, func(t *target) error {
		if _, err := t.repo.Pull(ctx); err != nil {
			return err
		}
		if err := t.repo.CheckListed(ctx); errors.Is(err, repo.ErrIncomplete) {
			return fault.Say(err, "The network does not show all of the new files, so the old ones were not deleted. Nothing is lost; try again later.")
		} else if err != nil {
			return err
		}
		complete, err := d.engine.Complete(ctx, t.repo)
		if err == nil && !complete && !force {
			return fault.Say(ErrSentMeanwhile, "Another device has sent something under the old keys meanwhile, so the old files were not deleted. Unlock the wallet there once, so that it follows; then try again.")
		}
		return err
	})
}

// forgetHome removes what this device kept of the drive of an epoch.
func (a *App) forgetHome(number int) error {
	key, err := a.epochKey(number)
	if err != nil {
		return err
	}
	account := key.Address().String()
	key.Wipe()
	for _, dir := range []string{a.profile.drive(account, a.chainKey()), filepath.Join(a.profile.cache(), account, a.chainKey())} {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("forget old epoch: %w", err)
		}
	}
	return nil
}

// CancelEpoch gives up a new epoch that was cut off, as long as nobody uses it:
// what was stored for it is deleted. The ozone that was bought stays in its
// account, for another try.
func (a *App) CancelEpoch(ctx context.Context) (r NewEpoch, err error) {
	restart, err := a.interruptDrive()
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, restart(context.WithoutCancel(ctx))) }()
	if r, err = a.planEpoch(ctx); err != nil {
		return r, err
	}
	now := a.epochOf(a.ownerAddress())
	if len(now.Old) > 0 || r.Followed {
		return r, fault.Wrong(nil, "The drive goes on with the new keys already, so this cannot be cancelled. Delete the old files instead.")
	}
	if now.Begun == 0 {
		return r, fault.Wrong(nil, "No new epoch was begun on this device. Nothing was changed.")
	}
	key, err := a.epochKey(now.Begun)
	if err != nil {
		return r, err
	}
	defer key.Wipe()
	n, err := a.network()
	if err != nil {
		return r, err
	}
	err = a.withTarget(ctx, n, key, func(t *target) error {
		left, err := t.repo.Leave(ctx, false, nil)
		r.Deleted = left.Deleted
		return err
	})
	if err != nil {
		return r, explainDisk(err)
	}
	err = a.changeEpoch(func(e *knownEpoch) { e.Begun = 0 })
	return r, errors.Join(err, a.forgetHome(r.Epoch))
}
