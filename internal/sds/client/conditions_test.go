package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// strictHost answers as a node whose rpc_allowed_hosts is empty: addresses
// pass, names do not, not even localhost.
func strictHost(n *fakeNode) {
	n.front(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil || net.ParseIP(host) == nil {
			http.Error(w, wire.TextHost, http.StatusForbidden)
			return
		}
		n.ServeHTTP(w, r)
	}))
}

// The name localhost reaches a node that refuses names, on both ports; another
// name does not, and people are told where to look.
func TestHostRule(t *testing.T) {
	n := newNode(t, newNet())
	strictHost(n)
	for name, ok := range map[string]bool{"127.0.0.1": true, "localhost": true, "LocalHost": true, "localhost.": true, "node.invalid": false} {
		u, _ := url.Parse(n.srv.URL)
		u.Host = net.JoinHostPort(name, u.Port())
		c, err := New(Options{
			Gateways: []network.Gateway{{RPC: u.String(), REST: u.String()}}, Signer: testSigner(t, "x"), Clock: newClock(), TempDir: t.TempDir(),
			ConfirmedPlain: []string{"node.invalid"}, HTTP: &http.Client{Transport: &http.Transport{
				DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
					return new(net.Dialer).DialContext(ctx, "tcp", n.srv.Listener.Addr().String())
				},
			}},
		})
		if err != nil {
			t.Fatal(name, err)
		}
		if _, err = c.Ozone(t.Context()); ok && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !ok {
			wantError(t, err, ErrUnreachable)
		}
		c.Close()
	}
}

// A public gateway has a path and a token, which must not end up in errors.
func TestGatewayWithPathAndToken(t *testing.T) {
	const token = "SECRETTOKEN"
	n := newNode(t, newNet())
	n.front(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rest, ok := strings.CutPrefix(r.URL.Path, "/sds/"+token)
		if !ok || (rest != "" && r.URL.Query().Get("token") != token) {
			http.NotFound(w, r)
			return
		}
		if r.URL.Path = rest; rest == "" {
			r.URL.Path = "/"
		}
		n.ServeHTTP(w, r)
	}))
	base := n.srv.URL + "/sds/" + token
	c, err := New(Options{
		Gateways: []network.Gateway{{RPC: base, REST: base + "/", Token: token}}, Signer: testSigner(t, "x"), Clock: newClock(), TempDir: t.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	data := content(1, 1000)
	u, err := c.Upload(t.Context(), "clip.mp4", bytes.NewReader(data), 1000, UploadOptions{Kind: wire.Video})
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.OpenVideo(t.Context(), "", u.ID)
	if err != nil {
		t.Fatal(err)
	}
	readSegment(t, v, v.Playlist, wire.TypePlaylist, "#EXTM3U\n0.ts\n")
	n.srv.Close()
	_, listing := c.List(t.Context())
	_, _, _, reading := v.Segment(t.Context(), "0.ts")
	_, opening := c.OpenVideo(t.Context(), "", u.ID)
	_, making := New(Options{Gateways: []network.Gateway{{RPC: "http://gw.example.org/" + token}}, Signer: testSigner(t, "x")})
	for _, err := range []error{listing, reading, opening, making} {
		if err == nil || strings.Contains(err.Error(), token) {
			t.Errorf("error %v", err)
		}
	}
}

// The system's proxy is used, and never for loopback. net/http reads the
// setting once per process, so another process tries it.
func TestSystemProxy(t *testing.T) {
	if os.Getenv("STOS_TEST_PROXY") != "" {
		n, proxied := newNode(t, newNet()), os.Getenv("STOS_TEST_PROXY")
		for rpc, want := range map[string]error{n.srv.URL: nil, proxied: nil, "http://192.0.2.2:18281": ErrUnreachable} {
			c, err := New(Options{Gateways: []network.Gateway{{RPC: rpc}}, Signer: testSigner(t, "x"), ConfirmedPlain: []string{"192.0.2.1", "192.0.2.2"}, Clock: newClock()})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Ozone(t.Context()); !errors.Is(err, want) {
				t.Errorf("%s: %v", rpc, err)
			}
			c.Close()
		}
		return
	}
	n := newNode(t, newNet())
	var seen atomic.Int32
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Hostname() != "192.0.2.1" {
			http.Error(w, "no way there", http.StatusForbidden)
			return
		}
		seen.Add(1)
		n.ServeHTTP(w, r)
	}))
	defer proxy.Close()
	cmd := exec.Command(os.Args[0], "-test.run=^TestSystemProxy$")
	cmd.Env = append(os.Environ(), "STOS_TEST_PROXY=http://192.0.2.1:18281", "HTTP_PROXY="+proxy.URL, "HTTPS_PROXY="+proxy.URL, "NO_PROXY=")
	if out, err := cmd.CombinedOutput(); err != nil || seen.Load() == 0 {
		t.Errorf("%d calls came through the proxy, %v\n%s", seen.Load(), err, out)
	}
}

// A clock that is wrong is what people are told, for every kind of call, and a
// refused question about a file never looks like a lost file.
func TestWrongClock(t *testing.T) {
	const text = "failed to verify the request time: it is too far from the time of the network"
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(1, someSize)
	u := mustUpload(t, c, data)
	refuse := func(method string, result any) { n.on(method, times(40, mishap{result: result})...) }
	refuse(wire.MethodUploadSign, wire.Result{Return: "-9", Detail: text})
	refuse(wire.MethodDownload, wire.Result{Return: "-6", Detail: "failed ReqFileStorageInfo" + text})
	refuse(wire.MethodFileStatus, wire.FileStatusResult{Return: "0", Error: text})
	refuse(wire.MethodDelete, wire.ReturnResult{Return: text})
	refuse(wire.MethodShare, wire.ShareResult{Return: text})
	_, err := c.Upload(t.Context(), "x", bytes.NewReader(data[1:]), someSize-1, UploadOptions{})
	wantError(t, err, ErrClock)
	wantError(t, c.Download(t.Context(), u.ID, "", u.Size, new(file), nil), ErrClock)
	_, err = c.Status(t.Context(), u.ID)
	wantError(t, err, ErrClock)
	wantError(t, c.Delete(t.Context(), u.ID), ErrClock)
	_, err = c.Share(t.Context(), u.ID, ShareOptions{})
	wantError(t, err, ErrClock)
}

