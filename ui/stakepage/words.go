package stakepage

import (
	"cmp"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// figure is one of the cards at the top.
type figure struct{ number, unit, detail string }

// figures say the whole stake: staked, rewards, on its way back, what it pays.
func figures(s app.Staking, now time.Time) [4]figure {
	list := [4]figure{
		{say.Figure(s.Staked), "STOS", withWhom(s.Validators)},
		{say.Figure(s.Rewards), "STOS", lang.L("can be claimed at any time")},
		{say.Figure(s.Unbonding), "STOS", lang.L("nothing is on its way")},
		{"?", "", lang.L("told by the next reports of traffic")},
	}
	if s.Rewards.IsZero() {
		list[1].detail = lang.L("nothing earned yet")
	}
	if day := say.Day(next(s.Returns), now); day != "" {
		list[2].detail = lang.L("next on {{.Day}}", map[string]any{"Day": day})
	}
	if s.APR > 0 {
		list[3] = figure{strings.TrimRight(say.Percent(s.APR), " %"), "%", lang.L("a year, before commission")}
	}
	return list
}

// pays is what a stake with a validator pays, in words.
func pays(v app.Validator, s app.Staking) string {
	switch {
	case v.Jailed || !v.Active:
		return lang.L("nothing now")
	case s.APR <= 0:
		return lang.L("not known yet")
	}
	return say.Percent(v.Pays)
}

// held is until when nothing can be moved on from a validator, since something
// was moved to it; the zero time for no such thing.
func held(v app.Validator, moves []app.Move, now time.Time) (until time.Time) {
	for _, m := range moves {
		if m.To == v.Address && m.Done.After(now) && m.Done.After(until) {
			until = m.Done
		}
	}
	return until
}

func withWhom(list []app.Validator) string {
	switch n := len(mine(list)); n {
	case 0:
		return lang.L("nothing is staked yet")
	case 1:
		return lang.L("with {{.Name}}", map[string]any{"Name": nameOf(mine(list)[0])})
	default:
		return lang.L("with {{.N}} validators", map[string]any{"N": n})
	}
}

// standingWords say whether a validator is in service.
func standingWords(v app.Validator) (word string, tone widgets.Tone) {
	switch {
	case v.Jailed:
		return lang.L("Jailed"), widgets.Bad
	case !v.Active:
		return lang.L("Not active"), widgets.Neutral
	}
	return lang.L("Active"), widgets.Good
}

// warning says what one should know before staking with a validator, empty for
// nothing.
func warning(v app.Validator) string {
	switch {
	case v.Jailed:
		return lang.L("This validator broke the rules and earns nothing until it is let back.")
	case !v.Active:
		return lang.L("This validator is not among the active ones and earns nothing now.")
	case v.Uptime >= 0 && v.Uptime < 95:
		return lang.L("This validator was often offline. Who is offline for too long loses part of the stake.")
	}
	return ""
}

// tabWords names a list, with how many there are where it matters.
func tabWords(t tab, s state) string {
	with := func(word string, n int) string {
		if n == 0 {
			return word
		}
		return lang.L("{{.Word}} ({{.N}})", map[string]any{"Word": word, "N": n})
	}
	switch t {
	case returns:
		return with(lang.L("Coming back"), len(s.staking.Returns))
	case votes:
		return with(lang.L("Votes"), open(s.questions))
	case nodes:
		return lang.L("My nodes")
	}
	return lang.L("Validators")
}

// nameOf is the name of a validator, or its address.
func nameOf(v app.Validator) string {
	if v.Name != "" {
		return v.Name
	}
	return say.Brief(v.Address)
}

// returnName is who something comes back from.
func returnName(u app.Unbonding) string { return cmp.Or(u.Name, say.Brief(u.Validator)) }

// stos is an amount in a list, a dash for nothing.
func stos(a interface {
	IsZero() bool
	Format(unit string) string
},
) string {
	if a.IsZero() {
		return "–"
	}
	return say.Figure(a) + " STOS"
}

// people names the validators and the wallet's own address.
func people(list []app.Validator) func(string) string {
	return func(address string) string {
		for _, v := range list {
			if v.Address == address {
				return v.Name
			}
		}
		return ""
	}
}
