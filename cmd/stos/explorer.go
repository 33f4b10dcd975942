package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) explorerCommand() *cobra.Command {
	group := s.commandGroup("explorer", "What anybody may know of the chain: blocks, transactions, accounts, proposals, files, reports of traffic",
		s.explorerSearch(), s.explorerList())
	for _, c := range []struct{ kind, what, short string }{
		{"block", "N|latest", "Show a block and its transactions"},
		{"tx", "HASH", "Show a transaction in plain words"},
		{"account", "ADDR", "Show what an account owns, earned and did"},
		{"validator", "ADDR", "Show a validator"},
		{"node", "ADDR", "Show what the chain knows of a storage node"},
		{"proposal", "N", "Show a proposal and how its votes stand"},
		{"report", "EPOCH|latest", "Show a report of traffic and what it paid"},
		{"file", "HASH", "Show what the chain knows of a stored file"},
	} {
		group.AddCommand(s.explorerShow(c.kind, c.what, c.short))
	}
	return group
}

func (s *session) explorerShow(kind, what, short string) *cobra.Command {
	return &cobra.Command{
		Use: kind + " " + what, Short: short, Args: exactly(1, "one name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.printItem(cmd.Context(), app.Item{Kind: kind, ID: args[0]})
		},
	}
}

func (s *session) printItem(ctx context.Context, item app.Item) error {
	a, err := s.open()
	if err != nil {
		return err
	}
	v, err := a.Explore(ctx, item)
	if err != nil {
		return err
	}
	return s.print(v, itemText(v)...)
}

func (s *session) explorerSearch() *cobra.Command {
	return &cobra.Command{
		Use: "search WORDS", Short: "Find a block, a transaction, an account or a file by its name, and proposals and validators by words",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			found, err := a.ExplorerSearch(cmd.Context(), strings.Join(args, " "))
			if err != nil {
				return err
			}
			text := linesText(found)
			if len(found) == 0 {
				text = []string{"Nothing was found."}
			}
			return s.print(map[string]any{"found": found}, text...)
		},
	}
}

func (s *session) explorerList() *cobra.Command {
	return &cobra.Command{
		Use: "list blocks|files|reports|rewards|proposals", Short: "List the newest of them", Args: exactly(1, "what to list"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			list, err := a.ExplorerList(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			text := linesText(list)
			if len(list) == 0 {
				text = []string{"There are none yet."}
			}
			return s.print(map[string]any{"lines": nonNil(list)}, text...)
		},
	}
}

// itemText says all facts of a thing, a line for each.
func itemText(v app.ItemView) []string {
	title := v.Words
	if v.Failed {
		title += " (failed)"
	}
	text := append([]string{title}, factsText("", v.Facts)...)
	for _, g := range v.Groups {
		text = append(text, "", g.Words)
		text = append(text, factsText("  ", g.Facts)...)
	}
	if len(v.Lines) > 0 {
		text = append(text, "", fmt.Sprintf("Transactions: %d", v.Total))
		text = append(text, linesText(v.Lines)...)
	}
	for _, line := range []string{v.Problem, v.Public} {
		if line != "" {
			text = append(text, "", line)
		}
	}
	return text
}

func factsText(indent string, facts []app.Fact) []string {
	text := make([]string, len(facts))
	for i, f := range facts {
		text[i] = indent + fmt.Sprintf("%-22s  ", f.Name) + factText(f)
	}
	return text
}

func factText(f app.Fact) string {
	parts := []string{}
	for _, part := range []struct {
		there bool
		text  func() string
	}{
		{f.Text != "", func() string { return oneLine(f.Text) }},
		{f.Amount != nil, func() string { return stos(*f.Amount) }},
		{f.Noz != "", func() string { return ozone(f.Noz) }},
		{f.Time != nil, func() string { return when(*f.Time) }},
		{f.Count != nil, func() string { return strconv.FormatInt(*f.Count, 10) }},
		{f.Percent != nil, func() string { return fmt.Sprintf("%.2f %%", *f.Percent) }},
	} {
		if part.there {
			parts = append(parts, part.text())
		}
	}
	return strings.Join(parts, "  ")
}

// oneLine keeps what strangers wrote in one line of a terminal.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
}

func linesText(lines []app.ChainLine) []string {
	text := make([]string, len(lines))
	for i, l := range lines {
		parts := []string{l.Kind + " " + l.ID, oneLine(l.Words)}
		if when(l.Time) != "" {
			parts = append([]string{when(l.Time)}, parts...)
		}
		if l.Kind == "block" && !l.Time.IsZero() {
			parts = append(parts, fmt.Sprintf("%d transactions", l.Count))
		}
		if l.Amount != nil {
			parts = append(parts, stos(*l.Amount))
		}
		if l.Failed {
			parts = append(parts, "failed")
		}
		text[i] = strings.Join(parts, "  ")
	}
	return text
}
