package app

import (
	"context"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// PreviewVote simulates a vote on a proposal: "yes", "no", "veto" or
// "abstain". Nothing is signed or sent.
func (a *App) PreviewVote(ctx context.Context, id uint64, option string) (TxPreview, error) {
	choice, err := message.ParseOption(option)
	if err != nil {
		return TxPreview{}, err
	}
	_, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	return a.preview(ctx, order{
		message: message.Vote{Voter: info.Address, Proposal: id, Option: choice},
		title:   said(fmt.Sprintf("Vote %s on proposal %d", choice, id)),
		lines:   told(PreviewLine{"Proposal", fmt.Sprint(id)}, PreviewLine{"Your vote", choice.String()}),
	})
}

// PreviewDeposit simulates adding to the deposit that brings a proposal to a
// vote. Nothing is signed or sent.
func (a *App) PreviewDeposit(ctx context.Context, id uint64, amount string) (TxPreview, error) {
	value, err := amountOf(amount)
	if err != nil {
		return TxPreview{}, err
	}
	_, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	return a.preview(ctx, order{
		message:  message.Deposit{Depositor: info.Address, Proposal: id, Amount: value},
		title:    said(fmt.Sprintf("Deposit %s for proposal %d", stos(value), id)),
		lines:    told(PreviewLine{"Proposal", fmt.Sprint(id)}, PreviewLine{"Deposit", stos(value)}),
		warnings: []string{"The deposit comes back after the vote, unless the proposal is vetoed or never gets to a vote."},
	})
}

// said and told are the title and the lines of an order that do not depend on
// its simulation.
func said(title string) func(chain.Preview) string {
	return func(chain.Preview) string { return title }
}

func told(lines ...PreviewLine) func(chain.Preview) []PreviewLine {
	return func(chain.Preview) []PreviewLine { return lines }
}

// PreviewProposal simulates asking all stakers a question. It needs a title, a
// summary and a link; the deposit may be empty. Nothing is signed or sent.
func (a *App) PreviewProposal(ctx context.Context, title, summary, link, deposit string) (TxPreview, error) {
	value := stratos.Amount{}
	if deposit != "" {
		var err error
		if value, err = amountOf(deposit); err != nil {
			return TxPreview{}, err
		}
	}
	_, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	return a.preview(ctx, order{
		message:  message.Propose{Proposer: info.Address, Title: title, Summary: summary, Metadata: link, Deposit: value},
		title:    said("Propose: " + title),
		lines:    told(PreviewLine{"Question", summary}, PreviewLine{"Deposit", stos(value)}),
		warnings: []string{"A deposit is lost when the proposal is vetoed."},
	})
}
