package tree

import (
	"slices"
	"testing"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/manual"
)

func TestFill(t *testing.T) {
	root := &cobra.Command{Use: "prog", Short: "Does it.", Long: "Long text", Example: "  prog a\n  prog b\n", Version: "1"}
	root.PersistentFlags().Bool("json", false, "one object")
	root.PersistentFlags().String("secret", "", "")
	_ = root.PersistentFlags().MarkHidden("secret")
	group := &cobra.Command{Use: "group", Short: "Holds others", Run: func(*cobra.Command, []string) {}}
	inner := &cobra.Command{Use: "inner NAME", Long: "Does one.", Run: func(*cobra.Command, []string) {}}
	inner.Flags().DurationP("time", "t", 0, "how `long`")
	inner.Flags().Int("nodes", 4, "how many")
	group.AddCommand(inner)
	root.AddCommand(group, &cobra.Command{Use: "kept", Hidden: true, Run: func(*cobra.Command, []string) {}})
	page := Fill(manual.Page{Version: "1"}, root)
	if page.Name != "prog" || page.Short != "Does it" || page.Long != "Long text" || !slices.Equal(page.Examples, []string{"prog a", "prog b"}) {
		t.Errorf("%+v", page)
	}
	var uses []string
	for _, c := range page.Commands {
		uses = append(uses, c.Use)
	}
	if !slices.Equal(uses, []string{"prog group", "prog group inner NAME"}) {
		t.Errorf("%q", uses)
	}
	want := []manual.Flag{{Name: "nodes", Value: "int", Default: "4", Text: "how many"}, {Name: "time", Letter: "t", Value: "long", Text: "how long"}}
	if got := page.Commands[1].Flags; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if !slices.ContainsFunc(page.Flags, func(f manual.Flag) bool { return f.Name == "json" }) ||
		slices.ContainsFunc(page.Flags, func(f manual.Flag) bool { return f.Name == "secret" || f.Name == "help" }) {
		t.Errorf("%+v", page.Flags)
	}
	if text := page.Commands[1].Text; text != "Does one." {
		t.Errorf("%q", text)
	}
}
