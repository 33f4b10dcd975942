package client

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// fakeNode is a resource node with the network behind it, strict about
// signatures and numbers, written from what a real node was seen to do. Pieces
// and slices are small so that tests are quick.
type fakeNode struct {
	t   *testing.T
	srv *httptest.Server

	mu       sync.Mutex
	net      *fakeNet
	sessions map[string]*fakeSession
	gets     map[string]*fakeGet
	videos   map[string]string // request id to file id
	nextID   int
	calls    map[string]int
	faults   map[string][]mishap
	pageSize int
	reverse  bool // slices come last first
	noSign   bool // an old node without uploadSign
	clingy   int  // how many requestUploads a left session refuses
	polls    int  // questions until a file is finished
	fails    int  // files whose storing fails
}

// fakeNet is what all nodes share.
type fakeNet struct {
	mu       sync.Mutex
	accounts map[string]*fakeAccount
	files    map[string]*fakeFile // by owner and id
	shares   []*fakeShare
	strict   bool
}

type fakeAccount struct {
	number int
	noz    int64
}

type fakeFile struct {
	info  wire.FileInfo
	owner string
	data  []byte
	polls int
	fails bool
}

type fakeShare struct {
	id, link, password, owner string
	file                      *fakeFile
	made, ends                int64
}

type fakeSession struct {
	p     wire.UploadParams
	data  []byte
	ended int // requestUploads since it was left
	left  bool
	full  bool
}

type fakeGet struct {
	file   *fakeFile
	pieces [][2]int64
}

// mishap changes one call.
type mishap struct {
	lose   bool            // do the work, lose the answer
	ignore bool            // lose the request
	raw    string          // answer this
	status int             // with this HTTP status
	result any             // answer this result
	before func()          // first
	after  func(any) any   // change the result
	hang   <-chan struct{} // answer only then
}

const (
	fakeSlice = 24 << 10
	fakePiece = 5 << 10
)

func newNet() *fakeNet {
	return &fakeNet{accounts: map[string]*fakeAccount{}, files: map[string]*fakeFile{}, strict: true}
}

func newNode(t *testing.T, net *fakeNet) *fakeNode {
	n := &fakeNode{
		t: t, net: net, sessions: map[string]*fakeSession{}, gets: map[string]*fakeGet{}, videos: map[string]string{},
		calls: map[string]int{}, faults: map[string][]mishap{}, pageSize: wire.PageSize,
	}
	n.srv = httptest.NewServer(n)
	t.Cleanup(n.srv.Close)
	return n
}

// on sets what happens to the next calls of a method, one after the other.
func (n *fakeNode) on(method string, faults ...mishap) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.faults[method] = append(n.faults[method], faults...)
}

func (n *fakeNode) count(method string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.calls[method]
}

func (n *fakeNode) takeFault(method string) mishap {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.calls[method]++
	list := n.faults[method]
	if len(list) == 0 {
		return mishap{}
	}
	n.faults[method] = list[1:]
	return list[0]
}

func (n *fakeNode) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		n.serveREST(w, r)
		return
	}
	var req wire.Request
	if r.ContentLength > wire.MaxBody {
		http.Error(w, "content length too large", http.StatusRequestEntityTooLarge)
		return
	}
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil || r.Header.Get("Content-Type") != wire.ContentType {
		n.t.Errorf("request: %v, type %q", err, r.Header.Get("Content-Type"))
		return
	}
	f := n.takeFault(req.Method)
	if f.before != nil {
		f.before()
	}
	if f.ignore {
		hangUp(w)
		return
	}
	result := f.result
	if result == nil && f.raw == "" && f.status == 0 {
		result = n.answer(req)
	}
	if f.after != nil {
		result = f.after(result)
	}
	if f.hang != nil {
		<-f.hang
	}
	if f.lose {
		hangUp(w)
		return
	}
	reply(w, f, req.ID, result)
}

func reply(w http.ResponseWriter, f mishap, id json.RawMessage, result any) {
	w.Header().Set("Content-Type", wire.ContentType)
	if f.status != 0 {
		w.WriteHeader(f.status)
	}
	if f.raw != "" || f.status != 0 {
		fmt.Fprint(w, f.raw)
		return
	}
	if e, ok := result.(*wire.RPCError); ok {
		_ = json.NewEncoder(w).Encode(wire.Response{JSONRPC: "2.0", ID: id, Error: e})
		return
	}
	raw, _ := json.Marshal(result)
	_ = json.NewEncoder(w).Encode(wire.Response{JSONRPC: "2.0", ID: id, Result: raw})
}

// hangUp ends the connection without an answer, as a node does that has its
// answer too late.
func hangUp(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		conn.Close()
	}
}

func param[T any](req wire.Request) T {
	var list [1]T
	if err := json.Unmarshal(req.Params, &list); err != nil {
		panic(err)
	}
	return list[0]
}

