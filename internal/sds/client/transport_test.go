package client

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

func TestAddressesOfGateways(t *testing.T) {
	for _, c := range []struct {
		rpc, want string
		plain     []string
		err       error
	}{
		{"http://127.0.0.1:18281", "http://127.0.0.1:18281/", nil, nil},
		{"http://localhost:18281/", "http://127.0.0.1:18281/", nil, nil},
		{"http://localhost", "http://127.0.0.1/", nil, nil},
		{"http://[::1]:18281", "http://[::1]:18281/", nil, nil},
		{"https://gw.example.org/path/TOKEN", "https://gw.example.org/path/TOKEN", nil, nil},
		{"http://gw.example.org/path", "", nil, ErrPlainHTTP},
		{"http://192.168.1.5:18281", "", nil, ErrPlainHTTP},
		{"http://127.0.0.1.example.org", "", nil, ErrPlainHTTP},
		{"http://192.168.1.5:18281", "http://192.168.1.5:18281/", []string{"192.168.1.5:18281"}, nil},
		{"http://192.168.1.5:18281", "http://192.168.1.5:18281/", []string{"192.168.1.5"}, nil},
		{"http://192.168.1.5:18281", "", []string{"192.168.1.6"}, ErrPlainHTTP},
		{"ftp://127.0.0.1", "", nil, errGarbage},
		{"127.0.0.1:18281", "", nil, errGarbage},
		{"", "", nil, errGarbage},
	} {
		e, err := newEndpoint(network.Gateway{RPC: c.rpc}, c.plain)
		if !errors.Is(err, c.err) || (err == nil && e.rpc != c.want) {
			t.Errorf("%s: got %+v, %v", c.rpc, e, err)
		}
	}
}

func TestNewNeedsAGateway(t *testing.T) {
	s := testSigner(t, "x")
	if _, err := New(Options{Signer: s}); err == nil {
		t.Error("no gateway is enough")
	}
	_, err := New(Options{Signer: s, Gateways: []network.Gateway{{RPC: "http://example.org"}}})
	wantError(t, err, ErrPlainHTTP)
	c, err := New(Options{Signer: s, Gateways: []network.Gateway{{RPC: "http://example.org"}, {RPC: "https://example.org"}}})
	if err != nil || len(c.gateways.all) != 1 {
		t.Errorf("got %v", err)
	}
	if _, err := New(Options{Gateways: []network.Gateway{{RPC: "https://example.org"}}}); err == nil {
		t.Error("no account is enough")
	}
}

func TestRESTAddresses(t *testing.T) {
	e, err := newEndpoint(network.Gateway{RPC: "https://g", REST: "https://g/base/", Token: "a&b"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := e.restURL(wire.RESTSegment, "id", "a b.ts"); got != "https://g/base/getVideoSliceCache/id/a%20b.ts?token=a%26b" {
		t.Error(got)
	}
}

func TestGatewayDown(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	n.srv.Close()
	_, err := c.List(t.Context())
	wantError(t, err, ErrUnreachable)
	_, err = c.Upload(t.Context(), "x", bytes.NewReader([]byte("x")), 1, UploadOptions{})
	wantError(t, err, ErrUnreachable)
	wantError(t, c.Download(t.Context(), wire.NewFileHasher().Sum(wire.Ordinary), "", 1, new(file), nil), ErrUnreachable)
}

func TestNextGatewayAnswers(t *testing.T) {
	net := newNet()
	down, up := newNode(t, net), newNode(t, net)
	c := newClient(t, down, up)
	down.srv.Close()
	net.put(c.Address(), "x", content(1, 10))
	for range 3 {
		if files, err := c.List(t.Context()); err != nil || len(files) != 1 {
			t.Fatalf("%d files, %v", len(files), err)
		}
	}
}

// What a web server says that is no gateway.
func TestOtherServers(t *testing.T) {
	for status, want := range map[int]error{403: ErrUnreachable, 404: ErrUnreachable, 301: errGarbage, 415: errGarbage, 500: ErrUnknownOutcome, 429: errBusy, 200: errGarbage} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(status)
		}))
		c, err := New(Options{Gateways: []network.Gateway{{RPC: srv.URL}}, Signer: testSigner(t, "x"), Clock: newClock()})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Ozone(t.Context())
		wantError(t, err, want)
		c.Close()
		srv.Close()
	}
}

