package stake

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Delegation is what an account has staked with one validator.
type Delegation struct {
	Validator stratos.Address
	Amount    stratos.Amount
	Reward    stratos.Amount // due now, whole wei
}

// Unbonding is a stake on its way back.
type Unbonding struct {
	Validator stratos.Address
	Amount    stratos.Amount
	Done      time.Time
	Height    int64 // of the block with the order; names it when it is cancelled
}

// Redelegation is a stake that was moved and cannot be moved on before Done.
type Redelegation struct {
	From, To stratos.Address
	Amount   stratos.Amount
	Done     time.Time
}

// Position is what an account has in stakes, as a whole.
type Position struct{ Staked, Returning, Rewards stratos.Amount }

// Sums adds up the stakes of an account.
func Sums(ctx context.Context, g chain.Getter, a stratos.Address) (Position, error) {
	var p Position
	staked, err := Delegations(ctx, g, a)
	if err != nil {
		return p, err
	}
	returning, err := Unbondings(ctx, g, a)
	for _, d := range staked {
		p.Staked, p.Rewards = p.Staked.Add(d.Amount), p.Rewards.Add(d.Reward)
	}
	for _, u := range returning {
		p.Returning = p.Returning.Add(u.Amount)
	}
	return p, err
}

type delegationsJSON struct {
	chain.Paged
	Responses []struct {
		Delegation struct {
			Validator string `json:"validator_address"`
		} `json:"delegation"`
		Balance chain.Coin `json:"balance"`
	} `json:"delegation_responses"`
}

// Delegations lists what an account has staked, with the reward that is due.
func Delegations(ctx context.Context, g chain.Getter, a stratos.Address) ([]Delegation, error) {
	rewards, err := Rewards(ctx, g, a)
	if err != nil {
		return nil, err
	}
	var list []Delegation
	err = chain.Pages(ctx, g, "/cosmos/staking/v1beta1/delegations/"+a.String(), nil, func(page *delegationsJSON) error {
		for _, r := range page.Responses {
			validator, err1 := stratos.ParseValidator(r.Delegation.Validator)
			amount, err2 := chain.Coins{r.Balance}.Wei()
			if err := errors.Join(err1, err2); err != nil {
				return err
			}
			list = append(list, Delegation{validator, amount, rewards[validator]})
		}
		return nil
	})
	if err != nil && !errors.Is(err, chain.ErrNotFound) {
		return nil, fmt.Errorf("read delegations: %w", err)
	}
	return list, nil
}

// Rewards reads what is due to an account, by validator. The chain keeps parts
// of a wei, which are left out.
func Rewards(ctx context.Context, g chain.Getter, a stratos.Address) (map[stratos.Address]stratos.Amount, error) {
	var reply struct {
		Rewards []struct {
			Validator string      `json:"validator_address"`
			Reward    chain.Coins `json:"reward"`
		} `json:"rewards"`
	}
	if err := g.Get(ctx, "/cosmos/distribution/v1beta1/delegators/"+a.String()+"/rewards", nil, &reply); err != nil {
		return nil, fmt.Errorf("read rewards: %w", err)
	}
	rewards := map[stratos.Address]stratos.Amount{}
	for _, r := range reply.Rewards {
		validator, err1 := stratos.ParseValidator(r.Validator)
		amount, err2 := r.Reward.Wei()
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("read rewards: %w", err)
		}
		rewards[validator] = amount
	}
	return rewards, nil
}

type entryJSON struct {
	Height  string `json:"creation_height"`
	Done    string `json:"completion_time"`
	Balance string `json:"balance"`
}

func (e entryJSON) read() (amount stratos.Amount, done time.Time, height int64, err error) {
	amount, err1 := stratos.ParseWei(e.Balance)
	done, err2 := time.Parse(time.RFC3339Nano, e.Done)
	height, err3 := strconv.ParseInt(e.Height, 10, 64)
	return amount, done, height, errors.Join(err1, err2, err3)
}

type unbondingsJSON struct {
	chain.Paged
	Responses []struct {
		Validator string      `json:"validator_address"`
		Entries   []entryJSON `json:"entries"`
	} `json:"unbonding_responses"`
}

