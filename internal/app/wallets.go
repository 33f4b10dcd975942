package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// Account names one of the three accounts of a wallet.
type Account string

// The accounts of a wallet. Files of the drive belong to the storage account,
// what is published to the publishing account.
const (
	WalletAccount  Account = "wallet"
	StorageAccount Account = "storage"
	PublishAccount Account = "publish"
)

// NewWords makes the words of a new wallet, 12 or 24.
func (a *App) NewWords(count int) ([]string, error) {
	words, err := keys.NewWords(count)
	if err != nil {
		return nil, err
	}
	defer clear(words)
	return strings.Fields(string(words)), nil
}

// CheckWords tells what is wrong with the words of a wallet.
func (a *App) CheckWords(words string) error {
	parsed, err := keys.ParseWords([]byte(words))
	clear(parsed)
	return err
}

// AddWallet keeps a wallet in this profile under a password, makes it the
// current one and unlocks it.
func (a *App) AddWallet(_ context.Context, name, words string, password []byte) (WalletInfo, error) {
	parsed, err := keys.ParseWords([]byte(words))
	if err != nil {
		return WalletInfo{}, err
	}
	defer clear(parsed)
	content := &vault.Content{Words: parsed, Name: name, Created: time.Now().UTC()}
	key, err := walletKey(content)
	if err != nil {
		return WalletInfo{}, err
	}
	ring, err := newKeyring(key)
	if err != nil {
		return WalletInfo{}, err
	}
	address := ring.wallet.Address().String()
	if err := vault.Create(a.profile.vault(address), ring.wallet.Public(), content, password, a.vaultCost()); err != nil {
		return WalletInfo{}, err
	}
	if err := a.settings.change(func(s *settings) { s.remember(address, name, ring) }); err != nil {
		return WalletInfo{}, err
	}
	a.setKeys(ring)
	a.hub.send(Event{Kind: SetupChanged})
	return a.CurrentWallet()
}

// walletKey is the key of a raw import, or the first account of the words.
func walletKey(c *vault.Content) (stratos.PrivateKey, error) {
	var key stratos.PrivateKey
	var err error
	if len(c.RawKey) > 0 {
		key, err = stratos.NewPrivateKey(c.RawKey)
	} else {
		key, err = keys.FromWords(c.Words, c.Passphrase, 0)
	}
	if err != nil {
		return stratos.PrivateKey{}, fmt.Errorf("derive wallet key: %w", err)
	}
	return key, nil
}

func (a *App) vaultCost() vault.Params {
	if a.opts.VaultCost != (vault.Params{}) {
		return a.opts.VaultCost
	}
	return vault.DefaultParams()
}

// Wallets lists the wallets of the profile.
func (a *App) Wallets() ([]WalletInfo, error) {
	files, err := filepath.Glob(filepath.Join(a.profile.wallets(), "*.vault"))
	if err != nil {
		return nil, fmt.Errorf("list wallets: %w", err)
	}
	var list []WalletInfo
	for _, f := range files {
		list = append(list, a.walletInfo(strings.TrimSuffix(filepath.Base(f), ".vault")))
	}
	return list, nil
}

// CurrentWallet describes the wallet in use.
func (a *App) CurrentWallet() (WalletInfo, error) {
	address := a.walletAddress()
	if address == "" {
		return WalletInfo{}, a.errNoWallet()
	}
	return a.walletInfo(address), nil
}

func (a *App) errNoWallet() error {
	if a.opts.Wallet != "" {
		return fault.Wrong(nil, "There is no wallet %s in this profile. See the ones there are with: stos wallet list", a.opts.Wallet)
	}
	return fault.Say(nil, "This profile has no wallet yet. Make one with: stos wallet create")
}

func (a *App) walletInfo(address string) WalletInfo {
	known := a.settings.get().Wallets[address]
	info := WalletInfo{
		Address: address, Name: known.Name, Created: known.Created, Storage: known.Storage, Publish: known.Publish,
		Current: address == a.walletAddress(), Unlocked: !a.Locked() && address == a.walletAddress(),
	}
	if parsed, err := stratos.ParseAddress(address); err == nil {
		info.Hex = parsed.Hex()
	}
	return info
}

// walletAddress is the wallet in use, or empty.
func (a *App) walletAddress() string {
	address := a.opts.Wallet
	if address == "" {
		address = a.settings.get().Wallet
	}
	if _, err := stratos.ParseAddress(address); err != nil {
		return ""
	}
	if _, err := os.Stat(a.profile.vault(address)); err != nil {
		return ""
	}
	return address
}

// Unlock opens the current wallet with its password.
func (a *App) Unlock(_ context.Context, password []byte) error {
	content, err := a.openVault(password)
	if err != nil {
		return err
	}
	defer content.Wipe()
	address := a.walletAddress()
	key, err := walletKey(content)
	if err != nil {
		return err
	}
	ring, err := newKeyring(key)
	if err != nil {
		return err
	}
	if err := a.settings.change(func(s *settings) { s.remember(address, content.Name, ring) }); err != nil {
		return err
	}
	a.setKeys(ring)
	return nil
}
