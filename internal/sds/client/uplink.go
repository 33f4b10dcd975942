package client

import (
	"context"
	"io"
	"sync"
	"time"
)

// A node reads a request for 30 s and then breaks off, and it decides how
// large the pieces are. So the number of pieces on their way at once is fitted
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
}

func newUplink(list []*endpoint) *uplink {
	u := &uplink{limit: startAtOnce, changed: make(chan struct{})}
	for _, e := range list {
		if e.loopback {
			u.limit = mostAtOnce
		}
	}
	return u
}

// begin waits until one more piece may be sent.
func (u *uplink) begin(ctx context.Context) error {
	for {
		u.mu.Lock()
		if u.running < u.limit {
			u.running++
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
