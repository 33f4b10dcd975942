package figures

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

func TestReadFigures(t *testing.T) {
	answer := `{"version":1,"at":"2026-05-01T12:00:00Z","capacity":10,"used":4,"copies":[{"copies":5,"slices":3}],"nodes":[{"name":"1","online":true,"state":"active"}]}`
	status := http.StatusOK
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(answer))
	}))
	defer s.Close()
	f, err := Read(t.Context(), http.DefaultClient, s.URL)
	must(t, err)
	if f.Used != 4 || f.Copies[0] != (network.CopyCount{Copies: 5, Slices: 3}) || !f.Nodes[0].Serves() {
		t.Errorf("read %+v", f)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, http.DefaultClient, s.URL); !errors.Is(err, context.Canceled) || errors.Is(err, ErrUnreachable) {
		t.Errorf("who gave up is told %v", err)
	}
	for _, bad := range []struct {
		status int
		answer string
	}{{200, "{"}, {200, `{"version":2}`}, {200, `{"version":1,"used":-4}`}, {500, answer}} {
		status, answer = bad.status, bad.answer
		if _, err := Read(t.Context(), http.DefaultClient, s.URL); !errors.Is(err, ErrUnreachable) {
			t.Errorf("%v: %v", bad, err)
		}
	}
	s.Close()
	for _, address := range []string{s.URL, "", "file:///etc/passwd", "://", "http://192.0.2.1/figures"} {
		if _, err := Read(t.Context(), http.DefaultClient, address); !errors.Is(err, ErrUnreachable) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func FuzzFigures(f *testing.F) {
	f.Add([]byte(`{"version":1,"capacity":10,"hours":[{"up":1}]}`))
	f.Add([]byte(`{"version":1,"used":-1}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := parse[network.Figures](raw)
		if err != nil {
			return
		}
		if got.Check() != nil || got.Hour.Sum() < 0 {
			t.Errorf("accepted %+v", got)
		}
		if _, err := json.Marshal(got); err != nil {
			t.Error(err)
		}
	})
}
