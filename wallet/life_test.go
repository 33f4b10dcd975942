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

// In each part of this life the network is stopped once and killed once, in
// the middle of a transaction; after each the books agree at every block.
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
		{"move stake", (*life).movesStake},
		{"rewards", (*life).collects},
		{"payout", (*life).isPaidElsewhere},
		{"votes", (*life).votes},
		{"money goes", (*life).sends},
		{"ozone", (*life).buysOzone},
		{"the market", (*life).knowsTheMarket},
		{"node rewards", (*life).takesNodeRewards},
		{"too much", (*life).cannotSpendMore},
		{"two programs", (*life).sendsFromTwoPrograms},
		{"nobody there", (*life).findsNobody},
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
	if _, _, err := l.send(chain.Transfer{From: l.address(), To: l.address(), Amount: stos(t, "1")}, nothing); !errors.Is(err, chain.ErrFunds) {
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

// isFunded twice, with a network that stops and one that is killed after it.
func (l *life) isFunded(t *testing.T) {
	for _, end := range []func(){l.net.Stop, l.net.Kill} {
		before := l.balance(l.address())
		hash, err := l.chain.Credit(context.Background(), l.address(), stos(t, "250"))
		ok(t, err)
		end()
		l.net.Again()
		if b := l.balance(l.address()); b.Cmp(before.Add(stos(t, "250"))) != 0 {
			t.Errorf("balance %s after %s", b, hash)
		}
		l.checkBooks()
	}
}

func (l *life) sends(t *testing.T) {
	for _, what := range []middle{nothing, restart, crash} {
		friend := newWallet(t)
		before := l.balance(l.address())
		p, r, err := l.send(chain.Transfer{From: l.address(), To: friend.Address(), Amount: stos(t, "1.5")}, what)
		ok(t, err)
		if got := l.balance(friend.Address()); got.Cmp(stos(t, "1.5")) != 0 {
			t.Errorf("the friend has %s", got)
		}
		if got := l.balance(l.address()); got.Cmp(p.Left) != 0 || p.Spendable.Cmp(before) != 0 || r.Fee.Cmp(p.Fee) != 0 {
			t.Errorf("left %s, previewed %s", got, p.Left)
		}
		if r.GasUsed == 0 || r.GasUsed > p.Gas || r.Height == 0 || r.Hash == "" {
			t.Errorf("receipt %+v of preview %+v", r, p)
		}
		l.checkBooks()
		l.of(friend).checkBooks()
	}
}

// buysOzone for the storage account. The quote is what is bought: nothing else
// moves the price in this life.
func (l *life) buysOzone(t *testing.T) {
	ctx := context.Background()
	storage, err := keys.StorageAccount(l.key, keys.FirstEpoch)
	ok(t, err)
	for _, what := range []middle{restart, crash} {
		quote, err := l.chain.QuotePrepay(ctx, stos(t, "2"))
		ok(t, err)
		left, total, err := l.chain.NozSupply(ctx)
		ok(t, err)
		r := l.done(chain.Prepay{Sender: l.address(), Beneficiary: storage.Address(), Amount: stos(t, "2")}, what)
		if r.Noz == nil || r.Noz.Cmp(quote) != 0 {
			t.Errorf("bought %v, quoted %v", r.Noz, quote)
		}
		after, same, err := l.chain.NozSupply(ctx)
		ok(t, err)
		if new(big.Int).Sub(left, after).Cmp(quote) != 0 || same.Cmp(total) != 0 {
			t.Errorf("supply %v of %v, before %v of %v", after, same, left, total)
		}
		e := l.last(history.BoughtOzone)
		if e.Noz == nil || e.Noz.Cmp(quote) != 0 || e.Counterparty != storage.Address().String() {
			t.Errorf("history %+v", e)
		}
	}
	if price, err := l.chain.NozPrice(ctx); err != nil || price.Sign() <= 0 {
		t.Errorf("price %v, %v", price, err)
	}
}

func (l *life) cannotSpendMore(t *testing.T) {
	before := l.balance(l.address())
	for _, m := range []chain.Message{
		chain.Transfer{From: l.address(), To: newWallet(t).Address(), Amount: stos(t, "1000")},
		chain.Transfer{From: l.address(), To: newWallet(t).Address(), Amount: before},
		chain.Prepay{Sender: l.address(), Beneficiary: l.address(), Amount: stos(t, "1000")},
	} {
		_, _, err := l.send(m, nothing)
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
		other := l.of(l.key)
		other.chain = l.client(l.line)
		go func() {
			_, _, err := other.send(chain.Transfer{From: l.address(), To: friend.Address(), Amount: stos(t, "0.5")}, nothing)
			results <- err
		}()
	}
	ok(t, errors.Join(<-results, <-results))
	if got := l.balance(friend.Address()); got.Cmp(stos(t, "1")) != 0 {
		t.Errorf("the friend has %s wei, want two times 0.5 STOS", got)
	}
	l.checkBooks()
}

// findsNobody while the network is down, and everything afterwards.
func (l *life) findsNobody(t *testing.T) {
	before := l.balance(l.address())
	l.net.Stop()
	_, _, err := l.send(chain.Transfer{From: l.address(), To: l.address(), Amount: stos(t, "1")}, nothing)
	if !errors.Is(err, chain.ErrUnreachable) {
		t.Errorf("network down: %v", err)
	}
	l.net.Again()
	if after := l.balance(l.address()); after.Cmp(before) != 0 {
		t.Errorf("balance %s, before %s", after, before)
	}
	l.checkBooks()
}
