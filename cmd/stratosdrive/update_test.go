package main

import (
	"flag"
	"slices"
	"testing"
)

// A new version starts with the profile of the old one, its window and no link.
func TestStartedAgain(t *testing.T) {
	for _, c := range []struct{ args, want []string }{
		{nil, nil},
		{[]string{"--hidden"}, nil},
		{[]string{"-home", "/my profile", "-hidden", "--network=mesos", "stos://abc#def"}, []string{"--home=/my profile", "--network=mesos"}},
	} {
		set := flag.NewFlagSet("stratosdrive", flag.ContinueOnError)
		set.String("home", "", "")
		set.String("network", "local", "")
		set.Bool(hiddenFlag, false, "")
		if err := set.Parse(c.args); err != nil {
			t.Fatal(err)
		}
		if got := sameProfile(set); !slices.Equal(got, c.want) {
			t.Errorf("%q starts again with %q", c.args, got)
		}
	}
}
