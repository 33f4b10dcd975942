package wallet_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
)

// cut is how a connection fails.
type cut int

const (
	beforeIt  cut = iota // the request never arrives
	afterIt              // it is carried out, the answer is lost
	fromNowOn            // nothing goes through any more
	afterAll             // this one is carried out without an answer, then nothing goes through
	cuts
)

var errCut = errors.New("the connection was cut")

// scissors is a transport that fails at one request, counted from zero.
type scissors struct {
	mu   sync.Mutex
	at   int
	how  cut
	seen int
}

// RoundTrip sends the request unless it is cut.
func (s *scissors) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	now, at, how := s.seen, s.at, s.how
	s.seen++
	s.mu.Unlock()
	gone := now > at && (how == fromNowOn || how == afterAll)
	if gone || (now == at && (how == beforeIt || how == fromNowOn)) {
		return nil, errCut
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && now == at {
		res.Body.Close()
		return nil, errCut
	}
	return res, err
}

// steps is how many requests of sending are cut: the chain id, the account,
// the height, the broadcast, and looks at what became of it.
const steps = 6

// loses sends once with a connection that fails, and then makes sure that what
// the wallet says is what happened.
func (l *life) loses(at int, how cut) {
	l.t.Helper()
	ctx, friend, amount := context.Background(), newWallet(l.t).Address(), stos(l.t, "0.01")
	p, err := l.chain.Preview(ctx, l.key.Public(), chain.Transfer{From: l.address(), To: friend, Amount: amount}, "")
	ok(l.t, err)
	patience := 10 * time.Second
	if how >= fromNowOn {
		patience = 400 * time.Millisecond
	}
	broken, err := chain.New(chain.Options{
		Network: l.net.Network, HTTP: &http.Client{Transport: &scissors{at: at, how: how}}, Poll: 20 * time.Millisecond, Patience: patience, Blocks: 4,
	})
	ok(l.t, err)
	r, err := broken.Send(ctx, p, l.key, l.log)
	switch fault.Kind(fault.ExitCode(err)) {
	case 0:
		l.wants(friend, amount, fmt.Sprintf("request %d, cut %d: reported as done", at, how))
	case fault.Failed:
		l.wants(friend, stratos.Amount{}, fmt.Sprintf("request %d, cut %d: reported as failed: %v", at, how, err))
	case fault.Unknown:
		l.resolves(r.Hash, friend, amount)
	default:
		l.t.Errorf("request %d, cut %d: %v", at, how, err)
	}
}

func (l *life) wants(friend stratos.Address, amount stratos.Amount, what string) {
	l.t.Helper()
	if got := l.balance(friend); got.Cmp(amount) != 0 {
		l.t.Errorf("%s, but the friend has %s", what, got)
	}
}

// resolves asks until the outcome is known, while the chain goes on, and looks
// whether the history says what happened.
func (l *life) resolves(hash string, friend stratos.Address, amount stratos.Amount) {
	l.t.Helper()
	ctx := context.Background()
	var state chain.State
	within(l.t, 60*time.Second, "an outcome of "+hash, func() bool {
		ok(l.t, l.log.Refresh(ctx, l.chain, l.address()))
		found, err := l.log.Find(ctx, l.chain.ChainID(), l.address(), history.Query{Text: hash})
		ok(l.t, err)
		if len(found) != 1 {
			l.t.Fatalf("%d entries of %s", len(found), hash)
		}
		if state = found[0].State; state != chain.Sending && state != chain.Unknown {
			return true
		}
		_, err = l.chain.Credit(ctx, newWallet(l.t).Address(), stos(l.t, "1")) // makes a block
		ok(l.t, err)
		return false
	})
	switch state {
	case chain.Done:
		l.wants(friend, amount, "shown as done")
	default:
		l.wants(friend, stratos.Amount{}, "shown as "+string(state))
	}
}

// losesConnections cuts the connection at every step of sending: no payment
// happens twice, none is lost, and what is shown is true.
func (l *life) losesConnections(t *testing.T) {
	for i := range 20 {
		l.loses(i%steps, cut((i+i/12)%int(cuts))) // twenty different ones
	}
	l.checkBooks()
}

// TestConnectionsCut is the same five hundred times, in another order.
func TestConnectionsCut(t *testing.T) {
	if os.Getenv("STOS_NIGHTLY") != "1" {
		t.Skip("the life of a wallet has twenty cuts; five hundred are for STOS_NIGHTLY=1")
	}
	l := newLife(t)
	l.isFunded(t)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 7))
	for range 500 {
		l.loses(random.IntN(steps+2), cut(random.IntN(int(cuts))))
	}
	l.checkBooks()
}
