package app

import (
	"context"
	"errors"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// networkCopies is how many copies of a file a network keeps at most; an upload
// costs a noz per byte and copy, a download one per byte.
const networkCopies = 5

// MoveOptions says where a drive moves to: another network, another wallet of
// this profile, or both.
type MoveOptions struct {
	Network  string // as SelectNetwork takes it; empty: the one in use
	Wallet   string // address; empty: the one in use
	Password []byte // of that wallet; a preview does not need it
	Progress func(done, total int64)
}

// DriveMove tells what moving a drive did, or would do.
type DriveMove struct {
	Done    bool   `json:"done"` // false for a preview
	Network string `json:"network"`
	Wallet  string `json:"wallet"`  // address
	Storage string `json:"storage"` // address of the storage account there

	Download int64 `json:"download"` // bytes at most, from where the drive is
	Upload   int64 `json:"upload"`   // bytes at most, each stored as often as the network keeps copies
	// DownloadNoz and UploadNoz are the ozone for that, decimal: paid by the
	// old storage account and by the new one. UploadNoz is for five copies.
	DownloadNoz string `json:"download_noz"`
	UploadNoz   string `json:"upload_noz"`

	States int   `json:"states"` // of the past and now; 0 if it was there already
	Files  int   `json:"files"`  // different contents
	Bytes  int64 `json:"bytes"`  // of them
	Lost   int   `json:"lost"`   // contents of old states that the network had lost
}

// moveTarget is where a drive moves to.
type moveTarget struct {
	name    string // of the network
	network network.Network
	wallet  selection
	epoch   int    // of that wallet's storage account
	storage string // its address
}

// PreviewMove tells what [App.MoveDrive] would do and cost. It changes nothing.
func (a *App) PreviewMove(ctx context.Context, o MoveOptions) (m DriveMove, err error) {
	to, err := a.moveTarget(o)
	if err != nil {
		return m, err
	}
	m = to.summary()
	err = a.look(ctx, func(e *engine.Engine) error {
		cost, err := e.MoveCost(ctx)
		m.Download, m.Upload = cost.Download, cost.Upload
		return err
	})
	m.DownloadNoz = strconv.FormatInt(m.Download, 10)
	m.UploadNoz = strconv.FormatInt(m.Upload*networkCopies, 10)
	return m, err
}

func (t moveTarget) summary() DriveMove {
	return DriveMove{Network: t.name, Wallet: t.wallet.wallet, Storage: t.storage}
}

// moveTarget finds where a drive shall go, which is not where it is.
func (a *App) moveTarget(o MoveOptions) (to moveTarget, err error) {
	here, err := a.client(StorageAccount)
	if err != nil {
		return to, err
	}
	to = moveTarget{name: a.networkName(), network: here.network, wallet: selection{wallet: a.walletAddress()}, storage: here.address}
	if o.Network != "" {
		if to.network, err = a.networkNamed(o.Network); err != nil {
			return to, err
		}
		to.name = o.Network
	}
	all := a.settings.get()
	to.epoch = max(a.Epoch(), all.wallet(to.wallet.wallet).epoch(to.network.ChainID).Number)
	if o.Wallet != "" {
		found, there := a.find(all, o.Wallet)
		if !there || found.watched {
			return to, fault.Wrong(ErrUnknownWallet, "There is no wallet %s in this profile whose words are here. Nothing was moved.", o.Wallet)
		}
		known := all.wallet(found.wallet)
		to.wallet, to.storage, to.epoch = found, known.Storage, known.epoch(to.network.ChainID).Number
		if known.accountsOf() != to.epoch {
			to.storage = "" // only its key tells
		}
	}
	return to, to.isElsewhere(here)
}

// isElsewhere refuses to move a drive to where it is.
func (t moveTarget) isElsewhere(here *networkClient) error {
	if t.storage == here.address && t.network.Key() == here.network.Key() {
		return fault.Wrong(nil, "The drive is there already. Name another network or another wallet; nothing was moved.")
	}
	return nil
}

// MoveDrive copies the drive to another network or wallet, with the past that is
// kept and its settings, and goes on with it there: the folder, the network and
// the wallet in use are others then. What is on the old side stays. A move that
// was cut off is gone on with by the same call.
func (a *App) MoveDrive(ctx context.Context, o MoveOptions) (DriveMove, error) {
	to, err := a.moveTarget(o)
	if err != nil {
		return DriveMove{}, err
	}
	key, err := a.moveKey(to, o)
	if err != nil {
		return DriveMove{}, err
	}
	defer key.Wipe()
	here, err := a.client(StorageAccount)
	if err != nil {
		return DriveMove{}, err
	}
	to.storage = key.Address().String()
	if err := to.isElsewhere(here); err != nil {
		return DriveMove{}, err
	}
	if err := a.stopDrive(); err != nil {
		return DriveMove{}, err
	}
	root := a.Folder()
	d, err := a.openDrive(ctx, root)
	if err != nil {
		return DriveMove{}, err
	}
	m, err := a.moveInto(ctx, d, to, key, o)
	if err = errors.Join(err, d.close()); err != nil {
		return m, explainDisk(err)
	}
	m.Done = true
	return m, a.goOn(to, root)
}

// moveKey returns the key of the new storage account. The caller wipes it.
func (a *App) moveKey(to moveTarget, o MoveOptions) (key stratos.PrivateKey, err error) {
	switch {
	case o.Wallet == "" && to.epoch == a.Epoch():
		return a.driveKey()
	case o.Wallet == "":
		return a.epochKey(to.epoch)
	}
	if err := a.checkVault(to.wallet.wallet); err != nil {
		return key, err
	}
	session, err := vault.Unlock(a.profile.vault(to.wallet.wallet), o.Password)
	if err != nil {
		return key, err
	}
	defer session.Lock()
	return storageOf(session, to.epoch)
}

// moveInto syncs what is new, copies the drive, and marks the folder.
func (a *App) moveInto(ctx context.Context, d *drive, to moveTarget, key stratos.PrivateKey, o MoveOptions) (m DriveMove, err error) {
	m = to.summary()
	err = a.withTarget(ctx, to.network, key, func(t *target) error {
		err := m.carry(ctx, d, t, o.Progress)
		m.UploadNoz = strconv.FormatInt(t.spent.total(), 10)
		return err
	})
	m.DownloadNoz = strconv.FormatInt(d.spent.total(), 10)
	return m, err
}

// carry copies a drive after a last sync, unless the folder was handed over by
// a call that was cut off behind that.
func (m *DriveMove) carry(ctx context.Context, d *drive, t *target, progress func(done, total int64)) error {
	if err := lastSync(ctx, d, t); err != nil {
		return err
	}
	got, err := d.engine.MoveTo(ctx, t.repo, progress)
	m.States, m.Files, m.Bytes, m.Lost = got.States, got.Files, got.Bytes, got.Lost
	if err != nil {
		return err
	}
	return t.receive(ctx, d)
}

// lastSync sends what is new in the folder to the drive that is left.
func lastSync(ctx context.Context, d *drive, t *target) error {
	if d.root == "" || d.engine.HandedOver(t.repo) {
		return nil
	}
	sum, err := syncRested(ctx, d.engine)
	return errors.Join(err, unlessWaiting(sum))
}

// goOn puts the new place of the drive to use.
func (a *App) goOn(to moveTarget, root string) error {
	if to.name != a.networkName() {
		if err := a.SelectNetwork(to.name); err != nil {
			return err
		}
	}
	old := a.walletAddress()
	if to.wallet.wallet != old {
		if err := a.switchTo(to.wallet); err != nil {
			return err
		}
	}
	err := a.settings.change(func(s *settings) {
		s.Folder = root
		now := s.wallet(to.wallet.wallet)
		if e := now.epoch(to.network.ChainID); e.Number != to.epoch {
			e.Number = to.epoch
			now.setEpoch(to.network.ChainID, e)
			s.know(to.wallet.wallet, now)
		}
		if known, there := s.Wallets[old]; there && old != to.wallet.wallet {
			known.Folder = "" // it belongs to the new drive
			s.know(old, known)
		}
	})
	a.hub.send(Event{Kind: SetupChanged})
	return err
}
