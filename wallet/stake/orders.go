package stake

import (
	"context"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// errNothingDue is told when there is no reward to collect.
var errNothingDue = fault.Wrong(chain.ErrNoReward, "There is no reward to collect.")

// Claim makes the message that collects every reward that is due, or only
// those of the validators named.
func Claim(ctx context.Context, g chain.Getter, a stratos.Address, only ...stratos.Address) (message.Message, error) {
	due, err := due(ctx, g, a, only)
	if err != nil {
		return nil, err
	}
	batch := make(message.Batch, 0, len(due))
	for _, d := range due {
		batch = append(batch, message.WithdrawReward{Delegator: a, Validator: d.Validator, Expected: d.Reward})
	}
	return batch, nil
}

// Compound makes the message that collects rewards and stakes them, each with
// the validator that it came from, in one transaction. Rewards that are paid to
// another account cannot be staked by this one.
func Compound(ctx context.Context, g chain.Getter, a stratos.Address, only ...stratos.Address) (message.Message, error) {
	to, err := PaidTo(ctx, g, a)
	if err != nil {
		return nil, err
	}
	if to != a {
		return nil, fault.Wrong(nil, "The rewards of this account are paid to another address, so they cannot be staked from here.")
	}
	due, err := due(ctx, g, a, only)
	if err != nil {
		return nil, err
	}
	batch := make(message.Batch, 0, 2*len(due))
	for _, d := range due {
		batch = append(batch,
			message.WithdrawReward{Delegator: a, Validator: d.Validator, Expected: d.Reward},
			message.Delegate{Delegator: a, Validator: d.Validator, Amount: d.Reward})
	}
	return batch, nil
}

// maxClaims is how many rewards one transaction collects, to stay well below
// the gas limit of a block.
const maxClaims = 40

// due lists the delegations with a reward of at least one wei.
func due(ctx context.Context, g chain.Getter, a stratos.Address, only []stratos.Address) ([]Delegation, error) {
	all, err := Delegations(ctx, g, a)
	if err != nil {
		return nil, err
	}
	var list []Delegation
	for _, d := range all {
		if !d.Reward.IsZero() && (len(only) == 0 || slices.Contains(only, d.Validator)) && len(list) < maxClaims {
			list = append(list, d)
		}
	}
	if len(list) == 0 {
		return nil, errNothingDue
	}
	return list, nil
}
