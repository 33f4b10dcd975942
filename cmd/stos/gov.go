package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func (s *session) govCommand() *cobra.Command {
	return s.commandGroup("gov", "What stakers vote on", s.govList(), s.govVote(), s.govDeposit(), s.govPropose())
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
		use: "vote ID yes|no|veto|abstain", short: "Vote on a proposal; the last vote counts",
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
		use: "deposit ID AMOUNT", short: "Add to the deposit that brings a proposal to a vote",
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
			cmd.Flags().StringVar(&deposit, "deposit", "", "what to put in; others can add to it")
		},
		preview: func(ctx context.Context, a *app.App, _ []string) (app.TxPreview, error) {
			return a.PreviewProposal(ctx, title, summary, link, deposit)
		},
	})
}
