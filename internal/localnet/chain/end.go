package chain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// standstill is how long transactions may wait before the chain is given up.
const standstill = time.Minute

// Done is closed when the chain has ended, by Stop or by a failure.
func (c *Chain) Done() <-chan struct{} { return c.done }

// Err returns why the chain ended: nil while it runs and after Stop, else an
// error with a sentence for people.
func (c *Chain) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// Stop ends the chain between two blocks. What is in a block stays, what only
// waits for one is lost. Further calls do nothing.
func (c *Chain) Stop() error {
	var failed error
	c.stop.Do(func() {
		for _, s := range c.servers {
			failed = errors.Join(failed, s.Close())
		}
		failed = errors.Join(failed, c.engine.stop())
		c.cancel()
		c.work.Wait()
		c.stores.Lock() // after the last reader
		defer c.stores.Unlock()
		c.closed = true
		failed = errors.Join(failed, c.engine.close(), c.engine.app.Close(), c.folder.Close())
		c.finish(nil)
	})
	if failed != nil {
		return fmt.Errorf("stop the practice chain: %w", failed)
	}
	return nil
}

// errEnded says that the stores of the chain are closed.
var errEnded = errors.New("the practice chain has ended")

// reading keeps the stores open until release is called.
func (c *Chain) reading() (release func(), err error) {
	c.stores.RLock()
	if c.closed {
		c.stores.RUnlock()
		return nil, errEnded
	}
	return c.stores.RUnlock, nil
}

// finish closes done and keeps the first reason.
func (c *Chain) finish(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.done:
	default:
		c.err = err
		close(c.done)
	}
}

// consensusFailed keeps what consensus said when it gave up.
func (c *Chain) consensusFailed(reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reason == "" {
		c.reason = reason
	}
}

// waitForEnd waits until consensus ends. If nobody stopped it, it failed.
func (c *Chain) waitForEnd() {
	c.engine.consensus.Wait()
	c.mu.Lock()
	reason := c.reason
	c.mu.Unlock()
	if reason != "" {
		c.finish(failure(errors.New(reason)))
	}
}

func failure(err error) error {
	return fault.Say(err, "The practice network has stopped because its chain failed; start it again, and if it stops again, remove its folder.")
}

// watchProgress ends the chain when transactions wait and no block comes.
func (c *Chain) watchProgress(ctx context.Context) {
	ticker := time.NewTicker(standstill / 6)
	defer ticker.Stop()
	height, since := c.Height(), time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.done:
			return
		case now := <-ticker.C:
			if newest := c.Height(); newest != height || c.engine.pool.Size() == 0 {
				height, since = newest, now
			} else if now.Sub(since) > standstill {
				c.finish(failure(fmt.Errorf("no block after %d for %s", height, standstill)))
				return
			}
		}
	}
}