func (n *fakeNode) answer(req wire.Request) any {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.net.mu.Lock()
	defer n.net.mu.Unlock()
	switch req.Method {
	case wire.MethodGetOzone:
		a := n.net.account(param[wire.OzoneParams](req).Wallet)
		return wire.OzoneResult{Return: "0", Ozone: fmt.Sprint(a.noz), SequenceNumber: a.sn()}
	case wire.MethodUpload, wire.MethodUploadStream:
		return n.requestUpload(param[wire.UploadParams](req))
	case wire.MethodUploadData:
		return n.uploadData(param[wire.UploadDataParams](req))
	case wire.MethodUploadSign:
		return n.uploadSign(param[wire.UploadSignParams](req))
	case wire.MethodFileStatus:
		return n.fileStatus(param[wire.FileParams](req))
	case wire.MethodDownload:
		return n.requestDownload(param[wire.DownloadParams](req))
	case wire.MethodDownloadData:
		return n.downloadData(param[wire.DownloadDataParams](req))
	case wire.MethodDownloadedInfo:
		return wire.Result{Return: "0"}
	case wire.MethodDelete:
		return n.delete(param[wire.FileParams](req))
	case wire.MethodList:
		return n.list(param[wire.ListParams](req))
	case wire.MethodShare:
		return n.share(param[wire.ShareParams](req))
	case wire.MethodListShare:
		return n.listShare(param[wire.ListParams](req))
	case wire.MethodStopShare:
		return n.stopShare(param[wire.StopShareParams](req))
	case wire.MethodGetShared:
		return n.getShared(param[wire.GetSharedParams](req))
	case wire.MethodClearExpired:
		return wire.ClearExpiredResult{}
	}
	return &wire.RPCError{Code: wire.RPCNoMethod, Message: "the method " + req.Method + " does not exist/is not available"}
}

func (f *fakeNet) account(address string) *fakeAccount {
	if f.accounts[address] == nil {
		f.accounts[address] = &fakeAccount{number: 1, noz: 1 << 50}
	}
	return f.accounts[address]
}

func (a *fakeAccount) sn() string { return fmt.Sprintf("SN:%019d", a.number) }

// bump is a billed call of another device.
func (f *fakeNet) bump(address string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.account(address).number++
}

func (n *fakeNode) requestUpload(p wire.UploadParams) wire.Result {
	if p.Signature.Verify(wire.UploadMessage(p.FileHash, p.Signature.Address, p.SequenceNumber, p.ReqTime)) != nil {
		return wire.Result{Return: "-3"}
	}
	if s := n.sessions[p.FileHash]; s != nil {
		if s.ended++; s.ended <= n.clingy {
			return wire.Result{Return: "-13"}
		}
	}
	n.sessions[p.FileHash] = &fakeSession{p: p}
	return wire.Result{Return: "1"}.WithRange(fakeRange(0, p.FileSize))
}

func fakeRange(at, size int64) (int64, int64) {
	slice := at/fakeSlice*fakeSlice + fakeSlice
	return at, min(at+fakePiece, slice, size)
}

func (n *fakeNode) uploadData(p wire.UploadDataParams) wire.Result {
	s := n.sessions[p.FileHash]
	if s == nil || s.full {
		return wire.Result{Return: "-14"}
	}
	if p.Signature.Verify(wire.UploadMessage(p.FileHash, p.Signature.Address, p.SequenceNumber, p.ReqTime)) != nil {
		return wire.Result{Return: "-3"}
	}
	if p.Stop {
		if n.clingy == 0 {
			delete(n.sessions, p.FileHash)
		}
		return wire.Result{Return: "-14"}
	}
	data, err := base64.StdEncoding.DecodeString(p.Data)
	_, end := fakeRange(int64(len(s.data)), s.p.FileSize)
	if err != nil || int64(len(data)) != end-int64(len(s.data)) {
		n.t.Errorf("piece of %d bytes at %d, %v", len(data), len(s.data), err)
	}
	if s.data = append(s.data, data...); int64(len(s.data)) < s.p.FileSize {
		return wire.Result{Return: "1"}.WithRange(fakeRange(end, s.p.FileSize))
	}
	s.full = true
	if wire.IsVideo(p.FileHash) || n.noSign {
		return n.accept(s, s.p.Signature, s.p.SequenceNumber, s.p.ReqTime)
	}
	return wire.Result{Return: "0"}
}

func (n *fakeNode) uploadSign(p wire.UploadSignParams) any {
	if n.noSign {
		return &wire.RPCError{Code: wire.RPCNoMethod, Message: "the method user_uploadSign does not exist/is not available"}
	}
	s := n.sessions[p.FileHash]
	if s == nil || !s.full {
		return wire.Result{Return: "-14"}
	}
	return n.accept(s, p.Signature, p.SequenceNumber, p.ReqTime)
}

