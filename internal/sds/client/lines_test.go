package client

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func TestDownlinkTurnsGzipOnAndOff(t *testing.T) {
	var d downlink
	for _, step := range []struct {
		bytes int64
		took  time.Duration
		want  bool
	}{
		{1000, time.Hour, false}, // too small to tell
		{4 << 20, 10 * time.Second, true},
		{2 << 20, 1200 * time.Millisecond, true},
		{4 << 20, 100 * time.Millisecond, false},
		{2 << 20, time.Millisecond, false},
	} {
		if d.came(step.bytes, step.took); d.slow() != step.want {
			t.Errorf("%+v: rate %.0f, gzip %v", step, d.rate, d.slow())
		}
	}
}

// Answers are asked for compressed on slow lines only, and read either way.
func TestGzipOnSlowLines(t *testing.T) {
	var zipped, plain atomic.Int32
	n := newNode(t, newNet())
	n.front(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			plain.Add(1)
			n.ServeHTTP(w, r)
			return
		}
		zipped.Add(1)
		rec := httptest.NewRecorder()
		n.ServeHTTP(rec, r)
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", wire.ContentType)
		z := gzip.NewWriter(w)
		_, _ = z.Write(rec.Body.Bytes())
		_ = z.Close()
	}))
	c, data := newClient(t, n), content(1, someSize)
	u := mustUpload(t, c, data)
	mustDownload(t, c, u, "", data)
	if zipped.Load() != 0 {
		t.Errorf("%d answers were compressed on a fast line", zipped.Load())
	}
	waitFor(t, func() bool { return n.count(wire.MethodDownloadedInfo) == 2 }) // sent behind the caller's back
	c.downlink.came(1<<20, 10*time.Second)
	before := plain.Load()
	mustDownload(t, c, u, "", data)
	if zipped.Load() == 0 || plain.Load() != before {
		t.Errorf("%d answers were compressed on a slow line, %d were not", zipped.Load(), plain.Load()-before)
	}
}

// What unpacks to more than any answer is refused.
func TestGzipBomb(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = z.Write(bytes.Repeat([]byte(" "), maxAnswer+100))
		_ = z.Close()
	}))
	defer srv.Close()
	n := newNode(t, newNet())
	n.front(srv.Config.Handler)
	c := newClient(t, n)
	c.downlink.gzip = true
	_, err := c.Ozone(t.Context())
	wantError(t, err, errGarbage)
}

// A limit is kept on average, by pauses between pieces that no node minds.
func TestLimits(t *testing.T) {
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(1, someSize)
	const rate = 1000
	c.SetLimits(rate, rate)
	took := func(do func()) time.Duration {
		began := c.clock.Now()
		do()
		return c.clock.Now().Sub(began)
	}
	want := time.Duration(someSize/rate) * time.Second
	var u Uploaded
	up := took(func() { u = mustUpload(t, c, data) })
	down := took(func() { mustDownload(t, c, u, "", data) }) // twice
	for name, got := range map[string]time.Duration{"up": up, "down": down / 2} {
		if got < want*8/10 || got > want*12/10 {
			t.Errorf("%s: %v for %d bytes", name, got, someSize)
		}
	}
	c.SetLimits(0, 0)
	if got := took(func() { mustDownload(t, c, u, "", data) }); got > 10*time.Second {
		t.Errorf("without a limit: %v", got)
	}
}

func TestThrottlePausesAreBounded(t *testing.T) {
	var th throttle
	clock := newClock()
	th.rate = 1000
	for range 3 {
		began := clock.Now()
		if err := th.pass(t.Context(), clock, wire.UploadPiece); err != nil {
			t.Fatal(err)
		}
		if pause := clock.Now().Sub(began); pause > longestPause {
			t.Errorf("paused for %v", pause)
		}
	}
	for rate, want := range map[int64]int{1: 1, 35_000: 1, 80_000: 2, 1 << 30: mostAtOnce} {
		if got := sessionsFor(rate); got != want {
			t.Errorf("%d sessions for %d bytes a second, want %d", got, rate, want)
		}
	}
}

// No more uploads are open at a time than the line has room for.
func TestSessionsFitTheLine(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	c.SetLimits(1<<30, 0)
	c.uplink.mu.Lock()
	c.uplink.most = 2
	c.uplink.mu.Unlock()
	var all sync.WaitGroup
	n.on(wire.MethodUploadData, times(200, mishap{before: func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		open := 0
		for _, s := range n.sessions {
			if !s.full {
				open++
			}
		}
		if open > 2 {
			t.Errorf("%d sessions at once", open)
		}
	}})...)
	for i := range 6 {
		all.Go(func() { mustUpload(t, c, content(uint64(i), someSize)) })
	}
	all.Wait()
}

// A node that breaks off in the middle of a request, because its 30 s are
// over, means a line that is too slow; people are told so after a second try.
func TestLineTooSlow(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	tries := make(chan struct{}, 9)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			tries <- struct{}{}
			time.AfterFunc(300*time.Millisecond, func() { conn.Close() }) // reads nothing
		}
	}()
	n := newNode(t, newNet())
	c := newClient(t, n)
	c.hurry = 100
	up := &upload{c: c, o: UploadOptions{Kind: wire.Ordinary}}
	s := &uploadSession{upload: up, e: &endpoint{rpc: "http://" + l.Addr().String()}}
	body := &buffer{}
	body.Write(make([]byte, 32<<20))
	for try, want := range []bool{true, false} {
		if err := c.uplink.begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, err = s.send(t.Context(), prepared{id: 1, body: body})
		c.uplink.end(time.Second)
		if !errors.Is(err, ErrTooSlow) || up.again(s.e, err) != want {
			t.Errorf("try %d: %v", try, err)
		}
	}
	err = explain(err, "upload")
	wantError(t, err, ErrTooSlow)
	if len(tries) != 2 || !strings.Contains(err.Error(), "1.3 Mbit/s") {
		t.Errorf("%d tries, %v", len(tries), err)
	}
}
