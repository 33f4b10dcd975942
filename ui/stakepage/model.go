package stakepage

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Backend is what the page needs of package app.
type Backend interface {
	Balance(ctx context.Context) (app.Balance, error)
	Staking(ctx context.Context) (app.Staking, error)
	PreviewStake(ctx context.Context, o app.StakeOrder) (app.TxPreview, error)
	Proposals(ctx context.Context) ([]app.Proposal, error)
	PreviewVote(ctx context.Context, id uint64, option string) (app.TxPreview, error)
	PreviewProposal(ctx context.Context, title, summary, link, deposit string) (app.TxPreview, error)
	PreviewDeposit(ctx context.Context, id uint64, amount string) (app.TxPreview, error)
	OwnNodes(ctx context.Context) ([]app.OwnNode, app.NodeRewards, error)
	NodeRules(ctx context.Context) (app.NodeRules, error)
	PreviewNode(ctx context.Context, o app.NodeOrder) (app.TxPreview, error)
	PreviewWithdraw(ctx context.Context, amount, to string) (app.TxPreview, error)
	Watching() bool // there is nothing to sign with
	Confirm(ctx context.Context, p app.TxPreview, fee string, password []byte) (app.TxResult, error)
}

// state is what one reading brings. Votes and nodes may be unreadable while
// the stake is known.
type state struct {
	spendable stateAmount
	staking   app.Staking
	questions []app.Proposal
	nodes     []app.OwnNode
	earned    app.NodeRewards
	votesErr  error
	nodesErr  error
}

// read reads everything the page shows.
func read(ctx context.Context, b Backend) (state, error) {
	staking, err := b.Staking(ctx)
	if err != nil {
		return state{}, err
	}
	s := state{staking: staking}
	if balance, err := b.Balance(ctx); err == nil {
		s.spendable = stateAmount{balance.Spendable, true}
	}
	s.questions, s.votesErr = b.Proposals(ctx)
	s.nodes, s.earned, s.nodesErr = b.OwnNodes(ctx)
	return s, nil
}

// stateAmount is an amount that may not be known.
type stateAmount struct {
	amount interface{ Format(unit string) string }
	known  bool
}

// tab is one of the lists of the page.
type tab int

const (
	validators tab = iota
	returns
	votes
	nodes
)

// tabs are the lists that there is something to say about: nodes only for
// those who own some.
func tabs(s state) []tab {
	list := []tab{validators, returns, votes}
	if len(s.nodes) > 0 || !s.earned.Mature.IsZero() || !s.earned.Immature.IsZero() {
		list = append(list, nodes)
	}
	return list
}

// The columns of the list of validators, the name first.
const (
	byName = iota
	byState
	byCommission
	byUptime
	byPower
	byMine
)

// sorted returns validators by a column. The first of equals is the one with
// more power.
func sorted(list []app.Validator, column int, up bool) []app.Validator {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b app.Validator) int {
		if c := compare(a, b, column); c != 0 && up {
			return c
		} else if c != 0 {
			return -c
		}
		return cmp.Compare(b.Power, a.Power)
	})
	return out
}

func compare(a, b app.Validator, column int) int {
	switch column {
	case byName:
		return -cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) // A first is the natural way down
	case byState:
		return cmp.Compare(standing(a), standing(b))
	case byCommission:
		return -cmp.Compare(a.Commission, b.Commission) // who takes least is best
	case byUptime:
		return cmp.Compare(a.Uptime, b.Uptime)
	case byMine:
		return a.Staked.Cmp(b.Staked)
	}
	return cmp.Compare(a.Power, b.Power)
}

// standing is how good it is to be in a state.
func standing(v app.Validator) int {
	switch {
	case v.Jailed:
		return 0
	case !v.Active:
		return 1
	}
	return 2
}

// found leaves those whose name, address or description holds all words.
func found(list []app.Validator, text string) []app.Validator {
	words := strings.Fields(strings.ToLower(text))
	return slices.DeleteFunc(slices.Clone(list), func(v app.Validator) bool {
		all := strings.ToLower(v.Name + " " + v.Address + " " + v.Website + " " + v.Details)
		return slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(all, w) })
	})
}

// mine are the validators that the wallet has staked with.
func mine(list []app.Validator) []app.Validator {
	return slices.DeleteFunc(slices.Clone(list), func(v app.Validator) bool { return v.Staked.IsZero() })
}

// targets are the validators that a stake can be moved to: all in service but
// the one it is with, by power.
func targets(list []app.Validator, from string) []app.Validator {
	return slices.DeleteFunc(sorted(list, byPower, false), func(v app.Validator) bool {
		return v.Address == from || v.Jailed || !v.Active
	})
}

// coming returns what is on its way back, the soonest first.
func coming(list []app.Unbonding) []app.Unbonding {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b app.Unbonding) int { return a.Done.Compare(b.Done) })
	return out
}

// next is when something comes back first; the zero time for never.
func next(list []app.Unbonding) time.Time {
	if list = coming(list); len(list) > 0 {
		return list[0].Done
	}
	return time.Time{}
}