func TestRefusedStatusIsNoLostFile(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	u := mustUpload(t, c, content(1, 100))
	n.on(wire.MethodFileStatus, mishap{result: wire.FileStatusResult{Return: "0", Error: "failed to verify the wallet signature: wrong wallet signature"}})
	if _, err := c.Status(t.Context(), u.ID); errors.Is(err, ErrNotFound) || !errors.Is(err, ErrRefused) {
		t.Errorf("got %v", err)
	}
}

// What stands before a node says its own things, with HTTP codes.
func TestFrontEnds(t *testing.T) {
	for status, want := range map[int]error{401: ErrUnreachable, 408: errGarbage, 413: errGarbage, 502: ErrUnknownOutcome, 503: ErrUnknownOutcome, 504: ErrUnknownOutcome} {
		n := newNode(t, newNet())
		c := newClient(t, n)
		n.on(wire.MethodList, times(20, mishap{status: status, raw: "<html>"})...)
		_, err := c.List(t.Context())
		wantError(t, err, want)
		if asked := n.count(wire.MethodList); asked > 12 {
			t.Errorf("%d: asked %d times", status, asked)
		}
	}
}

// A malformed path of the video port is refused with HTTP 200.
func TestVideoErrorWithStatus200(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	n.on(wire.RESTPrepare, times(9, mishap{status: 200, raw: `{"errcode":500,"data":null,"message":"invalid file path"}`})...)
	_, err := c.OpenVideo(t.Context(), "", wire.NewFileHasher().Sum(wire.Video))
	wantError(t, err, ErrRefused)
	if asked := n.count(wire.RESTPrepare); asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

// Opening a video is paid when the number moved, although nothing came back;
// that is tried a few times and no more.
func TestVideoThatIsPaidAndNeverOpens(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	n.on(wire.RESTPrepare, times(20, mishap{before: func() { n.net.bump(c.Address()) }, status: 503, raw: "http time out!"})...)
	_, err := c.OpenVideo(t.Context(), "", wire.NewFileHasher().Sum(wire.Video))
	if told, ok := errors.AsType[*fault.Error](err); !ok || told.Sentence == "" {
		t.Errorf("got %v", err)
	}
	if asked := n.count(wire.RESTPrepare); asked != paidLosses {
		t.Errorf("asked %d times", asked)
	}
}

// Names from outside and from inside are reduced before they are sent or used.
func TestHostileNames(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	for i, name := range []string{"", "..", "a/../../etc/passwd", `C:\con`, "a\x00b", "\xff\xfe", strings.Repeat("é", 400), "-rf", "\u202egpj.exe", `"';$(x)|.mp4`} {
		data := content(uint64(i), 100+i)
		u, err := c.Upload(t.Context(), name, bytes.NewReader(data), int64(len(data)), UploadOptions{})
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		f := n.net.files[c.Address()+u.ID]
		if sent := f.info.FileName; sent != SafeName(sent) {
			t.Errorf("%q was sent as %q", name, sent)
		}
		f.info.FileName = name
		s, err := c.Share(t.Context(), u.ID, ShareOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.DownloadShared(t.Context(), s.Link, func(SharedFile) (io.WriterAt, error) { return new(file), nil }, nil)
		if err != nil || got.Name != SafeName(name) {
			t.Errorf("%q came as %q, %v", name, got.Name, err)
		}
	}
}

// A video that the node mixed up with another one of the same name is sent
// again; one that really changed is not.
func TestVideoMixedUpByTheNode(t *testing.T) {
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(1, someSize)
	mixed := mishap{result: wire.Result{Return: "-11", Detail: "file hash doesn't match"}}
	n.on(wire.MethodUploadData, mixed)
	if _, err := c.Upload(t.Context(), "x", bytes.NewReader(data[:1000]), 1000, UploadOptions{Kind: wire.Video}); err != nil {
		t.Error(err)
	}
	n.on(wire.MethodUploadData, mixed)
	src := &changing{ReaderAt: bytes.NewReader(data[:2000]), size: 2000}
	_, err := c.Upload(t.Context(), "x", src, 2000, UploadOptions{Kind: wire.Video})
	wantError(t, err, ErrChanged)
}

// Requests fit into what a node reads, also with the largest piece that it may
// ask for and the longest texts.
func TestLargestRequestFits(t *testing.T) {
	s := testSigner(t, "x")
	p := wire.UploadDataParams{
		FileHash: strings.Repeat("v", wire.HashLength), Signature: wire.Signed(s, "m"), ReqTime: 1 << 40, SequenceNumber: strings.Repeat("9", 100),
	}
	const largest = wire.MaxBody/4*3 - 4096
	b := new(buffer)
	if err := uploadBody(b, 1<<40, p, bytes.NewReader(make([]byte, largest)), 0, largest, func([]byte) {}); err != nil {
		t.Fatal(err)
	}
	if b.Len() > wire.MaxBody || !json.Valid(b.Bytes()) {
		t.Errorf("body of %d bytes", b.Len())
	}
}
