package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/big"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// world is a storage network with its gateway behind real HTTP.
type world struct {
	t         *testing.T
	g         *Gateway
	meta      *meta.Meta
	pool      *node.Pool
	store     *store.Store
	rpc, rest *httptest.Server
	log       lockedBuffer
	clock     *testClock
}

// lockedBuffer is a log that several goroutines write.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

// pass lets time go by on the network's clock.
func (w *world) pass(d time.Duration) { w.clock.pass(d) }

// faithful switches the habits of the reference on.
func faithful(o *Options) { o.Faithful = true }

// inBothModes runs a test on a network with and one without the habits of the
// reference.
func inBothModes(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Run("friendly", func(t *testing.T) { test(t, newWorld(t)) })
	t.Run("faithful", func(t *testing.T) { test(t, newWorld(t, faithful)) })
}

// newWorld makes a network with 8 nodes and 5 copies.
func newWorld(t *testing.T, change ...func(*Options)) *world {
	t.Helper()
	return newWorldOf(t, 8, 5, change...)
}

func newWorldOf(t *testing.T, nodes, copies int, change ...func(*Options)) *world {
	t.Helper()
	dir := t.TempDir()
	w := &world{t: t, clock: newTestClock()}
	var err error
	w.meta, err = meta.Open(t.Context(), filepath.Join(dir, "meta.db"), meta.Options{Clock: w.clock.Now})
	must(t, err)
	w.pool, err = node.OpenPool(filepath.Join(dir, "nodes"), nodes, copies)
	must(t, err)
	w.store, err = store.Open(t.Context(), w.meta, w.pool, &w.log)
	must(t, err)
	o := Options{Meta: w.meta, Store: w.store, Spool: filepath.Join(dir, "spool"), Clock: w.clock, Log: &w.log}
	for _, c := range change {
		c(&o)
	}
	w.g, err = New(o)
	must(t, err)
	w.rpc, w.rest = httptest.NewServer(w.g.RPC()), httptest.NewServer(w.g.REST())
	t.Cleanup(w.close)
	return w
}

func (w *world) close() {
	w.rpc.Close()
	w.rest.Close()
	w.g.Close()
	w.store.Close()
	must(w.t, w.meta.Close())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wallet is an account with a key.
type wallet struct {
	wire.Signer
	w *world
}

// rich is enough ozone for any test.
const rich = int64(1e15)

// wallet makes the wallet number n with noz ozone.
func (w *world) wallet(n byte, noz int64) wallet {
	w.t.Helper()
	key, err := stratos.NewPrivateKey(bytes.Repeat([]byte{n}, 32))
	must(w.t, err)
	s := wire.NewSigner(key)
	w.credit(s.Address(), n, noz)
	return wallet{s, w}
}

func (w *world) credit(address string, index byte, noz int64) {
	w.t.Helper()
	must(w.t, w.meta.CreditPrepay(context.Background(), meta.Prepay{
		Height: 1, TxHash: "test", Index: int(index), Beneficiary: address, Wei: big.NewInt(1), Noz: big.NewInt(noz),
	}))
}

// call sends a JSON-RPC call and reads its result into out.
func (w *world) call(method string, params, out any) {
	w.t.Helper()
	raw := w.raw(method, params)
	var r wire.Response
	must(w.t, json.Unmarshal(raw, &r))
	if r.Error != nil {
		w.t.Fatalf("%s: %v", method, r.Error)
	}
	must(w.t, json.Unmarshal(r.Result, out))
}

// raw returns the whole answer.
func (w *world) raw(method string, params any) []byte {
	w.t.Helper()
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": []any{params}})
	must(w.t, err)
	status, raw := w.post(body)
	if status != http.StatusOK {
		w.t.Fatalf("%s: status %d: %s", method, status, raw)
	}
	return raw
}

func (w *world) post(body []byte) (int, []byte) {
	w.t.Helper()
	r, err := http.NewRequest(http.MethodPost, w.rpc.URL, bytes.NewReader(body))
	must(w.t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept-Encoding", "identity") // what the fast client does
	client := http.Client{Timeout: time.Minute} // a call that hangs fails here and not at the end of all tests
	answer, err := client.Do(r)
	must(w.t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	must(w.t, err)
	return answer.StatusCode, raw
}

// roundTrip sends a request and reads the answer.
func (w *world) roundTrip(r *http.Request) reply {
	w.t.Helper()
	a, err := http.DefaultTransport.RoundTrip(r)
	must(w.t, err)
	defer a.Body.Close()
	raw, err := io.ReadAll(a.Body)
	must(w.t, err)
	return reply{a.StatusCode, a.Header.Get("Content-Type"), a.Header, string(raw)}
}

// content makes bytes that differ by seed and position.
func content(size int, seed uint64) []byte {
	b := make([]byte, size)
	rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)}).Read(b)
	return b
}

// emptyHash is the hash of a file without bytes.
const emptyHash = "v05j1m555fu587j6jih6c1k0uheu1g2o8stakpm0"

// jsonCall writes a JSON-RPC call.
func jsonCall(id int, method string, params any) ([]byte, error) {
	return json.Marshal(map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": []any{params}})
}
