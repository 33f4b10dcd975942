package app

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// target is a drive that another one is copied into.
type target struct {
	repo  *repo.Repo
	state *state.DB
	home  string
	net   *networkClient
	spent meter
}

// withTarget opens the drive of a storage key on a network, as long as use runs.
func (a *App) withTarget(ctx context.Context, n network.Network, key stratos.PrivateKey, use func(*target) error) error {
	t := &target{home: a.profile.drive(key.Address().String(), n.Key())}
	lock, err := lockDrive(t.home)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }()
	if t.net, err = a.connectTo(n, wire.NewSigner(key)); err != nil {
		return err
	}
	defer t.net.Close()
	if t.state, err = state.Open(ctx, filepath.Join(t.home, "state.db")); err != nil {
		return err
	}
	secret := key.Bytes()
	defer clear(secret)
	t.repo, err = repo.Open(ctx, repo.Config{
		Secret: secret, Remote: remote{t.net.Client, &t.spent}, State: t.state, Device: a.settings.get().Device, CacheRoom: a.room,
		SpoolDir: filepath.Join(t.home, "spool"), CacheDir: filepath.Join(a.profile.cache(), t.net.address, n.Key()),
	})
	if err != nil {
		return errors.Join(err, t.state.Close())
	}
	return errors.Join(use(t), t.repo.Close(), t.state.Close())
}

// receive takes over the folder of a drive that was copied, and what lies on
// this disk of it.
func (t *target) receive(ctx context.Context, d *drive) error {
	if err := t.copyChoice(d.choices); err != nil {
		return err
	}
	return d.engine.HandOver(ctx, t.repo, t.state)
}

// copyChoice takes over which folders lie on this disk. Nodes keep their ids.
func (t *target) copyChoice(from string) error {
	choice, err := readChoice(from)
	if err != nil || len(choice) == 0 {
		return err
	}
	return writeChoice(t.home, choice)
}