// Unbondings lists the stakes of an account that are on their way back.
func Unbondings(ctx context.Context, g chain.Getter, a stratos.Address) ([]Unbonding, error) {
	var list []Unbonding
	err := chain.Pages(ctx, g, "/cosmos/staking/v1beta1/delegators/"+a.String()+"/unbonding_delegations", nil, func(page *unbondingsJSON) error {
		for _, r := range page.Responses {
			validator, err := stratos.ParseValidator(r.Validator)
			if err != nil {
				return err
			}
			for _, e := range r.Entries {
				amount, done, height, err := e.read()
				if err != nil {
					return err
				}
				list = append(list, Unbonding{validator, amount, done, height})
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, chain.ErrNotFound) {
		return nil, fmt.Errorf("read returning stakes: %w", err)
	}
	return list, nil
}

type redelegationsJSON struct {
	chain.Paged
	Responses []struct {
		Redelegation struct {
			From string `json:"validator_src_address"`
			To   string `json:"validator_dst_address"`
		} `json:"redelegation"`
		Entries []struct {
			Entry struct {
				Done   string `json:"completion_time"`
				Height any    `json:"creation_height"` // a number or text, by version
			} `json:"redelegation_entry"`
			Balance string `json:"balance"`
		} `json:"entries"`
	} `json:"redelegation_responses"`
}

// Redelegations lists the stakes of an account that were moved lately.
func Redelegations(ctx context.Context, g chain.Getter, a stratos.Address) ([]Redelegation, error) {
	var list []Redelegation
	err := chain.Pages(ctx, g, "/cosmos/staking/v1beta1/delegators/"+a.String()+"/redelegations", nil, func(page *redelegationsJSON) error {
		for _, r := range page.Responses {
			from, err1 := stratos.ParseValidator(r.Redelegation.From)
			to, err2 := stratos.ParseValidator(r.Redelegation.To)
			if err := errors.Join(err1, err2); err != nil {
				return err
			}
			for _, e := range r.Entries {
				amount, err1 := stratos.ParseWei(e.Balance)
				done, err2 := time.Parse(time.RFC3339Nano, e.Entry.Done)
				if err := errors.Join(err1, err2); err != nil {
					return err
				}
				list = append(list, Redelegation{from, to, amount, done})
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, chain.ErrNotFound) {
		return nil, fmt.Errorf("read moved stakes: %w", err)
	}
	return list, nil
}

// PaidTo reads where the staking rewards of an account go.
func PaidTo(ctx context.Context, g chain.Getter, a stratos.Address) (stratos.Address, error) {
	var reply struct {
		Address string `json:"withdraw_address"`
	}
	if err := g.Get(ctx, "/cosmos/distribution/v1beta1/delegators/"+a.String()+"/withdraw_address", nil, &reply); err != nil {
		return stratos.Address{}, fmt.Errorf("read payout address: %w", err)
	}
	to, err := stratos.ParseAddress(reply.Address)
	if err != nil {
		return stratos.Address{}, fmt.Errorf("read payout address: %w", err)
	}
	return to, nil
}

// Rules are the chain's rules of staking.
type Rules struct {
	Unbonding  time.Duration // until a stake is back
	MaxEntries int           // returns at a time for one validator
	Bonded     stratos.Amount
}

// ReadRules reads the rules and how much is staked by all.
func ReadRules(ctx context.Context, g chain.Getter) (Rules, error) {
	var params struct {
		Params struct {
			Unbonding  string `json:"unbonding_time"`
			MaxEntries int    `json:"max_entries"`
		} `json:"params"`
	}
	var pool struct {
		Pool struct {
			Bonded string `json:"bonded_tokens"`
		} `json:"pool"`
	}
	err := g.Get(ctx, "/cosmos/staking/v1beta1/params", nil, &params)
	if err == nil {
		err = g.Get(ctx, "/cosmos/staking/v1beta1/pool", nil, &pool)
	}
	if err != nil {
		return Rules{}, fmt.Errorf("read staking rules: %w", err)
	}
	unbonding, err1 := time.ParseDuration(params.Params.Unbonding)
	bonded, err2 := stratos.ParseWei(pool.Pool.Bonded)
	if err := errors.Join(err1, err2); err != nil {
		return Rules{}, fmt.Errorf("read staking rules: %w", err)
	}
	return Rules{Unbonding: unbonding, MaxEntries: params.Params.MaxEntries, Bonded: bonded}, nil
}
