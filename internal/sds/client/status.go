package client

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// FileStatus is what the network says about a file of the account.
type FileStatus struct {
	State    wire.FileState
	HasFile  bool   // the account owns it
	Replicas int    // copies on different nodes; 0 while it is uploading
	Message  string // the network's words when something is wrong
}

// Finished tells whether the file is stored and belongs to the account. A file
// whose last copy is gone keeps its state, with no replicas.
func (s FileStatus) Finished() bool {
	return s.State == wire.StateFinished && s.HasFile && s.Replicas > 0
}

// Status asks for the state of a file. A file that the network does not know
// is ErrNotFound. Every question lets the gateway delete the file (both sign
// the same text), so it should be asked seldom.
func (c *Client) Status(ctx context.Context, id string) (FileStatus, error) {
	var s FileStatus
	err := c.eachGateway(ctx, func(e *endpoint) (err error) {
		s, err = c.status(ctx, e, id)
		return err
	})
	if err == nil && s.State == wire.StateUnknown {
		err = notKnown(s.Message)
	}
	return s, explain(err, "ask for the state of %s", id)
}

// notKnown reads why the network says nothing of a file. That the file is not
// there is one reason; a refused signature or clock are others, and must not
// look as if the file were lost.
func notKnown(message string) error {
	if message == "" {
		return ErrNotFound
	}
	return &refusal{method: wire.MethodFileStatus, code: wire.NoCode, text: message}
}

func (c *Client) status(ctx context.Context, e *endpoint, id string) (FileStatus, error) {
	t := c.now()
	p := wire.FileParams{FileHash: id, ReqTime: t, Signature: wire.Signed(c.signer, wire.StatusMessage(id, c.Address(), t))}
	var r wire.FileStatusResult
	err := c.call(ctx, e, quickLimit, wire.MethodFileStatus, p, &r)
	if err == nil {
		err = refused(wire.MethodFileStatus, r.Return, r.Error, wire.Success)
	}
	return FileStatus{State: r.State, HasFile: r.HasFile, Replicas: int(r.Replicas), Message: r.Error}, err
}

// Times of waiting for FINISHED.
const (
	pollFast    = 4 * time.Millisecond // first interval on loopback
	pollFastMax = time.Second
	pollSlow    = 2 * time.Second
	pollSlowMax = 5 * time.Second
	// unknownGrace is how long an accepted file may be unknown.
	unknownGrace = 20 * time.Second
	// stallLimit ends the waiting for a file whose state does not change. The
	// node itself gives up after six times 60 s.
	stallLimit = 10 * time.Minute
	// stuckLimit is the same once the gateway that sends the file to the
	// network was gone in the middle: it may have forgotten it.
	stuckLimit = 2 * time.Minute
)

// errStuck is a file whose gateway was gone before it had passed it on.
var errStuck = fmt.Errorf("%w: the gateway was gone before the file was stored", errRestart)

// poller waits between questions, longer each time.
type poller struct {
	clock     Clock
	next, max time.Duration
}

func (c *Client) poller(e *endpoint) *poller {
	if e.loopback {
		return &poller{c.clock, pollFast, pollFastMax}
	}
	return &poller{c.clock, pollSlow, pollSlowMax}
}

func (p *poller) wait(ctx context.Context) error {
	d := p.next
	p.next = min(p.next*3/2, p.max)
	return p.clock.Sleep(ctx, d)
}

// waitFinished asks the gateway that took the file, and any other when that
// one is gone, until the file is stored. A file that failed, or stays unknown
// for longer than grace, is errRestart.
func (c *Client) waitFinished(ctx context.Context, e *endpoint, id string, grace time.Duration) (FileStatus, error) {
	p := c.poller(e)
	changed, last, gone := c.clock.Now(), wire.StateUnknown, false
	for {
		s, lost, err := c.statusAnywhere(ctx, e, id)
		now := c.clock.Now()
		if err == nil && s.State != last {
			last, changed = s.State, now
		}
		if lost && !gone {
			gone, changed = true, now
		}
		switch {
		case ctx.Err() != nil:
			return s, ctx.Err()
		case err != nil && (!gatewayFault(err) || now.Sub(changed) > stallLimit):
			return s, err
		case err != nil: // ask again
		case s.State == wire.StateUploading && gone && now.Sub(changed) > stuckLimit:
			return s, errStuck
		case s.Finished():
			return s, nil
		case s.State == wire.StateFailed:
			return s, fmt.Errorf("%w: storing failed: %s", errRestart, s.Message)
		case (s.State == wire.StateUnknown || s.State == wire.StateFinished) && now.Sub(changed) > grace:
			return s, fmt.Errorf("%w: the network does not know the file: %s", errRestart, s.Message)
		case now.Sub(changed) > stallLimit:
			return s, fmt.Errorf("%w: state %d for %v", ErrUnknownOutcome, s.State, stallLimit)
		}
		if err := p.wait(ctx); err != nil {
			return s, err
		}
	}
}

// statusAnywhere asks e, and any other gateway when e does not answer; gone
// tells that e is not even there.
func (c *Client) statusAnywhere(ctx context.Context, e *endpoint, id string) (s FileStatus, gone bool, err error) {
	s, err = c.status(ctx, e, id)
	if err == nil || !gatewayFault(err) || ctx.Err() != nil {
		return s, false, err
	}
	gone = errors.Is(err, ErrUnreachable)
	c.gateways.fail(e, c.clock.Now())
	err = c.eachGateway(ctx, func(e *endpoint) (err error) {
		s, err = c.status(ctx, e, id)
		return err
	})
	return s, gone, err
}
