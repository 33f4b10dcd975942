package node

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// basisPoints is the whole of what pools are divided by.
const basisPoints = 10_000

// EpochPool reads what all storage nodes together got for an epoch, in wei: their
// part of what was mined and of what traffic brought, less the tax on that. The
// last wei may be missing. It is zero for an epoch without a report.
func EpochPool(ctx context.Context, g chain.Getter, epoch int64) (stratos.Amount, error) {
	var reply struct {
		Total struct {
			Mining  chain.Coins `json:"mining_reward"`
			Traffic chain.Coins `json:"traffic_reward"`
		} `json:"total_reward"`
	}
	if err := g.Get(ctx, "/stratos/pot/v1/total_reward/"+strconv.FormatInt(epoch, 10), nil, &reply); err != nil {
		return stratos.Amount{}, fmt.Errorf("read what an epoch paid: %w", err)
	}
	mining, err1 := reply.Total.Mining.Wei()
	traffic, err2 := reply.Total.Traffic.Wei()
	share, left, err3 := nodeShare(ctx, g)
	if err := errors.Join(err1, err2, err3); err != nil {
		return stratos.Amount{}, fmt.Errorf("read what an epoch paid: %w", err)
	}
	sum := new(big.Rat).SetInt(mining.Wei())
	sum.Add(sum, new(big.Rat).Mul(new(big.Rat).SetInt(traffic.Wei()), left))
	sum.Mul(sum, share)
	return stratos.NewAmount(new(big.Int).Quo(sum.Num(), sum.Denom())), nil
}

// nodeShare reads the part of the pools that storage nodes get at the present
// stage of mining, and what the tax leaves of the traffic.
func nodeShare(ctx context.Context, g chain.Getter) (share, left *big.Rat, err error) {
	var rules struct {
		Params struct {
			Stages []struct {
				End   chain.Coin `json:"total_mined_valve_end"`
				Share string     `json:"resource_node_percentage_in_bp"`
			} `json:"mining_reward_params"`
			Tax string `json:"community_tax"`
		} `json:"params"`
	}
	var mined struct {
		Total chain.Coin `json:"total_mined_token"`
	}
	if err := errors.Join(g.Get(ctx, "/stratos/pot/v1/params", nil, &rules), g.Get(ctx, "/stratos/pot/v1/total_mined_token", nil, &mined)); err != nil {
		return nil, nil, err
	}
	so, err := chain.Coins{mined.Total}.Wei()
	tax, ok := new(big.Rat).SetString(rules.Params.Tax)
	if err != nil || !ok || len(rules.Params.Stages) == 0 {
		return nil, nil, errors.Join(err, errors.New("rules of rewards make no sense"))
	}
	stage := rules.Params.Stages[len(rules.Params.Stages)-1]
	for _, s := range rules.Params.Stages {
		if end, err := (chain.Coins{s.End}).Wei(); err == nil && so.Cmp(end) <= 0 {
			stage = s
			break
		}
	}
	points, err := strconv.ParseInt(stage.Share, 10, 64)
	return big.NewRat(points, basisPoints), tax.Sub(big.NewRat(1, 1), tax), err
}

// Expected is the part of an epoch's pool that a node's own traffic stands for:
// pool * own / all, both in noz, in whole wei.
func Expected(pool stratos.Amount, own, all *big.Int) stratos.Amount {
	if all == nil || all.Sign() <= 0 || own.Sign() <= 0 {
		return stratos.Amount{}
	}
	wei := new(big.Int).Mul(pool.Wei(), own)
	return stratos.NewAmount(wei.Quo(wei, all))
}

// EpochReward is what a wallet got for an epoch, as long as it is not mature: the
// chain forgets it then, and known is false.
func EpochReward(ctx context.Context, g chain.Getter, wallet stratos.Address, epoch int64) (reward stratos.Amount, known bool, err error) {
	reward, err = earned(ctx, g, wallet, epoch)
	return reward, err == nil && !reward.IsZero(), err
}
