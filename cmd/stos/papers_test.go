package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/stratosdrive/stratosdrive/internal/house/papers"
)

func documents(t *testing.T) []papers.Paper {
	t.Helper()
	all, err := papers.All("../..")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func commandTree() *cobra.Command {
	s := session{io: stdio{env: func(string) string { return "" }}}
	root := s.root()
	root.InitDefaultCompletionCmd() // as the first run does
	return root
}

// TestDocumentsNameCommands looks up every command that any document shows.
func TestDocumentsNameCommands(t *testing.T) {
	shown := papers.Shown(documents(t), "stos")
	if len(shown) < 20 {
		t.Fatalf("only %d commands were found", len(shown))
	}
	for call, where := range shown {
		if err := papers.Check(commandTree(), call); err != nil {
			t.Errorf("%s: stos %s: %v", where, call, err)
		}
	}
}

// TestReferenceIsWhole compares docs/cli.md with the commands that there are.
func TestReferenceIsWhole(t *testing.T) {
	program, written, flags := commandTree(), map[string]bool{}, ""
	for _, p := range documents(t) {
		if p.Path != "docs/cli.md" {
			continue
		}
		flags = strings.Join(p.Spans, " ")
		for _, row := range p.Rows {
			for _, path := range described(t, program, row) {
				written[path] = true
			}
		}
	}
	for _, leaf := range papers.Leaves(program) {
		if !written[leaf.CommandPath()] {
			t.Errorf("docs/cli.md has no row for %s", leaf.CommandPath())
		}
		for _, f := range ownFlags(leaf) {
			if !strings.Contains(flags, "--"+f.Name) && (f.Shorthand == "" || !strings.Contains(flags, "-"+f.Shorthand+" ")) {
				t.Errorf("docs/cli.md does not tell of --%s of %s", f.Name, leaf.CommandPath())
			}
		}
	}
}

// described are the commands of a row. Those after the first may leave out the
// group of the first.
func described(t *testing.T, program *cobra.Command, row []string) []string {
	if len(row) == 0 || strings.HasPrefix(row[0], "--") {
		return nil // the flags of every command
	}
	var paths []string
	group := program
	for _, call := range row {
		from := group
		if err := papers.Check(from, call); err != nil {
			from = program
		}
		if err := papers.Check(from, call); err != nil {
			t.Errorf("docs/cli.md: %s: %v", call, err)
			continue
		}
		cmd, _ := papers.Find(from, strings.Fields(call))
		paths = append(paths, cmd.CommandPath())
		group = cmd.Parent()
	}
	return paths
}

func ownFlags(cmd *cobra.Command) []*pflag.Flag {
	var flags []*pflag.Flag
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && f.Name != "help" {
			flags = append(flags, f)
		}
	})
	return flags
}
