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
// of the wallet's own, or the address of somebody else.
func (a *App) QuoteOzoneFor(ctx context.Context, amount string, account Account) (OzoneQuote, error) {
	value, err := amountOf(amount)
	if err != nil {
		return OzoneQuote{}, err
	}
	c, info, err := a.payer()
	if err != nil {
		return OzoneQuote{}, err
	}
	noz, err := c.QuotePrepay(ctx, value)
	if err != nil {
		return OzoneQuote{}, err
	}
	if noz.Sign() == 0 {
		return OzoneQuote{}, fault.Wrong(nil, "%s STOS is too little to buy any ozone. Nothing was sent.", value.Format(stratos.STOS))
	}
	orders, err := a.prepays(info.Address, value, account)
	if err != nil {
		return OzoneQuote{}, err
	}
	p, err := c.Preview(ctx, info.PublicKey, orders, "")
	if err != nil {
		return OzoneQuote{}, err
	}
	gift := account != "" && account != StorageAccount && account != PublishAccount && account != WalletAccount
	return OzoneQuote{Amount: value, Noz: noz.String(), Fee: p.Fee, Left: p.Left, preview: p, gift: gift}, nil
}

// prepays splits a purchase over the accounts it is for. All of them are bought
// for in one transaction, so that it happens whole or not at all.
func (a *App) prepays(sender stratos.Address, value stratos.Amount, account Account) (message.Batch, error) {
	w, err := a.CurrentWallet()
	if err != nil {
		return nil, err
	}
	publish := stratos.NewAmount(new(big.Int).Div(value.Wei(), big.NewInt(publishShare)))
	storage, _ := value.Sub(publish)
	shares := map[string]stratos.Amount{}
	switch account {
	case "":
		shares[w.Storage], shares[w.Publish] = storage, publish
	case StorageAccount:
		shares[w.Storage] = value
	case PublishAccount:
		shares[w.Publish] = value
	case WalletAccount:
		shares[w.Account.Address] = value
	default:
		return a.prepayGift(sender, value, string(account))
	}
	var orders message.Batch
	for _, address := range []string{w.Storage, w.Publish, w.Account.Address} { // in a fixed order
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
