package app

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// ResetPassword gives the wallet in use a new password and unlocks it, for who
// has forgotten the old one. What the wallet was made of proves whose it is: its
// words, with their passphrase if they have one, or its key. Files, settings and
// the names of accounts stay as they are.
func (a *App) ResetPassword(ctx context.Context, words, passphrase, password []byte) error {
	path, err := a.vaultPath()
	if err != nil {
		return err
	}
	content, public, err := a.sameWallet(words, passphrase)
	if err != nil {
		return err
	}
	defer content.Wipe()
	remembered := a.KeyringUnlock() && a.KeyringAvailable()
	if remembered {
		_ = vault.Forget(a.keyring(), path, nil) // what it has opens nothing afterwards
	}
	if err := vault.Renew(path, public, content, password, a.vaultCost()); err != nil {
		return err
	}
	if err := a.Unlock(ctx, password); err != nil {
		return err
	}
	if remembered {
		return a.SetKeyringUnlock(ctx, true, password)
	}
	return nil
}

// sameWallet reads what the wallet in use is made of, and refuses any other.
func (a *App) sameWallet(words, passphrase []byte) (*vault.Content, stratos.PublicKey, error) {
	var public stratos.PublicKey
	found, err := keys.Import(words, nil)
	if err != nil {
		return nil, public, err
	}
	if found.Kind == keys.KindWords && len(passphrase) > 0 {
		if err := found.SetPassphrase(passphrase); err != nil {
			return nil, public, err
		}
	}
	address := a.walletAddress()
	known := a.settings.get().wallet(address)
	content, err := vault.Import(found, known.Name, time.Now())
	if err != nil {
		return nil, public, err
	}
	for _, each := range known.Accounts {
		if each.Index != 0 || each.Name != "" {
			content.Accounts = append(content.Accounts, vault.Account{Index: each.Index, Name: each.Name})
		}
	}
	if !known.Created.IsZero() {
		content.Created = known.Created
	}
	key, err := content.Key(0)
	if err != nil {
		return nil, public, err
	}
	defer key.Wipe()
	if key.Address().String() != address {
		content.Wipe()
		return nil, public, fault.Wrong(nil, "These words open another wallet. Nothing was changed; check that they are the ones of this wallet, in their order.")
	}
	content.BackedUp = time.Now().UTC() // this proves that they are at hand
	return content, key.Public(), nil
}
