package app

import (
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// keyring holds the keys of an unlocked wallet.
type keyring struct {
	session *vault.Session // locked by Lock, as the key is wiped
	wallet  *keys.Guarded  // of the account in use; the other two stay for sync
	index   uint32         // of that account

	epoch   int // of the keys that follow
	storage stratos.PrivateKey
	publish stratos.PrivateKey
	older   []stratos.PrivateKey // publishing accounts of the epochs before: links of theirs still work
}

// newKeyring derives the accounts of an epoch of a wallet from the key of its
// first account, whichever is in use later, and keeps that key.
func newKeyring(wallet *keys.Guarded, epoch int) (*keyring, error) {
	ring := &keyring{wallet: wallet}
	return ring, ring.derive(wallet, epoch)
}

// derive takes the accounts of an epoch. Keys of another one are forgotten, but
// not wiped: what was begun with them ends with them.
func (k *keyring) derive(first *keys.Guarded, epoch int) error {
	var storage, publish stratos.PrivateKey
	var older []stratos.PrivateKey
	err := first.Use(func(key stratos.PrivateKey) (err error) {
		if storage, err = keys.StorageAccount(key, epoch); err != nil {
			return fmt.Errorf("derive storage account: %w", err)
		}
		for n := keys.FirstEpoch; n <= epoch; n++ {
			if publish, err = keys.PublishingAccount(key, n); err != nil {
				return fmt.Errorf("derive publishing account: %w", err)
			}
			older = append(older, publish)
		}
		return nil
	})
	if err == nil {
		k.epoch, k.storage, k.publish, k.older = epoch, storage, publish, older[:len(older)-1]
	}
	return err
}

// enter takes the accounts of another epoch, for which the wallet has to be
// unlocked.
func (k *keyring) enter(epoch int) error {
	if k.epoch == epoch {
		return nil
	}
	if k.session == nil || k.session.Locked() {
		return lockedFault()
	}
	first, err := k.session.Key(0)
	if err != nil {
		return err
	}
	defer first.Wipe()
	return k.derive(first, epoch)
}

// addresses are those of the storage and the publishing account.
func (k *keyring) addresses() (storage, publish string) {
	return k.storage.Address().String(), k.publish.Address().String()
}

// storageOf returns the key of the storage account of an epoch.
func storageOf(session *vault.Session, epoch int) (key stratos.PrivateKey, err error) {
	first, err := session.Key(0)
	if err != nil {
		return key, err
	}
	defer first.Wipe()
	err = first.Use(func(wallet stratos.PrivateKey) (err error) {
		key, err = keys.StorageAccount(wallet, epoch)
		return err
	})
	if err != nil {
		err = fmt.Errorf("derive storage account: %w", err)
	}
	return key, err
}

// signer returns what signs calls to the storage network for an account, or
// false while its key is not there.
func (k *keyring) signer(account Account) (wire.Signer, bool) {
	switch account {
	case WalletAccount:
		return guardedSigner{k.wallet}, k.wallet.Valid()
	case PublishAccount:
		return wire.NewSigner(k.publish), k.publish.Valid()
	}
	if n, is := account.earlier(); is {
		if n > len(k.older) {
			return nil, false
		}
		return wire.NewSigner(k.older[n-1]), k.older[n-1].Valid()
	}
	return wire.NewSigner(k.storage), k.storage.Valid()
}

// use takes the key of another account, which ends the one before.
func (k *keyring) use(index uint32) error {
	if k.index == index || !k.wallet.Valid() {
		return nil
	}
	key, err := k.session.Key(index)
	if err != nil {
		return err
	}
	k.wallet.Wipe()
	k.wallet, k.index = key, index
	return nil
}

// lock forgets what spends money.
func (k *keyring) lock() {
	if k.session != nil {
		k.session.Lock()
	}
	k.wallet.Wipe()
}

func (k *keyring) wipe() {
	k.lock()
	k.wipeFiles()
}

// wipeFiles forgets the keys of files.
func (k *keyring) wipeFiles() {
	k.storage.Wipe()
	k.publish.Wipe()
	for _, key := range k.older {
		key.Wipe()
	}
}

// setKeys replaces the keys in use and wipes the old ones.
func (a *App) setKeys(ring *keyring) {
	a.mu.Lock()
	old := a.keys
	a.keys = ring
	if old != nil && ring != nil && old.storage.Valid() && old.storage.Address() == ring.storage.Address() {
		// The drive goes on with the keys it has.
		ring.wipeFiles()
		ring.epoch, ring.storage, ring.publish, ring.older = old.epoch, old.storage, old.publish, old.older
		old.lock()
		old = nil
	}
	a.mu.Unlock()
	if old != nil {
		old.wipe()
	}
	if ring != nil {
		a.autoLock.start()
	} else {
		a.autoLock.end()
	}
	a.forgetClients()
	a.hub.send(Event{Kind: WalletChanged})
}

// Lock wipes the wallet key. The keys of the drive stay, so that it goes on
// syncing; LockAll wipes those too.
func (a *App) Lock() {
	a.mu.Lock()
	if a.keys != nil {
		a.keys.lock()
	}
	a.mu.Unlock()
	a.autoLock.end()
	a.sweeper.wake()
	a.hub.send(Event{Kind: WalletChanged})
}

// LockAll wipes every key; the drive stops.
func (a *App) LockAll() {
	_ = a.stopDrive()
	a.setKeys(nil)
}

// Locked tells whether the password is needed to go on: the wallet key is gone.
// An address that is only watched has nothing to unlock.
func (a *App) Locked() bool { return !a.holdsKey() && !a.Watching() }

// holdsKey tells whether the wallet key is there.
func (a *App) holdsKey() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.keys != nil && a.keys.wallet.Valid()
}

