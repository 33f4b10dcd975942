package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// backupWords is how many words are asked for to show that all are kept.
const backupWords = 3

// switchTo puts a wallet and one of its accounts to use, and forgets the keys of
// another wallet that was in use. An address to watch only stands before the
// wallet, whose drive goes on.
func (a *App) switchTo(to selection) error {
	if to.watched {
		return a.settings.change(func(s *settings) { s.Watching = to.wallet })
	}
	if a.settings.get().Wallet != to.wallet {
		a.LockAll()
	}
	return a.settings.change(func(s *settings) {
		s.switchTo(to.wallet)
		known := s.wallet(to.wallet)
		known.Account = to.index
		s.know(to.wallet, known)
	})
}

// ChooseWallet puts another wallet of the profile to use, or an address that is
// watched. Another wallet is locked then, and its own folder is synced; while an
// address is watched, the wallet that was in use goes on syncing. The address of
// an account puts that account to use as well.
func (a *App) ChooseWallet(address string) error {
	to, there := a.find(a.settings.get(), strings.TrimSpace(address))
	if !there {
		return errNoSuchWallet(nil)
	}
	if err := a.switchTo(to); err != nil {
		return err
	}
	a.forgetClients()
	a.hub.send(Event{Kind: SetupChanged})
	return nil
}

func errNoSuchWallet(err error) error {
	return fault.Wrong(err, "There is no such wallet in this profile. Nothing was changed; look at the list of wallets.")
}

// RemoveWallet takes a wallet off this computer. One with a key wants its
// password; only its words or another copy lead to its money then.
func (a *App) RemoveWallet(_ context.Context, address string, password []byte) error {
	parsed, err := stratos.ParseAddress(strings.TrimSpace(address))
	if err != nil {
		return errNoSuchWallet(err)
	}
	switch {
	case a.hasWallet(parsed):
		err = a.deleteWallet(parsed, password)
	case a.walletSet().Watches(parsed):
		err = a.walletSet().Unwatch(parsed)
	default:
		err = errNoSuchWallet(nil)
	}
	if err != nil {
		return err
	}
	name := parsed.String()
	if a.settings.get().Wallet == name {
		a.LockAll()
	}
	err = a.settings.change(func(s *settings) { s.forget(name) })
	a.hub.send(Event{Kind: SetupChanged})
	return err
}

// deleteWallet deletes the file of a wallet, and what the keyring has for it.
func (a *App) deleteWallet(address stratos.Address, password []byte) error {
	path := a.walletSet().Path(address)
	if a.settings.get().wallet(address.String()).Keyring {
		if err := vault.Verify(path, password); err != nil {
			return err
		}
		_ = vault.Forget(a.keyring(), path, nil) // what opens a file that is gone is harmless
	}
	return a.walletSet().Delete(address, password)
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
	if s.Watching == address {
		s.Watching = ""
	}
}

// RenameWallet changes what the user calls a wallet. One with a key has to be
// the current one, and unlocked.
func (a *App) RenameWallet(address, name string) error {
	parsed, err := stratos.ParseAddress(strings.TrimSpace(address))
	if err != nil {
		return errNoSuchWallet(err)
	}
	if a.walletSet().Watches(parsed) && !a.hasWallet(parsed) {
		err := a.walletSet().Watch(parsed, name, time.Now())
		a.hub.send(Event{Kind: WalletChanged})
		return err
	}
	session, err := a.session()
	if err != nil || parsed.String() != a.walletAddress() {
		return fault.Wrong(err, "Choose and unlock this wallet first, then rename it.")
	}
	if err := session.Rename(name); err != nil {
		return err
	}
	return a.noteWallet(func(w *knownWallet) { w.Name = name })
}

// session is the unlocked vault of the wallet whose keys are here.
func (a *App) session() (*vault.Session, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.keys == nil || a.keys.session == nil || a.keys.session.Locked() {
		return nil, lockedFault()
	}
	return a.keys.session, nil
}

// sessionInUse is session, unless an address is watched in front of the wallet.
func (a *App) sessionInUse() (*vault.Session, error) {
	if err := a.NeedKey(); err != nil {
		return nil, err
	}
	return a.session()
}

// BackedUp tells whether the user showed to have the words of the current
// wallet, or there are none to have.
func (a *App) BackedUp() bool { return a.settings.get().wallet(a.walletAddress()).BackedUp }

// BackupQuestion chooses which words, counted from 1, the user is to type to
// show that they are written down.
func (a *App) BackupQuestion() ([]int, error) {
	session, err := a.sessionInUse()
	if err != nil {
		return nil, err
	}
	return session.AskBackup(backupWords)
}

// AnswerBackup compares the words that were asked for last. When all are right
// the wallet counts as backed up.
func (a *App) AnswerBackup(_ context.Context, words []string, _ []byte) error {
	session, err := a.sessionInUse()
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
		return fault.Wrong(nil, "Word %s is not right. Look at what you wrote down and try again.", keys.Places(wrong))
	}
	return a.noteWallet(func(w *knownWallet) { w.BackedUp = true })
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

// ExportKeyFile returns the key file of the account in use as resource nodes
// read it, under a password of its own, and the name that nodes expect.
func (a *App) ExportKeyFile(_ context.Context, password, filePassword []byte) (name string, file []byte, err error) {
	path, err := a.soundVault()
	if err != nil {
		return "", nil, err
	}
	if len(filePassword) == 0 {
		return "", nil, fault.Wrong(nil, "A key file needs a password of its own. Nothing was written.")
	}
	found, _ := a.selected()
	return vault.ExportNodeKey(path, password, found.index, filePassword)
}

// ChangePassword replaces the password of the current wallet.
func (a *App) ChangePassword(ctx context.Context, old, password []byte) error {
	path, err := a.soundVault()
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
	if err := vault.ChangePassword(path, old, password, a.vaultCost()); err != nil {
		if remembered { // it is still the old password that opens it
			err = errors.Join(err, a.SetKeyringUnlock(ctx, true, old))
		}
		return err
	}
	if remembered {
		if err := a.SetKeyringUnlock(ctx, true, password); err != nil {
			return err
		}
	}
	if !a.holdsKey() {
		return nil
	}
	return a.Unlock(ctx, password) // what was open opened the old file
}

// openVault opens the vault of the wallet in use.
func (a *App) openVault(password []byte) (*vault.Content, error) {
	path, err := a.soundVault()
	if err != nil {
		return nil, err
	}
	if len(password) == 0 {
		return nil, fault.Wrong(nil, "Type your password.")
	}
	return vault.Open(path, password)
}
