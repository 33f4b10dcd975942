package app

import (
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/gov"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/node"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// What the chain would refuse is said before, with the time from which it works.
func TestMovesAndReturnsThatTheChainWouldRefuse(t *testing.T) {
	a, b := Validator{Address: "a", Name: "Alpha"}, Validator{Address: "b", Name: "Beta"}
	soon := time.Now().Add(time.Hour)
	m := staker{staking: Staking{
		maxEntries: 2,
		Moves: []Move{
			{From: "a", To: "b", Done: soon.Add(time.Hour)}, {From: "a", To: "b", Done: soon}, {From: "b", To: "a", Done: soon.Add(-2 * time.Hour)},
		},
		Returns: []Unbonding{{Validator: "b", Done: soon.Add(time.Hour)}, {Validator: "b", Done: soon}},
	}}
	for _, c := range []struct {
		err  error
		want string
	}{
		{m.canMove(b, a), "nothing can be moved on from there"},
		{m.canMove(a, b), "2 moves from Alpha to Beta"},
		{m.canMove(a, Validator{Address: "c"}), ""},
		{m.canReturn(b), "2 parts are on their way back from Beta"},
		{m.canReturn(a), ""},
	} {
		if (c.err == nil) != (c.want == "") || (c.err != nil && !strings.Contains(fault.Sentence(c.err), c.want)) {
			t.Errorf("%v, want %q", c.err, c.want)
		}
	}
	if said := fault.Sentence(m.canReturn(b)); !strings.Contains(said, day(soon).String()) {
		t.Errorf("the soonest counts: %s", said)
	}
}

func TestWhyThePayIsNotKnown(t *testing.T) {
	for want, e := range map[string]stake.Earnings{
		"nothing was reported yet":                       {},
		"The next one tells":                             {Reports: 1},
		"the one report of traffic":                      {Reports: 1, Over: time.Hour},
		"the last 6 reports of traffic, over 50 minutes": {Reports: 6, Over: 50 * time.Minute},
	} {
		if got := payWords(e, nil); !strings.Contains(got.String(), want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	if got := payWords(stake.Earnings{}, fault.Say(nil, "no")); !strings.Contains(got.String(), "does not tell") {
		t.Error(got)
	}
}

func TestWhatBecomesOfADeposit(t *testing.T) {
	for _, c := range []struct {
		rules gov.Rules
		state gov.State
		want  string
	}{
		{gov.Rules{}, gov.Depositing, "gets his part back."},
		{gov.Rules{BurnsUnfilled: true}, gov.Depositing, "is lost unless it is complete in time."},
		{gov.Rules{}, gov.Voting, "comes back when the vote ends."},
		{gov.Rules{BurnsVetoed: true, Veto: 0.334}, gov.Voting, "unless more than 33.4 % vote veto."},
		{gov.Rules{BurnsVetoed: true, BurnsUnvoted: true, Quorum: 0.334, Veto: 0.334}, gov.Voting, "veto or fewer than 33.4 % of all stake vote."},
		{gov.Rules{}, gov.Passed, ""},
	} {
		v := viewer{rules: c.rules}
		if got := v.refund(gov.Proposal{State: c.state}).String(); !strings.HasSuffix(got, c.want) {
			t.Errorf("%+v, %s: %q", c.rules, c.state, got)
		}
	}
	if got := doing([]string{"/stratos.pot.v1.MsgUpdateParams", "odd"}); len(got) != 2 || got[0] != "UpdateParams (stratos.pot.v1)" {
		t.Errorf("%q", got)
	}
	shares, err := gov.ParseVote("yes=60,no=40")
	if err != nil || voteWords(shares).String() != "yes 60 %, no 40 %" || voteWords(shares[:0:0]).String() != "" {
		t.Errorf("%v, %v", shares, err)
	}
	if got := voteWords([]message.Share{{Option: message.Veto, BasisPoints: 10_000}}); got.String() != "veto" {
		t.Error(got)
	}
}

// What is not given stays, also when it is empty; what is given and empty goes.
func TestWhatANodeSaysAboutItself(t *testing.T) {
	name, nothing := "Cellar", ""
	before := message.Description{Moniker: "Attic", Website: "https://example.org", Contact: "me", Identity: "id"}
	after := NodeAbout{Name: &name, Contact: &nothing}.over(before)
	if want := (message.Description{Moniker: "Cellar", Website: "https://example.org", Identity: "id"}); after != want {
		t.Errorf("%+v", after)
	}
	rules := node.Rules{Threshold: 180 * 24 * time.Hour, Completion: 14 * 24 * time.Hour}
	if got := (keeper{rules: rules}).stays(); got.String() != "The deposit comes back 14 days after the node is given up, and not before the node is 180 days old." {
		t.Error(got)
	}
	own := ownNode(node.Node{State: node.Active, Created: time.Now(), Kinds: message.Storage | message.Database, Deposit: stratos.WeiAmount(5)}, rules)
	if len(own.Work) != 2 || own.PaidTo != "" || time.Until(own.BackIfRemoved) < 193*24*time.Hour || !own.Back.IsZero() {
		t.Errorf("%+v", own)
	}
	if own = ownNode(node.Node{State: node.Unbonding}, rules); !own.BackIfRemoved.IsZero() {
		t.Errorf("%+v", own)
	}
}
