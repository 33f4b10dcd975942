package manual

import (
	"flag"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func page() Page {
	return Page{
		Name: "prog", Version: "1.0", Short: "does a thing", Long: "First line\n.not a command\n\nSecond - paragraph with a \\ in it",
		Use: "[FLAGS]", Flags: []Flag{{Name: "home", Letter: "h", Value: "folder", Default: "here", Text: "where"}},
		Commands: []Command{{Use: `prog "do" it`, Text: "Does it.", Flags: []Flag{{Name: "now", Text: "at once"}}}},
		Examples: []string{"prog do --now"}, Exits: []string{"0 done"}, See: []string{"other"}, Web: Web,
	}
}

// The page was read once with man and is compared with that.
func TestPage(t *testing.T) {
	want, err := os.ReadFile("testdata/prog.1")
	if err != nil {
		t.Fatal(err)
	}
	if got := page().Roff(); got != string(want) {
		t.Errorf("%s", got)
	}
}

// No text of a program becomes a command of roff.
func TestTextStaysText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{".", "'", "\n", "a", `\`, "-", " ", "\r"})).Draw(t, "text"), "")
		for line := range strings.SplitSeq(escape(text), "\n") {
			if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
				t.Fatalf("%q became %q", text, line)
			}
		}
		rest := strings.NewReplacer(`\e`, "", `\-`, "", `\&`, "").Replace(escape(text))
		if strings.ContainsAny(rest, `\-`) {
			t.Fatalf("%q became %q", text, escape(text))
		}
	})
}

func TestCompletion(t *testing.T) {
	set := flag.NewFlagSet("prog", flag.ContinueOnError)
	set.String("home", "", "the `folder` that isn't shared")
	set.Bool("hidden", false, "not shown [at first]")
	for shell, want := range map[string]string{
		"bash": "complete -o default -W '--hidden --home' prog\n",
		"zsh": "#compdef prog\n_arguments \\\n  '--hidden[not shown \\[at first\\]]' \\\n  '--home[the folder that isn'\\''t shared]:folder:_files'" +
			" \\\n  '*:link:_files'\n",
		"fish": "complete -c prog -l hidden -d 'not shown [at first]'\ncomplete -c prog -l home -d 'the folder that isn'\\''t shared' -r\n",
	} {
		if got, err := Completion(shell, "prog", Flags(set)); err != nil || got != want {
			t.Errorf("%s: %v\n%s", shell, err, got)
		}
	}
	if _, err := Completion("csh", "prog", nil); err == nil {
		t.Error("a shell that nobody knows")
	}
}
