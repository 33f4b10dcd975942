package chain

import (
	"context"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// Preview is a transaction as it should be shown before it is sent.
type Preview struct {
	Message   Message
	Memo      string
	Gas       uint64         // limit
	Fee       stratos.Amount // all of it is charged, whatever is used
	Spendable stratos.Amount // before
	Left      stratos.Amount // of Spendable after it
	Fees      []Fee          // what can be chosen with [Preview.With], the cheapest first

	remake func(stratos.Amount) Message // of a preview of everything
	chain  string                       // where it was previewed; it is sent nowhere else
}

// Cost returns what leaves the account: amount and fee.
func (p Preview) Cost() stratos.Amount { return p.Message.Spends().Add(p.Fee) }

// With returns the same transaction with the fee of another level. One that
// sends everything sends less when the fee is higher. The error wraps
// [ErrFunds] when the account does not hold enough.
func (p Preview) With(name FeeLevel) (Preview, error) {
	for _, fee := range p.Fees {
		if fee.Level == name {
			return p.price(fee)
		}
	}
	return Preview{}, fault.Wrong(nil, "The fee can be low, normal or high.")
}

func (p Preview) price(fee Fee) (Preview, error) {
	p.Gas, p.Fee = fee.Gas, fee.Amount
	if p.remake != nil {
		all, ok := p.Spendable.Sub(fee.Amount)
		if !ok || all.IsZero() {
			return Preview{}, short(stratos.Amount{}, fee.Amount, p.Spendable)
		}
		p.Message = p.remake(all)
	}
	if _, ok := p.Spendable.Sub(fee.Amount); !ok { // it is taken before anything else happens
		return Preview{}, short(p.Message.Spends(), fee.Amount, p.Spendable)
	}
	left, ok := p.Spendable.Add(message.Brings(p.Message)).Sub(p.Cost())
	if !ok {
		return Preview{}, short(p.Message.Spends(), fee.Amount, p.Spendable)
	}
	p.Left = left
	return p, nil
}

// Preview checks and simulates a transaction and tells its normal fee. Nothing
// is signed. The public key must be that of the message's signer. Errors wrap
// [ErrFunds], [ErrUnused], [ErrWrongChain], [ErrUnreachable] or what the
// chain would refuse it for.
func (c *Client) Preview(ctx context.Context, public stratos.PublicKey, m Message, memo string) (Preview, error) {
	if err := checkOrder(public, m, memo); err != nil {
		return Preview{}, err
	}
	balance, err := c.startPreview(ctx, m.Signer())
	if err != nil {
		return Preview{}, err
	}
	if _, ok := balance.Spendable.Add(message.Brings(m)).Sub(m.Spends()); !ok {
		return Preview{}, short(m.Spends(), stratos.Amount{}, balance.Spendable)
	}
	p := Preview{Message: m, Memo: memo, Spendable: balance.Spendable}
	return c.finishPreview(ctx, public, p)
}

// PreviewAll is [Client.Preview] of a transaction that spends everything except
// exactly its fee. With makes it for an amount.
func (c *Client) PreviewAll(ctx context.Context, public stratos.PublicKey, with func(stratos.Amount) Message, memo string) (Preview, error) {
	signer := public.Address()
	balance, err := c.startPreview(ctx, signer)
	if err != nil {
		return Preview{}, err
	}
	trial, ok := balance.Spendable.Sub(stratos.WeiAmount(1)) // the fee of the trial run
	if !ok || trial.IsZero() {
		return Preview{}, fault.Say(ErrFunds, "There is no STOS in this account that can be spent. Nothing was sent.")
	}
	m := with(trial)
	if err := checkOrder(public, m, memo); err != nil {
		return Preview{}, err
	}
	p := Preview{Message: m, Memo: memo, Spendable: balance.Spendable, remake: with}
	return c.finishPreview(ctx, public, p)
}

func (c *Client) startPreview(ctx context.Context, signer stratos.Address) (Balance, error) {
	if err := c.ready(ctx); err != nil {
		return Balance{}, err
	}
	return c.Balance(ctx, signer)
}

func (c *Client) finishPreview(ctx context.Context, public stratos.PublicKey, p Preview) (Preview, error) {
	used, err := c.gasOf(ctx, public, p.Message, p.Memo)
	if err != nil {
		return Preview{}, err
	}
	for _, name := range Levels() {
		p.Fees = append(p.Fees, c.feeAt(name, used))
	}
	p.chain = c.chainID
	return p.price(c.feeAt(Normal, used))
}

func checkOrder(public stratos.PublicKey, m Message, memo string) error {
	if err := m.Check(); err != nil {
		return err
	}
	if public.Address() != m.Signer() {
		return fmt.Errorf("preview: the key is of %s, the sender is %s", public.Address(), m.Signer())
	}
	return message.CheckMemo(memo)
}

// short says how much is missing.
func short(amount, fee, spendable stratos.Amount) error {
	need, has := fault.STOS{Amount: amount.Add(fee)}, fault.STOS{Amount: spendable}
	if fee.IsZero() {
		return fault.Say(ErrFunds, "There is not enough STOS in this account: this needs %s and a fee, and %s can be spent. Nothing was sent.", need, has)
	}
	return fault.Say(ErrFunds, "There is not enough STOS in this account: this needs %s with the fee, and %s can be spent. Nothing was sent.", need, has)
}
