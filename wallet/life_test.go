package wallet_test

import (
	"context"
	"errors"
	"math/big"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// newWallet goes the way of a person: fresh words, sealed, opened again.
func newWallet(t *testing.T) stratos.PrivateKey {
	t.Helper()
	words, err := keys.NewWords(12)
	ok(t, err)
	key, err := keys.FromWords(words, nil, 0)
	ok(t, err)
	path := filepath.Join(t.TempDir(), "w.vault")
	cheap := vault.Params{MemoryKiB: 64, Time: 1, Threads: 1}
	ok(t, vault.Create(path, key.Public(), &vault.Content{Words: words, Created: time.Now()}, []byte("pw"), cheap))
	content, err := vault.Open(path, []byte("pw"))
	ok(t, err)
	opened, err := content.Key(0)
	ok(t, err)
	if opened.Address() != key.Address() {
		t.Fatal("the vault gave another wallet back")
	}
	return opened
}

// life is one wallet with its history on one network.
type life struct {
	t     *testing.T
	net   *testnet.Process
	chain *chain.Client
	log   *history.Log
	key   stratos.PrivateKey

	first, second  stratos.Address // validators
	back, nodeBack time.Time       // when the first unstaking, and the node's deposit, are over
	proposal       uint64
}

func (l *life) address() stratos.Address { return l.key.Address() }

func (l *life) balance(a stratos.Address) stratos.Amount {
	l.t.Helper()
	b, err := l.chain.Balance(context.Background(), a)
	ok(l.t, err)
	if b.Total.Cmp(b.Spendable) != 0 {
		l.t.Errorf("total %s, spendable %s", b.Total, b.Spendable)
	}
	return b.Spendable
}

func (l *life) send(m chain.Message) (chain.Preview, chain.Receipt, error) {
	l.t.Helper()
	p, err := l.chain.Preview(context.Background(), l.key.Public(), m, "")
	if err != nil {
		return p, chain.Receipt{}, err
	}
	r, err := l.chain.Send(context.Background(), p, l.key, l.log)
	return p, r, err
}

// checkBooks compares the sums of the history with the balance, to the wei. A
// node's index may be a moment behind its blocks.
func (l *life) checkBooks() {
	l.t.Helper()
	balance := l.balance(l.address()).Wei()
	within(l.t, 10*time.Second, "history that sums to "+balance.String()+" wei", func() bool {
		ok(l.t, l.log.Refresh(context.Background(), l.chain, l.address()))
		return l.booked().Cmp(balance) == 0
	})
}

// booked is the sum of the history, in which nothing may be open.
func (l *life) booked() *big.Int {
	l.t.Helper()
	pending, err := l.log.Pending(context.Background(), l.chain.ChainID(), l.address())
	ok(l.t, err)
	if len(pending) > 0 {
		l.t.Errorf("still open: %+v", pending)
	}
	sum, err := l.log.Books(context.Background(), l.chain.ChainID(), l.address())
	ok(l.t, err)
	return sum
}

// newLife starts a network with a wallet that owns nothing yet.
func newLife(t *testing.T) *life {
	t.Helper()
	n := testnet.StartIn(t, t.TempDir())
	log, err := history.Open(context.Background(), filepath.Join(t.TempDir(), "history.db"))
	ok(t, err)
	t.Cleanup(func() { ok(t, log.Close()) })
	return &life{t: t, net: n, chain: client(t, n), log: log, key: newWallet(t)}
}

func TestLifeOfAWallet(t *testing.T) {
	l := newLife(t)
	for _, part := range []struct {
		name string
		run  func(*life, *testing.T)
	}{
		{"a new account", (*life).beginsWithNothing},
		{"money comes", (*life).isFunded},
		{"stake", (*life).stakes},
		{"unstake", (*life).unstakes},
		{"a node", (*life).ownsANode},
		{"no node rewards", (*life).earnsNothingYet},
		{"the market", (*life).knowsTheMarket},
		{"move stake", (*life).movesStake},
		{"rewards", (*life).collects},
		{"payout", (*life).isPaidElsewhere},
		{"votes", (*life).votes},
		{"money goes", (*life).sends},
		{"ozone", (*life).buysOzone},
		{"too much", (*life).cannotSpendMore},
		{"two programs", (*life).sendsFromTwoPrograms},
		{"restart", (*life).survivesARestart},
		{"kill", (*life).survivesAKill},
		{"cuts", (*life).losesConnections},
		{"what comes back", (*life).getsBack},
	} {
		passed := t.Run(part.name, func(t *testing.T) {
			l.t = t
			part.run(l, t)
		})
		if l.t = t; !passed {
			return // what follows stands on it
		}
	}
}

func (l *life) beginsWithNothing(t *testing.T) {
	ctx := context.Background()
	ok(t, l.chain.CheckChain(ctx))
	if b := l.balance(l.address()); !b.IsZero() {
		t.Errorf("balance %s", b)
	}
	if _, err := l.chain.Account(ctx, l.address()); !errors.Is(err, chain.ErrUnused) {
		t.Errorf("account: %v", err)
	}
	if _, _, err := l.send(chain.Transfer{From: l.address(), To: l.address(), Amount: stos(t, "1")}); !errors.Is(err, chain.ErrFunds) {
		t.Errorf("send: %v", err)
	}
	description := l.net.Network
	description.ChainID = "stratos-1"
	wrong, err := chain.New(chain.Options{Network: description})
	ok(t, err)
	if err := wrong.CheckChain(ctx); !errors.Is(err, chain.ErrWrongChain) {
		t.Errorf("wrong chain: %v", err)
	}
}

func (l *life) isFunded(t *testing.T) {
	hash, err := l.chain.Credit(context.Background(), l.address(), stos(t, "500"))
	ok(t, err)
	if b := l.balance(l.address()); b.Cmp(stos(t, "500")) != 0 {
		t.Errorf("balance %s after %s", b, hash)
	}
	l.checkBooks()
}

func (l *life) sends(t *testing.T) {
	friend := newWallet(t)
	before := l.balance(l.address())
	p, r, err := l.send(chain.Transfer{From: l.address(), To: friend.Address(), Amount: stos(t, "1.5")})
	ok(t, err)
	if got := l.balance(friend.Address()); got.Cmp(stos(t, "1.5")) != 0 {
		t.Errorf("the friend has %s", got)
	}
	if got := l.balance(l.address()); got.Cmp(p.Left) != 0 || p.Spendable.Cmp(before) != 0 || r.Fee.Cmp(p.Fee) != 0 {
		t.Errorf("left %s, previewed %s", got, p.Left)
	}
	if r.GasUsed == 0 || r.GasUsed > p.Gas || r.Height == 0 || time.Since(r.Time) > time.Minute {
		t.Errorf("receipt %+v of preview %+v", r, p)
	}
	l.checkBooks()
	theirs := &life{t: t, net: l.net, chain: l.chain, log: l.log, key: friend}
	theirs.checkBooks()
}

func (l *life) buysOzone(t *testing.T) {
	ctx := context.Background()
	storage, err := keys.StorageAccount(l.key, keys.FirstEpoch)
	ok(t, err)
	quote, err := l.chain.QuotePrepay(ctx, stos(t, "2"))
	ok(t, err)
	left, total, err := l.chain.NozSupply(ctx)
	ok(t, err)
	_, r, err := l.send(chain.Prepay{Sender: l.address(), Beneficiary: storage.Address(), Amount: stos(t, "2")})
	ok(t, err)
	if r.Noz == nil || r.Noz.Cmp(quote) != 0 {
		t.Errorf("bought %v, quoted %v", r.Noz, quote)
	}
	after, same, err := l.chain.NozSupply(ctx)
	ok(t, err)
	if new(big.Int).Sub(left, after).Cmp(quote) != 0 || same.Cmp(total) != 0 {
		t.Errorf("supply %v of %v, before %v of %v", after, same, left, total)
	}
	if price, err := l.chain.NozPrice(ctx); err != nil || price.Sign() <= 0 {
		t.Errorf("price %v, %v", price, err)
	}
	l.checkBooks()
	entries, err := l.log.List(ctx, l.chain.ChainID(), l.address(), 1, 0)
	ok(t, err)
	if e := entries[0]; e.Kind != history.BoughtOzone || e.Noz == nil || e.Noz.Cmp(quote) != 0 || e.Counterparty != storage.Address().String() {
		t.Errorf("history %+v", e)
	}
}

func (l *life) cannotSpendMore(t *testing.T) {
	before := l.balance(l.address())
	for _, m := range []chain.Message{
		chain.Transfer{From: l.address(), To: newWallet(t).Address(), Amount: stos(t, "1000")},
		chain.Transfer{From: l.address(), To: newWallet(t).Address(), Amount: before},
		chain.Prepay{Sender: l.address(), Beneficiary: l.address(), Amount: stos(t, "1000")},
	} {
		_, _, err := l.send(m)
		if !errors.Is(err, chain.ErrFunds) || !strings.Contains(fault.Sentence(err), "not enough STOS") {
			t.Errorf("%T: %v", m, err)
		}
	}
	if after := l.balance(l.address()); after.Cmp(before) != 0 {
		t.Errorf("balance %s, before %s", after, before)
	}
}

// Two programs with one wallet send at the same moment; both get through.
func (l *life) sendsFromTwoPrograms(t *testing.T) {
	friend := newWallet(t)
	results := make(chan error, 2)
	for range 2 {
		other := &life{t: t, net: l.net, chain: client(t, l.net), log: l.log, key: l.key}
		go func() {
			_, _, err := other.send(chain.Transfer{From: l.address(), To: friend.Address(), Amount: stos(t, "0.5")})
			results <- err
		}()
	}
	ok(t, errors.Join(<-results, <-results))
	if got := l.balance(friend.Address()); got.Cmp(stos(t, "1")) != 0 {
		t.Errorf("the friend has %s wei, want two times 0.5 STOS", got)
	}
	l.checkBooks()
}
