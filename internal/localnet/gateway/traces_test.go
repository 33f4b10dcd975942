package gateway

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// faithfulOnly are the recorded exchanges that go otherwise without the habits
// of the reference.
var faithfulOnly = map[string]string{
	"uploadData with 999 bytes":                   "the answer comes at once; see TestWrongLength",
	"uploadSign with no open session (60 s wait)": "the answer comes at once; see TestUploadSignWithoutSession",
	"requestUpload right after stop":              "a stopped session is free at once",
	"requestUpload 1000 bytes":                    "opens the session that the 999 bytes end",
}

// tracer repeats the recorded exchanges with the reference, byte for byte:
// their signatures are right at the time at which the test network stands.
type tracer struct {
	*world
	data   []byte         // of the file of 35 MiB
	ranges [][2]int64     // that were asked for
	opened wire.Signature // under which the session was opened
}

func TestHTTPTraces(t *testing.T) {
	inBothModes(t, func(t *testing.T, w *world) {
		w.credit(traceWallet, 1, rich)
		k := &tracer{world: w, data: make([]byte, 35<<20)}
		for i := range k.data {
			k.data[i] = byte(i*31 + 7) // the generator of the vectors
		}
		for _, tr := range vectors(t).HTTP.Traces {
			if faithfulOnly[tr.Case] == "" || w.g.quirks.waits {
				k.repeat(tr)
			}
		}
	})
}

func (k *tracer) repeat(tr trace) {
	k.t.Helper()
	switch {
	case tr.Case == "ranges asked for a 35 MiB file":
		if !slices.Equal(k.ranges, vectors(k.t).Ranges) || !slices.Equal(k.ranges, tr.Ranges) {
			k.t.Errorf("ranges %v", k.ranges)
		}
		return
	case tr.Case == "uploadData with 999 bytes":
		k.silence(wire.MethodUploadData, wire.UploadDataParams{Data: base64.StdEncoding.EncodeToString(make([]byte, 999))})
		return
	case strings.HasPrefix(tr.Case, "uploadSign with no open session"):
		k.silence(wire.MethodUploadSign, wire.UploadSignParams{})
		return
	case tr.Case == "requestUpload again after the signature window lapsed":
		k.pass(15 * time.Second)
	}
	host := map[string]string{"host name not allowed": "evil.example", "localhost host name": "localhost"}[tr.Case]
	r := k.send(tr, host, k.whole(tr))
	if r.status != tr.Status || strings.TrimSuffix(r.body, "\n") != tr.Response {
		k.t.Errorf("%s:\n got %d %s\nwant %d %s", tr.Case, r.status, r.body, tr.Status, tr.Response)
	}
	if wantKind := tr.ContentType; tr.Status != http.StatusOK && r.kind != wantKind || tr.Response != "" && tr.Status == http.StatusOK && r.kind != wire.ContentType {
		k.t.Errorf("%s: content type %q", tr.Case, r.kind)
	}
}

// whole returns the body of a request that the record has cut short.
func (k *tracer) whole(tr trace) string {
	k.t.Helper()
	var piece int
	switch n, _ := fmt.Sscanf(tr.Case, "uploadData %d", &piece); {
	case strings.HasPrefix(tr.Case, "body over 5 MiB"):
		return strings.Repeat(" ", 5242881)
	case tr.Case == "uploadData with content that does not match the hash":
		return k.call(wire.MethodUploadData, "v05j1m5769qvjfan2v5ara2arebvm8rpqgnj0h58", slices.Repeat([]byte{1}, 2000))
	case n == 1 && !strings.Contains(tr.Case, "bytes"):
		return k.pieces(piece)
	}
	if strings.HasPrefix(tr.Case, "requestUpload") {
		var r struct{ Params []uploadParams }
		must(k.t, json.Unmarshal([]byte(tr.Request), &r))
		k.opened = r.Params[0].Signature
	}
	return tr.Request
}

// call writes an uploadData call under the signature that opened the session.
func (k *tracer) call(method, hash string, data []byte) string {
	raw, err := jsonCall(1, method, wire.UploadDataParams{
		FileHash: hash, Data: pieceMark, Signature: k.opened, ReqTime: 1701267007, SequenceNumber: "SN:0000000000000000028",
	})
	must(k.t, err)
	return putPiece(string(raw), data)
}

// pieces sends the pieces that were not recorded before number n and returns
// the call with that one. What is asked for goes into k.ranges.
func (k *tracer) pieces(n int) string {
	k.t.Helper()
	const hash = "v05j1m57m1unc2n5bv64hqc80nqaultnb0cka5rg"
	for {
		at := int64(0)
		if len(k.ranges) > 0 {
			at = k.ranges[len(k.ranges)-1][1]
		}
		start, end := wire.UploadRange(at, int64(len(k.data)))
		body := k.call(wire.MethodUploadData, hash, k.data[start:end])
		k.ranges = append(k.ranges, [2]int64{start, end})
		if len(k.ranges) > n {
			return body
		}
		r := k.send(trace{Method: http.MethodPost, ContentType: "application/json"}, "", body)
		next, last := wire.UploadRange(end, int64(len(k.data)))
		if want := fmt.Sprintf(`{"return":"1","offsetstart":%d,"offsetend":%d}`, next, last); !strings.Contains(r.body, want) {
			k.t.Fatalf("bytes [%d, %d): %s", start, end, r.body)
		}
	}
}

