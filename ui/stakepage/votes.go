package stakepage

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// option is one way to vote.
type option struct {
	id   string // as package app knows it
	word string
	tone widgets.Tone
}

// options are the four ways to vote, in the order they are shown.
func options() []option {
	return []option{
		{"yes", lang.L("Yes"), widgets.Good},
		{"no", lang.L("No"), widgets.Bad},
		{"veto", lang.L("No, harmful"), widgets.Warn},
		{"abstain", lang.L("Abstain"), widgets.Neutral},
	}
}

// part is the percentage of an option.
func part(p app.Proposal, id string) float64 {
	return map[string]float64{"yes": p.Yes, "no": p.No, "veto": p.Veto, "abstain": p.Abstain}[id]
}

// voteWord is a vote in words, empty for none. One in parts names them.
func voteWord(id string) string {
	if strings.Contains(id, "=") {
		parts := strings.Split(id, ",")
		for i, part := range parts {
			name, percent, _ := strings.Cut(part, "=")
			n, err := strconv.ParseFloat(percent, 64)
			if err != nil {
				n = -1 // not known
			}
			parts[i] = voteWord(name) + " " + say.Percent(n)
		}
		return strings.Join(parts, ", ")
	}
	for _, o := range options() {
		if o.id == id {
			return o.word
		}
	}
	return ""
}

// stateOf says where a proposal stands.
func stateOf(p app.Proposal) (word string, tone widgets.Tone) {
	switch p.State {
	case "voting":
		return lang.L("Open for votes"), widgets.Active
	case "deposit":
		return lang.L("Needs a deposit"), widgets.Warn
	case "passed":
		return lang.L("Accepted"), widgets.Good
	case "rejected":
		return lang.L("Rejected"), widgets.Bad
	case "failed":
		return lang.L("Failed"), widgets.Bad
	}
	return p.State, widgets.Neutral
}

// inOrder puts what can be voted on first, what ends soonest before the rest,
// then what waits for a deposit, then the past, the newest first.
func inOrder(list []app.Proposal) []app.Proposal {
	rank := map[string]int{"voting": 0, "deposit": 1}
	place := func(p app.Proposal) int {
		if r, ok := rank[p.State]; ok {
			return r
		}
		return 2
	}
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b app.Proposal) int {
		if c := cmp.Compare(place(a), place(b)); c != 0 {
			return c
		}
		if place(a) == 2 {
			return cmp.Compare(b.ID, a.ID)
		}
		return a.Ends.Compare(b.Ends)
	})
	return out
}

// open counts what can be voted on and was not yet.
func open(list []app.Proposal) int {
	n := 0
	for _, p := range list {
		if p.State == "voting" && p.MyVote == "" {
			n++
		}
	}
	return n
}

// gathered is how much of the deposit is there, from 0 to 1.
func gathered(p app.Proposal) float64 {
	if p.Required.IsZero() {
		return 0
	}
	have, _ := p.Deposit.Wei().Float64()
	need, _ := p.Required.Wei().Float64()
	return min(have/need, 1)
}
