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

// backupWords is how many words are asked for to show that all are kept.
const backupWords = 3

// switchTo puts a wallet to use and forgets the keys of the one before.
func (a *App) switchTo(address string) error {
	if a.settings.get().Wallet == address {
		return nil
	}
	a.LockAll()
	return a.settings.change(func(s *settings) { s.switchTo(address) })
}

// ChooseWallet puts another wallet of the profile to use. It is locked then,
// and its own folder is synced.
func (a *App) ChooseWallet(address string) error {
	parsed, err := stratos.ParseAddress(address)
	if err != nil || !a.hasWallet(parsed) {
		return fault.Wrong(err, "There is no such wallet in this profile. Nothing was changed.")
	}
	if err := a.switchTo(parsed.String()); err != nil {
		return err
	}
	a.hub.send(Event{Kind: SetupChanged})
	return nil
}

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
		return WalletInfo{}, fault.Wrong(err, "This is not a Stratos address. Nothing was added; check it letter by letter.")
	}
	if a.hasWallet(parsed) {
		return WalletInfo{}, fault.Wrong(nil, "This wallet is in this profile already, with its key.")
	}
	if err := a.walletSet().Watch(parsed, name, time.Now()); err != nil {
		return WalletInfo{}, err
	}
	a.hub.send(Event{Kind: WalletChanged})
	return WalletInfo{Address: parsed.String(), Hex: parsed.Hex(), Name: name, Created: time.Now().UTC(), Watched: true}, nil
}

// RemoveWallet takes a wallet off this computer. One with a key wants its
// password; only its words or another copy lead to its money then.
func (a *App) RemoveWallet(_ context.Context, address string, password []byte) error {
	parsed, err := stratos.ParseAddress(address)
	if err != nil {
		return fault.Wrong(err, "There is no such wallet in this profile. Nothing was changed.")
	}
	if !a.hasWallet(parsed) {
		return a.walletSet().Unwatch(parsed)
	}
	if a.settings.get().wallet(address).Keyring {
		_ = vault.Forget(a.keyring(), a.walletSet().Path(parsed), nil) // what opens a file that is gone is harmless
	}
	if err := a.walletSet().Delete(parsed, password); err != nil {
		return err
	}
	if a.settings.get().Wallet == address {
		a.LockAll()
	}
	err = a.settings.change(func(s *settings) { s.forget(address) })
	a.hub.send(Event{Kind: SetupChanged})
	return err
}

// forget drops what is known of a wallet; another one takes its place.
func (s *settings) forget(address string) {
	kept := map[string]knownWallet{}
	other := ""
	for known, w := range s.Wallets {
		if known != address {
			kept[known] = w
			other = max(other, known)
		}
	}
	if s.Wallet == address {
		s.Wallet, s.Folder = "", ""
		if other != "" {
			s.Wallet, s.Folder = other, kept[other].Folder
		}
	}
	s.Wallets = kept
}

// RenameWallet changes what the user calls a wallet. One with a key has to be
// the current one, and unlocked.
func (a *App) RenameWallet(address, name string) error {
	parsed, err := stratos.ParseAddress(address)
	if err != nil {
		return fault.Wrong(err, "There is no such wallet in this profile. Nothing was changed.")
	}
	if !a.hasWallet(parsed) {
		return a.walletSet().Watch(parsed, name, time.Now())
	}
	session, err := a.session()
	if err != nil || address != a.walletAddress() {
		return fault.Wrong(err, "Choose and unlock this wallet first, then rename it.")
	}
	if err := session.Rename(name); err != nil {
		return err
	}
	err = a.settings.change(func(s *settings) {
		known := s.wallet(address)
		known.Name = name
		s.know(address, known)
	})
	a.hub.send(Event{Kind: WalletChanged})
	return err
}

// session is the unlocked vault of the current wallet.
func (a *App) session() (*vault.Session, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.keys == nil || a.keys.session == nil || a.keys.session.Locked() {
		return nil, lockedFault()
	}
	return a.keys.session, nil
}

// BackedUp tells whether the user showed to have the words of the current
// wallet, or there are none to have.
func (a *App) BackedUp() bool { return a.settings.get().wallet(a.walletAddress()).BackedUp }

// BackupQuestion chooses which words, counted from 1, the user is to type to
// show that they are written down.
func (a *App) BackupQuestion() ([]int, error) {
	session, err := a.session()
	if err != nil {
		return nil, err
	}
	return session.AskBackup(backupWords)
}

// AnswerBackup compares the words that were asked for last. When all are right
// the wallet counts as backed up.
func (a *App) AnswerBackup(_ context.Context, words []string, _ []byte) error {
	session, err := a.session()
	if err != nil {
		return err
	}
	answers := make([][]byte, len(words))
	for i, w := range words {
		answers[i] = []byte(w)
	}
	wrong, err := session.AnswerBackup(answers, time.Now())
	if err != nil {
		return err
	}
	if len(wrong) > 0 {
		return fault.Wrong(nil, "Word %s is not right. Look at what you wrote down and try again.", numbers(wrong))
	}
	address := a.walletAddress()
	err = a.settings.change(func(s *settings) {
		known := s.wallet(address)
		known.BackedUp = true
		s.know(address, known)
	})
	a.hub.send(Event{Kind: WalletChanged})
	return err
}

// ShowWords returns the words of the current wallet, behind its password.
func (a *App) ShowWords(_ context.Context, password []byte) ([]string, error) {
	content, err := a.openVault(password)
	if err != nil {
		return nil, err
	}
	defer content.Wipe()
	if len(content.Words) == 0 {
		return nil, fault.Wrong(nil, "This wallet was made from a key, so it has no words. Export its key file instead.")
	}
	return strings.Fields(string(content.Words)), nil
}

// ExportKeyFile returns the key file of the current wallet as resource nodes
// read it, under a password of its own, and the name that nodes expect.
func (a *App) ExportKeyFile(_ context.Context, password, filePassword []byte) (name string, file []byte, err error) {
	path, err := a.vaultPath()
	if err != nil {
		return "", nil, err
	}
	if len(filePassword) == 0 {
		return "", nil, fault.Wrong(nil, "A key file needs a password of its own. Nothing was written.")
	}
	return vault.ExportNodeKey(path, password, 0, filePassword)
}

// ChangePassword replaces the password of the current wallet.
func (a *App) ChangePassword(ctx context.Context, old, password []byte) error {
	path, err := a.vaultPath()
	if err != nil {
		return err
	}
	if len(password) == 0 {
		return fault.Wrong(nil, "The new password is empty. Nothing was changed.")
	}
	remembered := a.KeyringUnlock()
	if remembered { // what the keyring has opens it no more afterwards
		if err := a.SetKeyringUnlock(ctx, false, old); err != nil {
			return err
		}
	}
	if err := vault.ChangePassword(path, old, password, a.vaultCost()); err != nil || !remembered {
		return err
	}
	return a.SetKeyringUnlock(ctx, true, password)
}

// openVault opens the vault of the wallet in use.
func (a *App) openVault(password []byte) (*vault.Content, error) {
	path, err := a.vaultPath()
	if err != nil {
		return nil, err
	}
	if len(password) == 0 {
		return nil, fault.Wrong(nil, "Type your password.")
	}
	return vault.Open(path, password)
}
