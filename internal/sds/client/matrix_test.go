package client

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// faultKind is one way in which a single call can go wrong. done tells that
// the node did what it was asked for all the same.
type faultKind struct {
	name string
	done bool
	m    mishap
}

// silent tells whether only the client's own time limit ends the call.
func (f faultKind) silent() bool { return f.m.stuck || f.m.result == any(silence{}) }

var faultKinds = []faultKind{
	{"EOF before", false, mishap{ignore: true}},
	{"EOF after", true, mishap{lose: true}},
	{"silence before", false, mishap{result: silence{}}},
	{"silence after", true, mishap{stuck: true}},
	{"500 before", false, mishap{status: 500}},
	{"502 after", true, mishap{effect: true, status: 502, raw: "<html>Bad Gateway"}},
	{"nonsense before", false, mishap{raw: "<html>"}},
	{"nonsense after", true, mishap{effect: true, raw: "{]"}},
	{"cut off after", true, mishap{effect: true, cut: true}},
	{"answer to another call", true, mishap{badID: true}},
	{"-5 before", false, mishap{result: wire.Result{Return: "-5"}}},
	{"-5 after", true, mishap{effect: true, result: wire.Result{Return: "-5"}}},
	{"crash after", true, mishap{effect: true, result: &wire.RPCError{Code: wire.RPCServer, Message: "method handler crashed"}}},
	{"429", false, mishap{status: 429}},
}

// faultyCase is one operation that has to survive any single fault. start
// prepares the node and returns the operation, which checks its own outcome.
type faultyCase struct {
	name  string
	price int // billed calls when nothing goes wrong
	start func(n *fakeNode, c *Client) func() error
}

var errOther = errors.New("other content came back")

func faultyCases(t *testing.T) []faultyCase {
	data := content(1, 2*fakeSlice+fakePiece+17)
	get := func(c *Client, id string) error {
		var dst readable
		err := c.Download(t.Context(), id, "", int64(len(data)), &dst, nil)
		if err == nil && !bytes.Equal(dst.p, data) {
			err = errOther
		}
		return err
	}
	put := func(kind wire.Kind) func(n *fakeNode, c *Client) func() error {
		return func(n *fakeNode, c *Client) func() error {
			return func() error {
				u, err := c.Upload(t.Context(), "x", bytes.NewReader(data), int64(len(data)), UploadOptions{Kind: kind})
				if err != nil {
					return err
				}
				n.net.mu.Lock()
				defer n.net.mu.Unlock()
				if f := n.net.files[c.Address()+u.ID]; f == nil || !bytes.Equal(f.data, data) || u.Replicas != 3 {
					return errOther
				}
				return nil
			}
		}
	}
	return append([]faultyCase{
		{"upload", 1, put(wire.Ordinary)},
		{"video upload", 1, put(wire.Video)},
		{"download", 1, func(n *fakeNode, c *Client) func() error {
			id := n.net.put(c.Address(), "x", data)
			return func() error { return get(c, id) }
		}},
		{"shared download", 1, func(n *fakeNode, c *Client) func() error {
			s, _ := c.Share(t.Context(), n.net.put(c.Address(), "x", data), ShareOptions{})
			return func() error {
				var dst file
				_, err := c.DownloadShared(t.Context(), s.Link, func(SharedFile) (io.WriterAt, error) { return &dst, nil }, nil)
				if err == nil && !bytes.Equal(dst.p, data) {
					err = errOther
				}
				return err
			}
		}},
	}, freeCases(t, data)...)
}

// freeCases cost nothing.
func freeCases(t *testing.T, data []byte) []faultyCase {
	with := func(do func(n *fakeNode, c *Client, id string, s Share) error) func(n *fakeNode, c *Client) func() error {
		return func(n *fakeNode, c *Client) func() error {
			id := n.net.put(c.Address(), "x", data)
			for i := range 45 {
				n.net.put(c.Address(), "y", content(uint64(i), 10+i))
			}
			s, err := c.Share(t.Context(), id, ShareOptions{})
			if err != nil {
				t.Error(err)
			}
			return func() error { return do(n, c, id, s) }
		}
	}
	check := func(ok bool, err error) error {
		if err == nil && !ok {
			err = errOther
		}
		return err
	}
	return []faultyCase{
		{"list", 0, with(func(_ *fakeNode, c *Client, _ string, _ Share) error {
			files, err := c.List(t.Context())
			return check(len(files) == 46, err)
		})},
		{"shares", 0, with(func(_ *fakeNode, c *Client, id string, s Share) error {
			list, err := c.Shares(t.Context())
			return check(len(list) == 1 && list[0].Link == s.Link && list[0].FileID == id, err)
		})},
		{"share", 0, with(func(n *fakeNode, c *Client, id string, first Share) error {
			_ = c.clock.Sleep(t.Context(), 5*time.Second)
			s, err := c.Share(t.Context(), id, ShareOptions{})
			return check(s.ID != first.ID && n.shares() == 2, err)
		})},
		{"stop share", 0, with(func(n *fakeNode, c *Client, _ string, s Share) error {
			err := c.StopShare(t.Context(), s.ID)
			return check(n.shares() == 0, err)
		})},
		{"delete", 0, with(func(n *fakeNode, c *Client, id string, _ Share) error {
			err := c.Delete(t.Context(), id)
			return check(n.stored(c, id) == nil, err)
		})},
		{"status", 0, with(func(_ *fakeNode, c *Client, id string, _ Share) error {
			s, err := c.Status(t.Context(), id)
			return check(s.Finished(), err)
		})},
		{"clear expired", 0, with(func(_ *fakeNode, c *Client, _ string, _ Share) error { return c.ClearExpired(t.Context()) })},
		{"ozone", 0, with(func(_ *fakeNode, c *Client, _ string, _ Share) error { _, err := c.Ozone(t.Context()); return err })},
	}
}

