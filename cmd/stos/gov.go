package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func (s *session) govCommand() *cobra.Command {
	return s.commandGroup("gov", "What stakers vote on", s.govList(), s.govShow(), s.govVote(), s.govDeposit(), s.govPropose())
}

func (s *session) govList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the proposals, the newest first", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			list, err := a.Proposals(cmd.Context())
			if err != nil {
				return err
			}
			text := []string{}
			for _, p := range list {
				text = append(text, fmt.Sprintf("%d  %s: %s, yes %.0f %%, no %.0f %%, veto %.0f %%, abstain %.0f %%", p.ID, p.State, p.Title, p.Yes, p.No, p.Veto, p.Abstain))
			}
			if len(list) == 0 {
				text = []string{"There are no proposals."}
			}
			return s.print(map[string]any{"proposals": nonNil(list)}, text...)
		},
	}
}

func (s *session) govShow() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Show one proposal in full: text, tally, deposit and times", Args: exactly(1, "the number of a proposal"),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := proposalID(args[0])
			if err != nil {
				return err
			}
			a, err := s.open()
			if err != nil {
				return err
			}
			p, err := a.Proposal(cmd.Context(), id)
			if err != nil {
				return err
			}
			return s.print(p, proposalText(p)...)
		},
	}
}

func proposalText(p app.Proposal) []string {
	text := []string{fmt.Sprintf("%d  %s", p.ID, p.Title), p.Summary, ""}
	for _, line := range []struct{ label, value string }{
		{"More", p.Link},
		{"Proposed by", p.Proposer},
		{"Carries out", strings.Join(p.Does, ", ")},
		{"State", p.State},
		{"Ends", when(p.Ends)},
		{"Deposit", stos(p.Deposit) + " of " + stos(p.Required)},
		{"Tally", fmt.Sprintf("yes %.1f %%, no %.1f %%, veto %.1f %%, abstain %.1f %%", p.Yes, p.No, p.Veto, p.Abstain)},
		{"Turnout", fmt.Sprintf("%.1f %% of all stake, needed %.1f %%", p.Turnout, p.Quorum)},
		{"Your vote", p.MyVote},
		{"Your deposit", nothingIfZero(p.MyDeposit)},
		{"", p.Refund.String()},
	} {
		if line.value != "" {
			text = append(text, fmt.Sprintf("%-12s  %s", line.label, line.value))
		}
	}
	return text
}

// when is a time as people read it, "" for none.
func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return moment(t)
}

func nothingIfZero(a stratos.Amount) string {
	if a.IsZero() {
		return ""
	}
	return stos(a)
}

func proposalID(text string) (uint64, error) {
	id, err := strconv.ParseUint(text, 10, 64)
	if err != nil || id == 0 {
		return 0, fault.Wrong(err, "%q is not the number of a proposal. See: stos gov list", text)
	}
	return id, nil
}

func checkProposal(args []string) error {
	_, err := proposalID(args[0])
	return err
}

func (s *session) govVote() *cobra.Command {
	return s.transactionCommand(transaction{
		use: "vote ID yes|no|veto|abstain|PARTS", short: "Vote on a proposal, whole or in parts such as yes=60,no=40; the last vote counts",
		args: exactly(2, "a proposal and an answer"), check: checkProposal, done: "Voted.",
		preview: func(ctx context.Context, a *app.App, args []string) (app.TxPreview, error) {
			id, err := proposalID(args[0])
			if err != nil {
				return app.TxPreview{}, err
			}
			return a.PreviewVote(ctx, id, args[1])
		},
	})
}

func (s *session) govDeposit() *cobra.Command {
	return s.transactionCommand(transaction{
		use: "deposit ID AMOUNT|max", short: "Add to the deposit that brings a proposal to a vote, or what is missing",
		args: exactly(2, "a proposal and an amount"), check: checkProposal, done: "Deposited.",
		preview: func(ctx context.Context, a *app.App, args []string) (app.TxPreview, error) {
			id, err := proposalID(args[0])
			if err != nil {
				return app.TxPreview{}, err
			}
			return a.PreviewDeposit(ctx, id, args[1])
		},
	})
}

func (s *session) govPropose() *cobra.Command {
	var title, summary, link, deposit string
	return s.transactionCommand(transaction{
		use: "propose", short: "Ask all stakers a question; it changes nothing by itself",
		args: exactly(0, "no arguments"), done: "Proposed.",
		flags: func(cmd *cobra.Command) {
			cmd.Flags().StringVar(&title, "title", "", "what it is about")
			cmd.Flags().StringVar(&summary, "summary", "", "the question in full")
			cmd.Flags().StringVar(&link, "link", "", "where people can read more")
			cmd.Flags().StringVar(&deposit, "deposit", "", "what to put in, or max for what opens the vote; others can add to it")
		},
		preview: func(ctx context.Context, a *app.App, _ []string) (app.TxPreview, error) {
			return a.PreviewProposal(ctx, title, summary, link, deposit)
		},
	})
}
