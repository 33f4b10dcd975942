package gov

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Rules are the chain's rules of governance.
type Rules struct {
	MinDeposit    stratos.Amount // opens the vote
	DepositPeriod time.Duration
	VotingPeriod  time.Duration
	Quorum        float64 // of all stake that must vote
	Threshold     float64 // of yes among yes and no
	Veto          float64 // of veto that rejects

	BurnsVetoed   bool // the deposit of a vetoed proposal is lost
	BurnsUnvoted  bool // so is that of one that too few voted on
	BurnsUnfilled bool // so is a deposit that never got complete
}

// ReadRules reads the rules.
func ReadRules(ctx context.Context, g chain.Getter) (Rules, error) {
	var reply struct {
		Params struct {
			MinDeposit    chain.Coins `json:"min_deposit"`
			DepositPeriod string      `json:"max_deposit_period"`
			VotingPeriod  string      `json:"voting_period"`
			Quorum        string      `json:"quorum"`
			Threshold     string      `json:"threshold"`
			Veto          string      `json:"veto_threshold"`
			BurnsVetoed   bool        `json:"burn_vote_veto"`
			BurnsUnvoted  bool        `json:"burn_vote_quorum"`
			BurnsUnfilled bool        `json:"burn_proposal_deposit_prevote"`
		} `json:"params"`
	}
	if err := g.Get(ctx, "/cosmos/gov/v1/params/voting", nil, &reply); err != nil {
		return Rules{}, fmt.Errorf("read rules of votes: %w", err)
	}
	p := reply.Params
	deposit, err1 := p.MinDeposit.Wei()
	depositing, err2 := time.ParseDuration(p.DepositPeriod)
	voting, err3 := time.ParseDuration(p.VotingPeriod)
	quorum, err4 := strconv.ParseFloat(p.Quorum, 64)
	threshold, err5 := strconv.ParseFloat(p.Threshold, 64)
	veto, err6 := strconv.ParseFloat(p.Veto, 64)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		return Rules{}, fmt.Errorf("read rules of votes: %w", err)
	}
	return Rules{deposit, depositing, voting, quorum, threshold, veto, p.BurnsVetoed, p.BurnsUnvoted, p.BurnsUnfilled}, nil
}
