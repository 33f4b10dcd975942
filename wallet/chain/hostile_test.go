package chain

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// front stands before the chain; odd answers in its place, or says that it did
// not.
func (f *fakeChain) front(odd func(w http.ResponseWriter, r *http.Request) bool) *Client {
	f.t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !odd(w, r) {
			f.serve(w, r)
		}
	}))
	f.t.Cleanup(server.Close)
	return at(f.t, server.URL)
}

// at is a client of one address, which does not wait for long.
func at(t *testing.T, address string) *Client {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true}
	t.Cleanup(transport.CloseIdleConnections)
	c, err := New(Options{
		Network: network.Network{REST: address, ChainID: fakeChainID}, HTTP: &http.Client{Transport: transport},
		Poll: time.Millisecond, Patience: 5 * time.Second,
	})
	return must(t, c, err)
}

func isLook(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/cosmos/tx/v1beta1/txs/") }

func isBroadcast(r *http.Request) bool {
	return r.Method == http.MethodPost && r.URL.Path == "/cosmos/tx/v1beta1/txs"
}

// Whatever an address answers that is no node, people are told one thing that
// they can do, and nothing else.
func TestAnswersThatAreNoChain(t *testing.T) {
	const page, gateway = "<html><h1>Sorry</h1></html>", `{"code":12,"message":"Not Implemented","details":[]}`
	for _, c := range []struct {
		status int
		body   string
		words  string
	}{
		{401, page, "does not let this wallet in"},
		{403, page, "does not let this wallet in"},
		{404, page, "does not offer what the wallet needs"},
		{405, page, "does not offer what the wallet needs"},
		{501, gateway, "does not offer what the wallet needs"},
		{429, page, "asked too often"},
		{429, `{"code":8,"message":"rate limit"}`, "asked too often"},
		{500, page, "problem of its own"},
		{500, `{"code":2,"message":"panic"}`, "problem of its own"},
		{502, page, "the node behind it does not"},
		{503, page, "the node behind it does not"},
		{504, page, "the node behind it does not"},
		{522, page, "the node behind it does not"},
		{418, page, "makes no sense"},
		{200, page, "makes no sense"},
		{200, "", "makes no sense"},
		{200, "[]", "makes no sense"},
		{200, "{}", "does not say which network"},
		{200, `{"default_node_info":{"network":"stratos-1 <b>\nsend all"}}`, "does not say which network"},
		{200, `{"node_info":{"network":"stratos-local-1"}}`, "does not say which network"},
	} {
		f := newFake(t)
		p := preview(t, f.client(), transfer(t, "1stos"))
		client := f.front(func(w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
			return true
		})
		_, err := client.Send(context.Background(), p, vectorKey(t, 0), newLog())
		if s := fault.Sentence(err); !strings.Contains(s, c.words) || fault.ExitCode(err) != 1 || strings.Contains(s, "Sorry") {
			t.Errorf("%d %q: %v", c.status, c.body, err)
		}
		if len(f.pool)+len(f.paid) != 0 {
			t.Errorf("%d: something was sent", c.status)
		}
	}
}

// A proxy that fails in a trial run is not the chain that refuses it.
func TestProxyFailsInATrialRun(t *testing.T) {
	for status, words := range map[int]string{429: "asked too often", 502: "node behind it", 500: "problem of its own"} {
		f := newFake(t)
		c := f.front(func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasSuffix(r.URL.Path, "/simulate") {
				return false
			}
			http.Error(w, "<html>", status)
			return true
		})
		_, err := c.Preview(context.Background(), f.public, transfer(t, "1stos"), "")
		if !strings.Contains(fault.Sentence(err), words) {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// What the memory pool says is told with what to do about it.
func TestRefusalsSayWhatToDo(t *testing.T) {
	for log, c := range map[string]struct {
		code  uint32
		cause error
		words string
	}{
		"insufficient fees; got: 200000wei required: 200000000000000wei: insufficient fee": {13, ErrFee, "at least 0.0002 STOS for this. Please choose a higher fee"},
		"fee too small": {13, ErrFee, "wants a higher fee"},
		"out of gas in location: WritePerByte; gasWanted: 60000, gasUsed: 60059: out of gas": {11, ErrGas, "send it again with a higher fee"},
		"mempool is full": {20, ErrRefused, "try again in a minute"},
		"tx too large":    {21, ErrRefused, "too large"},
	} {
		f := newFake(t)
		f.broadcast = func(string) (string, uint32, string) { return "sdk", c.code, log }
		client, book := f.client(), newLog()
		_, err := client.Send(context.Background(), preview(t, client, transfer(t, "1stos")), vectorKey(t, 0), book)
		if s := fault.Sentence(err); !errors.Is(err, c.cause) || !strings.Contains(s, c.words) || !strings.HasSuffix(s, "Nothing was sent.") {
			t.Errorf("%s: %v", log, err)
		}
		if len(book.order) != 1 || book.state(book.order[0]) != Refused {
			t.Errorf("%s: logged as %v", log, book.states)
		}
	}
}

// A chain that stands still is named as the reason, and nothing is said to be
// lost.
func TestHaltedChain(t *testing.T) {
	f, log := newFake(t), newLog()
	c := f.client()
	p := preview(t, c, transfer(t, "1stos"))
	f.perBlock, c.patience = 1<<30, 100*time.Millisecond
	r, err := c.Send(context.Background(), p, vectorKey(t, 0), log)
	if !errors.Is(err, ErrUnknown) || fault.ExitCode(err) != 3 || !strings.Contains(fault.Sentence(err), "makes no new blocks") || log.state(r.Hash) != Unknown {
		t.Errorf("%v, %v", err, log.states)
	}
	f.mu.Lock()
	f.makeBlock()
	f.mu.Unlock()
	s := log.sent[r.Hash]
	if o, err := c.Resolve(context.Background(), Pending{Hash: s.Hash, From: s.From, Sequence: s.Sequence, Timeout: s.Timeout}); err != nil || o.State != Done {
		t.Errorf("when it goes on: %+v, %v", o, err)
	}
}

// A node that still reads old blocks tells old numbers: nothing is signed.
func TestNodeThatIsBehind(t *testing.T) {
	f := newFake(t)
	p := preview(t, f.client(), transfer(t, "1stos"))
	c := f.front(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/syncing") {
			return false
		}
		_, _ = w.Write([]byte(`{"syncing":true}`))
		return true
	})
	log := newLog()
	if _, err := c.Send(context.Background(), p, vectorKey(t, 0), log); !errors.Is(err, ErrBehind) || len(log.sent) != 0 {
		t.Errorf("%v, logged %v", err, log.sent)
	}
	if _, err := c.Preview(context.Background(), f.public, transfer(t, "1stos"), ""); !errors.Is(err, ErrBehind) {
		t.Errorf("preview: %v", err)
	}
}

// A node without an index of transactions takes them all the same. What became
// of one cannot be told, and that is said at once.
func TestNodeWithoutAnIndex(t *testing.T) {
	f, log := newFake(t), newLog()
	c := f.front(func(w http.ResponseWriter, r *http.Request) bool {
		if !isLook(r) {
			return false
		}
		f.mu.Lock()
		f.makeBlock()
		f.mu.Unlock()
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = w.Write([]byte(`{"code":13,"message":"transaction indexing is disabled","details":[]}`))
		return true
	})
	c.patience = time.Hour
	r, err := c.Send(context.Background(), preview(t, c, transfer(t, "1stos")), vectorKey(t, 0), log)
	if !errors.Is(err, ErrUnknown) || !strings.Contains(fault.Sentence(err), "keeps no list of transactions") || len(f.paid) != 1 {
		t.Errorf("%v, paid %d times", err, len(f.paid))
	}
	s := log.sent[r.Hash]
	o, err := c.Resolve(context.Background(), Pending{Hash: s.Hash, From: s.From, Sequence: s.Sequence, Timeout: s.Timeout})
	if err != nil || o.State != Unknown || !strings.Contains(o.Reason, "keeps no list") {
		t.Errorf("resolved %+v, %v", o, err)
	}
}

// What a node claims of a transaction is believed only if it is about that one
// and of a block.
func TestInventedInclusion(t *testing.T) {
	for name, claim := range map[string]string{
		"no block":      `{"tx_response":{"txhash":"%s","height":"0","code":0}}`,
		"before time":   `{"tx_response":{"txhash":"%s","height":"-5","code":0}}`,
		"another":       `{"tx_response":{"txhash":"` + strings.Repeat("A", 64) + `","height":"101","code":0}}`,
		"nothing":       `{}`,
		"of no account": `{"tx_response":null}`,
	} {
		f, log := newFake(t), newLog()
		lies := 20
		c := f.front(func(w http.ResponseWriter, r *http.Request) bool {
			if lies--; !isLook(r) || lies < 0 {
				return false
			}
			_, _ = w.Write([]byte(strings.ReplaceAll(claim, "%s", r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:])))
			return true
		})
		r, err := c.Send(context.Background(), preview(t, c, transfer(t, "1stos")), vectorKey(t, 0), log)
		if err != nil || len(f.paid) != 1 || uint64(r.Height) != f.paid[0].height {
			t.Errorf("%s: %+v, %v, paid %d times", name, r, err, len(f.paid))
		}
	}
}

