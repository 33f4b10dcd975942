package app

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// publishShare is the part of an ozone purchase that goes to the publishing
// account, one in so many.
const publishShare = 10

// QuoteOzone tells what an amount would buy, most of it for the drive and a
// tenth for what is published.
func (a *App) QuoteOzone(ctx context.Context, amount string) (OzoneQuote, error) {
	return a.QuoteOzoneFor(ctx, amount, "")
}

// QuoteOzoneFor is [App.QuoteOzone] for one account, when it is not empty: one
// of the wallet's own, or the address of somebody else. The amount may be
// "max", for all that can be spent.
func (a *App) QuoteOzoneFor(ctx context.Context, amount string, account Account) (OzoneQuote, error) {
	c, info, err := a.payer()
	if err != nil {
		return OzoneQuote{}, err
	}
	var p chain.Preview
	var noz string
	if isEverything(amount) {
		p, noz, err = a.previewAllPrepay(ctx, c, info, account)
	} else {
		p, noz, err = a.previewPrepay(ctx, c, info, amount, account)
	}
	if err != nil {
		return OzoneQuote{}, err
	}
	gift := account != "" && account != StorageAccount && account != PublishAccount && account != WalletAccount
	return OzoneQuote{Amount: p.Message.Spends(), Noz: noz, Fee: p.Fee, Left: p.Left, preview: p, gift: gift}, nil
}

// previewPrepay simulates a purchase for an amount, and tells about how much it
// buys.
func (a *App) previewPrepay(ctx context.Context, c *chain.Client, info vault.Info, amount string, account Account) (p chain.Preview, noz string, err error) {
	value, err := amountOf(amount)
	if err != nil {
		return p, "", err
	}
	orders, err := a.prepays(info.Address, value, account)
	if err != nil {
		return p, "", err
	}
	return previewOrders(ctx, c, info, value, orders)
}

// previewOrders simulates purchases that take value together.
func previewOrders(ctx context.Context, c *chain.Client, info vault.Info, value stratos.Amount, orders message.Batch) (p chain.Preview, noz string, err error) {
	if noz, err = quotePrepay(ctx, c, value); err != nil {
		return p, "", err
	}
	p, err = c.Preview(ctx, info.PublicKey, orders, "")
	return p, noz, err
}

// previewAllPrepay is the same for all that can be spent.
func (a *App) previewAllPrepay(ctx context.Context, c *chain.Client, info vault.Info, account Account) (p chain.Preview, noz string, err error) {
	if _, err := a.prepays(info.Address, stratos.WeiAmount(publishShare), account); err != nil {
		return p, "", err
	}
	p, err = c.PreviewAll(ctx, info.PublicKey, func(value stratos.Amount) message.Message {
		orders, _ := a.prepays(info.Address, value, account) // for whom was found above
		return orders
	}, "")
	if err != nil {
		return p, "", err
	}
	noz, err = quotePrepay(ctx, c, p.Message.Spends())
	return p, noz, err
}

func quotePrepay(ctx context.Context, c *chain.Client, value stratos.Amount) (string, error) {
	noz, err := c.QuotePrepay(ctx, value)
	if err != nil {
		return "", err
	}
	if noz.Sign() == 0 {
		return "", fault.Wrong(nil, "%s is too little to buy any ozone. Nothing was sent.", stos(value))
	}
	return noz.String(), nil
}

// WithFee returns the same purchase with the fee of that name.
func (q OzoneQuote) WithFee(name string) (OzoneQuote, error) {
	p, err := q.preview.With(chain.FeeLevel(name))
	if err != nil {
		return OzoneQuote{}, err
	}
	q.preview, q.Fee, q.Left, q.Amount = p, p.Fee, p.Left, p.Message.Spends()
	return q, nil
}

// prepays splits a purchase over the accounts it is for. All of them are bought
// for in one transaction, so that it happens whole or not at all.
func (a *App) prepays(sender stratos.Address, value stratos.Amount, account Account) (message.Batch, error) {
	if err := a.knowAccounts(); err != nil {
		return nil, err
	}
	w, err := a.CurrentWallet()
	if err != nil {
		return nil, err
	}
	shares := map[string]stratos.Amount{}
	switch account {
	case "":
		return prepayBoth(sender, value, w.Storage, w.Publish)
	case StorageAccount:
		shares[w.Storage] = value
	case PublishAccount:
		shares[w.Publish] = value
	case WalletAccount:
		shares[w.Account.Address] = value
	default:
		return a.prepayGift(sender, value, string(account))
	}
	return prepayShares(sender, shares, w.Storage, w.Publish, w.Account.Address)
}

