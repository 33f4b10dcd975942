package stakepage

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func names(list []app.Validator) string {
	var out []string
	for _, v := range list {
		out = append(out, strings.Fields(v.Name)[0])
	}
	return strings.Join(out, " ")
}

func TestOrders(t *testing.T) {
	list := fake.Full().Stakes.Validators
	for _, c := range []struct {
		column int
		up     bool
		want   string
	}{
		{byPower, false, "WhisperNode Stakecito Kepler Nodes Cold Orbit"},
		{byName, false, "Cold Kepler Nodes Orbit Stakecito WhisperNode"},
		{byName, true, "WhisperNode Stakecito Orbit Nodes Kepler Cold"},
		{byCommission, false, "Kepler WhisperNode Orbit Nodes Stakecito Cold"},
		{byUptime, false, "Stakecito WhisperNode Kepler Nodes Cold Orbit"},
		{byState, true, "Cold Orbit WhisperNode Stakecito Kepler Nodes"},
		{byMine, false, "WhisperNode Kepler Stakecito Nodes Cold Orbit"},
	} {
		if got := names(sorted(list, c.column, c.up)); got != c.want {
			t.Errorf("column %d, up %v:\n got %s\nwant %s", c.column, c.up, got, c.want)
		}
	}
}

// Sorting loses nobody and leaves the list it was given as it was.
func TestSortingIsAnOrder(t *testing.T) {
	list := fake.Full().Stakes.Validators
	before := names(list)
	rapid.Check(t, func(t *rapid.T) {
		out := sorted(list, rapid.IntRange(0, 5).Draw(t, "column"), rapid.Bool().Draw(t, "up"))
		if len(out) != len(list) || names(list) != before {
			t.Fatal("the list itself changed")
		}
	})
}

