package chain

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

func TestThreeFees(t *testing.T) {
	f := newFake(t)
	p := preview(t, f.client(), transfer(t, "1stos")) // a trial run uses 80,568
	want := map[FeeLevel]string{Low: "96682000000000", Normal: "104739000000000", High: "151065000000000"}
	for i, name := range Levels() {
		q, err := p.With(name)
		if err != nil {
			t.Fatal(err)
		}
		if q.Fee.String() != want[name] || p.Fees[i].Amount.Cmp(q.Fee) != 0 || p.Fees[i].Gas != q.Gas {
			t.Errorf("%s: gas %d, fee %s", name, q.Gas, q.Fee)
		}
		if sum := q.Left.Add(q.Cost()); sum.Cmp(p.Spendable) != 0 {
			t.Errorf("%s: left and cost are %s of %s", name, sum, p.Spendable)
		}
	}
	if _, err := p.With("free"); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("%v", err)
	}
}

// Everything leaves exactly the fee, whatever the balance and the level.
func TestEverythingLeavesExactlyTheFee(t *testing.T) {
	f := newFake(t)
	c, from, to := f.client(), vectorKey(t, 0).Address(), vectorKey(t, 1).Address()
	send := func(a stratos.Amount) Message { return Transfer{From: from, To: to, Amount: a} }
	rapid.Check(t, func(r *rapid.T) {
		balance := stratos.WeiAmount(rapid.Uint64Range(200_000_000_000_000, 1<<63).Draw(r, "balance"))
		f.balance = balance.Wei()
		all, err := c.PreviewAll(context.Background(), f.public, send, "")
		if err != nil {
			r.Fatal(err)
		}
		for _, name := range Levels() {
			p, err := all.With(name)
			if err != nil {
				r.Fatal(err)
			}
			if !p.Left.IsZero() || p.Message.Spends().Add(p.Fee).Cmp(balance) != 0 {
				r.Fatalf("%s: sends %s, fee %s of %s", name, p.Message.Spends(), p.Fee, balance)
			}
		}
	})
	for _, nothing := range []uint64{0, 1, 1_000_000_000_000} {
		f.balance = stratos.WeiAmount(nothing).Wei()
		if _, err := c.PreviewAll(context.Background(), f.public, send, ""); !errors.Is(err, ErrFunds) {
			t.Errorf("all of %d wei: %v", nothing, err)
		}
	}
}

func TestEverythingIsSent(t *testing.T) {
	f, log := newFake(t), newLog()
	c, from, to := f.client(), vectorKey(t, 0).Address(), vectorKey(t, 1).Address()
	p, err := c.PreviewAll(context.Background(), f.public, func(a stratos.Amount) Message { return Transfer{From: from, To: to, Amount: a} }, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Send(context.Background(), p, vectorKey(t, 0), log); err != nil {
		t.Fatal(err)
	}
	if got := stratos.NewAmount(f.transferred()).Add(p.Fee); got.Cmp(p.Spendable) != 0 {
		t.Errorf("sent and paid %s of %s", got, p.Spendable)
	}
}

// What is staked of a reward need not be there before.
func TestCompoundSpendsWhatItBrings(t *testing.T) {
	f := newFake(t)
	f.balance = stratosAmount("1stos").Wei()
	from, validator := vectorKey(t, 0).Address(), vectorKey(t, 1).Address()
	m := message.Batch{
		message.WithdrawReward{Delegator: from, Validator: validator, Expected: stratosAmount("5stos")},
		message.Delegate{Delegator: from, Validator: validator, Amount: stratosAmount("5stos")},
	}
	p, err := f.client().Preview(context.Background(), f.public, m, "")
	if err != nil {
		t.Fatal(err)
	}
	if want, _ := stratosAmount("1stos").Sub(p.Fee); p.Left.Cmp(want) != 0 {
		t.Errorf("left %s, want %s", p.Left, want)
	}
	if body := f.simulated[0].Body; len(body.Messages) != 2 || body.Messages[1].TypeUrl != message.TypeDelegate {
		t.Errorf("simulated %v", body)
	}
	f.balance = stratos.WeiAmount(1000).Wei() // the fee is due before the reward comes
	if _, err := f.client().Preview(context.Background(), f.public, m, ""); !errors.Is(err, ErrFunds) {
		t.Errorf("no money for the fee: %v", err)
	}
}

// A node without trial runs is no reason not to pay: the table has every
// message of this wallet.
func TestFeesWithoutTrialRuns(t *testing.T) {
	f := newFake(t)
	for _, status := range []int{http.StatusNotImplemented, http.StatusForbidden, http.StatusNotFound} {
		front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/simulate") {
				http.Error(w, "no", status)
				return
			}
			f.serve(w, r)
		}))
		defer front.Close()
		c, err := New(Options{Network: network.Network{REST: front.URL, ChainID: fakeChainID}, Poll: time.Millisecond})
		p := preview(t, must(t, c, err), transfer(t, "1stos"))
		if p.Gas < 95_000*13/10 || p.Gas > 95_000*15/10 {
			t.Errorf("status %d: gas %d for a message that needs 95,000", status, p.Gas)
		}
	}
	for url, used := range measured {
		if used <= perSignature {
			t.Errorf("%s: %d", url, used)
		}
	}
}
