package app

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
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

// current returns the public part of the wallet in use; no password is needed.
func (a *App) current() (vault.Info, error) {
	address := a.walletAddress()
	if address == "" {
		return vault.Info{}, a.errNoWallet()
	}
	return vault.ReadInfo(a.profile.vault(address))
}

// payer returns what a preview needs: the chain and who pays.
func (a *App) payer() (*chain.Client, vault.Info, error) {
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
	c, info, err := a.payer()
	if err != nil {
		return Balance{}, err
	}
	b, err := c.Balance(ctx, info.Address)
	if err != nil {
		return Balance{}, err
	}
	balance := Balance{Total: b.Total, Spendable: b.Spendable}
	if o, err := a.Ozone(ctx); err == nil {
		balance.StorageNoz, balance.PublishNoz = o.StorageNoz, o.PublishNoz
	} else {
		balance.OzoneUnknown = true
	}
	return balance, nil
}

// OzoneBalance is the ozone of every account, in noz.
type OzoneBalance struct {
	StorageNoz string `json:"storage_noz"`
	PublishNoz string `json:"publish_noz"`
	WalletNoz  string `json:"wallet_noz"`
}

// Ozone asks a gateway for the ozone of every account.
func (a *App) Ozone(ctx context.Context) (OzoneBalance, error) {
	w, err := a.CurrentWallet()
	if err != nil {
		return OzoneBalance{}, err
	}
	var o OzoneBalance
	for address, noz := range map[string]*string{w.Storage: &o.StorageNoz, w.Publish: &o.PublishNoz, w.Address: &o.WalletNoz} {
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

// signedBy lets do use the wallet key for as long as it runs.
func (a *App) signedBy(_ context.Context, password []byte, do func(stratos.PrivateKey) (TxResult, error)) (TxResult, error) {
	content, err := a.openVault(password)
	if err != nil {
		return TxResult{}, err
	}
	key, err := content.Key(0)
	content.Wipe()
	if err != nil {
		return TxResult{}, err
	}
	defer key.Wipe()
	return do(key)
}

func (a *App) transact(ctx context.Context, key stratos.PrivateKey, p chain.Preview) (TxResult, error) {
	if p.Message == nil {
		return TxResult{}, fault.Wrong(nil, "Nothing was previewed, so nothing was sent.")
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
	c, info, err := a.payer()
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
