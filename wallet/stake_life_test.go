package wallet_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/gov"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/node"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// last is the newest entry of the history, which must be of a kind.
func (l *life) last(kind history.Kind) history.Entry {
	l.t.Helper()
	entries, err := l.log.List(context.Background(), l.chain.ChainID(), l.address(), 1, 0)
	ok(l.t, err)
	if len(entries) == 0 || entries[0].Kind != kind {
		l.t.Fatalf("history %+v, want %s", entries, kind)
	}
	return entries[0]
}

func (l *life) delegations() map[stratos.Address]stake.Delegation {
	l.t.Helper()
	list, err := stake.Delegations(context.Background(), l.chain, l.address())
	ok(l.t, err)
	by := map[stratos.Address]stake.Delegation{}
	for _, d := range list {
		by[d.Validator] = d
	}
	return by
}

func (l *life) stakes(t *testing.T) {
	ctx := context.Background()
	list, err := stake.Validators(ctx, l.chain)
	ok(t, err)
	if len(list) != 2 || !list[0].Active || list[0].Power < 0.9 || list[0].Moniker == "" || list[0].Uptime > 1 {
		t.Fatalf("validators %+v", list)
	}
	l.first, l.second = list[0].Address, list[1].Address
	if l.delegations()[l.first].Amount.Wei().Sign() != 0 {
		t.Error("staked before anything was staked")
	}
	for _, part := range []struct {
		what  middle
		total string
	}{{restart, "60"}, {crash, "120"}} {
		l.done(message.Delegate{Delegator: l.address(), Validator: l.first, Amount: stos(t, "60")}, part.what)
		if e := l.last(history.Staked); e.Amount.Cmp(stos(t, "60")) != 0 || e.Counterparty != l.first.Validator() {
			t.Errorf("history %+v", e)
		}
		if got := l.delegations()[l.first].Amount; got.Cmp(stos(t, part.total)) != 0 {
			t.Errorf("staked %s", got)
		}
	}
	rules, err := stake.ReadRules(ctx, l.chain)
	ok(t, err)
	if rules.Unbonding <= 0 || rules.Bonded.Cmp(stos(t, "100")) < 0 || rules.MaxEntries == 0 {
		t.Errorf("rules %+v", rules)
	}
}

// unstakes twice: one comes back at the end of this life, one is called off,
// in two parts.
func (l *life) unstakes(t *testing.T) {
	ctx := context.Background()
	l.done(message.Undelegate{Delegator: l.address(), Validator: l.first, Amount: stos(t, "30")}, crash)
	if e := l.last(history.Unstaked); e.Direction != history.None || e.Amount.Cmp(stos(t, "30")) != 0 {
		t.Errorf("history %+v", e)
	}
	r := l.done(message.Undelegate{Delegator: l.address(), Validator: l.first, Amount: stos(t, "5")}, restart)
	back, err := stake.Unbondings(ctx, l.chain, l.address())
	ok(t, err)
	if len(back) != 2 || back[0].Amount.Cmp(stos(t, "30")) != 0 || back[0].Done.IsZero() || back[1].Height != r.Height {
		t.Fatalf("returning %+v", back)
	}
	l.back = back[0].Done
	for amount, what := range map[string]middle{"2": restart, "3": crash} {
		l.done(message.CancelUnstake{Delegator: l.address(), Validator: l.first, Amount: stos(t, amount), Height: r.Height}, what)
		l.last(history.KeptStake)
	}
	if back, err = stake.Unbondings(ctx, l.chain, l.address()); err != nil || len(back) != 1 {
		t.Errorf("after the second was called off: %+v, %v", back, err)
	}
}

func (l *life) movesStake(t *testing.T) {
	for _, what := range []middle{restart, crash} {
		l.done(message.Redelegate{Delegator: l.address(), From: l.first, To: l.second, Amount: stos(t, "10")}, what)
		l.last(history.MovedStake)
	}
	moved, err := stake.Redelegations(context.Background(), l.chain, l.address())
	ok(t, err)
	for _, m := range moved {
		if m.From != l.first || m.To != l.second || m.Amount.Cmp(stos(t, "10")) != 0 || m.Done.IsZero() {
			t.Errorf("moved %+v", m)
		}
	}
	if len(moved) != 2 {
		t.Errorf("moved %+v", moved)
	}
	back := message.Redelegate{Delegator: l.address(), From: l.second, To: l.first, Amount: stos(t, "1")}
	if _, _, err := l.send(back, nothing); !errors.Is(err, chain.ErrRefused) {
		t.Errorf("moved on at once: %v", err)
	}
}

// earns makes sure that there is a reward: the fee of a transaction is
// somebody's.
func (l *life) earns() {
	l.t.Helper()
	within(l.t, 30*time.Second, "a reward", func() bool {
		l.done(message.Transfer{From: l.address(), To: l.address(), Amount: stos(l.t, "0.1")}, nothing)
		return !l.delegations()[l.first].Reward.IsZero()
	})
}

// collects rewards of one validator and of all, and stakes them again.
func (l *life) collects(t *testing.T) {
	ctx := context.Background()
	for _, part := range []struct {
		what middle
		only []stratos.Address
	}{{restart, []stratos.Address{l.first}}, {crash, nil}} {
		l.earns()
		claim, err := stake.Claim(ctx, l.chain, l.address(), part.only...)
		ok(t, err)
		l.done(claim, part.what)
		if e := l.last(history.StakeReward); e.Direction != history.In || e.Amount.IsZero() {
			t.Errorf("history %+v", e)
		}
	}
	for _, what := range []middle{restart, crash} {
		l.earns()
		before := l.delegations()[l.first].Amount
		compound, err := stake.Compound(ctx, l.chain, l.address(), l.first)
		ok(t, err)
		l.done(compound, what)
		if e := l.last(history.Compounded); e.Reward.Cmp(e.Amount) < 0 || e.Messages != 2 {
			t.Errorf("history %+v", e)
		}
		if after := l.delegations()[l.first].Amount; after.Cmp(before) <= 0 {
			t.Errorf("staked %s, before %s", after, before)
		}
	}
}

