package app

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/gov"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// Proposals lists what stakers are asked, the newest first, with the wallet's
// votes on those that are open.
func (a *App) Proposals(ctx context.Context) ([]Proposal, error) {
	c, info, err := a.viewer()
	if err != nil {
		return nil, err
	}
	var list []gov.Proposal
	var rules gov.Rules
	group, gctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) { list, err = gov.Proposals(gctx, c); return })
	group.Go(func() (err error) { rules, err = gov.ReadRules(gctx, c); return })
	if err := group.Wait(); err != nil {
		return nil, err
	}
	proposals := make([]Proposal, len(list))
	for i, p := range list {
		proposals[i] = proposal(p, rules)
		if p.State != gov.Voting {
			continue
		}
		if proposals[i].MyVote, err = myVote(ctx, c, p.ID, info.Address); err != nil {
			return nil, err
		}
	}
	return proposals, nil
}

func proposal(p gov.Proposal, rules gov.Rules) Proposal {
	parts := p.Tally.Parts()
	return Proposal{
		ID: p.ID, Title: p.Title, Summary: p.Summary, State: string(p.State), Ends: p.Ends,
		Yes: percent(parts[message.Yes]), No: percent(parts[message.No]),
		Veto: percent(parts[message.Veto]), Abstain: percent(parts[message.Abstain]),
		Deposit: p.Deposit, Required: rules.MinDeposit,
	}
}

// myVote is the answer that got most of the wallet's vote, or "".
func myVote(ctx context.Context, c *chain.Client, id uint64, self stratos.Address) (string, error) {
	shares, err := gov.Vote(ctx, c, id, self)
	if err != nil {
		return "", err
	}
	var most message.Share
	for _, s := range shares {
		if s.BasisPoints > most.BasisPoints {
			most = s
		}
	}
	return most.Option.String(), nil
}
