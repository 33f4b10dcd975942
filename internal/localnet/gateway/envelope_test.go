package gateway

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// Two calls of the gateway, as members of a request.
const infoCall, uploadCall = `"method":"user_downloadedFileInfo"`, `"method":"user_requestUpload"`

// answers is the answer of a call that succeeds.
func answers(id string) string { return `{"jsonrpc":"2.0","id":` + id + `,"result":{"return":"0"}}` }

// fails is the answer of one that does not.
func fails(id string, code int, text string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"error":{"code":%d,"message":%q}}`, id, code, text)
}

// question is a request and what the reference's JSON-RPC library answers.
type question struct{ body, want string }

func (w *world) compareEnvelopes(cases []question) {
	w.t.Helper()
	for _, c := range cases {
		status, raw := w.post([]byte(c.body))
		if want := strings.TrimSuffix(c.want+"\n", "\n"); status != 200 || strings.TrimSuffix(string(raw), "\n") != want {
			w.t.Errorf("%.120s\n got %d %.300s\nwant %.300s", c.body, status, raw, want)
		}
	}
}

// TestEnvelope: what comes around a call is that of the reference.
func TestEnvelope(t *testing.T) {
	newWorld(t).compareEnvelopes([]question{
		{" \n\t ", ""},
		{"{}", fails("null", -32600, "invalid request")},
		{"null", fails("null", -32600, "invalid request")},
		{`"text"`, fails("null", -32600, "invalid request")},
		{`5 {"id":1}`, fails("null", -32600, "invalid request")},
		{`{"id":1}{"id":2}`, fails("1", -32600, "invalid request")},
		{`{"id":1,"method":5}`, fails("1", -32600, "invalid request")},
		{`{"id":{},` + infoCall + `,"params":[{}]}`, fails("null", -32600, "invalid request")},
		{`{"id":[1],` + infoCall + `,"params":[{}]}`, fails("null", -32600, "invalid request")},
		{`{"id":null,` + infoCall + `,"params":[{}]}`, answers("null")},
		{`{"id":"",` + infoCall + `,"params":[{}]}`, answers(`""`)},
		{`{"id":true,` + infoCall + `,"params":[{}]}`, answers("true")},
		{`{"id":1.50e3,` + infoCall + `,"params":[{}]}`, answers("1.50e3")},
		{`{"id":123456789012345678901234567890,` + infoCall + `,"params":[{}]}`, answers("123456789012345678901234567890")},
		{`{"id":"<ü&>",` + infoCall + `,"params":[{}]}`, answers(`"\u003cü\u0026\u003e"`)},
		{`{"ID":1,"METHOD":"user_downloadedFileInfo","Params":[{"FileHash":"x","Reqid":"y"}]}`, answers("1")},
		{`{"jsonrpc":2,"id":1,` + infoCall + `,"params":[{}]}`, answers("1")},
		{`{"id":1,` + infoCall + `,"params":[{}],"more":[]}`, answers("1")},
		{`{"id":1,"result":5}`, ""},
		{`{"id":1,"error":{"code":1}}`, ""},
		{`{"id":1,"result":5,` + infoCall + `,"params":[{}]}`, answers("1")},
		{`{` + infoCall + `}`, ""},
		{`{"method":"user_nothing"}`, ""},
	})
}

// TestMethodsAndArguments: so is what is said of methods that do not exist and
// of arguments of the wrong number or kind.
func TestMethodsAndArguments(t *testing.T) {
	wrong := func(text string) string {
		return fails("1", -32602, "invalid argument 0: json: cannot unmarshal "+text)
	}
	newWorld(t).compareEnvelopes([]question{
		{`{"id":1,"method":"nothing"}`, fails("1", -32601, "the method nothing does not exist/is not available")},
		{`{"id":1,"method":"user_requestUpload_"}`, fails("1", -32601, "the method user_requestUpload_ does not exist/is not available")},
		{`{"id":1,"method":"remoterpc_requestGetOzone","params":[{}]}`, fails("1", -32601, "the method remoterpc_requestGetOzone does not exist/is not available")},
		{`{"id":1,"method":"owner_requestPrepay","params":5}`, fails("1", -32601, "the method owner_requestPrepay does not exist/is not available")},
		{`{"id":1,"method":"x_subscribe"}`, fails("1", -32000, "notifications not supported")},
		{`{"id":1,"method":"x_unsubscribe"}`, fails("1", -32602, "missing value for required argument 0")},
		{`{"id":1,"method":"x_unsubscribe","params":["0x1"]}`, fails("1", -32000, "subscription not found")},
		{`{"id":1,"method":"rpc_modules","params":[1]}`, fails("1", -32602, "too many arguments, want at most 0")},
		{`{"id":1,"method":"rpc_modules","params":{}}`, fails("1", -32602, "non-array args")},
		{`{"id":1,"method":"rpc_modules","params":null}`, `{"jsonrpc":"2.0","id":1,"result":{"rpc":"1.0","user":"1.0"}}`},
		{`{"id":1,` + infoCall + `,"params":null}`, fails("1", -32602, "missing value for required argument 0")},
		{`{"id":1,` + infoCall + `,"params":[null]}`, answers("1")},
		{`{"id":1,` + infoCall + `,"params":"x"}`, fails("1", -32602, "non-array args")},
		{`{"id":1,` + infoCall + `,"params":[5]}`, wrong("number into Go value of type rpc.ParamDownloadFileInfo")},
		{`{"id":1,` + infoCall + `,"params":[[]]}`, wrong("array into Go value of type rpc.ParamDownloadFileInfo")},
		{`{"id":1,` + infoCall + `,"params":[{"filesize":-1}]}`, wrong("number -1 into Go struct field ParamDownloadFileInfo.filesize of type uint64")},
		{`{"id":1,` + uploadCall + `,"params":[{"filesize":1.5}]}`, wrong("number 1.5 into Go struct field ParamReqUploadFile.filesize of type int")},
		{`{"id":1,` + uploadCall + `,"params":[{"filesize":99999999999999999999}]}`, wrong("number 99999999999999999999 into Go struct field ParamReqUploadFile.filesize of type int")},
		{`{"id":1,` + uploadCall + `,"params":[{"req_time":"5"}]}`, wrong("string into Go struct field ParamReqUploadFile.req_time of type int64")},
		{`{"id":1,` + uploadCall + `,"params":[{"desired_tier":-1}]}`, wrong("number -1 into Go struct field ParamReqUploadFile.desired_tier of type uint32")},
		{`{"id":1,` + uploadCall + `,"params":[{"allow_higher_tier":1}]}`, wrong("number into Go struct field ParamReqUploadFile.allow_higher_tier of type bool")},
		{`{"id":1,` + uploadCall + `,"params":[{"signature":"x"}]}`, wrong("string into Go struct field ParamReqUploadFile.signature of type rpc.Signature")},
		{`{"id":1,` + uploadCall + `,"params":[{"signature":{"address":5}}]}`, wrong("number into Go struct field Signature.signature.address of type string")},
		{`{"id":1,"method":"user_requestList","params":[{"page":-1}]}`, wrong("number -1 into Go struct field ParamReqFileList.page of type uint64")},
	})
}

// TestBatches: so are batches, and what is no JSON.
func TestBatches(t *testing.T) {
	newWorld(t).compareEnvelopes([]question{
		{`[1,null,{"id":1,"result":1},{` + infoCall + `,"params":[{}]},{"id":2,` + infoCall + `,"params":[{}]}]`, "[" + fails("null", -32600, "invalid request") + "," + fails("null", -32600, "invalid request") + "," + answers("2") + "]"},
		{`[{` + infoCall + `,"params":[{}]}]`, ""},
		{`[[]]`, "[" + fails("null", -32600, "invalid request") + "]"},
		{` [ ] `, fails("null", -32600, "empty batch")},
		{`[{"id":1}`, fails("null", -32700, "parse error")},
		{`{"id":01}`, fails("null", -32700, "parse error")},
		{strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001), fails("null", -32700, "parse error")},
		{`{"id":1,` + infoCall + `,"params":[{"x":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `}]}`, answers("1")},
	})
}

