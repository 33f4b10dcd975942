package update

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// watched is a body that must go on coming: as long as anything is missing, so
// and so many bytes have to arrive in each span of time, however they are
// spread.
type watched struct {
	body  io.Reader
	came  atomic.Int64
	end   func()       // ends watching
	cause func() error // why the request was ended; nil while it was not
}

// watch begins to watch; until there is a body, its coming is waited for.
func watch(ctx context.Context, patience time.Duration, cancel context.CancelCauseFunc) *watched {
	done, stop := context.WithCancel(ctx)
	w := &watched{end: stop, cause: func() error { return context.Cause(ctx) }}
	go func() {
		tick := time.NewTicker(patience)
		defer tick.Stop()
		for last := int64(0); ; {
			select {
			case <-done.Done():
				return
			case <-tick.C:
			}
			now := w.came.Load()
			if now-last < leastProgress {
				cancel(fmt.Errorf("%w: %d bytes in %s", ErrStalled, now-last, patience))
				return
			}
			last = now
		}
	}()
	return w
}

// Read reads of the body, and tells why where it was ended.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.body.Read(p)
	w.came.Add(int64(n))
	if err != nil && err != io.EOF {
		if cause := w.cause(); cause != nil {
			err = cause
		}
	}
	return n, err
}