func TestEndlessAnswer(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for chunk := make([]byte, 1<<16); ; {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	defer srv.Close()
	c, err := New(Options{Gateways: []network.Gateway{{RPC: srv.URL}}, Signer: testSigner(t, "x"), Clock: newClock()})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, err = c.Ozone(t.Context())
	wantError(t, err, errGarbage)
}

// The body written by hand is what encoding/json would have written.
func TestUploadBody(t *testing.T) {
	for _, size := range []int{1, 2, 3, encodeStep, encodeStep + 1, wire.UploadPiece} {
		data := content(1, size+100)
		s := testSigner(t, "x")
		p := wire.UploadDataParams{FileHash: "v05", Signature: wire.Signed(s, "m"), ReqTime: 5, SequenceNumber: `4"`}
		b := new(buffer)
		var seen bytes.Buffer
		if err := uploadBody(b, 7, p, bytes.NewReader(data), 50, int64(50+size), func(p []byte) { seen.Write(p) }); err != nil {
			t.Fatal(err)
		}
		var r wire.Request
		if err := json.Unmarshal(b.Bytes(), &r); err != nil || r.Method != wire.MethodUploadData || string(r.ID) != "7" {
			t.Fatalf("%v, %+v", err, r)
		}
		got := param[wire.UploadDataParams](r)
		raw, err := base64.StdEncoding.DecodeString(got.Data)
		if got.Data = ""; got != p || err != nil || !bytes.Equal(raw, data[50:50+size]) || !bytes.Equal(seen.Bytes(), raw) {
			t.Errorf("%d bytes: got %+v, %v", size, got, err)
		}
		if b.Len() > wire.MaxBody {
			t.Errorf("body of %d bytes", b.Len())
		}
	}
}

func TestFindData(t *testing.T) {
	for text, want := range map[string]string{
		`{"jsonrpc":"2.0","id":1,"result":{"return":"2","filedata":"QUJD","filename":"x"}}`:         "QUJD",
		` { "result" : { "a" : [1,{"filedata":"no"}], "b":"\"}", "n":-1.5e3 , "filedata" : "" } } `: "",
		`{"id":{"filedata":"no","x":["]"]},"result":{"t":true,"z":null,"filedata":"QQ=="}}`:         "QQ==",
		`{"result":{"filedata":"a\/b"}}`:       "-",
		`{"result":{"return":"3"}}`:            "-",
		`{"error":{"code":-1},"filedata":"x"}`: "-",
		`{"result":"filedata"}`:                "-",
		`{"result":{"filedata":5}}`:            "-",
		`{"result":{"filedata":"unended`:       "-",
		``:                                     "-",
		`[]`:                                   "-",
	} {
		got := "-"
		if from, to, ok := findData([]byte(text)); ok {
			got = text[from:to]
		}
		if got != want {
			t.Errorf("%s: got %q", text, got)
		}
	}
}

func FuzzDecodeData(f *testing.F) {
	f.Add([]byte(`{"jsonrpc":"2.0","id":1,"result":{"return":"2","offsetstart":0,"offsetend":3,"filedata":"QUJD","filename":"x"}}`))
	f.Add([]byte(`{"result":{"filedata":"a\/b","x":[{}]}}`))
	f.Add([]byte(`{"result":{"return":"3"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := decodeData(bytes.Clone(raw), 1)
		var want wire.Result
		werr := decodeAnswer(raw, 1, &want)
		if err == nil && werr != nil {
			t.Fatalf("%q taken, although it is %v", raw, werr)
		}
		if err != nil || strings.Count(strings.ToLower(string(raw)), "filedata") > 1 || strings.Count(strings.ToLower(string(raw)), "result") > 1 {
			return // of members that come twice, either may count
		}
		if werr == nil && json.Valid(raw) && string(a.data) != want.FileData && strings.ToValidUTF8(string(a.data), "\ufffd") != want.FileData {
			t.Fatalf("%q: data %q, want %q", raw, a.data, want.FileData)
		}
		_, _, _ = a.bytes(nil)
	})
}

func FuzzSafeName(f *testing.F) {
	f.Add("../a/b.txt")
	f.Add("\x80\xff.jpeg")
	f.Fuzz(func(t *testing.T, name string) {
		got := SafeName(name)
		if got == "" || got == "." || got == ".." || len(got) > maxName+1 || strings.ContainsAny(got, "/\\\x00") || filepath.Base(got) != got {
			t.Errorf("%q became %q", name, got)
		}
		if SafeName(got) != got {
			t.Errorf("%q is not safe: %q", got, SafeName(got))
		}
	})
}

func FuzzRESTError(f *testing.F) {
	f.Add(200, []byte(`{"errcode":500,"data":null,"message":"invalid file path"}`))
	f.Fuzz(func(t *testing.T, status int, raw []byte) {
		if err := restError(status, raw); err == nil && status != http.StatusOK {
			t.Errorf("status %d is no error", status)
		}
	})
}

func TestMeaningOfRefusals(t *testing.T) {
	for _, c := range []struct {
		ret, detail string
		want        error
	}{
		{"-6", "failed ReqFileStorageInfofile not found", ErrNotFound},
		{"-9", "share link not found or expired", ErrExpired},
		{"file not found", "", ErrNotFound},
		{"-3, wrong wallet pubkey", "", ErrRefused},
		{"-12", "", ErrNotYours},
		{"-9", "the file was not uploaded as video stream", ErrNotFound},
		{"-9", "no storage node has room for the file", ErrNoRoom},
		{"-9", "failed to verify the request time: it is too far from the time of the network", ErrClock},
		{"-5", "", errBusy},
		{"-9", "insufficient balance of ozone", ErrNoOzone},
		{"-9", "failed to verify the wallet signature: wrong wallet signature", ErrRefused},
		{"", "", ErrRefused},
	} {
		if err := refused("x", c.ret, c.detail, wire.Success); !errors.Is(err, c.want) {
			t.Errorf("%q %q: got %v", c.ret, c.detail, err)
		}
	}
	if refused("x", "3", "", wire.DownloadDone) != nil {
		t.Error("a right code was refused")
	}
}
