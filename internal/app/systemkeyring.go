package app

import (
	"context"
	"runtime"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// SystemKeyring is the keyring of this system, or nil where there is none. bus
// is the address of the session bus, which only Linux desktops have: without
// one, asking would start it.
func SystemKeyring(bus string) vault.Keyring {
	if bus == "" && runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		return nil
	}
	return vault.SystemKeyring{}
}

// keyring is the system's keyring, or one that is not there.
func (a *App) keyring() vault.Keyring {
	if a.opts.Keyring != nil {
		return a.opts.Keyring
	}
	return noKeyring{}
}

// noKeyring stands where the system has no keyring.
type noKeyring struct{}

// Set fails.
func (noKeyring) Set(_, _, _ string) error { return vault.ErrNoKeyring }

// Get fails.
func (noKeyring) Get(_, _ string) (string, error) { return "", vault.ErrNoKeyring }

// Delete fails.
func (noKeyring) Delete(_, _ string) error { return vault.ErrNoKeyring }

// KeyringAvailable tells whether the system has a keyring that may open the
// wallet.
func (a *App) KeyringAvailable() bool { return a.opts.Keyring != nil }

// KeyringUnlock tells whether the system's keyring opens the current wallet.
func (a *App) KeyringUnlock() bool { return a.settings.get().wallet(a.ownerAddress()).Keyring }

// SetKeyringUnlock lets the system's keyring open the current wallet from now
// on, or no longer. Both want the password.
func (a *App) SetKeyringUnlock(_ context.Context, on bool, password []byte) error {
	path, err := a.soundVault()
	if err != nil {
		return err
	}
	if !a.KeyringAvailable() {
		return fault.Wrong(nil, "This system has no keyring, so the wallet opens with its password only.")
	}
	if on {
		err = vault.Remember(a.keyring(), path, password)
	} else {
		err = vault.Forget(a.keyring(), path, password)
	}
	if err != nil {
		return err
	}
	return a.noteKeyring(on)
}

func (a *App) noteKeyring(on bool) error {
	return a.noteWallet(func(w *knownWallet) { w.Keyring = on })
}

// UnlockByKeyring opens the current wallet without a password, where the user
// allowed that. Tried is false where it was never allowed.
func (a *App) UnlockByKeyring(_ context.Context) (tried bool, err error) {
	if !a.KeyringUnlock() || !a.KeyringAvailable() {
		return false, nil
	}
	return true, a.unlock(a.ownerAddress(), func(path string) (*vault.Session, error) {
		return vault.UnlockRemembered(a.keyring(), path)
	})
}