func (l *life) isPaidElsewhere(t *testing.T) {
	ctx, friend := context.Background(), newWallet(t)
	l.done(message.SetPayout{Delegator: l.address(), To: friend.Address()}, restart)
	if to, err := stake.PaidTo(ctx, l.chain, l.address()); err != nil || to != friend.Address() {
		t.Errorf("paid to %s, %v", to, err)
	}
	if _, err := stake.Compound(ctx, l.chain, l.address()); err == nil {
		t.Error("rewards of another account were to be staked")
	}
	l.earns()
	claim, err := stake.Claim(ctx, l.chain, l.address(), l.first)
	ok(t, err)
	l.done(claim, nothing)
	if e := l.last(history.StakeReward); e.Direction != history.None {
		t.Errorf("history %+v", e)
	}
	if l.balance(friend.Address()).IsZero() {
		t.Error("the friend got nothing")
	}
	l.of(friend).checkBooks()
	l.done(message.SetPayout{Delegator: l.address(), To: l.address()}, crash)
}

func (l *life) votes(t *testing.T) {
	ctx := context.Background()
	rules, err := gov.ReadRules(ctx, l.chain)
	ok(t, err)
	part := stratos.NewAmount(rules.MinDeposit.Wei().Div(rules.MinDeposit.Wei(), stratos.WeiAmount(4).Wei()))
	propose := message.Propose{Proposer: l.address(), Title: "More light", Summary: "Shall there be more light?", Metadata: "ipfs://x", Deposit: part}
	l.done(propose, restart)
	l.last(history.Proposed)
	list, err := gov.Proposals(ctx, l.chain)
	ok(t, err)
	if len(list) != 1 || list[0].State != gov.Depositing || list[0].Title != "More light" || list[0].Deposit.Cmp(part) != 0 {
		t.Fatalf("proposals %+v", list)
	}
	id := list[0].ID
	half := part.Add(part)
	rest, _ := rules.MinDeposit.Sub(half)
	l.done(message.Deposit{Depositor: l.address(), Proposal: id, Amount: part}, crash)
	l.done(message.Deposit{Depositor: l.address(), Proposal: id, Amount: rest}, restart)
	if mine, err := gov.Vote(ctx, l.chain, id, l.address()); err != nil || len(mine) != 0 {
		t.Errorf("voted before the vote: %v, %v", mine, err)
	}
	l.done(message.Vote{Voter: l.address(), Proposal: id, Option: message.Yes}, restart)
	shares := []message.Share{{Option: message.Yes, BasisPoints: 7_500}, {Option: message.No, BasisPoints: 2_500}}
	l.done(message.WeightedVote{Voter: l.address(), Proposal: id, Shares: shares}, crash)
	l.last(history.Voted)
	l.proposal = id
	p, err := gov.Read(ctx, l.chain, id)
	ok(t, err)
	if p.State != gov.Voting { // the vote is over: this machine is busy
		return
	}
	mine, err := gov.Vote(ctx, l.chain, id, l.address())
	if p, err := gov.Read(ctx, l.chain, id); err == nil && p.State != gov.Voting {
		return
	}
	if err != nil || len(mine) != 2 || mine[0] != shares[0] || mine[1] != shares[1] || p.Tally.Parts()[message.Yes] < 0.7 || p.Ends.IsZero() {
		t.Errorf("my vote %v, %v, of %+v", mine, err, p)
	}
	if _, err := gov.Read(ctx, l.chain, 999); !errors.Is(err, chain.ErrNotFound) {
		t.Errorf("a proposal that is not there: %v", err)
	}
}

// getsBack waits for what was promised to come back by itself: the stake and
// the deposits. No transaction tells of it, and the network is down in the
// middle of the waiting.
func (l *life) getsBack(t *testing.T) {
	ctx := context.Background()
	l.net.Stop()
	l.net.Again()
	within(t, time.Until(l.nodeBack)+time.Minute, "the deposit of the node", func() bool {
		list, err := node.Owned(ctx, l.chain, l.address())
		ok(t, err)
		return len(list) == 0 || list[0].State == node.Gone
	})
	l.net.Kill()
	l.net.Again()
	within(t, 2*time.Minute, "the end of the vote", func() bool {
		p, err := gov.Read(ctx, l.chain, l.proposal)
		ok(t, err)
		return p.State == gov.Passed || p.State == gov.Rejected
	})
	within(t, time.Until(l.back)+time.Minute, "the end of the unbonding", func() bool {
		list, err := stake.Unbondings(ctx, l.chain, l.address())
		ok(t, err)
		return len(list) == 0
	})
	l.checkBooks()
	for _, kind := range []history.Kind{history.StakeReturned, history.DepositReturned, history.NodeReturned} {
		found, err := l.log.Find(ctx, l.chain.ChainID(), l.address(), history.Query{Kinds: []history.Kind{kind}})
		ok(t, err)
		if len(found) != 1 || found[0].Direction != history.In || found[0].Height == 0 {
			t.Errorf("%s: %+v", kind, found)
		}
	}
	account, err := l.chain.Account(ctx, l.address())
	ok(t, err)
	covered, err := l.log.Coverage(ctx, l.chain.ChainID(), l.address(), account.Sequence, nil)
	if err != nil || !covered.Complete || covered.Missing != 0 || covered.Problem != "" {
		t.Errorf("coverage %+v, %v", covered, err)
	}
}
