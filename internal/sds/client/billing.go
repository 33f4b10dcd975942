package client

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// Ozone is the prepaid traffic of an account.
type Ozone struct {
	Noz      *big.Int // nano-ozone; 10^9 are one ozone
	Sequence string   // the number for the next billed call, opaque
}

// Ozone asks for the account's ozone. It costs nothing and may be asked by
// anybody.
func (c *Client) Ozone(ctx context.Context) (Ozone, error) {
	var o Ozone
	err := c.eachGateway(ctx, func(e *endpoint) (err error) {
		o, err = c.ozone(ctx, e)
		return err
	})
	return o, explain(err, "ask for the ozone of the account")
}

func (c *Client) ozone(ctx context.Context, e *endpoint) (Ozone, error) {
	var r wire.OzoneResult
	began := time.Now()
	err := c.call(ctx, e, quickLimit, wire.MethodGetOzone, wire.OzoneParams{Wallet: c.Address()}, &r)
	if err != nil {
		return Ozone{}, err
	}
	c.gateways.took(e, time.Since(began))
	if err := refused(wire.MethodGetOzone, r.Return, "", wire.Success); err != nil {
		if errors.Is(err, ErrRefused) {
			err = fault.Say(err, "The network does not know this account: it never bought ozone, or the gateway has lost its connection.")
		}
		return Ozone{}, err
	}
	noz, ok := new(big.Int).SetString(r.Ozone, 10)
	if r.Ozone == "" {
		noz, ok = new(big.Int), true // left out at zero
	}
	if !ok || r.SequenceNumber == "" {
		return Ozone{}, fmt.Errorf("%w: ozone %.40q, number %.40q", errGarbage, r.Ozone, r.SequenceNumber)
	}
	c.turns.saw(r.SequenceNumber, c.clock.Now())
	return Ozone{Noz: noz, Sequence: r.SequenceNumber}, nil
}

// refusedNumber is a refusal of a billed call whose number was not the current
// one any more: another device of the account was faster.
type refusedNumber struct{ cause error }

// Error implements error.
func (r *refusedNumber) Error() string { return "sequence number was used up: " + r.cause.Error() }

// Unwrap returns the refusal itself.
func (r *refusedNumber) Unwrap() error { return r.cause }

// billed runs call once with the account's current number. It holds the queue
// until the number is seen to have moved or call returns, at most for
// holdLimit. A refusal for a stale number comes back as *refusedNumber; a lost
// answer comes back as errNotAccepted when the number has not moved. The bill is
// there with every error, and nil when nothing was called.
func (c *Client) billed(ctx context.Context, e *endpoint, rank int, call func(sn string) error) (*bill, error) {
	leave, err := c.enter(ctx, rank)
	if err != nil {
		return nil, err
	}
	defer leave()
	if !e.patient.Load() {
		if err := c.turns.wait(ctx, c.clock); err != nil {
			return nil, err
		}
	}
	o, err := c.ozone(ctx, e)
	if err != nil {
		return nil, err
	}
	if o.Noz.Sign() <= 0 {
		return nil, fmt.Errorf("%w: the account has none", ErrNoOzone)
	}
	b := c.bills.open(o)
	stop, end := c.leaveEarly(ctx, e, o.Sequence, leave), c.turns.begin()
	err = call(o.Sequence)
	end()
	stop()
	leave()
	return b, c.judge(ctx, e, o, err)
}

// signPatience is how long the signature of an upload waits for its turn. A
// collision with another call costs as much as missing the node's 15 s.
const signPatience = 8 * time.Second

// enter enters the queue; a signature goes on without it in time.
func (c *Client) enter(ctx context.Context, rank int) (leave func(), err error) {
	if rank != rankSign {
		return c.queue.enter(ctx, rank)
	}
	short, cancel := context.WithTimeout(ctx, signPatience)
	defer cancel()
	leave, err = c.queue.enter(short, rank)
	if err != nil && ctx.Err() == nil {
		return func() {}, nil
	}
	return leave, err
}

// errNotAccepted is a lost answer to a billed call that did not happen, errPaid
// one to a call that did, or may have.
var (
	errNotAccepted = fmt.Errorf("%w, and it was not accepted", ErrUnknownOutcome)
	errPaid        = errors.New("paid without an answer")
)

// judge asks for the number again where that tells what an error means. A
// lost answer to a call that may have been paid comes back as errPaid.
func (c *Client) judge(ctx context.Context, e *endpoint, before Ozone, err error) error {
	lost := noAnswer(err)
	if !isRefusal(err) && !lost || ctx.Err() != nil {
		return err
	}
	after, oerr := c.ozoneAnywhere(ctx, e)
	known := oerr == nil
	moved := known && after.Sequence != before.Sequence
	switch {
	case lost && known && !moved:
		return fmt.Errorf("%w: %w", errNotAccepted, err)
	case lost:
		return fmt.Errorf("%w: %w", errPaid, err)
	case moved:
		c.turns.collided(c.clock.Now())
		return &refusedNumber{err}
	}
	return err
}

// ozoneAnywhere asks e, and any other gateway when e does not answer.
func (c *Client) ozoneAnywhere(ctx context.Context, e *endpoint) (Ozone, error) {
	o, err := c.ozone(ctx, e)
	if err == nil || !gatewayFault(err) || ctx.Err() != nil {
		return o, err
	}
	c.gateways.fail(e, c.clock.Now())
	err = c.eachGateway(ctx, func(e *endpoint) (err error) {
		o, err = c.ozone(ctx, e)
		return err
	})
	return o, err
}

// leaveEarly watches the account's number while a billed call waits for its
// answer, which may hold the first megabytes of a file.
func (c *Client) leaveEarly(ctx context.Context, e *endpoint, sn string, leave func()) (stop func()) {
	ctx, cancel := context.WithTimeout(ctx, holdLimit)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				leave()
			}
		}()
		for c.clock.Sleep(ctx, 250*time.Millisecond) == nil {
			if o, err := c.ozone(ctx, e); err == nil && o.Sequence != sn {
				leave()
				return
			}
		}
	}()
	return func() { cancel(); <-done }
}
