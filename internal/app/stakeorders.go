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
		title: func(p chain.Preview) string { return "Stake " + stos(p.Message.Spends()) + " with " + v.Name },
		lines: func(p chain.Preview) []PreviewLine {
			return []PreviewLine{
				{"Validator", v.Name},
				{"Amount", stos(p.Message.Spends())},
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

func validatorWarnings(v Validator) []string {
	switch {
	case v.Jailed:
		return []string{v.Name + " is shut out for misbehaving. A stake with it earns nothing."}
	case !v.Active:
		return []string{v.Name + " is not active. A stake with it earns nothing."}
	case v.Commission >= 50:
		return []string{fmt.Sprintf("%s keeps %.0f %% of the rewards.", v.Name, v.Commission)}
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
		title:   said("Take back " + stos(value) + " from " + v.Name),
		lines: told(
			PreviewLine{"Validator", v.Name}, PreviewLine{"Amount", stos(value)},
			PreviewLine{"Arrives after", lasting(m.staking.Period)},
		),
		warnings: []string{"Until it arrives it earns nothing and cannot be spent."},
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
		title:    said("Move " + stos(value) + " to " + next.Name),
		lines:    told(PreviewLine{"From", v.Name}, PreviewLine{"To", next.Name}, PreviewLine{"Amount", stos(value)}),
		warnings: append(validatorWarnings(next), "It cannot be moved on for "+lasting(m.staking.Period)+"."),
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
			title:   said("Keep " + stos(value) + " staked with " + v.Name),
			lines:   told(PreviewLine{"Validator", v.Name}, PreviewLine{"Amount", stos(value)}),
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
			message: batch, title: said("Claim and stake " + sum),
			lines: told(PreviewLine{"Rewards", sum}, PreviewLine{"Staked again", "where they came from"}),
		}, nil
	}
	batch, err := stake.Claim(ctx, c, m.self, only...)
	if err != nil {
		return order{}, err
	}
	sum := stos(message.Brings(batch))
	return order{
		message: batch, title: said("Claim " + sum),
		lines: told(PreviewLine{"Rewards", "about " + sum}, PreviewLine{"Paid to", m.staking.PaidTo}),
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
		lines:   told(PreviewLine{"From now on to", to.String()}),
	}
	if to == self {
		return o, nil
	}
	warnings, err := a.payWarnings(ctx, to, "")
	o.warnings = append([]string{"All rewards go to that address from now on, until you change it."}, warnings...)
	return o, err
}

// lasting writes a period as people say it.
func lasting(d time.Duration) string {
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		if n := int(d / unit.length); n > 1 || (n == 1 && d%unit.length == 0) {
			if n == 1 {
				return "1 " + unit.name
			}
			return fmt.Sprintf("%d %ss", n, unit.name)
		}
	}
	return "a moment"
}