// Addresses of every form reach the node, and a token in one is told nobody.
func TestFormsOfAddresses(t *testing.T) {
	f := newFake(t)
	listener, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6")
	}
	six := &http.Server{Handler: http.StripPrefix("/chain/sEcReT", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("key") != "t0ken" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		defer packed.Close()
		f.serve(packedWriter{w, packed}, r)
	}))}
	go six.Serve(listener)
	defer six.Close()
	base := fmt.Sprintf("http://%s/chain/sEcReT/?key=t0ken", listener.Addr())
	c := at(t, base)
	if _, err := c.Send(context.Background(), preview(t, c, transfer(t, "1stos")), vectorKey(t, 0), newLog()); err != nil || len(f.paid) != 1 {
		t.Errorf("%v, paid %d times", err, len(f.paid))
	}
	six.Close()
	if _, err := c.Height(context.Background()); err == nil || strings.Contains(err.Error(), "sEcReT") || strings.Contains(err.Error(), "t0ken") {
		t.Errorf("the error is %v", err)
	}
}

// packedWriter is a web answer that is compressed.
type packedWriter struct {
	http.ResponseWriter
	packed *gzip.Writer
}

// Write compresses.
func (p packedWriter) Write(raw []byte) (int, error) { return p.packed.Write(raw) }