// prepayBoth splits a purchase over a storage and a publishing account.
func prepayBoth(sender stratos.Address, value stratos.Amount, storage, publish string) (message.Batch, error) {
	less := stratos.NewAmount(new(big.Int).Div(value.Wei(), big.NewInt(publishShare)))
	more, _ := value.Sub(less)
	return prepayShares(sender, map[string]stratos.Amount{storage: more, publish: less}, storage, publish)
}

// prepayShares buys for accounts, in the order in which they are named.
func prepayShares(sender stratos.Address, shares map[string]stratos.Amount, accounts ...string) (message.Batch, error) {
	var orders message.Batch
	for _, address := range accounts {
		share, chosen := shares[address]
		if !chosen || share.IsZero() {
			continue
		}
		beneficiary, err := stratos.ParseAddress(address)
		if err != nil {
			return nil, fmt.Errorf("find the account to buy ozone for: %w", err)
		}
		orders = append(orders, message.Prepay{Sender: sender, Beneficiary: beneficiary, Amount: share})
	}
	return orders, nil
}

// prepayGift buys ozone for somebody else, named as for a payment.
func (a *App) prepayGift(sender stratos.Address, value stratos.Amount, to string) (message.Batch, error) {
	beneficiary, err := a.payee(to)
	if err != nil {
		return nil, fault.Wrong(err, "There is no account called %s. Use wallet, storage, publish, or the address of somebody else.", to)
	}
	return message.Batch{message.Prepay{Sender: sender, Beneficiary: beneficiary, Amount: value}}, nil
}

// BuyOzone buys what was quoted. The password is asked for every purchase.
func (a *App) BuyOzone(ctx context.Context, q OzoneQuote, password []byte) (TxResult, error) {
	return a.signedBy(ctx, password, func(key chain.Signer) (TxResult, error) { return a.buy(ctx, key, q) })
}

// BuyOzoneUnlocked is [App.BuyOzone] for an unlocked wallet.
func (a *App) BuyOzoneUnlocked(ctx context.Context, q OzoneQuote) (TxResult, error) {
	return a.withWallet(func(key chain.Signer) (TxResult, error) { return a.buy(ctx, key, q) })
}

// buy sends a purchase and waits until the storage network has
// booked the ozone, so that it can be used at once.
func (a *App) buy(ctx context.Context, key chain.Signer, q OzoneQuote) (TxResult, error) {
	before, err := a.Ozone(ctx)
	if err != nil {
		return TxResult{}, err
	}
	r, err := a.transact(ctx, key, q.preview)
	if err != nil {
		return TxResult{}, err
	}
	if r.Noz == "" {
		return TxResult{}, fault.Unclear(nil, "The chain did not say how much ozone was bought. Your STOS is spent; look at your ozone in a minute.")
	}
	if !q.gift { // what others have shows nowhere here
		a.awaitOzone(ctx, before)
	}
	a.hub.send(Event{Kind: WalletChanged})
	return r, nil
}

// The network books a purchase some seconds after the chain included it.
const (
	ozonePoll = 200 * time.Millisecond // the gateway tells nobody: asking is the only way
	ozoneWait = 30 * time.Second
)

// awaitOzone waits until any account has other ozone than before. It gives up
// silently: the purchase is in a block, and the network will book it.
func (a *App) awaitOzone(ctx context.Context, before OzoneBalance) {
	await(ctx, func() bool {
		now, err := a.Ozone(ctx)
		return err == nil && now != before
	})
}

// await asks again and again whether a purchase is booked, for a while.
func await(ctx context.Context, booked func() bool) {
	ctx, cancel := context.WithTimeout(ctx, ozoneWait)
	defer cancel()
	tick := time.NewTicker(ozonePoll)
	defer tick.Stop()
	for {
		if booked() {
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
	if !a.holdsKey() || !a.onPractice() {
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
