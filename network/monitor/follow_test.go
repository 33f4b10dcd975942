package monitor

import (
	"cmp"
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	server "github.com/stratosdrive/stratosdrive/internal/localnet/monitor"
)

const address = "stsds1gl9ywg6jdfdgcja70ffum4ectq4fmt26ay4znv"

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// busyNode takes in 3 bytes and gives out 5 whenever it is looked at.
type busyNode struct{ looks atomic.Int64 }

func (n *busyNode) Address() string { return address }

func (n *busyNode) Traffic() (in, out int64) {
	looks := n.looks.Add(1)
	return 3 * looks, 5 * looks
}

func (n *busyNode) Used() int64 { return 700 }

// practice is a node of the practice network whose clock and state a test sets.
type practice struct {
	t      *testing.T
	node   busyNode
	online atomic.Bool
	ahead  atomic.Int64 // of the node's clock, in seconds
	port   string       // host:port, kept over restarts
	file   string
	every  time.Duration // between samples; 0: a moment
	*server.Monitor
}

func newPractice(t *testing.T) *practice {
	t.Helper()
	p := &practice{t: t, port: "127.0.0.1:0", file: filepath.Join(t.TempDir(), "token")}
	p.online.Store(true)
	p.start()
	t.Cleanup(func() { p.Close() })
	return p
}

func (p *practice) start() {
	p.t.Helper()
	socket, err := net.Listen("tcp", p.port)
	must(p.t, err)
	figures, err := net.Listen("tcp", "127.0.0.1:0")
	must(p.t, err)
	p.port = socket.Addr().String()
	p.Monitor, err = server.Start(server.Config{
		Node: &p.node, Online: p.online.Load, Interval: cmp.Or(p.every, 20*time.Millisecond), TokenFile: p.file,
		Clock: func() time.Time { return time.Now().Add(time.Duration(p.ahead.Load()) * time.Second) },
	}, socket, figures)
	must(p.t, err)
}

func (p *practice) token(context.Context) (string, error) {
	raw, err := os.ReadFile(p.file)
	return strings.TrimSpace(string(raw)), err
}

func (p *practice) source() Source { return Source{URL: "ws://" + p.port, Token: p.token} }

// heard passes everything on to channels.
type heard struct {
	greetings chan Greeting
	connected chan string
	samples   chan []Sample
	lost      chan error
}

func newHeard() *heard {
	return &heard{make(chan Greeting, 100), make(chan string, 100), make(chan []Sample, 10_000), make(chan error, 100)}
}

func (h *heard) Connected(who Greeting) { h.greetings <- who; h.connected <- who.Address }
func (h *heard) Sampled(s []Sample)     { h.samples <- s }
func (h *heard) Lost(reason error)      { h.lost <- reason }

// follow runs a follower that pauses for a moment where others pause longer.
func follow(t *testing.T, source Source) *heard {
	t.Helper()
	h := newHeard()
	f := newFollower(source, h)
	f.wait = func(ctx context.Context, _ time.Duration) error { return sleep(ctx, 5*time.Millisecond) }
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
	return h
}

func take[T any](t *testing.T, what string, from chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(time.Minute):
		t.Fatal("waited in vain for " + what)
	}
	panic("unreachable")
}

// until takes samples until one is as wanted, and returns it.
func (h *heard) until(t *testing.T, what string, ok func(Sample) bool) Sample {
	t.Helper()
	for {
		list := take(t, what, h.samples)
		if last := list[len(list)-1]; !last.Missed && ok(last) {
			return last
		}
	}
}

// A node of the practice network is followed: who it is, its traffic, its state.
func TestFollow(t *testing.T) {
	p := newPractice(t)
	h := follow(t, p.source())
	if got := take(t, "the address", h.connected); got != address {
		t.Errorf("connected to %s", got)
	}
	s := h.until(t, "traffic", func(s Sample) bool { return s.In > 0 })
	if s.In%3 != 0 || s.Out*3 != s.In*5 || !s.Online || s.Disk != 700 || s.Since.IsZero() {
		t.Errorf("heard %+v", s)
	}
	p.online.Store(false)
	if s := h.until(t, "the node goes off", func(s Sample) bool { return !s.Online }); !s.Since.IsZero() {
		t.Errorf("off since %v", s.Since)
	}
}