// errLocked asks for the password.
var errLocked = errors.New("wallet is locked")

// signer returns what signs for an account on the storage network, if its key
// is there.
func (a *App) signer(account Account) (wire.Signer, error) {
	_, earlier := account.earlier()
	switch account {
	case WalletAccount, StorageAccount, PublishAccount:
	default:
		if earlier {
			break
		}
		return nil, fault.Wrong(nil, "There is no account called %s. Use wallet, storage or publish.", account)
	}
	ring, err := a.ring(a.withKey)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if s, there := ring.signer(account); there {
		return s, nil
	}
	return nil, lockedFault()
}

// ring returns the keys that are there of the wallet that which names, that of
// the account in use among them.
func (a *App) ring(which func() (selection, error)) (*keyring, error) {
	found, err := which()
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	ring := a.keys
	if ring == nil {
		a.mu.Unlock()
		return nil, lockedFault()
	}
	err = ring.use(found.index)
	a.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return ring, a.enterEpoch(ring, found.wallet)
}

// storageKey returns the key of the drive, if it is there.
func (a *App) storageKey() (stratos.PrivateKey, error) {
	ring, err := a.ring(a.owner)
	if err != nil {
		return stratos.PrivateKey{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if !ring.storage.Valid() {
		return stratos.PrivateKey{}, lockedFault()
	}
	return ring.storage, nil
}

// withWallet lets do sign with the account in use of an unlocked wallet. When
// the wallet is locked meanwhile, a payment that was sent is still followed.
func (a *App) withWallet(do func(chain.Signer) (TxResult, error)) (TxResult, error) {
	ring, err := a.ring(a.withKey)
	if err != nil {
		return TxResult{}, err
	}
	a.mu.Lock()
	key := ring.wallet
	a.mu.Unlock()
	if !key.Valid() {
		return TxResult{}, lockedFault()
	}
	return do(key)
}

func lockedFault() error {
	return fault.Say(errLocked, "The wallet is locked. Unlock it with your password.")
}
