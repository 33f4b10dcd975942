package app

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// knownAccount is what may be shown of an account without the password.
type knownAccount struct {
	Index   uint32 `json:"index"`
	Address string `json:"address"` // st1...
	Public  string `json:"public"`  // compressed key, hexadecimal
	Name    string `json:"name,omitempty"`
}

// public returns the public part of an account.
func (w knownWallet) public(index uint32) (vault.Info, error) {
	i := slices.IndexFunc(w.Accounts, func(k knownAccount) bool { return k.Index == index })
	if i < 0 {
		return vault.Info{}, fmt.Errorf("account %d is not known", index)
	}
	raw, err := hex.DecodeString(w.Accounts[i].Public)
	if err != nil {
		return vault.Info{}, fmt.Errorf("read the public key of account %d: %w", index, err)
	}
	public, err := stratos.ParsePublicKey(raw)
	if err != nil {
		return vault.Info{}, fmt.Errorf("read the public key of account %d: %w", index, err)
	}
	return vault.Info{PublicKey: public, Address: public.Address()}, nil
}

// account describes an account; one that is not known yet, or the address that is
// watched, stands by itself.
func (w knownWallet) account(wallet string, index uint32) AccountInfo {
	info := AccountInfo{Index: index, Address: wallet}
	for _, k := range w.Accounts {
		if k.Index == index {
			info.Address, info.Name = k.Address, k.Name
		}
	}
	info.Name = cmp.Or(info.Name, fmt.Sprintf("Account %d", index+1))
	if parsed, err := stratos.ParseAddress(info.Address); err == nil {
		info.Hex = parsed.Hex()
	}
	return info
}

// describe lists the accounts of an unlocked vault as they are remembered.
func describe(session *vault.Session, accounts []vault.Account) ([]knownAccount, error) {
	var list []knownAccount
	for _, a := range accounts {
		derived, err := session.Derive(a.Index, 1)
		if err != nil {
			return nil, err
		}
		for _, d := range derived {
			list = append(list, knownAccount{a.Index, d.Address.String(), hex.EncodeToString(d.Public[:]), a.Name})
		}
	}
	return list, nil
}

// WalletAccounts lists the accounts of the wallet in use, the first one first.
// An address that is watched is its only one.
func (a *App) WalletAccounts() ([]AccountInfo, error) {
	found, there := a.selected()
	if !there {
		return nil, a.errNoWallet()
	}
	known := a.settings.get().wallet(found.wallet)
	list := []AccountInfo{known.account(found.wallet, 0)}
	for _, k := range known.Accounts {
		if k.Index != 0 {
			list = append(list, known.account(found.wallet, k.Index))
		}
	}
	for i := range list {
		list[i].Current = list[i].Index == found.index
	}
	return list, nil
}

// AddAccount takes the next account of the wallet's words into use. The wallet
// has to be unlocked. The name may be empty.
func (a *App) AddAccount(_ context.Context, name string) (AccountInfo, error) {
	session, err := a.keySession()
	if err != nil {
		return AccountInfo{}, err
	}
	details, err := session.Details()
	if err != nil {
		return AccountInfo{}, err
	}
	next := uint32(0)
	for slices.ContainsFunc(details.Accounts, func(k vault.Account) bool { return k.Index == next }) {
		next++
	}
	if err := session.AddAccount(vault.Account{Index: next, Name: strings.TrimSpace(name)}); err != nil {
		return AccountInfo{}, err
	}
	if err := a.noteAccounts(session, func(w *knownWallet) { w.Account = next }); err != nil {
		return AccountInfo{}, err
	}
	return a.settings.get().wallet(a.walletAddress()).account("", next), nil
}

// keySession is the unlocked vault of the wallet in use, for what changes it.
func (a *App) keySession() (*vault.Session, error) {
	if _, err := a.withKey(); err != nil {
		return nil, err
	}
	return a.session()
}

// noteAccounts remembers the accounts that a vault holds now, and what edit
// makes of the rest.
func (a *App) noteAccounts(session *vault.Session, edit func(*knownWallet)) error {
	details, err := session.Details()
	if err != nil {
		return err
	}
	accounts, err := describe(session, details.Accounts)
	if err != nil {
		return err
	}
	return a.noteWallet(func(w *knownWallet) {
		w.Accounts = accounts
		edit(w)
	})
}

// noteWallet changes what is known of the wallet in use. Another account may be
// in use then.
func (a *App) noteWallet(edit func(*knownWallet)) error {
	address := a.walletAddress()
	err := a.settings.change(func(s *settings) {
		known := s.wallet(address)
		edit(&known)
		s.know(address, known)
	})
	a.forgetClients()
	a.hub.send(Event{Kind: WalletChanged})
	return err
}

// account finds an account of the wallet in use by its address in either form,
// or by its name.
func (a *App) account(text string) (AccountInfo, error) {
	list, err := a.WalletAccounts()
	if err != nil {
		return AccountInfo{}, err
	}
	text = strings.TrimSpace(text)
	canonical := text
	if address, err := stratos.ParseAddress(text); err == nil {
		canonical = address.String()
	}
	var named []AccountInfo
	for _, each := range list {
		if each.Address == canonical {
			return each, nil
		}
		if strings.EqualFold(each.Name, text) {
			named = append(named, each)
		}
	}
	if len(named) != 1 {
		return AccountInfo{}, fault.Wrong(nil, "The wallet in use has no account %q. Nothing was changed; name one by its address.", text)
	}
	return named[0], nil
}

// ChooseAccount puts another account of the wallet in use to use, named by its
// address or name. The drive stays the same: it belongs to the wallet.
func (a *App) ChooseAccount(text string) (AccountInfo, error) {
	chosen, err := a.account(text)
	if err == nil {
		_, err = a.withKey()
	}
	if err != nil {
		return AccountInfo{}, err
	}
	chosen.Current = true
	return chosen, a.noteWallet(func(w *knownWallet) { w.Account = chosen.Index })
}

// RenameAccount changes what the user calls an account. The wallet has to be
// unlocked.
func (a *App) RenameAccount(text, name string) (AccountInfo, error) {
	chosen, err := a.account(text)
	if err != nil {
		return AccountInfo{}, err
	}
	session, err := a.keySession()
	if err != nil {
		return AccountInfo{}, err
	}
	name = strings.TrimSpace(name)
	if err := session.AddAccount(vault.Account{Index: chosen.Index, Name: name}); err != nil {
		return AccountInfo{}, err
	}
	chosen.Name = cmp.Or(name, chosen.Name)
	return chosen, a.noteAccounts(session, func(*knownWallet) {})
}

// HideAccount takes an account out of the list. Its money stays where it is,
// and it can be added again; the first one always stays.
func (a *App) HideAccount(text string) error {
	chosen, err := a.account(text)
	if err != nil {
		return err
	}
	session, err := a.keySession()
	if err != nil {
		return err
	}
	if chosen.Index == 0 {
		return fault.Wrong(nil, "The first account stays in the list: the wallet is named after it.")
	}
	if err := session.RemoveAccount(chosen.Index); err != nil {
		return err
	}
	return a.noteAccounts(session, func(w *knownWallet) {
		if w.Account == chosen.Index {
			w.Account = 0
		}
	})
}
