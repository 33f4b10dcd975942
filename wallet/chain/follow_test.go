package chain

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// It was accepted, but no block ever took it: after its timeout height it is
// certain that it never will.
func TestTimeoutHeight(t *testing.T) {
	f, log := newFake(t), newLog()
	f.stalled = true
	c := f.client()
	r, err := c.Send(context.Background(), preview(t, c, transfer(t, "1stos")), vectorKey(t, 0), log)
	if !errors.Is(err, ErrTimedOut) || fault.ExitCode(err) != 1 || log.state(r.Hash) != Expired {
		t.Errorf("%v, %v", err, log.states)
	}
}

// The node forgot the hash although the account moved on: nobody can tell.
func TestUnknownOutcome(t *testing.T) {
	f, log := newFake(t), newLog()
	c := f.client()
	c.patience = 300 * time.Millisecond
	p := preview(t, c, transfer(t, "1stos"))
	f.stalled, f.perBlock = true, 1
	f.broadcast = func(string) (string, uint32, string) { f.sequence++; return "", 0, "" }
	r, err := c.Send(context.Background(), p, vectorKey(t, 0), log)
	if !errors.Is(err, ErrUnknown) || fault.ExitCode(err) != int(fault.Unknown) || log.state(r.Hash) != Unknown {
		t.Errorf("%v, %v", err, log.states)
	}
	s := log.sent[r.Hash]
	o, err := c.Resolve(context.Background(), Pending{Hash: s.Hash, From: s.From, Sequence: s.Sequence, Timeout: s.Timeout})
	if err != nil || o.State != Unknown {
		t.Errorf("resolved %+v, %v", o, err)
	}
}

func TestCancelledWhileFollowing(t *testing.T) {
	f, log := newFake(t), newLog()
	c := f.client()
	p := preview(t, c, transfer(t, "1stos"))
	f.perBlock = 1 << 30
	ctx, cancel := context.WithCancel(context.Background())
	f.meddle = func(_ int, path string) meddling {
		if strings.HasPrefix(path, "/cosmos/tx/v1beta1/txs/") {
			cancel()
		}
		return leaveAlone
	}
	r, err := c.Send(ctx, p, vectorKey(t, 0), log)
	if !errors.Is(err, ErrUnknown) || log.state(r.Hash) != Unknown {
		t.Fatalf("%v, %v", err, log.states)
	}
	s := log.sent[r.Hash]
	mark := Pending{Hash: s.Hash, From: s.From, Sequence: s.Sequence, Timeout: s.Timeout}
	if o, err := c.Resolve(context.Background(), mark); err != nil || o.State != Sending {
		t.Errorf("in the pool: %+v, %v", o, err)
	}
	f.mu.Lock()
	f.makeBlock()
	f.mu.Unlock()
	if o, err := c.Resolve(context.Background(), mark); err != nil || o.State != Done || o.Height == 0 {
		t.Errorf("in a block: %+v, %v", o, err)
	}
}

// The connection is cut at every step of sending, before or after the request
// was carried out: never paid twice, and what is reported is true.
func TestCutAtEveryStep(t *testing.T) {
	for _, kind := range []meddling{cutBefore, cutAfter, badGateway, badGatewayAfter} {
		for step := 1; step <= 12; step++ {
			t.Run(fmt.Sprintf("%d/%d", kind, step), func(t *testing.T) {
				f, log := newFake(t), newLog()
				c := f.client()
				p := preview(t, c, transfer(t, "1stos"))
				first := len(f.requests)
				f.meddle = func(n int, _ string) meddling {
					if n == first+step {
						return kind
					}
					return leaveAlone
				}
				r, err := c.Send(context.Background(), p, vectorKey(t, 0), log)
				checkTruth(t, f, log, r, err)
			})
		}
	}
}

// Every request may be cut, at random; the seed is in the name of the test.
func TestCutAtRandom(t *testing.T) {
	runs := uint64(20)
	if os.Getenv("STOS_NIGHTLY") != "" {
		runs = 500
	}
	for seed := range runs {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			f, log := newFake(t), newLog()
			c := f.client()
			p := preview(t, c, transfer(t, "1stos"))
			random := rand.New(rand.NewPCG(seed, 1))
			f.meddle = func(int, string) meddling {
				return meddling(max(0, random.IntN(8)-3)) // half of them
			}
			r, err := c.Send(context.Background(), p, vectorKey(t, 0), log)
			checkTruth(t, f, log, r, err)
		})
	}
}

func checkTruth(t *testing.T, f *fakeChain, log *memoryLog, r Receipt, err error) {
	t.Helper()
	f.mu.Lock()
	pooled, included := len(f.pool), len(f.paid)
	f.mu.Unlock()
	switch {
	case err == nil && (included != 1 || log.state(r.Hash) != Done):
		t.Errorf("reported as done, included %d times, logged %v", included, log.states)
	case err != nil && fault.ExitCode(err) == int(fault.Failed) && (included != 0 || pooled != 0):
		t.Errorf("reported as failed (%v), included %d, in the pool %d", err, included, pooled)
	case errors.Is(err, ErrUnknown):
		t.Errorf("not resolved: %v", err)
	case included > 1:
		t.Errorf("paid %d times", included)
	}
}
