package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/sync/drivekey"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

const (
	// epochGap is how many epochs in a row may show nothing until no later one is
	// looked for: who stole a device can delete what lies under its keys.
	epochGap = 4
	// epochWait is how long looking for a newer epoch may keep the drive waiting.
	epochWait = 10 * time.Second
)

// settleEpoch makes the drive go on in its newest epoch, and the folder at root
// with it, while the wallet is unlocked. It is looked for once in the life of the
// program, and again when the drive says that it goes on elsewhere. Root may be
// empty.
func (a *App) settleEpoch(ctx context.Context, root string) error {
	wallet, err := a.firstKey()
	if err != nil {
		return nil //nolint:nilerr // locked: nothing can be found now
	}
	defer wallet.Wipe()
	known := a.Epoch()
	number := a.lookForEpoch(ctx, wallet, known)
	if old := folderEpoch(root, wallet, number); old > 0 {
		if err := a.handOver(ctx, root, old, number); err != nil {
			return err
		}
	}
	if number == known {
		return nil
	}
	return a.takeEpoch(number)
}

// lookForEpoch returns the newest epoch of the drive as far as can be told now.
func (a *App) lookForEpoch(ctx context.Context, wallet stratos.PrivateKey, known int) int {
	which := a.ownerAddress() + " " + a.chainID()
	a.mu.Lock()
	done := a.epochsLooked == which
	a.mu.Unlock()
	if done {
		return known
	}
	ctx, cancel := context.WithTimeout(ctx, epochWait)
	defer cancel()
	number, err := a.newestEpoch(ctx, wallet, known)
	if err == nil {
		a.mu.Lock()
		a.epochsLooked = which
		a.mu.Unlock()
	}
	return number
}

// lookAgain makes the next use of the drive look for a newer epoch.
func (a *App) lookAgain() {
	a.mu.Lock()
	a.epochsLooked = ""
	a.mu.Unlock()
}

// newestEpoch looks for the newest epoch of a wallet's drive on the network in
// use, from one that is known.
func (a *App) newestEpoch(ctx context.Context, wallet stratos.PrivateKey, known int) (int, error) {
	for newest := known; ; {
		var there [epochGap]bool
		g, gctx := errgroup.WithContext(ctx)
		for i := range there {
			g.Go(func() (err error) {
				there[i], err = a.hasDrive(gctx, wallet, newest+1+i)
				return err
			})
		}
		if err := g.Wait(); err != nil {
			return newest, err
		}
		before := newest
		for i, is := range there {
			if is {
				newest = before + 1 + i
			}
		}
		if newest == before {
			return newest, nil
		}
	}
}

// hasDrive reports whether some device has published a drive in an epoch.
func (a *App) hasDrive(ctx context.Context, wallet stratos.PrivateKey, number int) (bool, error) {
	key, err := keys.StorageAccount(wallet, number)
	if err != nil {
		return false, err
	}
	defer key.Wipe()
	c, err := a.connectAs(wire.NewSigner(key))
	if err != nil {
		return false, err
	}
	defer c.Close()
	names, err := keysOf(key)
	if err != nil {
		return false, err
	}
	shares, err := c.Shares(ctx)
	if err != nil {
		return false, err
	}
	for _, s := range shares {
		if isHead(names, s.Name) {
			return true, nil
		}
	}
	files, err := c.List(ctx)
	for _, f := range files {
		if err == nil && isHead(names, f.Name) {
			return true, nil
		}
	}
	return false, err
}

func keysOf(account stratos.PrivateKey) (*drivekey.Keys, error) {
	secret := account.Bytes()
	defer clear(secret)
	return drivekey.Derive(secret, drivekey.Drive)
}

func isHead(k *drivekey.Keys, name string) bool {
	use, is := k.UseOf(name)
	return is && use == pack.Head
}

// folderEpoch returns the epoch before number whose drive a folder belongs to, 0
// for none.
func folderEpoch(root string, wallet stratos.PrivateKey, number int) int {
	if root == "" {
		return 0
	}
	marker, err := os.ReadFile(filepath.Join(root, ".stratosdrive", "drive"))
	if err != nil {
		return 0
	}
	mark, _, _ := strings.Cut(strings.TrimSpace(string(marker)), "\n")
	for old := number - 1; old >= keys.FirstEpoch; old-- {
		key, err := keys.StorageAccount(wallet, old)
		if err != nil {
			return 0
		}
		names, err := keysOf(key)
		key.Wipe()
		if err == nil && names.Mark() == mark {
			return old
		}
	}
	return 0
}

// handOver lets a folder go on with the drive of a newer epoch.
func (a *App) handOver(ctx context.Context, root string, old, number int) error {
	return a.withEpoch(ctx, root, old, func(d *drive) error {
		key, err := a.epochKey(number)
		if err != nil {
			return err
		}
		defer key.Wipe()
		return a.withTarget(ctx, d.net.network, key, func(t *target) error {
			if err := t.repo.Resume(ctx); err != nil {
				return err
			}
			if _, err := t.repo.Pull(ctx); err != nil {
				return err
			}
			return t.receive(ctx, d)
		})
	})
}

// withEpoch lets use work on the drive as it lies under the keys of any epoch. An
// empty root means that there is no folder.
func (a *App) withEpoch(ctx context.Context, root string, number int, use func(*drive) error) error {
	key, err := a.epochKey(number)
	if err != nil {
		return err
	}
	defer key.Wipe()
	d, err := a.openWith(ctx, root, key)
	if err != nil {
		return err
	}
	return firstError(use(d), d.close())
}
