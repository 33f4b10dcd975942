package client

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// A node compresses its answers when asked. That takes a quarter off base64,
// and more processor time on both sides than everything else, so it is asked
// for on slow lines only.
const (
	slowLine = 1 << 20   // bytes per second; slower lines get gzip
	fastLine = 2 << 20   // faster lines lose it again
	bulky    = 128 << 10 // answers that tell the speed of the line
)

// downlink knows how fast answers come in.
type downlink struct {
	mu   sync.Mutex
	rate float64 // bytes per second, smoothed; 0 when not known
	gzip bool
}

// slow tells whether compressed answers are worth their price.
func (d *downlink) slow() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.gzip
}

// came notes that n bytes took so long on the line.
func (d *downlink) came(n int64, took time.Duration) {
	if n < bulky {
		return
	}
	now := float64(n) / max(took, time.Microsecond).Seconds()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.rate == 0 {
		d.rate = now
	}
	d.rate += (now - d.rate) / 2
	d.gzip = d.rate < slowLine || (d.gzip && d.rate < fastLine)
}

// counted counts what is read.
type counted struct {
	io.Reader
	n int64
}

// Read implements [io.Reader].
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// fillFrom reads the body of resp, decompressed, and measures the line. tap sees
// what comes of a good answer, if it is not nil.
func (b *buffer) fillFrom(resp *http.Response, line *downlink, tap *early) error {
	raw, began := &counted{Reader: resp.Body}, time.Now()
	defer func() { line.came(raw.n, time.Since(began)) }()
	length, body := resp.ContentLength, io.Reader(raw)
	if resp.Header.Get("Content-Encoding") == "gzip" {
		plain, err := gzip.NewReader(raw)
		if err != nil {
			return fmt.Errorf("%w: %w", errGarbage, err)
		}
		length, body = -1, plain
	}
	if tap != nil && resp.StatusCode == http.StatusOK {
		body = io.TeeReader(body, tap)
	}
	return b.fill(io.LimitReader(body, maxAnswer+1), length)
}

// throttle keeps a limit that the user set, by pauses between pieces: a piece
// itself goes as fast as the line allows, since a node has 30 s for it.
type throttle struct {
	mu   sync.Mutex
	rate int64     // bytes per second; 0 for no limit
	free time.Time // when what was let through is paid for
}

// longestPause is the longest pause within a session: a node forgets one that
// nobody feeds after 120 s.
const longestPause = 100 * time.Second

// SetLimits sets how many bytes per second all transfers together may send and
// receive on average; 0 is no limit. Uploads do not go below 35 kB/s, since
// a node does not wait longer for the next piece.
func (c *Client) SetLimits(up, down int64) {
	for t, rate := range map[*throttle]int64{&c.up: up, &c.down: down} {
		t.mu.Lock()
		t.rate, t.free = max(rate, 0), time.Time{}
		t.mu.Unlock()
	}
	c.uplink.limitSessions(up)
}

// pass waits until n more bytes may go.
func (t *throttle) pass(ctx context.Context, clock Clock, n int64) error {
	t.mu.Lock()
	now := clock.Now()
	if t.rate == 0 {
		t.mu.Unlock()
		return nil
	}
	pause := min(max(t.free.Sub(now), 0), longestPause)
	t.free = now.Add(pause + time.Duration(float64(n)/float64(t.rate)*float64(time.Second)))
	t.mu.Unlock()
	if pause == 0 {
		return nil
	}
	return clock.Sleep(ctx, pause)
}

// sessionsFor is how many uploads may share a limit so that none of them waits
// too long for its turn.
func sessionsFor(rate int64) int {
	return int(max(1, min(mostAtOnce, rate*int64(longestPause/time.Second)/wire.UploadPiece)))
}
