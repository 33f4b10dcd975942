package gateway

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// exchangeHTTP sends any HTTP request.
func exchangeHTTP(ctx context.Context, method, url, kind, body string) (*http.Response, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	r.Header.Set("Accept-Encoding", "identity")
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer a.Body.Close()
	raw, err := io.ReadAll(a.Body)
	return a, raw, err
}

// silent is a call that waits for an answer.
type silent struct {
	*world
	leave context.CancelFunc
	ended chan error // how the connection ended; nil: with an answer
}

// sendSilent sends a call that is not answered and returns when its handler
// waits.
func (w *world) sendSilent(body string) *silent {
	w.t.Helper()
	ctx, leave := context.WithCancel(w.t.Context())
	s := &silent{world: w, leave: leave, ended: make(chan error, 1)}
	go func() {
		_, _, err := exchangeHTTP(ctx, http.MethodPost, w.rpc.URL, "application/json", body)
		s.ended <- err
	}()
	w.clock.awaitSleepers(w.t, 1)
	return s
}

// waits lets d go by and checks that the handler still waits.
func (s *silent) waits(d time.Duration) {
	s.t.Helper()
	s.pass(d)
	if n, _ := s.clock.sleepers(); n != 1 {
		s.t.Errorf("after %v nobody waits", d)
	}
	select {
	case err := <-s.ended:
		s.t.Errorf("after %v there is an end: %v", d, err)
	default:
	}
}

// endsAfter lets d go by and checks that the connection ends without an
// answer.
func (s *silent) endsAfter(d time.Duration) {
	s.t.Helper()
	s.pass(d)
	defer s.leave()
	select {
	case err := <-s.ended:
		if err == nil || !strings.Contains(err.Error(), "EOF") {
			s.t.Errorf("the call ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		s.t.Error("the call does not end")
	}
}

// hangs checks that no time ends the call, and that its handler goes when the
// client leaves.
func (s *silent) hangs() {
	s.t.Helper()
	s.waits(time.Hour)
	s.leave()
	s.clock.awaitSleepers(s.t, 0)
	<-s.ended
}

// proveSilence repeats a call that got no answer: its handler still waits when
// the recording client gave up. Downloads wait without end, uploads for 60 s.
func (k *walker) proveSilence(e exchange) {
	k.t.Helper()
	if e.Transport != "" { // the one call whose body was not recorded
		k.pass(17 * time.Second)
		e.Request = k.lateSign()
	}
	body := k.rewrite(e.Request)
	s := k.sendSilent(body)
	if strings.Contains(body, wire.MethodDownloadData) {
		s.waits(12 * time.Second)
		s.hangs()
		return
	}
	s.waits(45 * time.Second)
	s.waits(14 * time.Second)
	s.endsAfter(time.Second)
}

// lateSign is the uploadSign of the file whose upload was recorded last.
func (k *walker) lateSign() []byte {
	raw, err := jsonCall(5, wire.MethodUploadSign, k.wallets[0].signParams(k.replace["v05j1m565g8fui6k3mubigd76vejb0oha1diu1tg"]))
	must(k.t, err)
	return raw
}

func TestHangingCallsEndWithTheGateway(t *testing.T) {
	w := newWorld(t, faithful)
	body, err := jsonCall(1, wire.MethodDownloadData, wire.DownloadDataParams{FileHash: emptyHash, ReqID: "x"})
	must(t, err)
	s := w.sendSilent(string(body))
	w.g.stop()
	s.endsAfter(0)
}

// TestTimeForReadingEndsNoCall: a server that reads requests for a while only
// lets them wait for their answers longer.
func TestTimeForReadingEndsNoCall(t *testing.T) {
	w := newWorld(t, faithful)
	const limit = 500 * time.Millisecond
	server := httptest.NewUnstartedServer(w.g.RPC())
	server.Config.ReadTimeout, server.Config.WriteTimeout = limit, limit
	server.Start()
	defer server.Close()
	w.rpc.Close()
	w.rpc = server
	body, err := jsonCall(1, wire.MethodDownloadData, wire.DownloadDataParams{FileHash: emptyHash, ReqID: "x"})
	must(t, err)
	s := w.sendSilent(string(body))
	time.Sleep(2 * limit) // the server's time is the system's
	s.hangs()
}
