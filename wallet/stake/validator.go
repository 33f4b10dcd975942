package stake

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Validator is one whom STOS can be staked with.
type Validator struct {
	Address    stratos.Address // of its operator; Validator() is its usual form
	Moniker    string
	Website    string
	Details    string
	Active     bool // it is one of those that make blocks and earn
	Jailed     bool // it was put out for missing blocks or for cheating
	Tokens     stratos.Amount
	Commission float64 // part of the rewards that it keeps
	Power      float64 // part of all votes; 0 unless active
	Uptime     float64 // part of the last blocks that it signed; -1 when not known

	consensus string // stvalcons1...
}

// Consensus returns the address under which it signs blocks, stvalcons1....
func (v Validator) Consensus() string { return v.consensus }

type validatorsJSON struct {
	chain.Paged
	Validators []struct {
		Operator  string `json:"operator_address"`
		Consensus struct {
			Key []byte `json:"key"`
		} `json:"consensus_pubkey"`
		Jailed      bool   `json:"jailed"`
		Status      string `json:"status"`
		Tokens      string `json:"tokens"`
		Description struct {
			Moniker string `json:"moniker"`
			Website string `json:"website"`
			Details string `json:"details"`
		} `json:"description"`
		Commission struct {
			Rates struct {
				Rate string `json:"rate"`
			} `json:"commission_rates"`
		} `json:"commission"`
	} `json:"validators"`
}

// Validators lists all validators, the strongest first. A node that does not
// tell who missed blocks leaves their uptime unknown.
func Validators(ctx context.Context, g chain.Getter) ([]Validator, error) {
	var list []Validator
	err := chain.Pages(ctx, g, "/cosmos/staking/v1beta1/validators", nil, func(page *validatorsJSON) error {
		for _, v := range page.Validators {
			address, err1 := stratos.ParseValidator(v.Operator)
			tokens, err2 := stratos.ParseWei(v.Tokens)
			if err1 != nil || err2 != nil {
				return fmt.Errorf("validator %q with %q wei", v.Operator, v.Tokens)
			}
			sum := sha256.Sum256(v.Consensus.Key)
			list = append(list, Validator{
				Address: address, Moniker: v.Description.Moniker, Website: v.Description.Website, Details: v.Description.Details,
				Active: v.Status == "BOND_STATUS_BONDED", Jailed: v.Jailed, Tokens: tokens,
				Commission: fraction(v.Commission.Rates.Rate), Uptime: -1, consensus: stratos.EncodeBech32(stratos.PrefixConsensus, sum[:20]),
			})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read validators: %w", err)
	}
	setPower(list)
	addUptime(ctx, g, list)
	slices.SortStableFunc(list, func(a, b Validator) int {
		return cmp.Or(b.Tokens.Cmp(a.Tokens), cmp.Compare(a.Moniker, b.Moniker))
	})
	return list, nil
}

func setPower(list []Validator) {
	var total stratos.Amount
	for _, v := range list {
		if v.Active {
			total = total.Add(v.Tokens)
		}
	}
	for i := range list {
		if list[i].Active {
			list[i].Power = ratio(list[i].Tokens.Wei(), total.Wei())
		}
	}
}

type signingJSON struct {
	chain.Paged
	Info []struct {
		Address string `json:"address"`
		Start   string `json:"start_height"`
		Missed  string `json:"missed_blocks_counter"`
	} `json:"info"`
}

// addUptime completes what the slashing module knows; without it the list is
// good enough.
func addUptime(ctx context.Context, g chain.Getter, list []Validator) {
	var params struct {
		Params struct {
			Window string `json:"signed_blocks_window"`
		} `json:"params"`
	}
	window, height := int64(0), latest(ctx, g)
	if g.Get(ctx, "/cosmos/slashing/v1beta1/params", nil, &params) == nil {
		window, _ = strconv.ParseInt(params.Params.Window, 10, 64)
	}
	if window <= 0 || height <= 0 {
		return
	}
	byAddress := map[string]float64{}
	_ = chain.Pages(ctx, g, "/cosmos/slashing/v1beta1/signing_infos", url.Values{}, func(page *signingJSON) error {
		for _, i := range page.Info {
			start, _ := strconv.ParseInt(i.Start, 10, 64)
			missed, err := strconv.ParseInt(i.Missed, 10, 64)
			seen := min(window, height-start)
			if err == nil && seen > 0 {
				byAddress[i.Address] = max(0, 1-float64(missed)/float64(seen))
			}
		}
		return nil
	})
	for i, v := range list {
		if uptime, known := byAddress[v.consensus]; known {
			list[i].Uptime = uptime
		}
	}
}

func latest(ctx context.Context, g chain.Getter) int64 {
	var reply struct {
		Block struct {
			Header struct {
				Height string `json:"height"`
			} `json:"header"`
		} `json:"block"`
	}
	if g.Get(ctx, "/cosmos/base/tendermint/v1beta1/blocks/latest", nil, &reply) != nil {
		return 0
	}
	height, _ := strconv.ParseInt(reply.Block.Header.Height, 10, 64)
	return height
}

// fraction reads a decimal between 0 and 1; anything else is 0.
func fraction(text string) float64 {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f < 0 || f > 1 {
		return 0
	}
	return f
}

// ratio is a/b, or 0 when b is zero.
func ratio(a, b *big.Int) float64 {
	if b.Sign() == 0 {
		return 0
	}
	f, _ := new(big.Rat).SetFrac(a, b).Float64()
	return f
}