func TestFinding(t *testing.T) {
	list := fake.Full().Stakes.Validators
	for text, want := range map[string]string{
		"": names(list), "LISBON nodes": "Nodes", "bare metal": "WhisperNode", "stvaloper102": "Stakecito", "nobody": "",
	} {
		if got := names(found(list, text)); got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

func TestWhereAStakeCanGo(t *testing.T) {
	list := fake.Full().Stakes.Validators
	if got := names(targets(list, fake.Val(1))); got != "Stakecito Kepler Nodes" {
		t.Error(got)
	}
	if got := names(mine(list)); got != "WhisperNode Kepler" {
		t.Error(got)
	}
}

func TestFiguresSayTheWholeStake(t *testing.T) {
	got := figures(fake.Full().Stakes, fake.Now)
	want := [4]figure{
		{"300", "STOS", "with 2 validators"},
		{"10.04", "STOS", "can be claimed at any time"},
		{"40", "STOS", "next on 9 Dec"},
		{"8.24", "%", "a year, before commission"},
	}
	if got != want {
		t.Errorf("%+v", got)
	}
	empty := figures(app.Staking{}, fake.Now)
	if empty[0].detail != "nothing is staked yet" || empty[1].detail != "nothing earned yet" || empty[3].number != "?" {
		t.Errorf("%+v", empty)
	}
	one := fake.Full().Stakes
	one.Validators = one.Validators[:1]
	if got := figures(one, fake.Now)[0].detail; got != "with WhisperNode" {
		t.Error(got)
	}
	if next(nil) != (time.Time{}) {
		t.Error("nothing comes back never")
	}
}

func TestStandings(t *testing.T) {
	for _, c := range []struct {
		v    app.Validator
		word string
		tone widgets.Tone
		warn bool
	}{
		{app.Validator{Active: true, Uptime: 99}, "Active", widgets.Good, false},
		{app.Validator{Active: true, Uptime: -1}, "Active", widgets.Good, false},
		{app.Validator{Active: true, Uptime: 80}, "Active", widgets.Good, true},
		{app.Validator{Uptime: 99}, "Not active", widgets.Neutral, true},
		{app.Validator{Jailed: true}, "Jailed", widgets.Bad, true},
	} {
		if word, tone := standingWords(c.v); word != c.word || tone != c.tone || (warning(c.v) != "") != c.warn {
			t.Errorf("%+v: %q %v %q", c.v, word, tone, warning(c.v))
		}
	}
}

func TestTabs(t *testing.T) {
	b := fake.Full()
	s, err := read(t.Context(), b)
	if err != nil || len(tabs(s)) != 4 || !s.spendable.known {
		t.Fatalf("%v, %v", err, tabs(s))
	}
	for tab, want := range map[tab]string{validators: "Validators", returns: "Coming back (2)", votes: "Votes (1)", nodes: "My nodes"} {
		if got := tabWords(tab, s); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if s, _ = read(t.Context(), fake.Empty()); len(tabs(s)) != 3 || tabWords(returns, s) != "Coming back" {
		t.Error("who owns no node sees no nodes")
	}
	if _, err = read(t.Context(), fake.Broken()); err == nil {
		t.Error("no error")
	}
}

func TestProposalsInOrder(t *testing.T) {
	var ids []uint64
	for _, q := range inOrder(fake.Full().Questions) {
		ids = append(ids, q.ID)
	}
	if len(ids) != 4 || ids[0] != 14 || ids[1] != 15 || ids[2] != 13 || ids[3] != 12 {
		t.Error(ids)
	}
	late, soon := app.Proposal{ID: 1, State: "voting", Ends: fake.Now.Add(2)}, app.Proposal{ID: 2, State: "voting", Ends: fake.Now.Add(1)}
	if got := inOrder([]app.Proposal{late, soon}); got[0].ID != 2 {
		t.Error("what ends first comes first")
	}
	if open(fake.Full().Questions) != 1 || open([]app.Proposal{{State: "voting", MyVote: "no"}}) != 0 {
		t.Error("open counts what was not voted on yet")
	}
}

func TestProposalsInWords(t *testing.T) {
	for state, want := range map[string]string{
		"voting": "Open for votes", "deposit": "Needs a deposit", "passed": "Accepted", "rejected": "Rejected", "failed": "Failed", "odd": "odd",
	} {
		if got, _ := stateOf(app.Proposal{State: state}); got != want {
			t.Errorf("%s is %q", state, got)
		}
	}
	q := fake.Full().Questions[0]
	sum := 0.0
	for _, o := range options() {
		sum += part(q, o.id)
		if voteWord(o.id) != o.word {
			t.Error(o)
		}
	}
	if sum < 99.9 || sum > 100.1 || voteWord("") != "" {
		t.Error(sum)
	}
	if g := gathered(fake.Full().Questions[1]); g != 0.42 || gathered(app.Proposal{}) != 0 {
		t.Error(g)
	}
}

func TestNodesInWords(t *testing.T) {
	for state, want := range map[string]string{"active": "In service", "waiting": "Waiting", "suspended": "Suspended", "unbonding": "Leaving", "odd": "odd"} {
		if got, _ := nodeState(app.OwnNode{State: state}); got != want {
			t.Errorf("%s is %q", state, got)
		}
	}
	list := fake.Full().Nodes
	if nodeName(list[0]) != "Attic" || nodeName(list[2]) != "stsds1…p7yt" {
		t.Error(nodeName(list[2]))
	}
	if nameOf(app.Validator{Address: fake.Val(1)}) != "stvalo…9x80" || people(fake.Full().Stakes.Validators)(fake.Val(2)) != "Stakecito" || people(nil)("x") != "" {
		t.Error("validators have names")
	}
}

func TestWhatIsKnownOfThePay(t *testing.T) {
	s := fake.Full().Stakes
	for _, c := range []struct {
		v    app.Validator
		apr  float64
		want string
	}{
		{app.Validator{Active: true, Pays: 7.4}, 8, "7.4 %"},
		{app.Validator{Active: true}, 0, "not known yet"},
		{app.Validator{Active: true, Jailed: true}, 8, "nothing now"},
		{app.Validator{}, 8, "nothing now"},
	} {
		if s.APR = c.apr; pays(c.v, s) != c.want {
			t.Errorf("%+v: %q", c.v, pays(c.v, s))
		}
	}
	if got := voteWord("yes=60,no=40"); got != "Yes 60 %, No 40 %" {
		t.Error(got)
	}
}

func TestWhatRewardsWaitFor(t *testing.T) {
	p, _ := opened(t, fake.Full(), 1064, 700)
	e := p.state.earned
	e.Matures, e.MatureAll = nil, time.Time{}
	if got := p.maturing(e); got != "It matures with later reports of traffic." {
		t.Error(got)
	}
	for state, hint := range map[string]bool{"active": false, "waiting": true, "suspended": true, "unbonding": true} {
		if (nodeHint(app.OwnNode{State: state}) != "") != hint {
			t.Error(state)
		}
	}
}