func TestHTTPRules(t *testing.T) {
	w := newWorld(t)
	const call = `{"id":1,"method":"rpc_modules"}`
	for _, c := range []struct {
		method, path, kind, body string
		status                   int
		answer                   string
	}{
		{"GET", "/", "", "", 200, ""},
		{"GET", "/?", "", "", 200, ""},
		{"GET", "/?x=1", "", "", 415, wire.TextContentType + "\n"},
		{"GET", "/?x=1", "application/json", call, 200, `"rpc":"1.0"`},
		{"GET", "/", "application/json", call, 200, `"rpc":"1.0"`},
		{"HEAD", "/", "", "", 415, ""},
		{"HEAD", "/", "application/json", "", 200, ""},
		{"OPTIONS", "/", "", "", 200, ""},
		{"OPTIONS", "/", "text/plain", call, 200, `"rpc":"1.0"`},
		{"PATCH", "/", "application/json", call, 200, `"rpc":"1.0"`},
		{"PUT", "/", "application/json", call, 405, "method not allowed\n"},
		{"DELETE", "/", "application/json", call, 405, "method not allowed\n"},
		{"PUT", "/x", "application/json", call, 404, ""},
		{"POST", "/x", "application/json", call, 404, ""},
		{"POST", "/", "application/json; charset=utf-8", call, 200, `"rpc":"1.0"`},
		{"POST", "/", "APPLICATION/JSON-RPC", call, 200, `"rpc":"1.0"`},
		{"POST", "/", "application/jsonrequest", call, 200, `"rpc":"1.0"`},
		{"POST", "/", "application/json;", call, 200, `"rpc":"1.0"`},
		{"POST", "/", "application/json; charset", call, 415, wire.TextContentType + "\n"},
		{"POST", "/", "application/x-www-form-urlencoded", call, 415, wire.TextContentType + "\n"},
		{"POST", "/", "", call, 415, wire.TextContentType + "\n"},
	} {
		r, err := http.NewRequest(c.method, w.rpc.URL+c.path, strings.NewReader(c.body))
		must(t, err)
		if c.kind != "" {
			r.Header.Set("Content-Type", c.kind)
		}
		got := w.roundTrip(r)
		if got.status != c.status || !strings.Contains(got.body, c.answer) || (c.answer == "") != (got.body == "") {
			t.Errorf("%s %s %q: %d %q", c.method, c.path, c.kind, got.status, got.body)
		}
	}
}

