package manual

import (
	"flag"
	"fmt"
	"strings"
)

// Flags are the flags of a program that has no commands.
func Flags(set *flag.FlagSet) []Flag {
	var all []Flag
	set.VisitAll(func(f *flag.Flag) {
		value, text := flag.UnquoteUsage(f)
		said := f.DefValue
		if said == "false" || said == "0" {
			said = ""
		}
		all = append(all, Flag{Name: f.Name, Value: value, Default: said, Text: text})
	})
	return all
}

// Completion is what a shell completes after the name of a program that has
// flags and no commands: "bash", "zsh" or "fish".
func Completion(shell, program string, flags []Flag) (string, error) {
	var b strings.Builder
	switch shell {
	case "bash":
		words := make([]string, len(flags))
		for i, f := range flags {
			words[i] = "--" + f.Name
		}
		fmt.Fprintf(&b, "complete -o default -W %s %s\n", shellWord(strings.Join(words, " ")), program)
	case "zsh":
		fmt.Fprintf(&b, "#compdef %s\n_arguments", program)
		for _, f := range flags {
			word := "--" + f.Name + "[" + strings.NewReplacer("[", `\[`, "]", `\]`).Replace(f.Text) + "]"
			if f.Value != "" {
				word += ":" + f.Value + ":_files"
			}
			b.WriteString(" \\\n  " + shellWord(word))
		}
		b.WriteString(" \\\n  '*:link:_files'\n")
	case "fish":
		for _, f := range flags {
			fmt.Fprintf(&b, "complete -c %s -l %s -d %s", program, f.Name, shellWord(f.Text))
			if f.Value != "" {
				b.WriteString(" -r")
			}
			b.WriteString("\n")
		}
	default:
		return "", fmt.Errorf("completion for %q is not known", shell)
	}
	return b.String(), nil
}

// shellWord is one word for a shell.
func shellWord(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