// forced tells whether the protocol makes a second payment necessary: an
// answer with bytes that was lost cannot be asked for again.
func forced(method string, f faultKind) bool {
	switch method {
	case wire.MethodDownload, wire.MethodGetShared:
		return f.done
	case wire.MethodDownloadData:
		return true
	}
	return false
}

// TestEveryCallWithEveryFault breaks each call of each operation in every way.
// One fault is always survived, with the right outcome, and nothing is paid
// twice that the protocol does not make one pay twice.
func TestEveryCallWithEveryFault(t *testing.T) {
	var all sync.WaitGroup
	room := make(chan struct{}, 40) // most of the time is waiting for silence to end
	count := 0
	for _, op := range faultyCases(t) {
		n := newNode(t, newNet())
		n.polls = 3
		c := newClient(t, n)
		run := op.start(n, c)
		if err := run(); err != nil {
			t.Fatalf("%s: %v", op.name, err)
		}
		n.mu.Lock()
		calls := maps.Clone(n.calls) // a late request may still come in
		n.mu.Unlock()
		for method, times := range calls {
			for nth := range min(times, 5) {
				for _, f := range faultKinds {
					if f.silent() && nth > 1 {
						continue // it takes seconds
					}
					if count++; UnderRace && count%11 != 0 {
						continue
					}
					all.Go(func() {
						room <- struct{}{}
						oneFault(t, op, method, nth, f)
						<-room
					})
				}
			}
		}
	}
	all.Wait()
	t.Logf("%d runs", count)
}

func oneFault(t *testing.T, op faultyCase, method string, nth int, f faultKind) {
	name := fmt.Sprintf("%s: call %d of %s: %s", op.name, nth, method, f.name)
	n := newNode(t, newNet())
	n.polls, n.clingy = 3, 2
	c := newClient(t, n)
	run := op.start(n, c)
	n.mu.Lock()
	if f.silent() {
		c.hurry = 20
	}
	n.faults = map[string][]mishap{method: append(slices.Repeat([]mishap{{}}, nth), f.m)}
	n.mu.Unlock()
	before := n.number(c)
	began := c.clock.Now()
	if err := run(); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	most := op.price
	if forced(method, f) {
		most++
	}
	if paid := n.number(c) - before; paid < op.price || paid > most {
		t.Errorf("%s: paid %d times, at most %d", name, paid, most)
	}
	if took := c.clock.Now().Sub(began); took > 5*time.Minute {
		t.Errorf("%s: took %v", name, took)
	}
	c.Close()
	n.srv.CloseClientConnections()
}

func (n *fakeNode) shares() int {
	n.net.mu.Lock()
	defer n.net.mu.Unlock()
	return len(n.net.shares)
}

func (n *fakeNode) stored(c *Client, id string) *fakeFile {
	n.net.mu.Lock()
	defer n.net.mu.Unlock()
	return n.net.files[c.Address()+id]
}

func (n *fakeNode) number(c *Client) int {
	n.net.mu.Lock()
	defer n.net.mu.Unlock()
	return n.net.account(c.Address()).number
}

// TestFaultStorm lets many calls go wrong, at random. What is reported as done
// is right, what is not comes with a sentence, and all ends.
func TestFaultStorm(t *testing.T) {
	for seed := range uint64(12) {
		if UnderRace && seed > 1 {
			break
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			for _, op := range faultyCases(t) {
				n := newNode(t, newNet())
				n.polls, n.clingy = 2, 1
				c := newClient(t, n)
				run := op.start(n, c)
				c.hurry = 300
				dice := content(seed*77+uint64(len(op.name)), 4000)
				n.mu.Lock()
				for method := range n.calls {
					n.faults[method] = nil
				}
				n.storm = func() mishap {
					if dice = dice[1:]; len(dice) == 1 || dice[0] > 70 {
						return mishap{}
					}
					return faultKinds[int(dice[0])%len(faultKinds)].m
				}
				n.mu.Unlock()
				err := run()
				if errors.Is(err, errOther) {
					t.Errorf("%s: reported as done, and is not", op.name)
				}
				if _, told := errors.AsType[*fault.Error](err); err != nil && !told {
					t.Errorf("%s: no sentence in %v", op.name, err)
				}
				c.Close()
				n.srv.CloseClientConnections()
			}
		})
	}
}
