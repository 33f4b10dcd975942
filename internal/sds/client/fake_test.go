package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// fakeNode is a resource node with the network behind it, strict about
// signatures and numbers, written from what a real node was seen to do. Pieces
// and slices are small so that tests are quick.
type fakeNode struct {
	t      *testing.T
	srv    *httptest.Server
	serves atomic.Value // http.HandlerFunc, changed by front

	mu       sync.Mutex
	net      *fakeNet
	sessions map[string]*fakeSession
	gets     map[string]*fakeGet
	videos   map[string]string // request id to file id
	nextID   int
	calls    map[string]int
	faults   map[string][]mishap
	verified map[string]bool
	pageSize int
	reverse  bool            // slices come last first
	noSign   bool            // an old node without uploadSign
	clingy   int             // how many requestUploads a left session refuses
	polls    int             // questions until a file is finished
	fails    int             // files whose storing fails
	oneSign  bool            // a refused signature is the last that is listened to
	serving  map[string]bool // sessions with a call under way
	left     int             // calls of uploads that were left before their answer
	reach    []int           // where answers with a big segment break off
	storm    func() mishap   // what happens to every call, instead of faults
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
	left  bool // on its way for ever, since its gateway is gone
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
	effect bool            // do the work, whatever is answered
	cut    bool            // break off in the middle of the answer
	badID  bool            // answer as to another call
	raw    string          // answer this
	status int             // with this HTTP status
	result any             // answer this result
	before func()          // first
	after  func(any) any   // change the result
	hang   <-chan struct{} // answer only then
	stuck  bool            // never answer
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
		calls: map[string]int{}, faults: map[string][]mishap{}, pageSize: wire.PageSize, verified: map[string]bool{}, serving: map[string]bool{},
	}
	n.front(n)
	n.srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { n.serves.Load().(http.HandlerFunc)(w, r) }))
	t.Cleanup(n.srv.Close)
	return n
}

// front puts another handler before the node, also while it answers.
func (n *fakeNode) front(h http.Handler) { n.serves.Store(http.HandlerFunc(h.ServeHTTP)) }

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
	if n.storm != nil {
		return n.storm()
	}
	list := n.faults[method]
	if len(list) == 0 {
		return mishap{}
	}
	n.faults[method] = list[1:]
	return list[0]
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
	if req.Method == wire.MethodServiceStatus {
		return wire.ServiceStatusResult{Return: "0", Message: "Registration Status: Registered | Mining: ONLINE "}
	}
	return &wire.RPCError{Code: wire.RPCNoMethod, Message: "the method " + req.Method + " does not exist/is not available"}
}
