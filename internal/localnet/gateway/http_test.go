package gateway

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func TestHosts(t *testing.T) { inBothModes(t, testHosts) }

func testHosts(t *testing.T, w *world) {
	t.Helper()
	open := newWorld(t, func(o *Options) { o.Hosts = []string{"good.example"} })
	for _, c := range []struct {
		w    *world
		host string
		want int
	}{
		{w, "127.0.0.1", 200},
		{w, "127.0.0.1:18281", 200},
		{w, "[::1]:18281", 200},
		{w, "::1", 200},
		{w, "localhost", 403},
		{w, "localhost:18281", 403},
		{w, "evil.example", 403},
		{w, "good.example", 403},
		{open, "good.example", 200},
		{open, "good.example:80", 200},
		{open, "evil.example", 403},
	} {
		r, err := http.NewRequest(http.MethodPost, c.w.rpc.URL, strings.NewReader(`{"id":1,"method":"rpc_modules"}`))
		must(t, err)
		r.Host = c.host
		r.Header.Set("Content-Type", "application/json")
		a, err := http.DefaultClient.Do(r)
		must(t, err)
		raw, _ := io.ReadAll(a.Body)
		a.Body.Close()
		if a.StatusCode != c.want {
			t.Errorf("host %q: %d", c.host, a.StatusCode)
		}
		if c.want == 403 && string(raw) != "invalid host specified\n" {
			t.Errorf("host %q: %q", c.host, raw)
		}
	}
}

func TestOtherPathIsEmpty404(t *testing.T) {
	w := newWorld(t)
	a, err := http.Post(w.rpc.URL+"/x", "application/json", strings.NewReader("{}"))
	must(t, err)
	defer a.Body.Close()
	if raw, _ := io.ReadAll(a.Body); a.StatusCode != 404 || len(raw) != 0 {
		t.Errorf("status %d, body %q", a.StatusCode, raw)
	}
}

func TestChunkedBodyOverTheLimitIsCut(t *testing.T) {
	w := newWorld(t)
	long := `{"id":1,"method":"user_downloadedFileInfo","params":[{"filehash":"` + strings.Repeat("a", wire.MaxBody) + `"}]}`
	r, err := http.NewRequest(http.MethodPost, w.rpc.URL, io.MultiReader(strings.NewReader(long))) // no length
	must(t, err)
	r.Header.Set("Content-Type", "application/json")
	a, err := http.DefaultClient.Do(r)
	must(t, err)
	defer a.Body.Close()
	raw, _ := io.ReadAll(a.Body)
	if !strings.Contains(string(raw), `"code":-32700,"message":"parse error"`) {
		t.Errorf("answer %s", raw)
	}
}

func TestGzipOnlyWhenAskedFor(t *testing.T) {
	w := newWorld(t)
	a := w.wallet(1, rich)
	data := content(4<<20, 1)
	hash := a.upload("f", data)
	body, err := json.Marshal(map[string]any{"id": 1, "method": wire.MethodDownload, "params": []any{a.downloadParams(hash)}})
	must(t, err)
	r, err := http.NewRequest(http.MethodPost, w.rpc.URL, bytes.NewReader(body))
	must(t, err)
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultTransport.RoundTrip(r) // asks for gzip by itself and unpacks it
	must(t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	must(t, err)
	var got struct{ Result binResult }
	must(t, json.Unmarshal(raw, &got))
	if !answer.Uncompressed || !bytes.Equal(got.Result.Data, data[:wire.DownloadPiece]) {
		t.Errorf("compressed %v, %d bytes", answer.Uncompressed, len(got.Result.Data))
	}
	if answer, err = http.Get(w.rpc.URL); err != nil || answer.StatusCode != 200 {
		t.Errorf("health check: %v %v", answer, err)
	}
}

func TestBodyThatNeverEndsIsNotWaitedFor(t *testing.T) {
	w := newWorld(t)
	pr, pw := io.Pipe()
	done := make(chan error, 1)
	go func() {
		a, err := http.Post(w.rpc.URL, "application/json", pr)
		if err == nil {
			a.Body.Close()
		}
		done <- err
	}()
	_, err := pw.Write([]byte(`{"id":1,`))
	must(t, err)
	pw.CloseWithError(io.ErrUnexpectedEOF)
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Error("the call did not end")
	}
}
