package papers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

var (
	flagWord = regexp.MustCompile(`--([a-z][a-z-]*)`)
	plainArg = regexp.MustCompile(`^[a-z][a-z-]*$`)
)

// Check tells what is wrong with a command as a document writes it, such as
// "node add [--capacity 10GB]": whether the program has it, with these flags.
func Check(program *cobra.Command, written string) error {
	cmd, err := Find(program, strings.Fields(written))
	if err != nil {
		return err
	}
	cmd.InheritedFlags() // makes Flag look there too
	for _, match := range flagWord.FindAllStringSubmatch(written, -1) {
		if name := match[1]; name != "help" && name != "version" && cmd.Flag(name) == nil {
			return fmt.Errorf("%s has no flag --%s", cmd.CommandPath(), name)
		}
	}
	return nil
}

// Find returns the command that words name. A program or group alone is good, a
// word that none of its commands has is not.
func Find(program *cobra.Command, words []string) (*cobra.Command, error) {
	cmd := program
	for _, word := range words {
		next := below(cmd, word)
		if next == nil && cmd.HasSubCommands() && plainArg.MatchString(word) {
			return nil, fmt.Errorf("%s has no command %q", cmd.CommandPath(), word)
		}
		if next == nil {
			break
		}
		cmd = next
	}
	return cmd, nil
}

func below(cmd *cobra.Command, word string) *cobra.Command {
	for _, sub := range cmd.Commands() {
		if sub.Name() == word || slices.Contains(sub.Aliases, word) {
			return sub
		}
	}
	return nil
}

// Leaves are the commands of a program that do something, by their full names.
func Leaves(program *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	for _, sub := range program.Commands() {
		switch {
		case sub.Hidden, sub.Name() == "help", sub.Name() == "completion":
		case sub.HasSubCommands():
			all = append(all, Leaves(sub)...)
		default:
			all = append(all, sub)
		}
	}
	return all
}

// Shown are the commands that documents show within a sentence or a table, and
// that begin with the name of the program, which is taken off.
func Shown(all []Paper, program string) map[string]string {
	shown := map[string]string{}
	for _, p := range all {
		for _, span := range p.Spans {
			if rest, is := strings.CutPrefix(span, program+" "); is {
				shown[strings.ReplaceAll(rest, `\|`, "|")] = p.Path
			}
		}
		for _, line := range p.Lines(program) {
			shown[line] = p.Path
		}
	}
	return shown
}

// Lines are the lines of the blocks that call program, without its name and
// what follows as a remark.
func (p Paper) Lines(program string) []string {
	var lines []string
	for _, b := range p.Blocks {
		for _, line := range b.Lines {
			line, _, _ = strings.Cut(line, " #")
			for part := range strings.SplitSeq(line, "&&") {
				if rest, is := strings.CutPrefix(strings.TrimSpace(part), program+" "); is {
					lines = append(lines, rest)
				}
			}
		}
	}
	return lines
}
