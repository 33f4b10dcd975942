package node

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Rules are the chain's rules for nodes.
type Rules struct {
	Open       bool           // new nodes can be registered
	MinDeposit stratos.Amount // of a new node
	Threshold  time.Duration  // age before which a node's deposit stays longer
	Completion time.Duration  // from giving up until the deposit is back
}

// Back tells when the deposit of a node given up at now would be back.
func (r Rules) Back(created, now time.Time) time.Time {
	if young := created.Add(r.Threshold); now.Before(young) {
		now = young
	}
	return now.Add(r.Completion)
}

// ReadRules reads the rules.
func ReadRules(ctx context.Context, g chain.Getter) (Rules, error) {
	var reply struct {
		Params struct {
			Threshold  string     `json:"unbonding_threashold_time"` // as the chain spells it
			Completion string     `json:"unbonding_completion_time"`
			Open       bool       `json:"resource_node_reg_enabled"`
			MinDeposit chain.Coin `json:"resource_node_min_deposit"`
		} `json:"params"`
	}
	if err := g.Get(ctx, "/stratos/register/v1/params", nil, &reply); err != nil {
		return Rules{}, fmt.Errorf("read rules of nodes: %w", err)
	}
	p := reply.Params
	deposit, err1 := chain.Coins{p.MinDeposit}.Wei()
	threshold, err2 := time.ParseDuration(p.Threshold)
	completion, err3 := time.ParseDuration(p.Completion)
	if err := errors.Join(err1, err2, err3); err != nil {
		return Rules{}, fmt.Errorf("read rules of nodes: %w", err)
	}
	return Rules{p.Open, deposit, threshold, completion}, nil
}
