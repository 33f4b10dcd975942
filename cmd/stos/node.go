package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) nodeCommand() *cobra.Command {
	return s.commandGroup("node", "Resource nodes of the wallet and what they earned", s.nodeList(), s.nodeWithdraw())
}

func (s *session) nodeList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the nodes of the wallet and its node rewards", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			nodes, rewards, err := a.OwnNodes(cmd.Context())
			if err != nil {
				return err
			}
			var text []string
			for _, n := range nodes {
				text = append(text, fmt.Sprintf("%s  %s  %s, deposit %s", n.Address, n.Name, n.State, stos(n.Deposit)))
			}
			text = append(text, "Rewards to take out  "+stos(rewards.Mature), "Rewards to come      "+stos(rewards.Immature))
			if !rewards.Slashed.IsZero() {
				text = append(text, "Owed for failures    "+stos(rewards.Slashed))
			}
			return s.print(map[string]any{"nodes": nonNil(nodes), "rewards": rewards}, text...)
		},
	}
}

func (s *session) nodeWithdraw() *cobra.Command {
	var to string
	return s.transactionCommand(transaction{
		use: "withdraw AMOUNT", short: "Take out node rewards, or max for all that can be",
		args: exactly(1, "an amount"),
		flags: func(cmd *cobra.Command) {
			cmd.Flags().StringVar(&to, "to", "", "address that gets them; the wallet if not given")
		},
		check: func(args []string) error { return checkSpend(args[0]) },
		preview: func(ctx context.Context, a *app.App, args []string) (app.TxPreview, error) {
			return a.PreviewWithdraw(ctx, args[0], to)
		},
		done: "Taken out.",
	})
}
