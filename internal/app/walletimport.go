package app

import (
	"context"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// ImportText brings in a wallet from anything that holds one: words, a private
// key, a key file, or an address to watch. secret is what the thing itself is
// protected with: the passphrase of words or the password of a file.
func (a *App) ImportText(_ context.Context, name string, content, secret, password []byte) (WalletInfo, error) {
	found, err := keys.Import(content, secret)
	if err != nil {
		return WalletInfo{}, err
	}
	defer found.Wipe()
	if name == "" {
		name = found.Name
	}
	if found.Kind == keys.KindAddress {
		return a.WatchAddress(name, found.Address.String())
	}
	if found.Kind == keys.KindWords && len(secret) > 0 {
		if err := found.SetPassphrase(secret); err != nil {
			return WalletInfo{}, err
		}
	}
	kept, err := vault.Import(found, name, time.Now())
	if err != nil {
		return WalletInfo{}, err
	}
	return a.keepWallet(kept, password)
}

// CheckImport tells what is wrong with something to import, before a password
// is chosen for it. Files with a password are looked at only when imported, for
// opening them takes seconds.
func (a *App) CheckImport(content, secret []byte) error {
	if keys.Detect(content).NeedsPassword() {
		return nil
	}
	found, err := keys.Import(content, secret)
	if err != nil {
		return err
	}
	found.Wipe()
	return nil
}

// WatchAddress adds an address whose key is elsewhere.
func (a *App) WatchAddress(name, address string) (WalletInfo, error) {
	parsed, err := stratos.ParseAddress(strings.TrimSpace(address))
	if err != nil {
		return WalletInfo{}, fault.Wrong(err, "%s Nothing was added.", stratos.ExplainAddress(strings.TrimSpace(address)))
	}
	if found, there := a.find(a.settings.get(), parsed.String()); there && !found.watched {
		return WalletInfo{}, fault.Wrong(nil, "This wallet is in this profile already, with its key.")
	}
	now := time.Now()
	if err := a.walletSet().Watch(parsed, name, now); err != nil {
		return WalletInfo{}, err
	}
	a.hub.send(Event{Kind: WalletChanged})
	return a.walletInfo(vault.Entry{Address: parsed, Watched: true, Label: name, Created: now.UTC().Truncate(time.Second)}), nil
}
