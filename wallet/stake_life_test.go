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

// done sends a message that must succeed, and looks at the books afterwards.
func (l *life) done(m chain.Message) chain.Receipt {
	l.t.Helper()
	_, r, err := l.send(m)
	ok(l.t, err)
	l.checkBooks()
	return r
}

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
	l.done(message.Delegate{Delegator: l.address(), Validator: l.first, Amount: stos(t, "100")})
	if e := l.last(history.Staked); e.Amount.Cmp(stos(t, "100")) != 0 || e.Counterparty != l.first.Validator() {
		t.Errorf("history %+v", e)
	}
	if got := l.delegations()[l.first].Amount; got.Cmp(stos(t, "100")) != 0 {
		t.Errorf("staked %s", got)
	}
	rules, err := stake.ReadRules(ctx, l.chain)
	ok(t, err)
	if rules.Unbonding <= 0 || rules.Bonded.Cmp(stos(t, "100")) < 0 || rules.MaxEntries == 0 {
		t.Errorf("rules %+v", rules)
	}
}

// unstakes twice: one comes back at the end of this life, one is called off.
func (l *life) unstakes(t *testing.T) {
	ctx := context.Background()
	l.done(message.Undelegate{Delegator: l.address(), Validator: l.first, Amount: stos(t, "30")})
	if e := l.last(history.Unstaked); e.Direction != history.None || e.Amount.Cmp(stos(t, "30")) != 0 {
		t.Errorf("history %+v", e)
	}
	r := l.done(message.Undelegate{Delegator: l.address(), Validator: l.first, Amount: stos(t, "5")})
	back, err := stake.Unbondings(ctx, l.chain, l.address())
	ok(t, err)
	if len(back) != 2 || back[0].Amount.Cmp(stos(t, "30")) != 0 || time.Until(back[0].Done) <= 0 || back[1].Height != r.Height {
		t.Fatalf("returning %+v", back)
	}
	l.back = back[0].Done
	l.done(message.CancelUnstake{Delegator: l.address(), Validator: l.first, Amount: back[1].Amount, Height: back[1].Height})
	l.last(history.KeptStake)
	if back, err = stake.Unbondings(ctx, l.chain, l.address()); err != nil || len(back) != 1 {
		t.Errorf("after the second was called off: %+v, %v", back, err)
	}
}

func (l *life) movesStake(t *testing.T) {
	move := message.Redelegate{Delegator: l.address(), From: l.first, To: l.second, Amount: stos(t, "20")}
	l.done(move)
	l.last(history.MovedStake)
	moved, err := stake.Redelegations(context.Background(), l.chain, l.address())
	ok(t, err)
	if len(moved) != 1 || moved[0].From != l.first || moved[0].To != l.second || moved[0].Amount.Cmp(move.Amount) != 0 || time.Until(moved[0].Done) <= 0 {
		t.Errorf("moved %+v", moved)
	}
	back := message.Redelegate{Delegator: l.address(), From: l.second, To: l.first, Amount: stos(t, "1")}
	if _, _, err := l.send(back); !errors.Is(err, chain.ErrRefused) {
		t.Errorf("moved on at once: %v", err)
	}
}

// collects rewards: they come from the fees that this life pays.
func (l *life) collects(t *testing.T) {
	ctx := context.Background()
	within(t, 20*time.Second, "a reward", func() bool { return !l.delegations()[l.first].Reward.IsZero() })
	claim, err := stake.Claim(ctx, l.chain, l.address())
	ok(t, err)
	l.done(claim)
	if e := l.last(history.StakeReward); e.Direction != history.In || e.Amount.IsZero() {
		t.Errorf("history %+v", e)
	}
	before := l.delegations()[l.first].Amount
	within(t, 20*time.Second, "another reward", func() bool {
		l.done(message.Transfer{From: l.address(), To: l.address(), Amount: stos(t, "0.1")}) // its fee is somebody's reward
		return !l.delegations()[l.first].Reward.IsZero()
	})
	compound, err := stake.Compound(ctx, l.chain, l.address(), l.first)
	ok(t, err)
	l.done(compound)
	if e := l.last(history.Compounded); e.Reward.Cmp(e.Amount) < 0 || e.Messages != 2 {
		t.Errorf("history %+v", e)
	}
	if after := l.delegations()[l.first].Amount; after.Cmp(before) <= 0 {
		t.Errorf("staked %s, before %s", after, before)
	}
}

