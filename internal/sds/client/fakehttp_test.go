package client

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// What fakeNode does with requests, and what goes wrong with them.

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
	_, _ = io.Copy(io.Discard, r.Body) // else nobody sees that the client is gone
	f := n.takeFault(req.Method)
	done := n.serve(req)
	if f.ignore {
		done() // for the client it is over with the connection
	}
	if f.before != nil {
		f.before()
	}
	if f.ignore {
		hangUp(w)
		return
	}
	result := f.result
	if f.effect || (result == nil && f.raw == "" && f.status == 0) {
		if done := n.answer(req); result == nil {
			result = done
		}
	}
	if f.after != nil {
		result = f.after(result)
	}
	if f.hang != nil {
		<-f.hang
	}
	n.seeLeft(r, req.Method)
	done()
	if _, never := result.(silence); never || f.stuck {
		<-r.Context().Done()
		return
	}
	if f.lose {
		hangUp(w)
		return
	}
	if f.badID {
		req.ID = json.RawMessage("4711")
	}
	if f.cut {
		w.Header().Set("Content-Length", "100000")
		f.raw = `{"jsonrpc":"2.0","id":` + string(req.ID) + `,"result":{"return":"0",`
	}
	reply(w, f, req.ID, result)
}

// seeLeft counts calls of an upload whose client is gone before the answer.
func (n *fakeNode) seeLeft(r *http.Request, method string) {
	switch method {
	case wire.MethodUpload, wire.MethodUploadStream, wire.MethodUploadData, wire.MethodUploadSign:
		n.mu.Lock()
		defer n.mu.Unlock()
		if r.Context().Err() != nil {
			n.left++
		}
	}
}

// silence is a result that never comes.
type silence struct{}

// serve notes that a session has a call under way; a client must not make
// another one until done.
func (n *fakeNode) serve(req wire.Request) (done func()) {
	var p [1]struct {
		FileHash string `json:"filehash"`
		ReqID    string `json:"reqid"`
	}
	_ = json.Unmarshal(req.Params, &p)
	session := ""
	switch req.Method {
	case wire.MethodUploadData, wire.MethodUploadSign:
		session = p[0].FileHash
	case wire.MethodDownloadData:
		session = p[0].ReqID
	}
	if session == "" {
		return func() {}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.serving[session] {
		n.t.Errorf("%s while another call of the session is under way", req.Method)
	}
	n.serving[session] = true
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.serving[session] = false
	}
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
