package app

import (
	"context"
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/gov"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// PreviewVote simulates a vote on a proposal: "yes", "no", "veto", "abstain", or
// its parts in percent such as "yes=60,no=40". Nothing is signed or sent.
func (a *App) PreviewVote(ctx context.Context, id uint64, vote string) (TxPreview, error) {
	shares, err := gov.ParseVote(vote)
	if err != nil {
		return TxPreview{}, err
	}
	c, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	p, err := gov.Read(ctx, c, id)
	if err != nil {
		return TxPreview{}, explainProposal(err, id)
	}
	if p.State != gov.Voting {
		return TxPreview{}, fault.Wrong(nil, "Proposal %d is not open for votes. Nothing was sent.", id)
	}
	o := order{message: message.Vote{Voter: info.Address, Proposal: id, Option: shares[0].Option}}
	if len(shares) > 1 || shares[0].BasisPoints != 10_000 {
		o.message = message.WeightedVote{Voter: info.Address, Proposal: id, Shares: shares}
	}
	if o.warnings, err = a.votingPower(ctx, c, info.Address); err != nil {
		return TxPreview{}, err
	}
	answer := voteWords(shares)
	o.title = said("Vote %s on proposal %d", answer, id)
	o.lines = told(PreviewLine{"Proposal", fault.Value(p.Title)}, PreviewLine{"Your vote", fault.Value(answer)})
	return a.preview(ctx, o)
}

// voteWords is a vote as people read it: "yes", or "yes 60 %, no 40 %".
func voteWords(shares []message.Share) (answer fault.Choice) {
	for _, s := range shares {
		if s.BasisPoints == 10_000 {
			answer = append(answer, optionWord(s.Option))
			continue
		}
		answer = append(answer, fault.Tell("%s %s", optionWord(s.Option), fault.Percent(float64(s.BasisPoints)/100)))
	}
	return answer
}

func optionWord(o message.Option) fault.Words {
	switch o {
	case message.Yes:
		return fault.Tell("yes")
	case message.No:
		return fault.Tell("no")
	case message.Veto:
		return fault.Tell("veto")
	case message.Abstain:
		return fault.Tell("abstain")
	}
	return fault.Value(o.String())
}

// votingPower warns those whose vote counts nothing.
func (a *App) votingPower(ctx context.Context, c *chain.Client, self stratos.Address) ([]fault.Words, error) {
	staked, err := stake.Delegations(ctx, c, self)
	if err != nil || len(staked) > 0 {
		return nil, err
	}
	return []fault.Words{fault.Tell("A vote counts as much as you have staked, and you have nothing staked.")}, nil
}

func explainProposal(err error, id uint64) error {
	if errors.Is(err, chain.ErrNotFound) {
		return fault.Wrong(err, "There is no proposal %d on this network. One that did not get its deposit in time is dropped.", id)
	}
	return err
}

// PreviewDeposit simulates adding to the deposit that brings a proposal to a
// vote: an amount, or "max" for what is missing. Nothing is signed or sent.
func (a *App) PreviewDeposit(ctx context.Context, id uint64, amount string) (TxPreview, error) {
	p, err := a.Proposal(ctx, id)
	if err != nil {
		return TxPreview{}, err
	}
	missing, _ := p.Required.Sub(p.Deposit)
	value := missing
	switch {
	case p.State != string(gov.Depositing) && p.State != string(gov.Voting):
		return TxPreview{}, fault.Wrong(nil, "Proposal %d is decided and takes no deposit. Nothing was sent.", id)
	case isEverything(amount) && missing.IsZero():
		return TxPreview{}, fault.Wrong(nil, "The deposit of proposal %d is complete. Nothing was sent.", id)
	case !isEverything(amount):
		if value, err = amountOf(amount); err != nil {
			return TxPreview{}, err
		}
	}
	_, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	return a.preview(ctx, order{
		message: message.Deposit{Depositor: info.Address, Proposal: id, Amount: value},
		title:   said("Deposit %s for proposal %d", stos(value), id),
		lines: told(PreviewLine{"Proposal", fault.Value(p.Title)}, PreviewLine{"Deposit", coins(value)},
			PreviewLine{"Needed in all", coins(p.Required)}, PreviewLine{"There already", coins(p.Deposit)}),
		warnings: []fault.Words{p.Refund},
	})
}

// said and told are the title and the lines of an order that do not depend on
// its simulation.
func said(format string, args ...any) func(chain.Preview) fault.Words {
	return func(chain.Preview) fault.Words { return fault.Tell(format, args...) }
}

func told(lines ...PreviewLine) func(chain.Preview) []PreviewLine {
	return func(chain.Preview) []PreviewLine { return lines }
}

// PreviewProposal simulates asking all stakers a question. It needs a title, a
// summary and a link; the deposit may be empty, and "max" is all that opens the
// vote. Nothing is signed or sent.
func (a *App) PreviewProposal(ctx context.Context, title, summary, link, deposit string) (TxPreview, error) {
	c, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	rules, err := gov.ReadRules(ctx, c)
	if err != nil {
		return TxPreview{}, err
	}
	value := stratos.Amount{}
	switch {
	case isEverything(deposit):
		value = rules.MinDeposit
	case deposit != "":
		if value, err = amountOf(deposit); err != nil {
			return TxPreview{}, err
		}
	}
	v := viewer{rules: rules}
	return a.preview(ctx, order{
		message: message.Propose{Proposer: info.Address, Title: title, Summary: summary, Metadata: link, Deposit: value},
		title:   said("Propose: %s", title),
		lines: told(PreviewLine{"Question", fault.Value(summary)}, PreviewLine{"Deposit", coins(value)}, PreviewLine{"Needed in all", coins(rules.MinDeposit)},
			PreviewLine{"Time to complete it", lasting(rules.DepositPeriod)}, PreviewLine{"Then voted on for", lasting(rules.VotingPeriod)}),
		warnings: []fault.Words{v.refund(gov.Proposal{State: gov.Voting}), v.refund(gov.Proposal{State: gov.Depositing})},
	})
}
