package chain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Another device of the account has a payment in the pool: this one waits for
// its turn, and both are made.
func TestAnotherDeviceIsPaying(t *testing.T) {
	f := newFake(t)
	one, two := f.client(), f.client()
	theirs, mine := preview(t, one, transfer(t, "2stos")), preview(t, two, transfer(t, "1stos"))
	ours := newLog()
	f.pace(1 << 30)
	paid := make(chan error, 1)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		_, err := one.Send(ctx, theirs, vectorKey(t, 0), nil)
		paid <- err
	}()
	for pooled := 0; pooled == 0; {
		f.mu.Lock()
		pooled = len(f.pool)
		f.mu.Unlock()
	}
	f.pace(40) // the block comes while this one asks
	r, err := two.Send(ctx, mine, vectorKey(t, 0), ours)
	if err := errors.Join(err, <-paid); err != nil {
		t.Fatal(err)
	}
	if got := f.transferred().String(); got != "3000000000000000000" || ours.sent[r.Hash].Sequence != 8 {
		t.Errorf("transferred %s, mine with number %d", got, ours.sent[r.Hash].Sequence)
	}
}

// A relay hands the bytes on twice, the answer is that of the second time, and
// the node that is asked for the hash is behind at first: it is paid once.
func TestRelayThatSendsTwice(t *testing.T) {
	f, log := newFake(t), newLog()
	stale := true
	c := f.front(func(w http.ResponseWriter, r *http.Request) bool {
		switch {
		case isBroadcast(r):
			body, _ := io.ReadAll(r.Body)
			again := r.Clone(r.Context())
			again.Body = io.NopCloser(bytes.NewReader(body))
			f.serve(httptest.NewRecorder(), again)
			f.mu.Lock()
			f.makeBlock()
			f.mu.Unlock()
			_, _ = w.Write([]byte(`{"tx_response":{"txhash":"","code":32,"codespace":"sdk","raw_log":"account sequence mismatch, expected 8, got 7"}}`))
			return true
		case isLook(r) && stale:
			stale = false
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"code":5,"message":"tx not found"}`))
			return true
		}
		return false
	})
	r, err := c.Send(context.Background(), preview(t, c, transfer(t, "1stos")), vectorKey(t, 0), log)
	if err != nil || f.transferred().String() != "1000000000000000000" || log.state(r.Hash) != Done || len(log.order) != 1 {
		t.Errorf("%v, transferred %s, logged %v", err, f.transferred(), log.states)
	}
}

// Behind one address lie several nodes, and it does not tell which block an
// answer is of. One that is behind is no proof that a transaction came too
// late.
func TestNodesBehindOneAddress(t *testing.T) {
	f, log := newFake(t), newLog()
	f.perBlock = 1 << 30
	ahead, old := 0, 0
	c := f.front(func(w http.ResponseWriter, r *http.Request) bool {
		sent := log.count() > 0
		switch path := r.URL.Path; {
		case sent && isLook(r) && ahead < 40:
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"code":5,"message":"tx not found"}`))
			return true
		case sent && strings.HasSuffix(path, "/blocks/latest"):
			ahead++
			height := 150 + min(ahead, 18) // past the timeout
			_, _ = fmt.Fprintf(w, `{"block":{"header":{"height":"%d"}}}`, height)
			return true
		case sent && strings.Contains(path, "/auth/") && ahead < 40:
			old++
			_, _ = w.Write([]byte(`{"account":{"account_number":"3","sequence":"7"}}`))
			return true
		}
		return false
	})
	p := preview(t, c, transfer(t, "1stos"))
	f.pace(3)
	r, err := c.Send(context.Background(), p, vectorKey(t, 0), log)
	if err != nil || log.state(r.Hash) != Done || old == 0 || len(f.paid) != 1 {
		t.Errorf("%v, logged %v, %d old answers, paid %d times", err, log.states, old, len(f.paid))
	}
}

// An address whose height goes back decides nothing by it.
func TestHeightGoesBack(t *testing.T) {
	f, log := newFake(t), newLog()
	asked := 0
	c := f.front(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/blocks/latest") {
			return false
		}
		asked++
		_, _ = fmt.Fprintf(w, `{"block":{"header":{"height":"%d"}}}`, 140-asked*10)
		return true
	})
	f.perBlock = 7
	r, err := c.Send(context.Background(), preview(t, c, transfer(t, "1stos")), vectorKey(t, 0), log)
	if err != nil || log.state(r.Hash) != Done || len(f.paid) != 1 {
		t.Errorf("%v, logged %v", err, log.states)
	}
}
