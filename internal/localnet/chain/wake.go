package chain

import (
	"context"
	"sync"
	"time"
)

// wakener tells consensus that a block is wanted: because transactions wait,
// or because something has fallen due. It stands where CometBFT expects the
// memory pool.
type wakener struct {
	wanted chan struct{}
	quit   chan struct{}
	once   sync.Once
}

func newWakener(txs <-chan struct{}) *wakener {
	w := &wakener{wanted: make(chan struct{}, 1), quit: make(chan struct{})}
	go w.forward(txs)
	return w
}

// TxsAvailable fires when a block is wanted.
func (w *wakener) TxsAvailable() <-chan struct{} { return w.wanted }

func (w *wakener) forward(txs <-chan struct{}) {
	for {
		select {
		case <-txs:
			w.block()
		case <-w.quit:
			return
		}
	}
}

// block asks for a block. A request while another one waits is the same one.
func (w *wakener) block() {
	select {
	case w.wanted <- struct{}{}:
	default:
	}
}

func (w *wakener) stop() { w.once.Do(func() { close(w.quit) }) }

// retryBlock is how long to wait for a block before asking for it again:
// consensus does not hear a request in the middle of another block.
const retryBlock = time.Second

// wakeWhenDue asks for a block whenever something has fallen due, until ctx
// ends. The first block after a rest carries an old time, so two may be needed.
func (c *Chain) wakeWhenDue(ctx context.Context) {
	for {
		moved := c.heights.next()
		wait := c.untilDue()
		if wait == 0 {
			c.engine.wake.block()
			wait = retryBlock
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-moved:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// untilDue returns how long it is until a block is wanted: zero for now, a
// long time when nothing waits.
func (c *Chain) untilDue() time.Duration {
	due := c.engine.app.blocks.due.Load()
	if due == nil {
		return time.Hour
	}
	return min(time.Hour, max(0, time.Until(*due)))
}
