package gov

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/wallet/message"
)

func TestVotesAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"yes": "yes", " veto ": "veto", "yes=60,no=40": "yes=60,no=40", "yes=33.33%, no=66.67": "yes=33.33,no=66.67",
		"abstain=100": "abstain", "no=0.5,yes=99.5": "no=0.5,yes=99.5",
	} {
		shares, err := ParseVote(text)
		if err != nil || FormatVote(shares) != want {
			t.Errorf("%q: %v, %v", text, shares, err)
		}
		if err := (message.WeightedVote{Proposal: 1, Shares: shares}).Check(); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"", "maybe", "yes=", "yes=101", "yes=-1,no=101", "yes=0,no=100", "yes=33.333,no=66.667", "yes=60,perhaps=40", "yes=1e2", "yes,no"} {
		if shares, err := ParseVote(text); err == nil {
			t.Errorf("%q: %v", text, shares)
		}
	}
}

func FuzzVote(f *testing.F) {
	f.Add("yes=60,no=40")
	f.Add("veto")
	f.Fuzz(func(t *testing.T, text string) {
		shares, err := ParseVote(text)
		if err != nil {
			return
		}
		again, err := ParseVote(FormatVote(shares))
		if err != nil || FormatVote(again) != FormatVote(shares) {
			t.Fatalf("%q: %v, then %v, %v", text, shares, again, err)
		}
	})
}
