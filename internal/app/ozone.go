package app

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// The network books a purchase some seconds after the chain included it.
const (
	ozonePoll = 200 * time.Millisecond // the gateway tells nobody: asking is the only way
	ozoneWait = 30 * time.Second
)

// awaitOzone waits until any account has other ozone than before. It gives up
// silently: the purchase is in a block, and the network will book it.
func (a *App) awaitOzone(ctx context.Context, before OzoneBalance) {
	ctx, cancel := context.WithTimeout(ctx, ozoneWait)
	defer cancel()
	tick := time.NewTicker(ozonePoll)
	defer tick.Stop()
	for {
		if now, err := a.Ozone(ctx); err == nil && now != before {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// firstOzone is what a new wallet on the practice network buys by itself.
const firstOzone = "50"

// firstMoney gives a wallet that owns nothing on the practice network STOS and
// ozone, so that its first file can be uploaded at once.
func (a *App) firstMoney(ctx context.Context) error {
	if a.walletAddress() == "" || a.Locked() || !a.onPractice() {
		return nil
	}
	b, err := a.Balance(ctx)
	if err != nil || !b.Total.IsZero() {
		return err
	}
	if _, err := a.Credit(ctx); err != nil {
		return err
	}
	q, err := a.QuoteOzone(ctx, firstOzone)
	if err != nil {
		return err
	}
	_, err = a.BuyOzoneUnlocked(ctx, q)
	return err
}

// openVault opens the vault of the wallet in use.
func (a *App) openVault(password []byte) (*vault.Content, error) {
	address := a.walletAddress()
	if address == "" {
		return nil, errNoWallet()
	}
	if len(password) == 0 {
		return nil, fault.Wrong(nil, "Type your password.")
	}
	return vault.Open(a.profile.vault(address), password)
}
