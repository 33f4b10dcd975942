package app

import (
	"errors"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// selection is what the program works with: an account of a wallet, or an
// address that is only watched. The drive belongs to the wallet, money and
// signatures to the account.
type selection struct {
	wallet  string // st1..., of its first account, which names it; or what is watched
	index   uint32 // of the account, 0 is the first
	watched bool
}

// selected is what is in use: the option wins over the setting, and an address
// of any account means that one. An address that is watched stands before the
// wallet whose drive is synced.
func (a *App) selected() (selection, bool) {
	s := a.settings.get()
	if a.opts.Wallet != "" {
		return a.find(s, a.opts.Wallet)
	}
	if s.Watching != "" {
		if found, there := a.find(s, s.Watching); there {
			return found, true
		}
	}
	return a.chosenWallet(s)
}

// chosenWallet is the wallet of the settings with its account in use.
func (a *App) chosenWallet(s settings) (selection, bool) {
	found, there := a.find(s, s.Wallet)
	if there && !found.watched {
		found.index = s.wallet(found.wallet).Account
	}
	return found, there
}

// find returns what an address of the profile, in either form, stands for.
func (a *App) find(s settings, text string) (selection, bool) {
	address, err := stratos.ParseAddress(text)
	if err != nil {
		return selection{}, false
	}
	canonical := address.String()
	if a.hasWallet(address) {
		return selection{wallet: canonical}, true
	}
	for wallet, known := range s.Wallets {
		for _, account := range known.Accounts {
			if account.Address == canonical && a.hasVault(wallet) {
				return selection{wallet: wallet, index: account.Index}, true
			}
		}
	}
	return selection{wallet: canonical, watched: true}, a.walletSet().Watches(address)
}

// hasVault is hasWallet for an address of the settings, which may remember a
// wallet whose file is gone.
func (a *App) hasVault(wallet string) bool {
	address, err := stratos.ParseAddress(wallet)
	return err == nil && a.hasWallet(address)
}

// walletAddress names the wallet in use, or the address that is watched; empty
// when there is neither.
func (a *App) walletAddress() string {
	found, there := a.selected()
	if !there {
		return ""
	}
	return found.wallet
}

// owner names the wallet whose drive is synced: the one in use, or that which
// was in use before an address was watched.
func (a *App) owner() (selection, error) {
	found, there := a.selected()
	if there && found.watched {
		found, there = a.chosenWallet(a.settings.get())
	}
	return found, a.needsKey(found, there)
}

// needsKey refuses a selection that has no key: there is none, or it is watched.
func (a *App) needsKey(found selection, there bool) error {
	switch {
	case !there:
		return a.errNoWallet()
	case found.watched:
		return watchedFault()
	}
	return nil
}

// ownerAddress is the address of owner, empty where there is none.
func (a *App) ownerAddress() string {
	found, err := a.owner()
	if err != nil {
		return ""
	}
	return found.wallet
}

// Watching tells whether an address without a key is in use.
func (a *App) Watching() bool {
	found, there := a.selected()
	return there && found.watched
}

// Watches tells whether an address, in either form, is watched in this profile.
func (a *App) Watches(address string) bool {
	found, there := a.find(a.settings.get(), strings.TrimSpace(address))
	return there && found.watched
}

// errWatched is wrapped by the refusal of what needs a key.
var errWatched = errors.New("address is only watched")

func watchedFault() error {
	return fault.Wrong(errWatched, "This address is only watched: its key is not in this profile, so nothing was done. Bring in its words to use it.")
}

// withKey names the wallet in use, and refuses an address that is watched.
func (a *App) withKey() (selection, error) {
	found, there := a.selected()
	return found, a.needsKey(found, there)
}

// NeedKey refuses what needs a key: where there is no wallet, and for an address
// that is only watched.
func (a *App) NeedKey() error {
	_, err := a.withKey()
	return err
}

// current returns the public part of the account in use; no password is needed.
// An address that is watched has no public key.
func (a *App) current() (vault.Info, error) {
	found, there := a.selected()
	if !there {
		return vault.Info{}, a.errNoWallet()
	}
	if found.watched {
		address, err := stratos.ParseAddress(found.wallet)
		return vault.Info{Address: address}, err
	}
	if found.index != 0 {
		return a.settings.get().wallet(found.wallet).public(found.index)
	}
	return vault.ReadInfo(a.profile.vault(found.wallet))
}
