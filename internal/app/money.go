package app

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// chain returns the chain of the network in use.
func (a *App) chain() (*chain.Client, error) {
	n, err := a.network()
	if err != nil {
		return nil, err
	}
	return chain.New(chain.Options{Network: n, ConfirmedPlain: a.settings.get().ConfirmedPlain})
}

// payer returns what a preview needs: the chain and who pays. An address that is
// only watched pays nothing.
func (a *App) payer() (*chain.Client, vault.Info, error) {
	if _, err := a.withKey(); err != nil {
		return nil, vault.Info{}, err
	}
	return a.viewer()
}

// viewer returns the chain and whose money is looked at.
func (a *App) viewer() (*chain.Client, vault.Info, error) {
	info, err := a.current()
	if err != nil {
		return nil, info, err
	}
	c, err := a.chain()
	return c, info, err
}

// Balance reads what the wallet owns. Ozone is left out when no gateway
// answers, for money is worth showing without it.
func (a *App) Balance(ctx context.Context) (Balance, error) {
	c, info, err := a.viewer()
	if err != nil {
		return Balance{}, err
	}
	balance, err := a.owned(ctx, c, info.Address)
	if err != nil {
		return Balance{}, err
	}
	if o, err := a.Ozone(ctx); err == nil {
		balance.StorageNoz, balance.PublishNoz, balance.WalletNoz = o.StorageNoz, o.PublishNoz, o.WalletNoz
	} else {
		balance.OzoneUnknown = true
	}
	return balance, nil
}

// BalanceOf reads what an address owns, also one whose key is elsewhere: an
// address, a name of the address book, or empty for what is in use.
func (a *App) BalanceOf(ctx context.Context, text string) (Balance, error) {
	c, info, err := a.viewer()
	if text != "" {
		info.Address, err = a.payee(text)
		if err == nil {
			c, err = a.chain()
		}
	}
	if err != nil {
		return Balance{}, err
	}
	balance, err := a.owned(ctx, c, info.Address)
	if err != nil {
		return Balance{}, err
	}
	balance.WalletNoz, err = a.noz(ctx, info.Address.String())
	balance.OzoneUnknown = err != nil
	return balance, nil
}

// owned reads what belongs to an address: what it holds and what it has staked,
// and what that is worth. A stake that cannot be read is left out, for the money
// that is there is worth showing.
func (a *App) owned(ctx context.Context, c *chain.Client, address stratos.Address) (Balance, error) {
	var held chain.Balance
	var b Balance
	group, gctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) { held, err = c.Balance(gctx, address); return })
	group.Go(func() error {
		s, err := stake.Sums(gctx, c, address)
		b.Staked, b.Unbonding, b.Rewards, b.StakeUnknown = s.Staked, s.Returning, s.Rewards, err != nil
		return nil
	})
	if err := group.Wait(); err != nil {
		return Balance{}, err
	}
	b.Held, b.Spendable = held.Total, held.Spendable
	b.Total = held.Total.Add(b.Staked).Add(b.Unbonding).Add(b.Rewards)
	b.Worth = a.Worth(ctx, b.Total)
	return b, nil
}

// OzoneBalance is the ozone of every account, in noz.
type OzoneBalance struct {
	StorageNoz string `json:"storage_noz"`
	PublishNoz string `json:"publish_noz"`
	WalletNoz  string `json:"wallet_noz"`
}

// Ozone asks a gateway for the ozone of every account.
func (a *App) Ozone(ctx context.Context) (OzoneBalance, error) {
	if err := a.knowAccounts(); err != nil {
		return OzoneBalance{}, err
	}
	w, err := a.CurrentWallet()
	if err != nil {
		return OzoneBalance{}, err
	}
	var o OzoneBalance
	for address, noz := range map[string]*string{w.Storage: &o.StorageNoz, w.Publish: &o.PublishNoz, w.Account.Address: &o.WalletNoz} {
		if w.Watched && address == "" { // nobody can tell which they are
			continue
		}
		if *noz, err = a.noz(ctx, address); err != nil {
			return OzoneBalance{}, err
		}
	}
	return o, nil
}

// amountOf reads what a person typed: a number is STOS, a unit says otherwise.
func amountOf(text string) (stratos.Amount, error) {
	amount, err := stratos.ParseDecimal(text, stratos.STOS)
	if err != nil {
		amount, err = stratos.ParseAmount(text)
	}
	if err != nil || amount.IsZero() {
		return stratos.Amount{}, fault.Wrong(err, "%q is not an amount of STOS. Write for example 12.5.", text)
	}
	return amount, nil
}

// signedBy lets do sign with the account in use for as long as it runs.
func (a *App) signedBy(_ context.Context, password []byte, do func(chain.Signer) (TxResult, error)) (TxResult, error) {
	key, err := a.openKey(password)
	if err != nil {
		return TxResult{}, err
	}
	defer key.Wipe()
	return do(key)
}

// openKey opens the key of the account in use with the password of its wallet.
// The caller wipes it.
func (a *App) openKey(password []byte) (*keys.Guarded, error) {
	found, err := a.withKey()
	if err != nil {
		return nil, err
	}
	content, err := a.openVault(password)
	if err != nil {
		return nil, err
	}
	defer content.Wipe()
	key, err := content.Key(found.index)
	if err != nil {
		return nil, err
	}
	return keys.Guard(key), nil
}

func (a *App) transact(ctx context.Context, key chain.Signer, p chain.Preview) (TxResult, error) {
	if p.Message == nil {
		return TxResult{}, fault.Wrong(nil, "Nothing was previewed, so nothing was sent.")
	}
	if key.Address() != p.Message.Signer() {
		return TxResult{}, fault.Wrong(nil, "Another account is in use by now. Nothing was sent; please look at it again.")
	}
	c, err := a.chain()
	if err != nil {
		return TxResult{}, err
	}
	log, err := a.openHistory()
	if err != nil {
		return TxResult{}, err
	}
	r, err := c.Send(ctx, p, key, log)
	a.hub.send(Event{Kind: WalletChanged})
	if err != nil {
		return TxResult{}, err
	}
	if t, ok := p.Message.(message.Transfer); ok {
		a.noteContact(t.To)
	}
	result := TxResult{Hash: r.Hash, Height: r.Height, Fee: r.Fee}
	if r.Noz != nil {
		result.Noz = r.Noz.String()
	}
	return result, nil
}

// Credit asks the practice network's faucet for its usual amount.
func (a *App) Credit(ctx context.Context) (TxResult, error) {
	c, info, err := a.viewer()
	if err != nil {
		return TxResult{}, err
	}
	hash, err := c.Credit(ctx, info.Address, stratos.Amount{})
	if err != nil {
		return TxResult{}, err
	}
	a.hub.send(Event{Kind: WalletChanged})
	return TxResult{Hash: hash}, nil
}
