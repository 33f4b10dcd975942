package main

import (
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/stratosdrive/stratosdrive/internal/house/papers"
)

// TestDocumentsNameCommands looks up every command that any document shows.
func TestDocumentsNameCommands(t *testing.T) {
	all, err := papers.All("../..")
	if err != nil {
		t.Fatal(err)
	}
	shown := papers.Shown(all, "stosnet")
	if len(shown) < 5 {
		t.Fatalf("only %d commands were found", len(shown))
	}
	for call, where := range shown {
		if err := papers.Check(root(), call); err != nil {
			t.Errorf("%s: stosnet %s: %v", where, call, err)
		}
	}
}

// TestReferenceIsWhole compares docs/network.md with the commands that there are.
func TestReferenceIsWhole(t *testing.T) {
	all, err := papers.All("../..")
	if err != nil {
		t.Fatal(err)
	}
	written := ""
	for _, p := range all {
		if p.Path == "docs/network.md" {
			written = "`" + strings.Join(p.Spans, "` `") + "`"
		}
	}
	for _, leaf := range papers.Leaves(root()) {
		if !strings.Contains(written, "`"+leaf.CommandPath()) {
			t.Errorf("docs/network.md does not tell of %s", leaf.CommandPath())
		}
		leaf.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" && !strings.Contains(written, "--"+f.Name) {
				t.Errorf("docs/network.md does not tell of --%s of %s", f.Name, leaf.CommandPath())
			}
		})
	}
}
