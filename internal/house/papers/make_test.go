package papers

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestMakeTargetsAreThere looks for every target that a document names.
func TestMakeTargetsAreThere(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	shown := Shown(read(t), "make")
	if len(shown) < 3 {
		t.Fatalf("only %d calls of make were found", len(shown))
	}
	for call, where := range shown {
		target, _, _ := strings.Cut(call, " ")
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(target) + `:`).Match(makefile) {
			t.Errorf("%s: the Makefile has no target %s", where, target)
		}
	}
}

// TestGoCommandsLead looks for the packages that documents run or test.
func TestGoCommandsLead(t *testing.T) {
	for call, where := range Shown(read(t), "go") {
		for _, word := range strings.Fields(call) {
			dir, is := strings.CutPrefix(word, "./")
			if !is || strings.Contains(dir, "...") || strings.ToLower(dir) != dir {
				continue // a pattern, or a place for a name
			}
			if _, err := os.Stat(filepath.Join(root, dir)); err != nil {
				t.Errorf("%s: there is no package %s", where, dir)
			}
		}
	}
}

var windowFlag = regexp.MustCompile(`flag\.[A-Z][a-z]+\("([a-z-]+)"`)

// TestFlagsOfTheWindow compares what is written of stratosdrive with its flags.
func TestFlagsOfTheWindow(t *testing.T) {
	source, err := os.ReadFile(filepath.Join(root, "cmd/stratosdrive/main.go"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, match := range windowFlag.FindAllSubmatch(source, -1) {
		known[string(match[1])] = true
	}
	for call, where := range Shown(read(t), "stratosdrive") {
		for _, match := range flagWord.FindAllStringSubmatch(call, -1) {
			if !known[match[1]] {
				t.Errorf("%s: stratosdrive has no flag --%s", where, match[1])
			}
		}
	}
}

func TestCheck(t *testing.T) {
	program := &cobra.Command{Use: "p"}
	program.PersistentFlags().Bool("json", false, "")
	group := &cobra.Command{Use: "g"}
	leaf := &cobra.Command{Use: "l NAME", Run: func(*cobra.Command, []string) {}}
	leaf.Flags().Int("n", 0, "")
	group.AddCommand(leaf)
	program.AddCommand(group)
	for _, good := range []string{"", "--json", "g", "g l", "g l NAME --n 1 --json", "g l name"} {
		if err := Check(program, good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"x", "g x", "g l --no", "l"} {
		if Check(program, bad) == nil {
			t.Errorf("%q is taken for a good command", bad)
		}
	}
	if leaves := Leaves(program); len(leaves) != 1 || leaves[0].CommandPath() != "p g l" {
		t.Errorf("leaves %v", leaves)
	}
}
