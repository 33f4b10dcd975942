package chain

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// withMore is a client that knows more addresses, dead ones among them.
func withMore(t *testing.T, addresses ...string) *Client {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true}
	t.Cleanup(transport.CloseIdleConnections)
	c, err := New(Options{
		Network: network.Network{REST: addresses[0], RESTMore: addresses[1:], ChainID: fakeChainID},
		HTTP:    &http.Client{Transport: transport}, Poll: time.Millisecond, Patience: 5 * time.Second,
	})
	return must(t, c, err)
}

// dead is an address where nobody listens.
func dead(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(nil)
	defer s.Close()
	return s.URL
}

func TestAnotherAddressTakesOver(t *testing.T) {
	f, ctx := newFake(t), context.Background()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusBadGateway) }))
	defer proxy.Close()
	other := newFake(t)
	other.chainID = "mesos-1"
	c := withMore(t, dead(t), proxy.URL, other.server.URL, f.server.URL)
	if err := c.CheckChain(ctx); err != nil {
		t.Fatal(err)
	}
	if base, _ := c.rest.at.current(); base != f.server.URL {
		t.Errorf("now at %s", base)
	}
	p := preview(t, c, transfer(t, "1stos"))
	if _, err := c.Send(ctx, p, vectorKey(t, 0), newLog()); err != nil {
		t.Fatal(err)
	}
	if got := f.transferred().String(); got != "1000000000000000000" {
		t.Errorf("transferred %s", got)
	}
}

// What exists nowhere is no reason to ask elsewhere, and a chain that answers
// wrongly is not left silently.
func TestAnswersStay(t *testing.T) {
	f, other := newFake(t), newFake(t)
	c := withMore(t, f.server.URL, other.server.URL)
	if _, err := c.Tx(context.Background(), strings.Repeat("A", 64)); !errors.Is(err, ErrNotFound) {
		t.Errorf("%v", err)
	}
	f.chainID = "mesos-1"
	if err := c.CheckChain(context.Background()); !errors.Is(err, ErrWrongChain) {
		t.Errorf("%v", err)
	}
	if len(other.requests) != 0 {
		t.Errorf("asked elsewhere: %v", other.requests)
	}
}

// A broadcast whose answer is lost may have arrived: another node must not be
// asked in its place, for its refusal would look like proof.
func TestBroadcastStaysWithTheNodeThatMayHaveIt(t *testing.T) {
	f, other := newFake(t), newFake(t)
	other.broadcast = func(string) (string, uint32, string) {
		t.Error("the other node got the broadcast")
		return "sdk", 32, "account sequence mismatch"
	}
	c := withMore(t, f.server.URL, other.server.URL)
	p := preview(t, c, transfer(t, "1stos"))
	cut := false
	f.meddle = func(_ int, path string) meddling {
		if path == "/cosmos/tx/v1beta1/txs" && !cut {
			cut = true
			return cutAfter
		}
		return leaveAlone
	}
	if _, err := c.Send(context.Background(), p, vectorKey(t, 0), newLog()); err != nil {
		t.Fatal(err)
	}
	if got := f.transferred().String(); got != "1000000000000000000" || !cut {
		t.Errorf("transferred %s", got)
	}
}
