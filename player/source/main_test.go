package source

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("net/http.(*persistConn).readLoop"), goleak.IgnoreTopFunction("net/http.(*persistConn).writeLoop"))
}

func serve(t *testing.T) *Server {
	t.Helper()
	s, err := Serve()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func addBytes(t *testing.T, s *Server, title string, data []byte) *Item {
	t.Helper()
	i, err := s.AddFile(FromReaderAt(title, int64(len(data)), bytes.NewReader(data)))
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// answer is what a request got.
type answer struct {
	code   int
	header http.Header
	body   []byte
	err    error // of the connection
}

func ask(t interface {
	Helper()
	Fatal(...any)
}, method, url string, header map[string]string,
) answer {
	t.Helper()
	r, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		if k == "Host" {
			r.Host = v
			continue
		}
		r.Header.Set(k, v)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return answer{err: err}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, body, err}
}

// fakeStream is a stream in memory.
type fakeStream struct {
	mu     sync.Mutex
	parts  map[string]string
	sizes  map[string]int64 // told instead of the true one
	asked  []string
	closed bool
}

func (f *fakeStream) Segment(_ context.Context, name string) (io.ReadCloser, int64, string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, name)
	part, ok := f.parts[name]
	if !ok {
		return nil, 0, "", fault.Say(nil, "The gateway does not have this part.")
	}
	size := int64(len(part))
	if told, ok := f.sizes[name]; ok {
		size = told
	}
	return io.NopCloser(strings.NewReader(part)), size, "video/mp2t", nil
}

func (f *fakeStream) Close() error { f.closed = true; return nil }

func (f *fakeStream) names() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return strings.Join(f.asked, " ")
}
