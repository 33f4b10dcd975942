package stakepage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// The menus lead to what they name.
func TestMenusLeadSomewhere(t *testing.T) {
	for _, c := range []struct{ label, title string }{
		{"Pay rewards to another address", "Pay rewards to"},
		{"Register a storage node", "Register a storage node"},
		{"Ask all stakers a question", "Ask all stakers a question"},
	} {
		p, _ := opened(t, fake.Full(), 1064, 700)
		for _, item := range p.wholeItems() {
			if item.Label == c.label {
				item.Action()
			}
		}
		if got := dialogOf(t, p).Sheet().Title; got != c.title {
			t.Errorf("%s leads to %q", c.label, got)
		}
	}
	p, _ := opened(t, fake.Full(), 1064, 700)
	for i, title := range map[int]string{0: "Stake with WhisperNode", 1: "Unstake from WhisperNode", 2: "Move from WhisperNode"} {
		p.validatorItems(p.state.staking.Validators[0])[i].Action()
		if got := dialogOf(t, p).Sheet().Title; got != title {
			t.Errorf("item %d leads to %q", i, got)
		}
		dialogOf(t, p).Close()
	}
}

// The buttons of the panel do what they say, for each thing that is selected.
func TestPanelsLeadSomewhere(t *testing.T) {
	for _, c := range []struct {
		tab           tab
		row           int
		button, title string
	}{
		{validators, 0, "Stake", "Stake with WhisperNode"},
		{validators, 0, "Unstake", "Unstake from WhisperNode"},
		{validators, 0, "Claim", "Check before you go on"},
		{returns, 0, "Keep it staked", "Check before you go on"},
		{votes, 0, "Abstain", "Check before you go on"},
		{votes, 1, "Add to the deposit", "Add to the deposit"},
		{nodes, 0, "Add to the deposit", "Add to the deposit"},
		{nodes, 0, "Give up", "Check before you go on"},
	} {
		p, _ := opened(t, fake.Full(), 1064, 700)
		p.open(c.tab)
		p.table.Select(c.row)
		for _, b := range find[*widgets.Button](p.panel) {
			if b.Text() == c.button {
				test.Tap(b)
				break
			}
		}
		if got := dialogOf(t, p).Sheet().Title; got != c.title {
			t.Errorf("%s in tab %v leads to %q", c.button, c.tab, got)
		}
	}
}

// What was voted is said, also of a vote in parts.
func TestVotesInWords(t *testing.T) {
	for id, want := range map[string]string{
		"yes": "Yes", "veto": "No, harmful", "": "", "odd": "", "yes=60,no=40": "Yes 60 %, No 40 %", "abstain=99.5,veto=0.5": "Abstain 99.5 %, No, harmful 0.5 %",
	} {
		if got := voteWord(id); got != want {
			t.Errorf("%q is %q", id, got)
		}
	}
	backend := fake.Full()
	backend.Questions[0].MyVote = "yes=60,no=40"
	p, _ := opened(t, backend, 1064, 700)
	p.open(votes)
	p.table.Select(0)
	said := slices.ContainsFunc(find[*widgets.Paragraph](p.panel), func(w *widgets.Paragraph) bool {
		return w.Text() == "You voted Yes 60 %, No 40 %. You may change it until the end."
	})
	if !said {
		t.Error("what was voted is not said")
	}
}

// Names, columns and amounts of rows, for every state of a validator.
func TestRowsOfValidators(t *testing.T) {
	list := fake.Full().Stakes.Validators
	for i, want := range []struct {
		state, takes, online, mine, second string
		tone                               widgets.Tone
	}{
		{"Active", "5 %", "99.98 %", "200 STOS", "8.12 STOS earned", widgets.Active},
		{"Active", "10 %", "100 %", "–", "", widgets.Neutral},
		{"Active", "3 %", "99.4 %", "100 STOS", "1.92 STOS earned", widgets.Active},
		{"Active", "7.5 %", "98.11 %", "–", "", widgets.Neutral},
		{"Jailed", "20 %", "71.3 %", "–", "", widgets.Bad},
		{"Not active", "5 %", "?", "–", "", widgets.Neutral},
	} {
		r := validatorRow(list[i])
		if r.Name != list[i].Name || r.Second != want.second || r.IconTone != want.tone || r.Cells[0].Text != want.state ||
			r.Cells[1].Text != want.takes || r.Cells[2].Text != want.online || r.Cells[4].Text != want.mine {
			t.Errorf("%d: %+v", i, r)
		}
	}
}

// An empty list says what will be there.
func TestEmptyListsTeach(t *testing.T) {
	p, _ := opened(t, fake.Empty(), 1064, 700)
	for tab, begin := range map[tab]string{validators: "Validators write the blocks", returns: "What you unstake comes back after", votes: "Changes of the network are proposed here"} {
		p.open(tab)
		if !slices.ContainsFunc(find[*widgets.Paragraph](p.list), func(w *widgets.Paragraph) bool { return strings.HasPrefix(w.Text(), begin) }) {
			t.Errorf("tab %v does not say %q", tab, begin)
		}
	}
	if !p.all[0].Disabled() || !p.all[1].Disabled() || p.all[2].Disabled() {
		t.Error("there is nothing to claim, and the menu is there")
	}
}

func TestProposalsEnd(t *testing.T) {
	p, _ := opened(t, fake.Full(), 1064, 700)
	for _, c := range []struct{ state, want string }{{"voting", "2 days left"}, {"deposit", "2 days left"}, {"passed", "24 Nov"}, {"rejected", "24 Nov"}} {
		if got := ends(app.Proposal{State: c.state, Ends: fake.Now.Add(49 * time.Hour)}, p); got != c.want {
			t.Errorf("%s: %q", c.state, got)
		}
	}
}
