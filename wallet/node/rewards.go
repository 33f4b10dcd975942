package node

import (
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Rewards is what traffic earned for a wallet.
type Rewards struct {
	Mature   stratos.Amount // can be withdrawn now
	Immature stratos.Amount // becomes mature by itself
	Slashed  stratos.Amount // debt that is taken off what matures
}

// ReadRewards reads the rewards and the debt of a wallet.
func ReadRewards(ctx context.Context, g chain.Getter, wallet stratos.Address) (Rewards, error) {
	var reply struct {
		Rewards struct {
			Mature   chain.Coins `json:"mature_total_reward"`
			Immature chain.Coins `json:"immature_total_reward"`
		} `json:"rewards"`
	}
	if err := g.Get(ctx, "/stratos/pot/v1/rewards/wallet/"+wallet.String(), nil, &reply); err != nil && !chain.Answered(err) {
		return Rewards{}, fmt.Errorf("read node rewards: %w", err)
	}
	mature, err1 := reply.Rewards.Mature.Wei()
	immature, err2 := reply.Rewards.Immature.Wei()
	slashed, err3 := Slashed(ctx, g, wallet)
	if err := errors.Join(err1, err2, err3); err != nil {
		return Rewards{}, fmt.Errorf("read node rewards: %w", err)
	}
	return Rewards{mature, immature, slashed}, nil
}

// Slashed reads what a wallet owes for failures of its nodes.
func Slashed(ctx context.Context, g chain.Getter, wallet stratos.Address) (stratos.Amount, error) {
	var reply struct {
		Slashing string `json:"slashing"`
	}
	if err := g.Get(ctx, "/stratos/pot/v1/slashing/"+wallet.String(), nil, &reply); err != nil && !chain.Answered(err) {
		return stratos.Amount{}, fmt.Errorf("read slashing debt: %w", err)
	}
	if reply.Slashing == "" {
		return stratos.Amount{}, nil
	}
	return stratos.ParseWei(reply.Slashing)
}
