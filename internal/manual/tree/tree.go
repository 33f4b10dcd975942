// Package tree describes the commands of a cobra program for its manual page.
// It stands apart, so that a program without commands does not carry cobra.
package tree

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/stratosdrive/stratosdrive/internal/manual"
)

// Fill puts the flags and commands of root, and its texts, into page. What is
// hidden from its help is hidden there too.
func Fill(page manual.Page, root *cobra.Command) manual.Page {
	root.InitDefaultHelpFlag()
	root.InitDefaultVersionFlag()
	page.Name, page.Short, page.Long = root.Name(), sentence(root.Short), root.Long
	page.Use = "[FLAGS] COMMAND [ARGUMENTS]"
	page.Flags = flags(root.Flags(), root.PersistentFlags())
	for line := range strings.Lines(root.Example) {
		page.Examples = append(page.Examples, strings.TrimSpace(line))
	}
	for _, c := range root.Commands() {
		page.Commands = append(page.Commands, below(c)...)
	}
	return page
}

// sentence is a text without the stop at its end.
func sentence(text string) string { return strings.TrimSuffix(strings.TrimSpace(text), ".") }

// below lists a command and those in it that do something.
func below(c *cobra.Command) []manual.Command {
	if !c.IsAvailableCommand() && c.Name() != "help" {
		return nil
	}
	all := []manual.Command{{
		Use: strings.TrimSuffix(c.UseLine(), " [flags]"), Text: sentence(cmp.Or(c.Long, c.Short)) + ".",
		Flags: flags(c.LocalFlags()),
	}}
	for _, sub := range c.Commands() {
		all = append(all, below(sub)...)
	}
	return all
}

// flags lists the flags of several sets by name.
func flags(sets ...*pflag.FlagSet) []manual.Flag {
	var all []manual.Flag
	for _, set := range sets {
		set.VisitAll(func(f *pflag.Flag) {
			if f.Hidden || f.Name == "help" || slices.ContainsFunc(all, func(o manual.Flag) bool { return o.Name == f.Name }) {
				return
			}
			value, text := pflag.UnquoteUsage(f)
			said := f.DefValue
			if slices.Contains([]string{"false", "0", "0s", "[]", ""}, said) {
				said = ""
			}
			all = append(all, manual.Flag{Name: f.Name, Letter: f.Shorthand, Value: value, Default: said, Text: text})
		})
	}
	slices.SortFunc(all, func(a, b manual.Flag) int { return cmp.Compare(a.Name, b.Name) })
	return all
}
