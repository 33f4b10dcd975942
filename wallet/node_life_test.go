package wallet_test

import (
	"context"
	"crypto/ed25519"
	"errors"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/market"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/node"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// ownsANode registers a storage node, changes it, and gives it up again; its
// deposit comes back at the end of this life.
func (l *life) ownsANode(t *testing.T) {
	ctx := context.Background()
	rules, err := node.ReadRules(ctx, l.chain)
	ok(t, err)
	if rules.MinDeposit.IsZero() || rules.Completion <= 0 {
		t.Fatalf("rules %+v", rules)
	}
	key, _, err := ed25519.GenerateKey(nil)
	ok(t, err)
	address := stratos.NodeAddressOf(key)
	if _, err := node.Read(ctx, l.chain, address); !errors.Is(err, chain.ErrNotFound) {
		t.Errorf("a node that is not there: %v", err)
	}
	create := message.CreateNode{
		Owner: l.address(), Beneficiary: l.address(), Node: address, Key: key, Deposit: rules.MinDeposit,
		Description: message.Description{Moniker: "attic"}, Kinds: message.Storage,
	}
	l.done(create)
	if e := l.last(history.NodeDeposit); e.Counterparty != address.String() || e.Amount.Cmp(create.Deposit) != 0 {
		t.Errorf("history %+v", e)
	}
	l.done(message.AddNodeDeposit{Owner: l.address(), Node: address, Amount: stos(t, "1")})
	friend := newWallet(t).Address()
	l.done(message.UpdateNode{
		Owner: l.address(), Beneficiary: friend, Node: address, Description: message.Description{Moniker: "cellar"}, Kinds: message.Storage,
	})
	l.last(history.NodeChanged)
	owned, err := node.Owned(ctx, l.chain, l.address())
	ok(t, err)
	if len(owned) != 1 {
		t.Fatalf("owned %+v", owned)
	}
	n := owned[0]
	if n.Address != address || n.PaidTo != friend || n.Description.Moniker != "cellar" || n.State != node.Waiting ||
		n.Deposit.Cmp(create.Deposit.Add(stos(t, "1"))) != 0 || n.Owner != l.address() || time.Since(n.Created) > time.Hour {
		t.Errorf("node %+v", n)
	}
	l.done(message.RemoveNode{Owner: l.address(), Node: address})
	l.last(history.NodeRemoved)
	l.nodeBack = rules.Back(n.Created, time.Now())
}

func (l *life) earnsNothingYet(t *testing.T) {
	ctx := context.Background()
	r, err := node.ReadRewards(ctx, l.chain, l.address())
	if err != nil || !r.Mature.IsZero() || !r.Immature.IsZero() || !r.Slashed.IsZero() {
		t.Errorf("rewards %+v, %v", r, err)
	}
	w := message.Withdraw{Wallet: l.address(), Target: l.address(), Amount: stos(t, "1")}
	if _, _, err := l.send(w); !errors.Is(err, chain.ErrNoReward) {
		t.Errorf("withdrew what was not earned: %v", err)
	}
	if e, err := stake.Measure(ctx, l.chain, time.Now()); err != nil || e.Bonded.IsZero() || e.Year() < 0 {
		t.Errorf("earnings %+v, %v", e, err)
	}
}

func (l *life) knowsTheMarket(t *testing.T) {
	ctx := context.Background()
	m, err := market.Read(ctx, l.chain)
	ok(t, err)
	quote, err := l.chain.QuotePrepay(ctx, stos(t, "3"))
	ok(t, err)
	if off := quote.Int64() - m.Buys(stos(t, "3")).Int64(); off < -2 || off > 2 {
		t.Errorf("the chain quotes %v, the curve %v", quote, m.Buys(stos(t, "3")))
	}
	money, err := market.ReadMoney(ctx, l.chain)
	if err != nil || money.Supply.IsZero() || money.Staked.IsZero() || money.Circulating.Cmp(money.Supply) > 0 {
		t.Errorf("money %+v, %v", money, err)
	}
	l.done(message.Gift{From: l.address(), Amount: stos(t, "1")})
	l.last(history.PoolGift)
}
