package client

import (
	"bytes"
	"net"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// crash ends the node as SIGKILL does: it is gone, with all of its sessions.
// Files that it had not passed on stay on their way for ever.
func (n *fakeNode) crash() {
	n.srv.Listener.Close()
	go n.srv.CloseClientConnections()
	n.mu.Lock()
	defer n.mu.Unlock()
	clear(n.sessions)
	clear(n.gets)
	clear(n.videos)
	clear(n.serving)
	n.net.mu.Lock()
	defer n.net.mu.Unlock()
	for _, f := range n.net.files {
		f.left = f.polls > 0
	}
}

// rise starts the node again at the same address.
func (n *fakeNode) rise() {
	l, err := net.Listen("tcp", n.srv.Listener.Addr().String())
	if err != nil {
		n.t.Error(err)
		return
	}
	srv := httptest.NewUnstartedServer(n)
	srv.Listener.Close()
	srv.Listener = l
	srv.Start()
	n.t.Cleanup(srv.Close)
}

// riseAfter starts the node again when so much of the client's time is over.
func (n *fakeNode) riseAfter(c *Client, d time.Duration) {
	began := c.clock.Now()
	go func() {
		for c.clock.Now().Sub(began) < d && c.life.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		n.rise()
	}()
}

// A node that is killed in the middle of a transfer and started again at the
// same address gets it from the start, and the transfer succeeds.
func TestNodeKilledAndStartedAgain(t *testing.T) {
	data := content(1, someSize)
	for method, at := range map[string]int{
		wire.MethodUpload: 0, wire.MethodUploadData: 3, wire.MethodUploadSign: 0, wire.MethodFileStatus: 1,
		wire.MethodDownload: 0, wire.MethodDownloadData: 4,
	} {
		for _, done := range []bool{false, true} { // what it was asked for before it died
			if UnderRace && done {
				continue
			}
			t.Run(method, func(t *testing.T) {
				n := newNode(t, newNet())
				n.polls, n.clingy = 6, 3
				c := newClient(t, n)
				kill := func() { n.crash(); n.riseAfter(c, 20*time.Second) }
				die := mishap{before: kill, ignore: true}
				if done {
					die = mishap{after: func(v any) any { kill(); return v }, lose: true}
				}
				n.on(method, append(times(at, mishap{}), die)...)
				mustDownload(t, c, mustUpload(t, c, data), "", data)
				if paid := n.number(c) - 1; paid > 4 {
					t.Errorf("paid %d times for an upload and two downloads", paid)
				}
			})
		}
	}
}

// A node that stays away is given up after a while, and one that was never
// there at once.
func TestNodeThatStaysAway(t *testing.T) {
	data := content(1, someSize)
	n := newNode(t, newNet())
	c := newClient(t, n)
	u := mustUpload(t, c, data)
	n.on(wire.MethodDownloadData, mishap{}, mishap{before: n.crash, ignore: true})
	began := c.clock.Now()
	wantError(t, c.Download(t.Context(), u.ID, "", u.Size, new(file), nil), ErrUnreachable)
	if took := c.clock.Now().Sub(began); took < comeBack || took > 2*comeBack {
		t.Errorf("given up after %v", took)
	}
	began = c.clock.Now()
	_, err := c.Upload(t.Context(), "x", bytes.NewReader(data), someSize, UploadOptions{})
	wantError(t, err, ErrUnreachable)
	if took := c.clock.Now().Sub(began); took > 20*time.Second {
		t.Errorf("given up after %v", took)
	}
}

// Two gateways of one network, one of which dies in each phase: the other one
// takes over without anybody waiting for the first.
func TestOneOfTwoGatewaysDies(t *testing.T) {
	data := content(1, someSize)
	for _, method := range []string{
		wire.MethodUpload, wire.MethodUploadData, wire.MethodUploadSign, wire.MethodFileStatus, wire.MethodDownload, wire.MethodDownloadData,
	} {
		t.Run(method, func(t *testing.T) {
			net := newNet()
			dying, other := newNode(t, net), newNode(t, net)
			dying.polls, other.polls = 3, 3
			c := newClient(t, dying, other)
			dying.on(method, mishap{}, mishap{before: dying.crash, ignore: true})
			dying.on(method, mishap{before: dying.crash, ignore: true})
			mustDownload(t, c, mustUpload(t, c, data), "", data)
			began := c.clock.Now()
			mustDownload(t, c, mustUpload(t, c, data[1:]), "", data[1:])
			if took := c.clock.Now().Sub(began); took > time.Minute {
				t.Errorf("took %v with one gateway gone", took)
			}
		})
	}
}