// TestPreflight: a browser that asks first is told nothing that would let it
// in.
func TestPreflight(t *testing.T) {
	w := newWorld(t)
	r, err := http.NewRequest(http.MethodOptions, w.rpc.URL, nil)
	must(t, err)
	r.Header.Set("Origin", "http://evil.example")
	r.Header.Set("Access-Control-Request-Method", "POST")
	if got := w.roundTrip(r); got.status != 204 || got.body != "" || got.header["Access-Control-Allow-Origin"] != nil {
		t.Errorf("%d %v", got.status, got.header)
	}
}

// TestOldClients: HTTP without a host, and several calls on one connection,
// in chunks.
func TestOldClients(t *testing.T) {
	w := newWorld(t)
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.rpc.URL, "http://"))
	must(t, err)
	defer conn.Close()
	const call = `{"id":7,"method":"rpc_modules"}`
	in := bufio.NewReader(conn)
	for i, request := range []string{
		"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" +
			"5\r\n" + call[:5] + "\r\n" + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(call)-5, call[5:]),
		"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: \r\nContent-Type: application/json\r\nContent-Length: 31\r\nExpect: 100-continue\r\n\r\n" + call,
		"POST / HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 31\r\n\r\n" + call,
	} {
		_, err := io.WriteString(conn, request)
		must(t, err)
		a, err := http.ReadResponse(in, nil)
		for err == nil && a.StatusCode == http.StatusContinue {
			a, err = http.ReadResponse(in, nil)
		}
		must(t, err)
		raw, err := io.ReadAll(a.Body)
		must(t, err)
		if a.StatusCode != 200 || i != 1 && !strings.Contains(string(raw), `"id":7`) {
			t.Errorf("request %d: %d %q", i, a.StatusCode, raw)
		}
	}
}

// TestBrokenChunks: a body that breaks off is no JSON.
func TestBrokenChunks(t *testing.T) {
	w := newWorld(t)
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.rpc.URL, "http://"))
	must(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
	must(t, err)
	a, err := http.ReadResponse(bufio.NewReader(conn), nil)
	must(t, err)
	raw, err := io.ReadAll(a.Body)
	must(t, err)
	var r wire.Response
	if json.Unmarshal(raw, &r) != nil || r.Error == nil || r.Error.Code != wire.RPCParse {
		t.Errorf("%d %q", a.StatusCode, raw)
	}
}

func TestErrorsAreCompressedToo(t *testing.T) {
	w := newWorld(t)
	r, err := http.NewRequest(http.MethodPut, w.rpc.URL, nil)
	must(t, err)
	a, err := http.DefaultTransport.RoundTrip(r) // asks for gzip by itself and unpacks it
	must(t, err)
	defer a.Body.Close()
	raw, err := io.ReadAll(a.Body)
	if err != nil || string(raw) != "method not allowed\n" || !a.Uncompressed {
		t.Errorf("%q, compressed %v: %v", raw, a.Uncompressed, err)
	}
}