func (l *life) isPaidElsewhere(t *testing.T) {
	ctx, friend := context.Background(), newWallet(t).Address()
	l.done(message.SetPayout{Delegator: l.address(), To: friend})
	if to, err := stake.PaidTo(ctx, l.chain, l.address()); err != nil || to != friend {
		t.Errorf("paid to %s, %v", to, err)
	}
	if _, err := stake.Compound(ctx, l.chain, l.address()); err == nil {
		t.Error("rewards of another account were to be staked")
	}
	within(t, 20*time.Second, "a reward", func() bool {
		l.done(message.Transfer{From: l.address(), To: l.address(), Amount: stos(t, "0.1")})
		return !l.delegations()[l.first].Reward.IsZero()
	})
	claim, err := stake.Claim(ctx, l.chain, l.address(), l.first)
	ok(t, err)
	l.done(claim)
	if e := l.last(history.StakeReward); e.Direction != history.None {
		t.Errorf("history %+v", e)
	}
	if l.balance(friend).IsZero() {
		t.Error("the friend got nothing")
	}
	l.done(message.SetPayout{Delegator: l.address(), To: l.address()})
}

func (l *life) votes(t *testing.T) {
	ctx := context.Background()
	rules, err := gov.ReadRules(ctx, l.chain)
	ok(t, err)
	part := stratos.NewAmount(rules.MinDeposit.Wei().Div(rules.MinDeposit.Wei(), stratos.WeiAmount(2).Wei()))
	rest, _ := rules.MinDeposit.Sub(part)
	l.done(message.Propose{Proposer: l.address(), Title: "More light", Summary: "Shall there be more light?", Metadata: "ipfs://x", Deposit: part})
	l.last(history.Proposed)
	list, err := gov.Proposals(ctx, l.chain)
	ok(t, err)
	if len(list) != 1 || list[0].State != gov.Depositing || list[0].Title != "More light" || list[0].Deposit.Cmp(part) != 0 {
		t.Fatalf("proposals %+v", list)
	}
	id := list[0].ID
	l.done(message.Deposit{Depositor: l.address(), Proposal: id, Amount: rest})
	if mine, err := gov.Vote(ctx, l.chain, id, l.address()); err != nil || len(mine) != 0 {
		t.Errorf("voted before the vote: %v, %v", mine, err)
	}
	l.done(message.Vote{Voter: l.address(), Proposal: id, Option: message.Yes})
	shares := []message.Share{{Option: message.Yes, BasisPoints: 7_500}, {Option: message.No, BasisPoints: 2_500}}
	l.done(message.WeightedVote{Voter: l.address(), Proposal: id, Shares: shares})
	l.last(history.Voted)
	mine, err := gov.Vote(ctx, l.chain, id, l.address())
	if err != nil || len(mine) != 2 || mine[0] != shares[0] || mine[1] != shares[1] {
		t.Errorf("my vote %v, %v", mine, err)
	}
	p, err := gov.Read(ctx, l.chain, id)
	ok(t, err)
	if p.State != gov.Voting || p.Tally.Yes.IsZero() || p.Tally.Parts()[message.Yes] < 0.7 || time.Until(p.Ends) <= 0 {
		t.Errorf("proposal %+v", p)
	}
	if _, err := gov.Read(ctx, l.chain, 999); !errors.Is(err, chain.ErrNotFound) {
		t.Errorf("a proposal that is not there: %v", err)
	}
	l.proposal = id
}

// getsBack waits for what was promised to come back by itself: the stake and
// the deposit. No transaction tells of it.
func (l *life) getsBack(t *testing.T) {
	ctx := context.Background()
	within(t, time.Until(l.back)+30*time.Second, "the end of the unbonding", func() bool {
		list, err := stake.Unbondings(ctx, l.chain, l.address())
		ok(t, err)
		return len(list) == 0
	})
	within(t, time.Until(l.nodeBack)+30*time.Second, "the deposit of the node", func() bool {
		list, err := node.Owned(ctx, l.chain, l.address())
		ok(t, err)
		return len(list) == 0 || list[0].State == node.Gone
	})
	within(t, 60*time.Second, "the end of the vote", func() bool {
		p, err := gov.Read(ctx, l.chain, l.proposal)
		ok(t, err)
		return p.State == gov.Passed || p.State == gov.Rejected
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
