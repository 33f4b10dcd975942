package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// FindAccounts asks the chain which accounts of the wallet's words were used,
// and takes those into the list that are not in it. It returns the new ones;
// what was found before an error is kept.
func (a *App) FindAccounts(ctx context.Context) ([]AccountInfo, error) {
	session, err := a.keySession()
	if err != nil {
		return nil, err
	}
	c, err := a.chain()
	if err == nil {
		err = c.CheckChain(ctx)
	}
	if err != nil {
		return nil, err
	}
	used, searched := session.Discover(ctx, keys.GapLimit, func(ctx context.Context, address stratos.Address) (bool, error) {
		_, err := c.Account(ctx, address)
		if errors.Is(err, chain.ErrUnused) {
			return false, nil
		}
		return err == nil, err
	})
	found, err := a.keepFound(session, used, searched == nil)
	return found, errors.Join(searched, err)
}

// keepFound takes accounts into the list, and notes that the search is done.
func (a *App) keepFound(session *vault.Session, used []keys.Account, done bool) ([]AccountInfo, error) {
	details, err := session.Details()
	if err != nil {
		return nil, err
	}
	found := []AccountInfo{}
	for _, u := range used {
		if slices.ContainsFunc(details.Accounts, func(k vault.Account) bool { return k.Index == u.Index }) {
			continue
		}
		if err := session.AddAccount(vault.Account{Index: u.Index}); err != nil {
			return nil, err
		}
		found = append(found, knownWallet{}.account(u.Address.String(), u.Index))
	}
	return found, a.noteAccounts(session, func(w *knownWallet) { w.Unsearched = w.Unsearched && !done })
}

// searchTime is how long looking for used accounts may take in the background.
const searchTime = 5 * time.Minute

// searchBehind looks for the accounts of a wallet that was brought in, once, in
// the background. What fails is tried again at the next start.
func (a *App) searchBehind() {
	if !a.settings.get().wallet(a.ownerAddress()).Unsearched || !a.holdsKey() || !a.searching.CompareAndSwap(false, true) {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), searchTime)
	done := make(chan struct{})
	a.mu.Lock()
	a.closers = append(a.closers, func() error { cancel(); <-done; return nil })
	a.mu.Unlock()
	go func() {
		defer close(done)
		defer cancel()
		defer a.searching.Store(false)
		_, _ = a.FindAccounts(ctx)
	}()
}