// silence sends a call of the file of 1000 bytes and waits for its end without
// an answer.
func (k *tracer) silence(method string, params any) {
	k.t.Helper()
	var p map[string]any
	raw, err := json.Marshal(params)
	must(k.t, err)
	must(k.t, json.Unmarshal(raw, &p))
	for _, tr := range vectors(k.t).HTTP.Traces {
		if tr.Case == "requestUpload 1000 bytes" {
			var r struct{ Params []map[string]any }
			must(k.t, json.Unmarshal([]byte(tr.Request), &r))
			for _, member := range []string{"filehash", "signature", "req_time", "sequencenumber"} {
				p[member] = r.Params[0][member]
			}
		}
	}
	body, err := jsonCall(1, method, p)
	must(k.t, err)
	s := k.sendSilent(string(body))
	s.waits(59 * time.Second)
	s.endsAfter(time.Second)
}

// send sends a recorded request with a body.
func (w *world) send(tr trace, host, body string) reply {
	w.t.Helper()
	r, err := http.NewRequest(tr.Method, w.rpc.URL, strings.NewReader(body))
	must(w.t, err)
	kind := tr.ContentType // of the answer; where that is an error, the request's is told by the case
	if strings.HasPrefix(kind, "text/plain") && tr.Case != "text/plain" {
		kind = "application/json"
	}
	if tr.Case != "no content type" && tr.Case != "GET health check" {
		r.Header.Set("Content-Type", kind)
	}
	r.Header.Set("Accept-Encoding", "identity")
	r.Host = host
	return w.roundTrip(r)
}

func TestRESTTraces(t *testing.T) {
	inBothModes(t, func(t *testing.T, w *world) {
		active := newWorld(t, func(o *Options) { o.Active = true })
		counts := map[string]int{}
		for _, tr := range vectors(t).REST.Traces {
			kind, _, _ := strings.Cut(tr.Case, " ")
			counts[kind]++
			switch {
			case kind == "REST" && strings.Contains(tr.Case, "active node"):
				active.repeatREST(tr)
			case kind == "REST":
				w.repeatREST(tr)
			case kind == "downloadData" && w.g.quirks.waits:
				body, err := jsonCall(1, wire.MethodDownloadData, wire.DownloadDataParams{FileHash: emptyHash, ReqID: "x"})
				must(t, err)
				s := w.sendSilent(string(body))
				s.waits(35 * time.Second)
				s.hangs()
			}
		}
		if counts["REST"] != 11 || counts["RPC"] != 2 || counts["downloadData"] != 1 { // the rest is of the monitor
			t.Errorf("traces %v", counts)
		}
	})
}

func (w *world) repeatREST(tr trace) {
	w.t.Helper()
	method, rest, _ := strings.Cut(tr.Request, " ")
	path, body, _ := strings.Cut(rest, " ")
	r, err := http.NewRequest(method, w.rest.URL+path, strings.NewReader(body))
	must(w.t, err)
	got := w.roundTrip(r)
	origin := strings.Join(got.header["Access-Control-Allow-Origin"], ",")
	if got.status != tr.Status || origin != tr.AllowOrigin || got.kind != tr.ContentType || strings.TrimSpace(got.body) != tr.Response {
		w.t.Errorf("%s: %d %v %s", tr.Case, got.status, got.header, got.body)
	}
}

// TestRPCTraces: no page of a browser is let in, whatever host is allowed.
func TestRPCTraces(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Hosts = []string{"*"} })
	for path, want := range map[string]int{"/": 200, "/x": 404, "//": 404, "/user": 404} {
		r, err := http.NewRequest(http.MethodPost, w.rpc.URL+path, strings.NewReader(`{"id":1,"method":"rpc_modules"}`))
		must(t, err)
		r.Host = "evil.example"
		r.Header.Set("Origin", "http://evil.example")
		r.Header.Set("Content-Type", "application/json")
		got := w.roundTrip(r)
		if got.status != want || got.header["Access-Control-Allow-Origin"] != nil {
			t.Errorf("%s: %d %v", path, got.status, got.header)
		}
		if ok := got.body == `{"jsonrpc":"2.0","id":1,"result":{"rpc":"1.0","user":"1.0"}}`+"\n"; ok != (want == 200) || !ok && got.body != "" {
			t.Errorf("%s: %q", path, got.body)
		}
	}
}
