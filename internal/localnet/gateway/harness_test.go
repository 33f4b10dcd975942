package gateway

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"math/big"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
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

	mu  sync.Mutex
	now time.Time
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

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// pass lets time go by on the network's clock.
func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// newWorld makes a network with 8 nodes and 5 copies.
func newWorld(t *testing.T, change ...func(*Options)) *world {
	t.Helper()
	dir := t.TempDir()
	w := &world{t: t, now: time.Unix(1_701_267_007, 0)}
	var err error
	w.meta, err = meta.Open(t.Context(), filepath.Join(dir, "meta.db"), meta.Options{Clock: w.clock})
	must(t, err)
	w.pool, err = node.OpenPool(filepath.Join(dir, "nodes"), 8, 5)
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
	answer, err := http.DefaultClient.Do(r)
	must(w.t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	must(w.t, err)
	return answer.StatusCode, raw
}

func (a wallet) ozone() (noz int64, sequence string) {
	a.w.t.Helper()
	var r wire.OzoneResult
	a.w.call(wire.MethodGetOzone, wire.OzoneParams{Wallet: a.Address()}, &r)
	n, ok := new(big.Int).SetString(r.Ozone, 10)
	if !ok {
		a.w.t.Fatalf("ozone %q", r.Ozone)
	}
	return n.Int64(), r.SequenceNumber
}

func (a wallet) sequence() string {
	_, sn := a.ozone()
	return sn
}

func (a wallet) now() int64 { return a.w.clock().Unix() }

func (a wallet) signed(message string) wire.Signature { return wire.Signed(a, message) }

// uploadParams opens an upload of data under name.
func (a wallet) uploadParams(name string, data []byte, kind wire.Kind) wire.UploadParams {
	sn, t := a.sequence(), a.now()
	hash := hashOf(data, kind)
	return wire.UploadParams{
		FileName: name, FileSize: int64(len(data)), FileHash: hash, DesiredTier: 2, AllowHigherTier: true,
		Signature: a.signed(wire.UploadMessage(hash, a.Address(), sn, t)), ReqTime: t, SequenceNumber: sn,
	}
}

// send sends the pieces that first and its successors ask for, and returns
// the last answer.
func (a wallet) send(p wire.UploadParams, data []byte, first wire.Result) wire.Result {
	a.w.t.Helper()
	r := first
	for r.Return == "1" {
		start, end, ok := r.Range()
		if !ok {
			a.w.t.Fatalf("no range in %+v", r)
		}
		r = a.w.sendData(p, data[start:end])
	}
	return r
}

func dataParams(p wire.UploadParams, data []byte) any {
	return struct {
		wire.UploadDataParams
		Data []byte `json:"data"`
	}{wire.UploadDataParams{
		FileHash: p.FileHash, Signature: p.Signature, ReqTime: p.ReqTime, SequenceNumber: p.SequenceNumber,
	}, data}
}

func (a wallet) signParams(hash string) wire.UploadSignParams {
	sn, t := a.sequence(), a.now()
	return wire.UploadSignParams{
		FileHash: hash, Signature: a.signed(wire.UploadMessage(hash, a.Address(), sn, t)), SequenceNumber: sn, ReqTime: t,
	}
}

// tryUpload uploads data and returns the last answer.
func (a wallet) tryUpload(name string, data []byte) wire.Result {
	a.w.t.Helper()
	p := a.uploadParams(name, data, wire.Ordinary)
	var r wire.Result
	a.w.call(wire.MethodUpload, p, &r)
	if r = a.send(p, data, r); r.Return != "0" {
		return r
	}
	r = wire.Result{}
	a.w.call(wire.MethodUploadSign, a.signParams(p.FileHash), &r)
	return r
}

// upload uploads data and waits until it is finished.
func (a wallet) upload(name string, data []byte) (hash string) {
	a.w.t.Helper()
	if r := a.tryUpload(name, data); r.Return != "0" {
		a.w.t.Fatalf("upload %s: %+v", name, r)
	}
	hash = hashOf(data, wire.Ordinary)
	a.await(hash)
	return hash
}

// await polls until a file is finished.
func (a wallet) await(hash string) wire.FileStatusResult {
	a.w.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if s := a.status(hash); s.State == wire.StateFinished {
			return s
		}
	}
	a.w.t.Fatalf("%s is not finished: %+v", hash, a.status(hash))
	return wire.FileStatusResult{}
}

