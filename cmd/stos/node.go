package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) nodeCommand() *cobra.Command {
	return s.commandGroup("node", "Resource nodes of the wallet and what they earned",
		s.nodeList(), s.nodeAdd(), s.nodeRename(), s.nodeToken(), s.nodeForget(), s.nodeWatch(), s.nodeRewards(), s.nodeRegister(), s.nodeUpdate(), s.nodeDeposit(), s.nodeRemove(), s.nodeWithdraw())
}

func nodeText(n app.OwnNode) string {
	text := fmt.Sprintf("%s  %s  %s, deposit %s", n.Address, n.Name, n.State, stos(n.Deposit))
	if !n.Back.IsZero() {
		text += ", back on " + moment(n.Back)
	}
	return text
}

// moment is a time as people read it.
func moment(t time.Time) string { return t.Local().Format(time.DateTime) }

func rewardsText(r app.NodeRewards) []string {
	text := []string{"To take out now   " + stos(r.Mature), "Matures by itself " + stos(r.Immature)}
	for _, one := range r.Matures {
		line := "  " + stos(one.Amount) + " with the report of epoch " + fmt.Sprint(one.Epoch)
		if !one.At.IsZero() {
			line += ", about " + moment(one.At)
		}
		text = append(text, line)
	}
	if !r.MatureAll.IsZero() {
		text = append(text, "  all of it about "+moment(r.MatureAll))
	}
	if !r.Slashed.IsZero() {
		text = append(text, "Owed for failures "+stos(r.Slashed))
	}
	if !r.LastReport.IsZero() {
		text = append(text, "Last report       "+moment(r.LastReport)+", your nodes served "+ozone(r.LastTraffic))
	}
	return text
}

// nodeOrder is a command that does something with a node.
func (s *session) nodeOrder(t transaction, order func(args []string) app.NodeOrder) *cobra.Command {
	t.preview = func(ctx context.Context, a *app.App, args []string) (app.TxPreview, error) {
		return a.PreviewNode(ctx, order(args))
	}
	return s.transactionCommand(t)
}

// aboutFlags are what a node says about itself; those that were not given are
// nil.
func aboutFlags(about *app.NodeAbout) func(*cobra.Command) {
	return func(cmd *cobra.Command) {
		for name, flag := range map[string]struct {
			into **string
			help string
		}{
			"name": {&about.Name, "what people call it"}, "website": {&about.Website, "where people read more"},
			"contact": {&about.Contact, "where to report security problems"}, "details": {&about.Details, "a sentence about it"},
			"paid-to": {&about.PaidTo, "address or name that gets its rewards; the wallet if not given"},
		} {
			cmd.Flags().Func(name, flag.help, func(text string) error { *flag.into = &text; return nil })
		}
	}
}

func (s *session) nodeRegister() *cobra.Command {
	about := app.NodeAbout{}
	return s.nodeOrder(transaction{
		use: "register PUBLIC-KEY DEPOSIT --name NAME", short: "Register a node of yours with its deposit", done: "Registered.",
		args: exactly(2, "the node's public key and a deposit"), check: func(args []string) error { return checkAmount(args[1]) },
		flags: aboutFlags(&about),
	}, func(args []string) app.NodeOrder {
		return app.NodeOrder{Kind: app.NodeRegister, Node: args[0], Amount: args[1], About: about}
	})
}

func (s *session) nodeUpdate() *cobra.Command {
	about := app.NodeAbout{}
	return s.nodeOrder(transaction{
		use: "update NODE", short: "Change what a node says about itself, and who gets its rewards", done: "Changed.",
		args: exactly(1, "a node"), flags: aboutFlags(&about),
	}, func(args []string) app.NodeOrder {
		return app.NodeOrder{Kind: app.NodeUpdate, Node: args[0], About: about}
	})
}

func (s *session) nodeDeposit() *cobra.Command {
	return s.nodeOrder(transaction{
		use: "deposit NODE AMOUNT", short: "Add to the deposit of a node, or max for all of it", done: "Added.",
		args: exactly(2, "a node and an amount"), check: func(args []string) error { return checkSpend(args[1]) },
	}, func(args []string) app.NodeOrder {
		return app.NodeOrder{Kind: app.NodeDeposit, Node: args[0], Amount: args[1]}
	})
}

func (s *session) nodeRemove() *cobra.Command {
	return s.nodeOrder(transaction{
		use: "remove NODE", short: "Give a node up; its deposit comes back after the network's waiting time", done: "Given up.",
		args: exactly(1, "a node"),
	}, func(args []string) app.NodeOrder { return app.NodeOrder{Kind: app.NodeRemove, Node: args[0]} })
}

func (s *session) nodeWithdraw() *cobra.Command {
	var to string
	return s.transactionCommand(transaction{
		use: "withdraw AMOUNT", short: "Take out node rewards, or max for all that can be",
		args: exactly(1, "an amount"),
		flags: func(cmd *cobra.Command) {
			cmd.Flags().StringVar(&to, "to", "", "address or name that gets them; the wallet if not given")
		},
		check: func(args []string) error { return checkSpend(args[0]) },
		preview: func(ctx context.Context, a *app.App, args []string) (app.TxPreview, error) {
			return a.PreviewWithdraw(ctx, args[0], to)
		},
		done: "Taken out.",
	})
}
