package chain

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"slices"

	abci "github.com/cometbft/cometbft/abci/types"
	cryptoproto "github.com/cometbft/cometbft/proto/tendermint/crypto"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// othersShare is the part of the home validator's weight that all others
// together may have at most: 1/99, so that they are at most 1 % of the whole.
const othersShare = 99

// weight is one validator's say in consensus.
type weight struct {
	key  cryptoproto.PublicKey
	home bool
	// power is what its stake would give it.
	power int64
	// counts is what it gets.
	counts int64
}

// weights returns the say of every validator, by operator address.
//
// Only the home validator is run by anyone. If stake alone decided, people
// could delegate more than a third of it to a validator that never signs, and
// the chain would stand still for ever. So stake moves rewards and votes, and
// consensus takes it into account up to [othersShare].
func (b *blocks) weights(ctx context.Context) (map[string]weight, error) {
	all := map[string]weight{}
	var failed error
	err := b.app.staking.IterateLastValidatorPowers(ctx, func(operator sdk.ValAddress, power int64) bool {
		var w weight
		w, failed = b.weightOf(ctx, operator, power)
		all[string(operator)] = w
		return failed != nil
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return nil, fmt.Errorf("weigh the validators: %w", err)
	}
	capOthers(all)
	return all, nil
}

func (b *blocks) weightOf(ctx context.Context, operator sdk.ValAddress, power int64) (weight, error) {
	validator, err := b.app.staking.GetValidator(ctx, operator)
	if err != nil {
		return weight{}, err
	}
	key, err := validator.CmtConsPublicKey()
	if err != nil {
		return weight{}, err
	}
	address, err := validator.GetConsAddr()
	return weight{key: key, home: bytes.Equal(address, b.home), power: power, counts: power}, err
}

// capOthers scales the other validators down to their share of the home
// validator's weight, each to at least 1.
func capOthers(all map[string]weight) {
	var home, others int64
	for _, w := range all {
		if w.home {
			home += w.power
		} else {
			others += w.power
		}
	}
	allowed := home / othersShare
	if home == 0 || others <= allowed {
		return
	}
	for operator, w := range all {
		if !w.home {
			w.counts = max(1, mulDiv(w.power, allowed, others))
			all[operator] = w
		}
	}
}

func mulDiv(a, b, c int64) int64 {
	product := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
	return product.Quo(product, big.NewInt(c)).Int64()
}

// weightChanges returns what consensus must be told, in a fixed order.
func weightChanges(before, after map[string]weight) []abci.ValidatorUpdate {
	var changes []abci.ValidatorUpdate
	for operator, w := range after {
		if old, known := before[operator]; !known || old.counts != w.counts {
			changes = append(changes, abci.ValidatorUpdate{PubKey: w.key, Power: w.counts})
		}
	}
	for operator, w := range before {
		if _, still := after[operator]; !still {
			changes = append(changes, abci.ValidatorUpdate{PubKey: w.key})
		}
	}
	slices.SortFunc(changes, func(a, b abci.ValidatorUpdate) int {
		return bytes.Compare(a.PubKey.GetEd25519(), b.PubKey.GetEd25519())
	})
	return changes
}