func (a wallet) fileParams(hash string) wire.FileParams {
	t := a.now()
	return wire.FileParams{FileHash: hash, Signature: a.signed(wire.StatusMessage(hash, a.Address(), t)), ReqTime: t}
}

func (a wallet) status(hash string) (r wire.FileStatusResult) {
	a.w.t.Helper()
	a.w.call(wire.MethodFileStatus, a.fileParams(hash), &r)
	return r
}

func (a wallet) downloadParams(hash string) wire.DownloadParams {
	t := a.now()
	return wire.DownloadParams{
		FileHandle: wire.Handle{Owner: a.Address(), Hash: hash}.String(), ReqTime: t,
		Signature: a.signed(wire.DownloadMessage(hash, a.Address(), a.sequence(), t)),
	}
}

// binResult is a result with its data decoded.
type binResult struct {
	wire.Result
	Data []byte `json:"filedata"`
}

// download downloads an own file and returns its bytes, or nil and the answer
// that was no piece.
func (a wallet) download(hash string, size int) ([]byte, binResult) {
	a.w.t.Helper()
	return a.collect(hash, size, a.w.callPiece(wire.MethodDownload, a.downloadParams(hash)))
}

// collect takes all pieces after the first one.
func (a wallet) collect(hash string, size int, r binResult) ([]byte, binResult) {
	a.w.t.Helper()
	out, reqid := make([]byte, size), r.ReqID
	for r.Return == "2" {
		start, end, ok := r.Range()
		if !ok || end-start != int64(len(r.Data)) || end > int64(size) {
			a.w.t.Fatalf("piece [%d, %d) of %d bytes", start, end, len(r.Data))
		}
		copy(out[start:end], r.Data)
		r = a.w.callPiece(wire.MethodDownloadData, wire.DownloadDataParams{FileHash: hash, ReqID: reqid})
	}
	if r.Return != "3" {
		return nil, r
	}
	var end wire.Result
	a.w.call(wire.MethodDownloadedInfo, wire.DownloadedInfoParams{FileHash: hash, FileSize: int64(size), ReqID: reqid}, &end)
	if end.Return != "0" {
		a.w.t.Fatalf("downloadedFileInfo: %+v", end)
	}
	return out, r
}

func hashOf(data []byte, kind wire.Kind) string {
	h := wire.NewFileHasher()
	h.Write(data)
	return h.Sum(kind)
}

// content makes bytes that differ by seed and position.
func content(size int, seed uint64) []byte {
	b := make([]byte, size)
	rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)}).Read(b)
	return b
}

// sendData sends one piece. Its body is put together by hand: JSON encoders
// take most of the time of a test that moves megabytes.
func (w *world) sendData(p wire.UploadParams, data []byte) (r wire.Result) {
	w.t.Helper()
	params, err := json.Marshal(wire.UploadDataParams{
		FileHash: p.FileHash, Signature: p.Signature, ReqTime: p.ReqTime, SequenceNumber: p.SequenceNumber,
	})
	must(w.t, err)
	text := strings.Replace(string(params), `"data":""`, `"data":"`+base64.StdEncoding.EncodeToString(data)+`"`, 1)
	_, raw := w.post([]byte(`{"id":1,"method":"user_uploadData","params":[` + text + `]}`))
	must(w.t, json.Unmarshal(raw, &struct{ Result *wire.Result }{&r}))
	return r
}

// callPiece is call for answers that may carry bytes; those are decoded apart,
// for the same reason.
func (w *world) callPiece(method string, params any) (r binResult) {
	w.t.Helper()
	raw, member := w.raw(method, params), []byte(`,"filedata":"`)
	var text []byte
	if at := bytes.Index(raw, member); at >= 0 {
		rest := raw[at+len(member):]
		end := bytes.IndexByte(rest, '"')
		text, raw = rest[:end], append(raw[:at:at], rest[end+1:]...)
	}
	must(w.t, json.Unmarshal(raw, &struct{ Result *binResult }{&r}))
	r.Data = make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(r.Data, text)
	must(w.t, err)
	r.Data = r.Data[:n]
	return r
}