func (n *fakeNode) accept(s *fakeSession, sig wire.Signature, sn string, t int64) wire.Result {
	id := s.p.FileHash
	delete(n.sessions, id)
	a := n.net.account(sig.Address)
	if sig.Verify(wire.UploadMessage(id, sig.Address, a.sn(), t)) != nil {
		return wire.Result{Return: "-9", Detail: "failed to verify the wallet signature: wrong wallet signature"}
	}
	if f := n.net.files[sig.Address+id]; f != nil && !f.fails {
		return wire.Result{Return: "-9", Detail: "Same file with the name exists: " + f.info.FileName}
	}
	if a.noz < int64(len(s.data)) {
		return wire.Result{Return: "-9", Detail: "not enough ozone"}
	}
	a.number++
	a.noz -= int64(len(s.data))
	f := &fakeFile{owner: sig.Address, data: s.data, polls: n.polls, info: wire.FileInfo{
		FileHash: id, FileName: s.p.FileName, FileSize: s.p.FileSize, CreateTime: t,
	}}
	if n.fails > 0 {
		n.fails--
		f.fails = true
	}
	n.net.files[sig.Address+id] = f
	return wire.Result{Return: "0"}
}

func (n *fakeNode) fileStatus(p wire.FileParams) wire.FileStatusResult {
	a := p.Signature.Address
	if p.Signature.Verify(wire.StatusMessage(p.FileHash, a, p.ReqTime)) != nil {
		return wire.FileStatusResult{Return: "0", Error: "failed to verify the wallet signature: wrong wallet signature"}
	}
	f := n.net.files[a+p.FileHash]
	switch {
	case f == nil:
		return wire.FileStatusResult{Return: "0", Error: "file not found"}
	case f.polls > 0:
		f.polls--
		return wire.FileStatusResult{Return: "0", State: wire.StateUploading}
	case f.fails:
		return wire.FileStatusResult{Return: "0", State: wire.StateFailed, Error: "transfer failed"}
	}
	return wire.FileStatusResult{Return: "0", State: wire.StateFinished, HasFile: true, Replicas: 3}
}

func (n *fakeNode) requestDownload(p wire.DownloadParams) wire.Result {
	h, err := wire.ParseHandle(p.FileHandle)
	if err != nil {
		return wire.Result{Return: "-7"}
	}
	a := n.net.account(p.Signature.Address)
	if p.Signature.Verify(wire.DownloadMessage(h.Hash, p.Signature.Address, a.sn(), p.ReqTime)) != nil {
		return wire.Result{Return: "-6", Detail: "failed ReqFileStorageInfofailed to verify the wallet signature: wrong wallet signature"}
	}
	f := n.net.files[h.Owner+h.Hash]
	if f == nil {
		return wire.Result{Return: "-6", Detail: "failed ReqFileStorageInfofile not found"}
	}
	a.number++
	a.noz -= f.info.FileSize
	r := n.start(f)
	return r
}

// start opens a download and returns its first piece.
func (n *fakeNode) start(f *fakeFile) wire.Result {
	g := &fakeGet{file: f}
	var slices [][][2]int64
	for at := int64(0); at < f.info.FileSize; {
		from, to := fakeRange(at, f.info.FileSize)
		if at%fakeSlice == 0 {
			slices = append(slices, nil)
		}
		slices[len(slices)-1] = append(slices[len(slices)-1], [2]int64{from, to})
		at = to
	}
	for i := range slices {
		if n.reverse {
			i = len(slices) - 1 - i
		}
		g.pieces = append(g.pieces, slices[i]...)
	}
	n.nextID++
	id := fmt.Sprintf("request-%d", n.nextID)
	n.gets[id] = g
	r := g.piece()
	r.ReqID = id
	return r
}

func (g *fakeGet) piece() wire.Result {
	if len(g.pieces) == 0 {
		return wire.Result{Return: "3"}
	}
	p := g.pieces[0]
	g.pieces = g.pieces[1:]
	r := wire.Result{Return: "2", FileName: g.file.info.FileName, FileData: base64.StdEncoding.EncodeToString(g.file.data[p[0]:p[1]])}
	return r.WithRange(p[0], p[1])
}

func (n *fakeNode) downloadData(p wire.DownloadDataParams) wire.Result {
	g := n.gets[p.ReqID]
	if g == nil || g.file.info.FileHash != p.FileHash {
		return wire.Result{Return: "-7"}
	}
	return g.piece()
}

// fileOf reads back what a fault may want to change.
func asResult(v any) wire.Result {
	r, ok := v.(wire.Result)
	if !ok {
		panic(fmt.Sprintf("not a result: %T", v))
	}
	return r
}

func bare(link string) string { return strings.TrimPrefix(link, wire.LinkScheme) }
