package client

import (
	"context"
	"io"
	"sync"
	"time"
)

// A node reads a request for 30 s and then breaks off, and it decides how
// large the pieces are. So the number of sessions and pieces at once is fitted
// to the line: fewer when a piece takes long, more when it does not.
const (
	readLimit   = 30 * time.Second // of the node
	pieceSlow   = 12 * time.Second // slower than this: one fewer at once
	pieceFast   = 4 * time.Second  // faster than this: one more
	startAtOnce = 2
	mostAtOnce  = 8
)

// uplink limits how many pieces are being sent at once.
type uplink struct {
	mu      sync.Mutex
	limit   int
	running int
	changed chan struct{} // closed and replaced on every change
	open    int           // sessions that send
	most    int           // sessions that a limit of the user leaves room for
}

func newUplink(list []*endpoint) *uplink {
	u := &uplink{limit: startAtOnce, most: mostAtOnce, changed: make(chan struct{})}
	for _, e := range list {
		if e.loopback {
			u.limit = mostAtOnce
		}
	}
	return u
}

// begin waits until one more piece may be sent.
func (u *uplink) begin(ctx context.Context) error {
	return u.take(ctx, &u.running, func() bool { return u.running < u.limit })
}

// enter waits until one more session may be opened. A session that has to wait
// between its pieces for too long is dropped by the node, so there are no more
// of them than pieces at once.
func (u *uplink) enter(ctx context.Context) (leave func(), err error) {
	if err := u.take(ctx, &u.open, func() bool { return u.open < min(u.limit, u.most) }); err != nil {
		return nil, err
	}
	return sync.OnceFunc(func() {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.open--
		u.tell()
	}), nil
}

// limitSessions fits the sessions to a limit of the user, in bytes per second.
func (u *uplink) limitSessions(rate int64) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.most = mostAtOnce
	if rate > 0 {
		u.most = sessionsFor(rate)
	}
	u.tell()
}

// alone tells whether not more than one piece is on its way.
func (u *uplink) alone() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.running <= 1
}

// take adds one to count as soon as free, which is called with the lock held.
func (u *uplink) take(ctx context.Context, count *int, free func() bool) error {
	for {
		u.mu.Lock()
		if free() {
			*count++
			u.mu.Unlock()
			return nil
		}
		changed := u.changed
		u.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// end tells how long a piece took on the line.
func (u *uplink) end(took time.Duration) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.running--
	switch {
	case took > pieceSlow && u.limit > 1:
		u.limit--
	case took < pieceFast && u.limit < mostAtOnce:
		u.limit++
	}
	u.tell()
}

// tell wakes all who wait. u.mu is held.
func (u *uplink) tell() {
	close(u.changed)
	u.changed = make(chan struct{})
}

// meter tells how far a request body got.
type meter struct {
	began time.Time
	limit time.Duration // of the node, for reading it
	mu    sync.Mutex
	ended bool
}

func (m *meter) watch(body io.ReadCloser) io.ReadCloser { return &watched{body, m} }

type watched struct {
	io.ReadCloser
	m *meter
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	if err == io.EOF {
		w.m.mu.Lock()
		w.m.ended = true
		w.m.mu.Unlock()
	}
	return n, err
}

// cutOff tells whether the body was still on its way when the node's time for
// reading it was over.
func (m *meter) cutOff() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return !m.ended && time.Since(m.began) > m.limit*9/10
}
