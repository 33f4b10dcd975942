package app

import (
	"context"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// PreviewStake simulates what a user wants to do with a stake. Nothing is
// signed or sent.
func (a *App) PreviewStake(ctx context.Context, want StakeOrder) (TxPreview, error) {
	c, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	s, err := a.Staking(ctx)
	if err != nil {
		return TxPreview{}, err
	}
	m := staker{self: info.Address, staking: s}
	var o order
	switch want.Kind {
	case StakeDelegate:
		o, err = m.delegate(want)
	case StakeUndelegate:
		o, err = m.undelegate(want)
	case StakeRedelegate:
		o, err = m.redelegate(want)
	case StakeCancel:
		o, err = m.cancel(want)
	case StakeClaim, StakeCompound:
		o, err = m.claim(ctx, c, want)
	case StakePayTo:
		o, err = a.payRewardsTo(ctx, m.self, want.To)
	default:
		err = fault.Wrong(nil, "A stake cannot be asked to %q.", string(want.Kind))
	}
	if err != nil {
		return TxPreview{}, err
	}
	return a.preview(ctx, o)
}

// staker makes orders for a wallet that has staked something already.
type staker struct {
	self    stratos.Address
	staking Staking
}

// validator finds the validator that a user named by its address or name.
func (m staker) validator(text string) (Validator, stratos.Address, error) {
	for _, v := range m.staking.Validators {
		if v.Address != text && v.Name != text {
			continue
		}
		address, err := stratos.ParseValidator(v.Address)
		if err != nil {
			return v, address, fmt.Errorf("read the address of a validator: %w", err)
		}
		return v, address, nil
	}
	return Validator{}, stratos.Address{}, fault.Wrong(nil, "There is no validator %q on this network. Nothing was sent; see the list of validators.", text)
}

// mine is the part of a stake that a user typed; all of it for "max".
func mine(v Validator, amount string) (stratos.Amount, error) {
	if v.Staked.IsZero() {
		return stratos.Amount{}, fault.Wrong(nil, "Nothing is staked with %s. Nothing was sent.", v.Name)
	}
	if isEverything(amount) {
		return v.Staked, nil
	}
	value, err := amountOf(amount)
	if err == nil && value.Cmp(v.Staked) > 0 {
		err = fault.Wrong(nil, "Only %s are staked with %s. Nothing was sent.", stos(v.Staked), v.Name)
	}
	return value, err
}

func (m staker) delegate(want StakeOrder) (order, error) {
	v, to, err := m.validator(want.Validator)
	if err != nil {
		return order{}, err
	}
	stake := func(value stratos.Amount) message.Message {
		return message.Delegate{Delegator: m.self, Validator: to, Amount: value}
	}
	o := order{
		title: func(p chain.Preview) fault.Words {
			return fault.Tell("Stake %s with %s", stos(p.Message.Spends()), v.Name)
		},
		lines: func(p chain.Preview) []PreviewLine {
			return []PreviewLine{
				{"Validator", fault.Value(v.Name)},
				{"Amount", coins(p.Message.Spends())},
				{"Getting it back takes", lasting(m.staking.Period)},
			}
		},
		warnings: validatorWarnings(v),
	}
	if isEverything(want.Amount) {
		o.all = stake
		return o, nil
	}
	value, err := amountOf(want.Amount)
	o.message = stake(value)
	return o, err
}

func validatorWarnings(v Validator) []fault.Words {
	switch {
	case v.Jailed:
		return []fault.Words{fault.Tell("%s is shut out for misbehaving. A stake with it earns nothing.", v.Name)}
	case !v.Active:
		return []fault.Words{fault.Tell("%s is not active. A stake with it earns nothing.", v.Name)}
	case v.Commission >= 50:
		return []fault.Words{fault.Tell("%s keeps %s of the rewards.", v.Name, fault.Percent(v.Commission))}
	}
	return nil
}

func (m staker) undelegate(want StakeOrder) (order, error) {
	v, from, err := m.validator(want.Validator)
	if err != nil {
		return order{}, err
	}
	value, err := mine(v, want.Amount)
	if err == nil {
		err = m.canReturn(v)
	}
	if err != nil {
		return order{}, err
	}
	return order{
		message: message.Undelegate{Delegator: m.self, Validator: from, Amount: value},
		title:   said("Take back %s from %s", stos(value), v.Name),
		lines: told(
			PreviewLine{"Validator", fault.Value(v.Name)}, PreviewLine{"Amount", coins(value)},
			PreviewLine{"Arrives after", lasting(m.staking.Period)},
		),
		warnings: []fault.Words{fault.Tell("Until it arrives it earns nothing and cannot be spent.")},
	}, nil
}

func (m staker) redelegate(want StakeOrder) (order, error) {
	v, from, err := m.validator(want.Validator)
	if err != nil {
		return order{}, err
	}
	next, to, err := m.validator(want.To)
	if err != nil {
		return order{}, err
	}
	value, err := mine(v, want.Amount)
	if err == nil {
		err = m.canMove(v, next)
	}
	if err != nil {
		return order{}, err
	}
	return order{
		message:  message.Redelegate{Delegator: m.self, From: from, To: to, Amount: value},
		title:    said("Move %s to %s", stos(value), next.Name),
		lines:    told(PreviewLine{"From", fault.Value(v.Name)}, PreviewLine{"To", fault.Value(next.Name)}, PreviewLine{"Amount", coins(value)}),
		warnings: append(validatorWarnings(next), fault.Tell("It cannot be moved on for %s.", fault.Span(m.staking.Period))),
	}, nil
}

func (m staker) cancel(want StakeOrder) (order, error) {
	v, with, err := m.validator(want.Validator)
	if err != nil {
		return order{}, err
	}
	for _, u := range m.staking.Returns {
		if u.Validator != v.Address || (want.Height != 0 && u.Height != want.Height) {
			continue
		}
		value := u.Amount
		if want.Amount != "" && !isEverything(want.Amount) {
			if value, err = amountOf(want.Amount); err != nil {
				return order{}, err
			}
			if value.Cmp(u.Amount) > 0 {
				return order{}, fault.Wrong(nil, "Only %s are on their way back from %s. Nothing was sent.", stos(u.Amount), v.Name)
			}
		}
		return order{
			message: message.CancelUnstake{Delegator: m.self, Validator: with, Amount: value, Height: u.Height},
			title:   said("Keep %s staked with %s", stos(value), v.Name),
			lines:   told(PreviewLine{"Validator", fault.Value(v.Name)}, PreviewLine{"Amount", coins(value)}),
		}, nil
	}
	return order{}, fault.Wrong(nil, "No stake is on its way back from %s. Nothing was sent.", v.Name)
}

// claim collects the rewards of one validator or of all, and stakes them again
// where they came from when they are to be compounded.
func (m staker) claim(ctx context.Context, c *chain.Client, want StakeOrder) (order, error) {
	var only []stratos.Address
	if want.Validator != "" {
		_, from, err := m.validator(want.Validator)
		if err != nil {
			return order{}, err
		}
		only = append(only, from)
	}
	if want.Kind == StakeCompound {
		batch, err := stake.Compound(ctx, c, m.self, only...)
		if err != nil {
			return order{}, err
		}
		sum := stos(message.Brings(batch))
		return order{
			message: batch, title: said("Claim and stake %s", sum),
			lines: told(PreviewLine{"Rewards", fault.Value(sum)}, PreviewLine{"Staked again", fault.Tell("where they came from")}),
		}, nil
	}
	batch, err := stake.Claim(ctx, c, m.self, only...)
	if err != nil {
		return order{}, err
	}
	sum := stos(message.Brings(batch))
	return order{
		message: batch, title: said("Claim %s", sum),
		lines: told(PreviewLine{"Rewards", fault.Tell("about %s", sum)}, PreviewLine{"Paid to", fault.Value(m.staking.PaidTo)}),
	}, nil
}

// payRewardsTo lets all rewards of stakes go to an address or a name of the
// address book.
func (a *App) payRewardsTo(ctx context.Context, self stratos.Address, name string) (order, error) {
	to, err := a.payee(name)
	if err != nil {
		return order{}, err
	}
	o := order{
		message: message.SetPayout{Delegator: self, To: to},
		title:   said("Pay rewards to this address"),
		lines:   told(PreviewLine{"From now on to", fault.Value(to.String())}),
	}
	if to == self {
		return o, nil
	}
	warnings, err := a.payWarnings(ctx, to, "")
	o.warnings = append([]fault.Words{fault.Tell("All rewards go to that address from now on, until you change it.")}, warnings...)
	return o, err
}

// lasting is a period alone, as the value of a fact.
func lasting(d time.Duration) fault.Words { return fault.Value(fault.Span(d)) }
