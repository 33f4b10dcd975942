package update

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func TestLook(t *testing.T) {
	raw := signedBy(t, sample(), key(1))
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" || r.Header.Get("User-Agent") != "stratosdrive" {
			t.Errorf("it tells who it is: %v", r.Header)
		}
		_, _ = w.Write(raw)
	})
	index, err := sourceAt(server.URL).Look(t.Context())
	if err != nil || index.Release.Version != "v1.2.0" {
		t.Fatalf("%+v, %v", index, err)
	}
	other := sourceAt(server.URL)
	other.Keys = keysOf(1, key(2))
	if _, err := other.Look(t.Context()); !errors.Is(err, ErrUnsigned) || !strings.Contains(fault.Sentence(err), "not believed") {
		t.Errorf("with another key: %v", err)
	}
}

// A server that never ends sends no more than an index may have.
func TestEndlessIndex(t *testing.T) {
	sent := make(chan int, 1)
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		total := 0
		for block := make([]byte, 64<<10); ; {
			n, err := w.Write(block)
			if total += n; err != nil {
				sent <- total
				return
			}
		}
	})
	if _, err := sourceAt(server.URL).Look(t.Context()); !errors.Is(err, ErrMalformed) {
		t.Error(err)
	}
	if n := <-sent; n > 64<<20 { // what buffers on the way hold is not ours
		t.Errorf("%d bytes were taken", n)
	}
}

// A server that does not go on is given up, whether it begins or not.
func TestServerThatIsTooSlow(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"never answers": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"stops in the middle": func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"index":`)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		},
		"drips": func(w http.ResponseWriter, r *http.Request) {
			for drip := time.NewTicker(5 * time.Millisecond); r.Context().Err() == nil; <-drip.C {
				_, _ = io.WriteString(w, " ")
				_ = http.NewResponseController(w).Flush()
			}
		},
	} {
		s := sourceAt(serve(t, handler).URL)
		s.Patience = 150 * time.Millisecond
		if _, err := s.Look(t.Context()); !errors.Is(err, ErrStalled) || !strings.Contains(fault.Sentence(err), "does not answer") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Who stops it is heard at once.
func TestLookingIsStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := sourceAt(server.URL).Look(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestServersThatRefuse(t *testing.T) {
	for _, status := range []int{http.StatusNotFound, http.StatusInternalServerError, http.StatusForbidden} {
		server := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		if _, err := sourceAt(server.URL).Look(t.Context()); err == nil || fault.ExitCode(err) != 1 {
			t.Errorf("%d: %v", status, err)
		}
	}
	closed := serve(t, func(http.ResponseWriter, *http.Request) {})
	closed.Close()
	if _, err := sourceAt(closed.URL).Look(t.Context()); err == nil {
		t.Error("nobody is there")
	}
}

// Only encrypted addresses are asked, and this computer.
func TestAddressesThatAreNotEncrypted(t *testing.T) {
	asked := false
	asks := roundTrip(func(*http.Request) (*http.Response, error) { asked = true; return nil, io.EOF })
	for address, want := range map[string]bool{
		"https://releases.example/index.json": true, "http://127.0.0.1:1/index.json": true, "http://[::1]/": true,
		"http://releases.example/index.json": false, "http://localhost.evil.example/": false, "http://localhost/": false, "ftp://127.0.0.1/": false, "file:///etc/passwd": false,
		"http://127.0.0.1@evil.example/": false, "https://user:secret@releases.example/": false, "https://": false, "": false, "http://[": false, "http://10.0.0.1/": false,
	} {
		asked = false
		s := sourceAt(address)
		s.Transport = asks
		if _, err := s.Look(t.Context()); err == nil || asked != want {
			t.Errorf("%s is asked: %v, %v", address, asked, err)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (r roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return r(req) }

// redirecting answers each address with the next one.
func redirecting(chain ...string) roundTrip {
	return func(req *http.Request) (*http.Response, error) {
		for i, address := range chain[:len(chain)-1] {
			if req.URL.String() == address {
				return &http.Response{StatusCode: http.StatusFound, Header: http.Header{"Location": {chain[i+1]}}, Body: http.NoBody, Request: req}, nil
			}
		}
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("reached")), Request: req}, nil
	}
}

func TestRedirects(t *testing.T) {
	for name, c := range map[string]struct {
		chain []string
		want  error
	}{
		"to another server":              {[]string{"https://a.example/", "https://b.example/x"}, ErrMalformed}, // it was reached
		"to a line that others read":     {[]string{"https://a.example/", "http://b.example/"}, ErrPlain},
		"there and back":                 {[]string{"https://a.example/", "http://b.example/", "https://a.example/x"}, ErrPlain},
		"from elsewhere to this machine": {[]string{"https://a.example/", "http://127.0.0.1:8080/"}, ErrPlain},
		"on this machine":                {[]string{"http://127.0.0.1:1/", "http://127.0.0.1:2/"}, ErrMalformed},
		"from this machine outside":      {[]string{"http://127.0.0.1:1/", "http://b.example/"}, ErrPlain},
		"to a file":                      {[]string{"https://a.example/", "file:///etc/passwd"}, ErrPlain},
	} {
		s := sourceAt(c.chain[0])
		s.Transport = redirecting(c.chain...)
		if _, err := s.Look(t.Context()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := sourceAt("https://a.example/")
	s.Transport = redirecting("https://a.example/", "https://a.example/")
	if _, err := s.Look(t.Context()); err == nil || !strings.Contains(err.Error(), "redirects") {
		t.Errorf("in a circle: %v", err)
	}
}