// After a restart, which gives a node another token, it is followed again; the
// owner hears of the gap.
func TestNodeStartsAgain(t *testing.T) {
	p := newPractice(t)
	h := follow(t, p.source())
	take(t, "the address", h.connected)
	p.Close()
	take(t, "the loss", h.lost)
	p.ahead.Add(5)
	p.start()
	take(t, "the address again", h.connected)
	if first, then := <-h.greetings, <-h.greetings; first.Restarted || !then.Restarted || then.Ticket == first.Ticket {
		t.Errorf("greeted %+v, then %+v", first, then)
	}
	h.until(t, "traffic", func(s Sample) bool { return s.In > 0 })
}

// A token that is too old is refused. Who had subscribed before goes on asking
// without one; who had not is told that only a new token helps.
func TestOldToken(t *testing.T) {
	p := newPractice(t)
	old, err := p.token(t.Context())
	must(t, err)
	source := p.source()
	source.Token = func(context.Context) (string, error) { return old, nil }
	h := newHeard()
	f := newFollower(source, h)
	f.wait = func(ctx context.Context, _ time.Duration) error { return sleep(ctx, 5*time.Millisecond) }
	c, err := dial(t.Context(), source.URL)
	must(t, err)
	if told, err := f.enter(t.Context(), c); err != nil || !told {
		t.Fatalf("entered: %v %v", told, err)
	}
	must(t, f.greet(t.Context(), c))
	c.close()

	p.ahead.Add(3 * 3600)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.run(ctx)
	}()
	h.until(t, "traffic without a token", func(s Sample) bool { return s.In > 0 })
	cancel()
	<-ended

	if err := take(t, "the refusal", follow(t, source).lost); !errors.Is(err, ErrToken) {
		t.Errorf("lost: %v", err)
	}
}

// Samples that were missed come once, the oldest first, at their times.
func TestMissedSamples(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	h := newHeard()
	f := &follower{sink: h, now: func() time.Time { return now }}
	at := func(text string, in int64) trafficInfo { return trafficInfo{In: in, Time: text} }
	f.seen = at("2024-01-01 01:00:10", 1)
	fresh := f.fresh([]trafficInfo{
		at("2024-01-01 01:00:40", 4), at("2024-01-01 01:00:30", 3), at("nonsense", 9), at("2024-01-01 01:00:20", 2), at("2024-01-01 01:00:10", 1),
	})
	last := len(fresh) - 1
	f.tell(notice{Traffic: fresh[last]}, fresh[:last])
	got := take(t, "samples", h.samples)
	if len(got) != 3 || got[0].In != 2 || got[1].In != 3 || got[2].In != 4 || !got[0].Missed || got[2].Missed {
		t.Fatalf("told %+v", got)
	}
	if !got[0].At.Equal(now.Add(-20*time.Second)) || !got[2].At.Equal(now) {
		t.Errorf("at %v and %v", got[0].At, got[2].At)
	}
	f.tell(notice{Traffic: at("2024-01-01 01:00:40", 4)}, nil) // it was asked for before it was told
	if got := take(t, "samples", h.samples); got[0].In != 0 {
		t.Errorf("counted twice: %+v", got)
	}
}

// A ticket of an earlier program opens a node whose token nobody knows any more,
// until it is started again: then the new token is needed. A line that was lost
// is no restart.
func TestTicket(t *testing.T) {
	p := newPractice(t)
	h := follow(t, p.source())
	ticket := take(t, "a greeting", h.greetings).Ticket
	source := Source{URL: p.source().URL, Ticket: ticket, Token: func(context.Context) (string, error) {
		return "", errors.New("nobody remembers it")
	}}
	later := follow(t, source)
	if who := take(t, "a greeting", later.greetings); who.Restarted || who.Ticket != ticket || who.Address != address {
		t.Errorf("greeted %+v", who)
	}
	p.Close()
	p.ahead.Add(5)
	take(t, "the loss", later.lost)
	p.start()
	for {
		err := take(t, "a refusal", later.lost)
		if err.Error() == "nobody remembers it" {
			break
		}
	}
	source.Token = func(context.Context) (string, error) { return "0123", nil }
	refused := follow(t, source)
	if err := take(t, "the refusal", refused.lost); !errors.Is(err, ErrStartedAgain) || !errors.Is(err, ErrToken) {
		t.Errorf("lost: %v", err)
	}
}
