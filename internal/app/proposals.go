package app

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/gov"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// Proposals lists what stakers are asked, the newest first, with the wallet's
// votes and deposits on those that are open.
func (a *App) Proposals(ctx context.Context) ([]Proposal, error) {
	c, info, err := a.viewer()
	if err != nil {
		return nil, err
	}
	var list []gov.Proposal
	v := viewer{chain: c, self: info.Address}
	group, gctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) { list, err = gov.Proposals(gctx, c); return })
	group.Go(func() error { return v.read(gctx) })
	if err := group.Wait(); err != nil {
		return nil, err
	}
	proposals := make([]Proposal, len(list))
	for i, p := range list {
		if proposals[i], err = v.proposal(ctx, p); err != nil {
			return nil, err
		}
	}
	return proposals, nil
}

// Proposal reads one proposal.
func (a *App) Proposal(ctx context.Context, id uint64) (Proposal, error) {
	c, info, err := a.viewer()
	if err != nil {
		return Proposal{}, err
	}
	v := viewer{chain: c, self: info.Address}
	p, err := gov.Read(ctx, c, id)
	if err == nil {
		err = v.read(ctx)
	}
	if err != nil {
		return Proposal{}, explainProposal(err, id)
	}
	return v.proposal(ctx, p)
}

// viewer looks at proposals for one account.
type viewer struct {
	chain *chain.Client
	self  stratos.Address
	rules gov.Rules
	all   stratos.Amount // staked by everybody
}

func (v *viewer) read(ctx context.Context) error {
	var staked stake.Rules
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) { v.rules, err = gov.ReadRules(ctx, v.chain); return })
	group.Go(func() (err error) { staked, err = stake.ReadRules(ctx, v.chain); return })
	err := group.Wait()
	v.all = staked.Bonded
	return err
}

func (v *viewer) proposal(ctx context.Context, p gov.Proposal) (Proposal, error) {
	parts := p.Tally.Parts()
	out := Proposal{
		ID: p.ID, Title: p.Title, Summary: p.Summary, Link: p.Metadata, Proposer: p.Proposer, Does: doing(p.Types),
		State: string(p.State), Submitted: p.Submitted, VoteBegan: p.VoteBegan, Ends: p.Ends,
		Yes: percent(parts[message.Yes]), No: percent(parts[message.No]),
		Veto: percent(parts[message.Veto]), Abstain: percent(parts[message.Abstain]),
		Turnout: percent(p.Tally.Turnout(v.all)), Quorum: percent(v.rules.Quorum),
		Deposit: p.Deposit, Required: v.rules.MinDeposit, Refund: v.refund(p),
	}
	if p.State != gov.Voting && p.State != gov.Depositing {
		return out, nil
	}
	shares, err := gov.Vote(ctx, v.chain, p.ID, v.self)
	if err != nil {
		return out, err
	}
	out.MyVote = gov.FormatVote(shares)
	out.MyDeposit, err = gov.Deposited(ctx, v.chain, p.ID, v.self)
	return out, err
}

// doing names what a proposal carries out when it passes; nothing for one of
// words only.
func doing(types []string) []string {
	names := make([]string, len(types))
	for i, t := range types {
		t = strings.TrimPrefix(t, "/")
		room, name := t, ""
		if at := strings.LastIndex(t, "."); at >= 0 {
			room, name = t[:at], t[at+1:]
		}
		names[i] = fmt.Sprintf("%s (%s)", strings.TrimPrefix(name, "Msg"), room)
	}
	return names
}

// refund says what becomes of the deposit.
func (v *viewer) refund(p gov.Proposal) fault.Words {
	switch {
	case p.State == gov.Depositing && v.rules.BurnsUnfilled:
		return fault.Tell("The deposit is lost unless it is complete in time.")
	case p.State == gov.Depositing:
		return fault.Tell("If the deposit is not complete in time, the proposal is dropped and everybody gets his part back.")
	case p.State != gov.Voting:
		return fault.Words{}
	}
	veto, quorum := fault.Percent(percent(v.rules.Veto)), fault.Percent(percent(v.rules.Quorum))
	switch {
	case v.rules.BurnsVetoed && v.rules.BurnsUnvoted:
		return fault.Tell("The deposit comes back when the vote ends, unless more than %s vote veto or fewer than %s of all stake vote.", veto, quorum)
	case v.rules.BurnsVetoed:
		return fault.Tell("The deposit comes back when the vote ends, unless more than %s vote veto.", veto)
	case v.rules.BurnsUnvoted:
		return fault.Tell("The deposit comes back when the vote ends, unless fewer than %s of all stake vote.", quorum)
	}
	return fault.Tell("The deposit comes back when the vote ends.")
}
