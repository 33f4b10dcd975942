package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
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

// EarlierPublishing is the publishing account of an epoch before the one in use.
func EarlierPublishing(epoch int) Account { return PublishAccount + Account(fmt.Sprintf("/%d", epoch)) }

// earlier returns the epoch of an account that [EarlierPublishing] names.
func (a Account) earlier() (epoch int, is bool) {
	text, is := strings.CutPrefix(string(a), string(PublishAccount)+"/")
	epoch, err := strconv.Atoi(text)
	return epoch, is && err == nil && epoch >= keys.FirstEpoch
}

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
	return a.keepWallet(&vault.Content{Words: parsed, Name: name, Created: time.Now().UTC()}, password)
}

// keepWallet seals a wallet, makes it the current one and unlocks it. It wipes
// content.
func (a *App) keepWallet(content *vault.Content, password []byte) (WalletInfo, error) {
	defer content.Wipe()
	key, err := content.Key(0)
	if err != nil {
		return WalletInfo{}, err
	}
	address, public := key.Address().String(), key.Public()
	key.Wipe()
	if err := vault.Create(a.profile.vault(address), public, content, password, a.vaultCost()); err != nil {
		return WalletInfo{}, err
	}
	used := selection{wallet: address}
	for _, each := range content.Accounts {
		used.index = each.Index // a key file may be about another one than the first
	}
	if err := a.switchTo(used); err != nil {
		return WalletInfo{}, err
	}
	if err := a.unlock(address, func(path string) (*vault.Session, error) { return vault.Unlock(path, password) }); err != nil {
		return WalletInfo{}, err
	}
	a.hub.send(Event{Kind: SetupChanged})
	return a.CurrentWallet()
}

func (a *App) vaultCost() vault.Params {
	if a.opts.VaultCost != (vault.Params{}) {
		return a.opts.VaultCost
	}
	return vault.DefaultParams()
}

// Wallets lists the wallets of the profile, those that are only watched last.
func (a *App) Wallets() ([]WalletInfo, error) {
	entries, err := a.walletSet().List()
	if err != nil {
		return nil, err
	}
	list := make([]WalletInfo, len(entries))
	for i, e := range entries {
		list[i] = a.walletInfo(e)
	}
	return list, nil
}

func (a *App) walletSet() *vault.Set { return vault.OpenSet(a.profile.wallets()) }

// CurrentWallet describes the wallet in use.
func (a *App) CurrentWallet() (WalletInfo, error) {
	address := a.walletAddress()
	list, err := a.Wallets()
	if err != nil {
		return WalletInfo{}, err
	}
	for _, each := range list {
		if each.Address == address {
			return each, nil
		}
	}
	return WalletInfo{}, a.errNoWallet()
}

// ErrNoWallet is wrapped by the refusal of what needs a wallet where none is.
var ErrNoWallet = errors.New("profile has no wallet")

// ErrUnknownWallet is wrapped where a wallet is named that the profile has not.
var ErrUnknownWallet = errors.New("no such wallet in the profile")

func (a *App) errNoWallet() error {
	if a.opts.Wallet != "" {
		return fault.Wrong(nil, "There is no wallet %s in this profile. See the ones there are with: stos wallet list", a.opts.Wallet)
	}
	return fault.Say(ErrNoWallet, "This profile has no wallet yet. Create or import one first.")
}

func (a *App) walletInfo(e vault.Entry) WalletInfo {
	address := e.Address.String()
	known, inUse := a.settings.get().wallet(address), selection{}
	if found, there := a.selected(); there && found.wallet == address {
		inUse = found
	}
	info := WalletInfo{
		Address: address, Hex: e.Address.Hex(), Name: known.Name, Created: known.Created,
		Storage: known.Storage, Publish: known.Publish, Current: inUse.wallet != "", BackedUp: known.BackedUp, Single: known.Single,
	}
	info.Unlocked = info.Current && !e.Watched && a.holdsKey()
	if e.Watched {
		info.Name, info.Created, info.Watched, info.BackedUp, info.Single = e.Label, e.Created, true, true, true
	}
	index := known.Account
	if info.Current {
		index = inUse.index
	}
	info.Account = known.account(address, index)
	info.Account.Current = info.Current
	return info
}

func (a *App) hasWallet(address stratos.Address) bool {
	_, err := os.Stat(a.walletSet().Path(address))
	return err == nil
}

// vaultPath is the file of the wallet in use.
func (a *App) vaultPath() (string, error) {
	found, err := a.withKey()
	if err != nil {
		return "", err
	}
	return a.profile.vault(found.wallet), nil
}

// soundVault is vaultPath for a file that is whole and holds this wallet. A copy
// of another one that was put in its place would show and sign with other keys
// than the window tells.
func (a *App) soundVault() (string, error) {
	found, err := a.withKey()
	if err != nil {
		return "", err
	}
	return a.profile.vault(found.wallet), a.checkVault(found.wallet)
}

func (a *App) checkVault(wallet string) error {
	address, err := stratos.ParseAddress(wallet)
	if err != nil {
		return err
	}
	return a.walletSet().Check(address)
}

// Unlock opens the current wallet with its password.
func (a *App) Unlock(_ context.Context, password []byte) error {
	if len(password) == 0 {
		return fault.Wrong(nil, "Type your password.")
	}
	if _, err := a.vaultPath(); err != nil {
		return err
	}
	return a.unlock(a.walletAddress(), func(path string) (*vault.Session, error) { return vault.Unlock(path, password) })
}

// unlock derives the accounts of a wallet and notes what may be shown of it
// without its password.
func (a *App) unlock(address string, open func(path string) (*vault.Session, error)) error {
	if err := a.checkVault(address); err != nil {
		return err
	}
	session, err := open(a.profile.vault(address))
	if err != nil {
		return err
	}
	ring, details, err := ringOf(session, a.epochOf(address).Number)
	if err == nil {
		err = a.rememberWallet(address, session, details, ring)
	}
	if err != nil {
		session.Lock()
		return err
	}
	a.setKeys(ring)
	a.followBehind()
	a.sweeper.wake() // what opening the vault left in freed memory
	return nil
}

// rememberWallet notes what may be shown of an unlocked wallet. The accounts of
// one that was never open here are still to be looked for.
func (a *App) rememberWallet(address string, session *vault.Session, details vault.Details, ring *keyring) error {
	accounts, err := describe(session, details.Accounts)
	if err != nil {
		return err
	}
	return a.settings.change(func(s *settings) {
		if known := s.wallet(address); known.Storage == "" && details.HasWords {
			known.Unsearched = true
			s.know(address, known)
		}
		s.remember(address, details, accounts, ring)
	})
}

func ringOf(session *vault.Session, epoch int) (*keyring, vault.Details, error) {
	details, err := session.Details()
	if err != nil {
		return nil, details, err
	}
	key, err := session.Key(0)
	if err != nil {
		return nil, details, err
	}
	ring, err := newKeyring(key, epoch)
	if err != nil {
		key.Wipe()
		return nil, details, err
	}
	ring.session = session
	return ring, details, nil
}
