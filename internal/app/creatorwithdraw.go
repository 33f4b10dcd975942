package app

import (
	"context"
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/node"
)

// creatorFee is what an account that publishes needs to take rewards out, with
// some for the next times: it has no coins of its own.
var creatorFee = stratos.WeiAmount(2_000_000_000_000_000)

func tooEarly() fault.Words {
	return fault.Tell("The fee is more than what can be taken out. It pays to wait until more is there.")
}

// PreviewCreatorFee simulates giving the account that publishes the coins that
// it needs for the fee of [App.PreviewCreatorWithdraw]; needed is false when it
// has some.
func (a *App) PreviewCreatorFee(ctx context.Context) (p TxPreview, needed bool, err error) {
	c, publisher, mature, err := a.earningPublisher(ctx)
	if err != nil {
		return TxPreview{}, false, err
	}
	held, err := c.Balance(ctx, publisher.Address())
	if err != nil || held.Spendable.Cmp(creatorFee) >= 0 {
		return TxPreview{}, false, err
	}
	p, err = a.PreviewPay(ctx, publisher.Address().String(), creatorFee.Format(stratos.STOS), "")
	p.Title, p.Warnings = fault.Tell("Give the publishing account %s for fees", stos(creatorFee)), nil // it is one's own
	if mature.Cmp(p.Fee) <= 0 {
		p.Warnings = []fault.Words{tooEarly()}
	}
	return p, true, err
}

// PreviewCreatorWithdraw simulates taking all mature rewards of the account that
// publishes out to the wallet. [App.ConfirmCreatorWithdraw] sends it.
func (a *App) PreviewCreatorWithdraw(ctx context.Context) (TxPreview, error) {
	c, publisher, mature, err := a.earningPublisher(ctx)
	if err != nil {
		return TxPreview{}, err
	}
	_, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	o := order{
		message: message.Withdraw{Wallet: publisher.Address(), Target: info.Address, Amount: mature},
		title:   said("Take out %s of creator rewards", stos(mature)),
		lines:   told(PreviewLine{"Amount", coins(mature)}, PreviewLine{"To", fault.Value(info.Address.String())}),
	}
	p, err := previewBy(ctx, c, publisher.Public(), o)
	if err == nil && p.Fee.Cmp(mature) >= 0 {
		p.Warnings = append(p.Warnings, tooEarly())
	}
	return p, err
}

// ConfirmCreatorWithdraw sends what [App.PreviewCreatorWithdraw] showed. The
// wallet has to be unlocked, although the account that publishes signs.
func (a *App) ConfirmCreatorWithdraw(ctx context.Context, p TxPreview) (TxResult, error) {
	if p.preview.Message == nil {
		return TxResult{}, fault.Wrong(nil, "Nothing was previewed, so nothing was sent.")
	}
	return a.withWallet(func(chain.Signer) (TxResult, error) {
		all, err := a.publishingKeys()
		if err != nil {
			return TxResult{}, err
		}
		for _, key := range all {
			if key.Address() == p.preview.Message.Signer() {
				return a.transact(ctx, key, p.preview)
			}
		}
		return TxResult{}, fault.Wrong(nil, "Another account is in use by now. Nothing was sent; please look at it again.")
	})
}

// publishingKeys are the keys of all accounts that the wallet ever published
// from, the newest first.
func (a *App) publishingKeys() ([]stratos.PrivateKey, error) {
	ring, err := a.ring(a.withKey)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	all := append([]stratos.PrivateKey{ring.publish}, ring.older...)
	for _, key := range all {
		if !key.Valid() {
			return nil, lockedFault()
		}
	}
	return all, nil
}

// errNothingMature says that there is nothing to take out.
var errNothingMature = errors.New("no mature creator rewards")

// earningPublisher finds an account that publishes and has rewards that can be
// taken out.
func (a *App) earningPublisher(ctx context.Context) (*chain.Client, stratos.PrivateKey, stratos.Amount, error) {
	c, err := a.chain()
	if err != nil {
		return nil, stratos.PrivateKey{}, stratos.Amount{}, err
	}
	all, err := a.publishingKeys()
	if err != nil {
		return nil, stratos.PrivateKey{}, stratos.Amount{}, err
	}
	for _, key := range all {
		r, err := node.ReadRewards(ctx, c, key.Address())
		if err != nil || !r.Mature.IsZero() {
			return c, key, r.Mature, err
		}
	}
	return nil, stratos.PrivateKey{}, stratos.Amount{}, fault.Wrong(errNothingMature,
		"There are no creator rewards to take out of the publishing account. Rewards can be taken out when a later epoch was paid for.")
}
