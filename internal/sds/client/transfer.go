package client

import (
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// transferOnce makes one request and takes all that follows. An error after
// the request was accepted, and so paid, is errRestart.
func (c *Client) transferOnce(ctx context.Context, e *endpoint, src source, s *sink) error {
	first, b, err := c.request(ctx, e, src, s)
	if err != nil {
		return err
	}
	defer c.tellCost(ctx, e, b, s)()
	if src.id == "" {
		src.id = first.FileHash
	}
	err = c.receive(ctx, e, src.id, first, s)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if gatewayFault(err) || isRefusal(err) {
		return fmt.Errorf("%w: %v", errRestart, err)
	}
	return err
}

// tellCost measures what a request cost, if anybody wants to know, and returns
// the function that tells it when the transfer has ended.
func (c *Client) tellCost(ctx context.Context, e *endpoint, b *bill, s *sink) func() {
	tell := teller(ctx)
	if tell == nil {
		return func() {}
	}
	cost, ok := c.measure(ctx, e, b)
	return func() {
		if !ok {
			cost = Cost{Noz: max(s.size, s.got.total())}
		}
		tell(cost)
	}
}

// request asks for a file and returns the answer with the first piece.
func (c *Client) request(ctx context.Context, e *endpoint, src source, s *sink) (first *answer, b *bill, err error) {
	rank := rankNormal
	if isUrgent(ctx) {
		rank = rankUrgent
	}
	b, err = c.billed(ctx, e, rank, func(sn string) error {
		a, err := c.callData(ctx, e, slowLimit, src.method, src.params(sn, c.now()), s)
		if err != nil {
			return err
		}
		if err := requestError(src.method, a.Result); err != nil {
			c.release(a.buf)
			return err
		}
		first = a
		return nil
	})
	if errors.Is(err, errPaid) {
		err = fmt.Errorf("%w: %w", errRestart, err)
	}
	return first, b, err
}

// requestError reads the answer to a request for a file. Nodes older than
// February 2024 answer 4 and deliver by another method.
func requestError(method string, r wire.Result) error {
	if code, _ := wire.ParseReturn(r.Return); code == wire.SharedStart {
		return fmt.Errorf("%w: %s answers as old nodes do", errNoMethod, method)
	}
	return refused(method, r.Return, r.Detail, wire.DownloadOK)
}

// receive takes the first piece and the rest of them.
func (c *Client) receive(ctx context.Context, e *endpoint, id string, first *answer, s *sink) error {
	if err := s.expect(first); err != nil {
		c.release(first.buf)
		return err
	}
	reqID := first.ReqID
	p := wire.DownloadDataParams{FileHash: id, ReqID: reqID}
	if err := c.receivePieces(ctx, e, p, first, s); err != nil {
		return err
	}
	if err := s.complete(); err != nil {
		return err
	}
	size, _ := s.got.whole()
	c.thank(e, wire.DownloadedInfoParams{FileHash: id, FileSize: size, ReqID: reqID})
	return nil
}

// thank tells the node that everything arrived. Nothing depends on the answer.
func (c *Client) thank(e *endpoint, p wire.DownloadedInfoParams) {
	_ = c.background(func(life context.Context) {
		var r wire.Result
		_ = c.call(life, e, quickLimit, wire.MethodDownloadedInfo, p, &r)
	})
}

// receivePieces asks for one piece after the other. While one is being worked
// on, the next is on its way.
func (c *Client) receivePieces(ctx context.Context, e *endpoint, p wire.DownloadDataParams, first *answer, s *sink) error {
	ctx, cancel := context.WithCancel(ctx)
	pieces := make(chan *answer)
	failed := make(chan error, 1)
	go func() {
		defer close(pieces)
		failed <- c.ask(ctx, e, p, s, pieces)
	}()
	err := s.take(first)
	c.release(first.buf)
	for a := range pieces {
		if err == nil {
			err = s.take(a)
		}
		c.release(a.buf)
		if err != nil {
			cancel()
		}
	}
	cancel()
	if err != nil {
		<-failed
		return err
	}
	return <-failed
}

// ask sends every piece to pieces until the node says that there are no more.
func (c *Client) ask(ctx context.Context, e *endpoint, p wire.DownloadDataParams, s *sink, pieces chan<- *answer) error {
	last := int64(0)
	for {
		if err := c.down.pass(ctx, c.clock, last); err != nil {
			return err
		}
		a, err := c.callData(ctx, e, slowLimit, wire.MethodDownloadData, p, s)
		if err != nil {
			return err
		}
		last = int64(len(a.data) / 4 * 3)
		code, _ := wire.ParseReturn(a.Return)
		if code != wire.DownloadOK {
			c.release(a.buf)
			return refused(wire.MethodDownloadData, a.Return, a.Detail, wire.DownloadDone)
		}
		select {
		case pieces <- a:
		case <-ctx.Done():
			c.release(a.buf)
			return ctx.Err()
		}
	}
}
