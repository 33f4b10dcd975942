package app

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// knownEpoch is where a wallet's drive stands on one network: a device that was
// stolen made it go on under the keys of the next epoch.
type knownEpoch struct {
	Number int       `json:"number"`         // of the keys in use
	Begun  int       `json:"begun,omitzero"` // the epoch that this device prepares
	Paid   time.Time `json:"paid,omitzero"`  // when ozone for that was bought last
	Old    []int     `json:"old,omitempty"`  // epochs whose files this device has still to delete
}

// epoch returns where the drive stands on a chain.
func (w knownWallet) epoch(chain string) knownEpoch {
	e := w.Epochs[chain]
	e.Number = max(e.Number, keys.FirstEpoch)
	return e
}

// setEpoch notes where the drive stands on a chain.
func (w *knownWallet) setEpoch(chain string, e knownEpoch) {
	all := maps.Clone(w.Epochs)
	if all == nil {
		all = map[string]knownEpoch{}
	}
	all[chain] = e
	w.Epochs = all
}

// chainID is that of the network in use, empty where nobody can tell now.
func (a *App) chainID() string {
	if n, err := a.describe(); err == nil {
		return n.ChainID
	}
	if a.networkName() == network.Local {
		return practiceChain
	}
	return ""
}

// chainKey names the chain in use among the folders of the profile.
func (a *App) chainKey() string {
	if n, err := a.describe(); err == nil {
		return n.Key()
	}
	return a.chainID()
}

// epochOf is where the drive of a wallet stands on the network in use.
func (a *App) epochOf(wallet string) knownEpoch {
	return a.settings.get().wallet(wallet).epoch(a.chainID())
}

// Epoch is the number of the keys under which the drive lies on the network in
// use: 1 unless a device was stolen.
func (a *App) Epoch() int { return a.epochOf(a.ownerAddress()).Number }

// changeEpoch edits where the drive stands on the network in use.
func (a *App) changeEpoch(edit func(*knownEpoch)) error {
	wallet, chain := a.ownerAddress(), a.chainID()
	return a.settings.change(func(s *settings) {
		known := s.wallet(wallet)
		e := known.epoch(chain)
		edit(&e)
		known.setEpoch(chain, e)
		s.know(wallet, known)
	})
}

// takeEpoch puts the keys of a newer epoch to use. If this device has made it,
// what lies under the old ones is for it to delete.
func (a *App) takeEpoch(number int) error {
	before, chain := a.settings.get().wallet(a.ownerAddress()).Storage, a.chainKey()
	err := a.changeEpoch(func(e *knownEpoch) {
		if e.Begun == number && !slices.Contains(e.Old, e.Number) {
			e.Old = append(slices.Clone(e.Old), e.Number)
		}
		if e.Begun <= number {
			e.Begun, e.Paid = 0, time.Time{}
		}
		e.Number = number
	})
	if err != nil {
		return err
	}
	a.forgetClients()
	if _, err = a.ring(a.owner); err == nil {
		err = os.RemoveAll(filepath.Join(a.profile.cache(), before, chain))
	}
	a.hub.send(Event{Kind: SetupChanged})
	return err
}

// epochKey returns the key of the storage account of an epoch. The wallet has to
// be unlocked. The caller wipes it.
func (a *App) epochKey(number int) (key stratos.PrivateKey, err error) {
	session, err := a.session()
	if err != nil {
		return key, err
	}
	return storageOf(session, number)
}

// enterEpoch makes the keys those of the epoch that the drive is in. While nobody
// can tell the network, they stay: the keys of the first epoch may be stolen.
func (a *App) enterEpoch(ring *keyring, wallet string) error {
	if a.chainID() == "" {
		return nil
	}
	number := a.epochOf(wallet).Number
	a.mu.Lock()
	there := ring.epoch == number
	err := ring.enter(number)
	a.mu.Unlock()
	if err != nil {
		return err
	}
	if !there {
		a.sweeper.wake()
	}
	if a.settings.get().wallet(wallet).accountsOf() == number {
		return nil
	}
	return a.settings.change(func(s *settings) {
		known := s.wallet(wallet)
		known.take(ring)
		s.know(wallet, known)
	})
}

// accountsOf is the epoch of the accounts that are remembered.
func (w knownWallet) accountsOf() int { return max(w.AccountsOf, keys.FirstEpoch) }

// take remembers the accounts of the keys in use.
func (w *knownWallet) take(ring *keyring) {
	w.Storage, w.Publish = ring.addresses()
	if w.AccountsOf = ring.epoch; ring.epoch == keys.FirstEpoch {
		w.AccountsOf = 0
	}
}

// knowAccounts makes sure that the accounts that are remembered of the wallet in
// use are those of its epoch on the network in use, so that nothing is bought for
// others, or told of them. If they are not, the wallet has to be unlocked.
func (a *App) knowAccounts() error {
	wallet := a.ownerAddress()
	if a.settings.get().wallet(wallet).accountsOf() == a.epochOf(wallet).Number {
		return nil
	}
	_, err := a.ring(a.owner)
	return err
}
