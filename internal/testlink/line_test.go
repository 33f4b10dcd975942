package testlink

import (
	"bytes"
	"crypto/rand"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	speed = 50e6 // bits a second
	trip  = 80 * time.Millisecond
	slack = 12 * time.Millisecond // burst, and a parcel
	turns = 60 * time.Millisecond // by which one of several equal ones may be done earlier
)

func random(n int) []byte {
	content := make([]byte, n)
	_, _ = rand.Read(content) // never fails, see crypto/rand
	return content
}

// send puts bytes on a line, on a clock of its own, and returns when the first
// and the last of them came.
func send(l *Line, content []byte) (first, last time.Duration, got []byte) {
	begun := time.Now()
	near, in := net.Pipe()
	out, far := net.Pipe()
	var all sync.WaitGroup
	all.Go(func() { _, _ = near.Write(content); _ = near.Close() })
	all.Go(func() { l.way(out, in, l.down, &l.received) })
	buffer := make([]byte, parcelSize)
	for {
		n, err := far.Read(buffer)
		if n > 0 && first == 0 {
			first = time.Since(begun)
		}
		got = append(got, buffer[:n]...)
		if err != nil {
			break
		}
	}
	last = time.Since(begun)
	all.Wait()
	return first, last, got
}

func about(got, want time.Duration) bool { return got >= want-slack && got <= want+slack }

func TestSpeedAndDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(Options{BitsPerSecond: speed, RoundTrip: trip})
		content := random(5e6) // 0.8 s
		first, last, got := send(l, content)
		if !bytes.Equal(got, content) || l.Carried().Down != int64(len(content)) {
			t.Fatalf("%d bytes came, %d were counted", len(got), l.Carried().Down)
		}
		if !about(first, trip/2) || !about(last, trip/2+800*time.Millisecond) {
			t.Errorf("first byte after %v, last after %v", first, last)
		}
		if first, _, _ := send(l, random(100)); !about(first, trip/2) {
			t.Errorf("a small message takes %v on an idle line", first)
		}
	})
}

func TestConnectionsShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(Options{BitsPerSecond: speed, RoundTrip: trip})
		var all sync.WaitGroup
		var times [4]time.Duration
		for i := range times {
			all.Go(func() { _, times[i], _ = send(l, random(2.5e6)) }) // 0.4 s each
		}
		var small time.Duration
		all.Go(func() {
			time.Sleep(200 * time.Millisecond)
			_, small, _ = send(l, random(100))
		})
		all.Wait()
		for _, took := range times {
			if all := trip/2 + 1600*time.Millisecond; took > all+slack || took < all-turns {
				t.Errorf("one of four was done after %v", took)
			}
		}
		if !about(small, trip/2+4*parcelSize*8*time.Second/speed) {
			t.Errorf("a small message beside four large ones took %v", small)
		}
	})
}

func TestBucketKeepsItsSpeed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBucket(8000) // a byte a millisecond
		start := time.Unix(1_800_000_000, 0)
		now, sum, last := start, 0, start.Add(-time.Second)
		for range rapid.IntRange(1, 50).Draw(t, "takes") {
			now = now.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "pause")) * time.Millisecond)
			n := rapid.IntRange(0, 100).Draw(t, "bytes")
			sum += n
			leaves := b.take(now, n)
			if leaves.Before(last) || leaves.Before(now.Add(-burst)) {
				t.Fatalf("bytes of %v leave at %v, after those that left at %v", now, leaves, last)
			}
			last = leaves
			if least := start.Add(time.Duration(sum)*time.Millisecond - burst); leaves.Before(least) {
				t.Fatalf("%d bytes have left after %v", sum, leaves.Sub(start))
			}
		}
	})
}

// over starts a server at the end of a line.
func over(t *testing.T, l *Line, h http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	address, err := l.To(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return "http://" + address
}

func fetch(t *testing.T, c *http.Client, url string) []byte {
	t.Helper()
	resp, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestHandshakeCostsARoundTrip knows least times only: a busy machine is slower.
func TestHandshakeCostsARoundTrip(t *testing.T) {
	content := random(300_000)
	l := New(Options{BitsPerSecond: speed, RoundTrip: trip})
	url := over(t, l, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(content) })
	c := &http.Client{Transport: &http.Transport{}}
	defer c.CloseIdleConnections()
	for _, least := range []time.Duration{2 * trip, trip} {
		begun := time.Now()
		if got := fetch(t, c, url); !bytes.Equal(got, content) {
			t.Fatalf("%d bytes came", len(got))
		}
		if took := time.Since(begun); took < least {
			t.Errorf("came after %v, before %v were over", took, least)
		}
	}
	if carried := l.Carried(); carried.Connections != 1 || carried.Down < 2*int64(len(content)) || carried.Up == 0 {
		t.Errorf("carried %+v", carried)
	}
}

// TestHangingUpIsHeard: a server learns that nobody listens any more, and is not
// read to its end.
func TestHangingUpIsHeard(t *testing.T) {
	heard := make(chan struct{})
	l := New(Options{})
	url := over(t, l, func(w http.ResponseWriter, r *http.Request) {
		defer close(heard)
		for p := make([]byte, 64<<10); ; {
			if _, err := w.Write(p); err != nil || r.Context().Err() != nil {
				return
			}
		}
	})
	c := &http.Client{Transport: &http.Transport{}}
	resp, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	c.CloseIdleConnections()
	<-heard
}

func TestClosedLine(t *testing.T) {
	l := New(Options{RoundTrip: time.Hour})
	url := over(t, l, func(http.ResponseWriter, *http.Request) {})
	failed := make(chan error)
	go func() {
		resp, err := http.Get(url)
		if err == nil {
			_ = resp.Body.Close()
		}
		failed <- err
	}()
	for l.Carried().Connections == 0 {
		time.Sleep(time.Millisecond) // it has begun, nobody tells
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if err := <-failed; err == nil {
		t.Error("an answer over a line that was cut")
	}
	if _, err := l.To("127.0.0.1:1"); err == nil {
		t.Error("a closed line takes servers")
	}
}
