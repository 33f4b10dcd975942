package app

import (
	"slices"
	"strings"
	"testing"
)

func TestHelpWithWords(t *testing.T) {
	a := &App{}
	for text, want := range map[string]WordHelp{
		"":                       {},
		"legal ":                 {},
		"legal win":              {Next: []string{"window", "wine", "wing", "wink", "winner"}},
		"legal WINN":             {Next: []string{"winner"}},
		"legal winner":           {},
		"legal winer thank":      {Wrong: 2, Instead: []string{"winner"}},
		"legal winner xyzzyquux": {Wrong: 3},
		"act":                    {Next: []string{"action", "actor", "actress", "actual"}},
	} {
		got := a.HelpWords(text)
		if !slices.Equal(got.Next, want.Next) || got.Wrong != want.Wrong || len(want.Instead) > 0 && !slices.Contains(got.Instead, want.Instead[0]) {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func FuzzHelpWords(f *testing.F) {
	f.Add("legal winer than")
	f.Add(" \x00\xff abandon  zzz ")
	f.Fuzz(func(t *testing.T, text string) {
		help := (&App{}).HelpWords(text)
		if len(help.Next) > wordsOffered || len(help.Instead) > wordsOffered || help.Wrong < 0 || help.Wrong > len(strings.Fields(text)) {
			t.Errorf("%q: %+v", text, help)
		}
	})
}
