package localnet

import (
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// counted is an account of a network without a chain, whose clock can be moved.
type counted struct {
	*account
	meta *meta.Meta
	pool *node.Pool
	at   time.Time
}

func newCounted(t *testing.T) *counted {
	t.Helper()
	c := &counted{at: time.Date(2026, 5, 1, 12, 30, 30, 0, time.UTC)}
	clock := func() time.Time { return c.at }
	var err error
	c.meta, err = meta.Open(t.Context(), filepath.Join(t.TempDir(), "meta.db"), meta.Options{Clock: clock})
	must(t, err)
	t.Cleanup(func() { c.meta.Close() })
	c.pool, err = node.OpenPool(filepath.Join(t.TempDir(), "nodes"), 3, 2)
	must(t, err)
	for _, n := range c.pool.Nodes() {
		must(t, c.meta.PutNode(t.Context(), meta.Node{Address: n.Address(), Name: n.Name(), Owner: n.Owner(), Tier: 2, Score: 100}))
	}
	s, err := store.OpenWith(t.Context(), store.Options{Meta: c.meta, Pool: c.pool, Clock: clock, Idle: true})
	must(t, err)
	t.Cleanup(s.Close)
	c.account = &account{meta: c.meta, store: s, now: clock}
	return c
}

func (c *counted) ask(t *testing.T) (network.Figures, int) {
	t.Helper()
	passed := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	server := httptest.NewServer(c.withFigures(passed))
	defer server.Close()
	if other, err := http.Get(server.URL + "/credit"); err != nil || other.StatusCode != http.StatusTeapot {
		t.Errorf("other paths: %v, %v", other, err)
	}
	answer, err := http.Get(server.URL + figuresPath)
	must(t, err)
	defer answer.Body.Close()
	var f network.Figures
	if answer.StatusCode == http.StatusOK {
		must(t, json.NewDecoder(answer.Body).Decode(&f))
	}
	return f, answer.StatusCode
}

// TestFiguresAreMeasured: everything that is told was counted from the records.
func TestFiguresAreMeasured(t *testing.T) {
	c := newCounted(t)
	names := c.pool.Nodes()
	first, second := names[0].Address(), names[1].Address()
	must(t, c.meta.CreditPrepay(t.Context(), meta.Prepay{Height: 1, TxHash: "A", Beneficiary: "w", Wei: big.NewInt(1), Noz: big.NewInt(1000)}))
	must(t, c.meta.AcceptUpload(t.Context(), meta.Upload{
		Owner: "w", Hash: "f", Name: "n", Size: 7, Sequence: meta.SequenceText(1), Price: big.NewInt(1),
		Slices: []meta.Slice{{Number: 1, Hash: "s", Size: 7, Nodes: []string{first, second}}},
	}))
	now := c.at
	for ago, bytes := range map[time.Duration]int64{0: 1, time.Minute: 600, 30 * time.Minute: 20, 2 * time.Hour: 300, 60 * time.Hour: 4000} {
		c.at = now.Add(-ago)
		c.meta.Count(meta.Traffic{Wallet: "w", Owner: "w", Hash: "f", Node: first, Kind: meta.Down}, bytes)
	}
	c.meta.Count(meta.Traffic{Wallet: "w", Owner: "w", Hash: "f", Node: second, Kind: meta.Repair}, 0)
	c.at = now.Add(-5 * time.Minute)
	c.meta.Count(meta.Traffic{Wallet: "w", Owner: "w", Hash: "f", Node: second, Kind: meta.Repair}, 9)
	c.at = now
	f, _ := c.ask(t)
	must(t, f.Check())
	if f.Files != 1 || f.Slices != 1 || f.Replicas != 2 || !slices.Equal(f.Copies, []network.CopyCount{{Copies: 2, Slices: 1}}) {
		t.Errorf("stored: %+v", f)
	}
	if f.Hour.Down != 621 || f.Hour.Repair != 9 || f.Repairs.Bytes != 9 || f.Now != 10 || len(f.Hours) != 2 || f.Hours[0].Down != 300 {
		t.Errorf("traffic: hour %+v, now %d, hours %+v", f.Hour, f.Now, f.Hours)
	}
	if len(f.Nodes) != 3 || f.Nodes[0].Speed != 10 || f.Nodes[1].Used != 7 || f.Used != 14 || f.Capacity != 3*f.Nodes[0].Capacity || !f.Nodes[2].Serves() {
		t.Errorf("nodes: %+v", f.Nodes)
	}
}

// TestFiguresAreCountedSeldom: whoever asks often does not make the network
// read all its records each time.
func TestFiguresAreCountedSeldom(t *testing.T) {
	c := newCounted(t)
	first, _ := c.ask(t)
	c.at = c.at.Add(figuresAge - time.Millisecond)
	if again, _ := c.ask(t); !again.At.Equal(first.At) {
		t.Errorf("counted again at %v", again.At)
	}
	c.at = c.at.Add(time.Millisecond)
	if later, _ := c.ask(t); later.At.Equal(first.At) {
		t.Error("never counted again")
	}
	c.at = c.at.Add(-time.Hour) // the clock was set back
	if back, _ := c.ask(t); !back.At.Equal(c.at) {
		t.Errorf("a clock that was set back leaves the figures of %v", back.At)
	}
}

func TestFiguresThatCannotBeCounted(t *testing.T) {
	c := newCounted(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.figures(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	w := httptest.NewRecorder()
	c.withFigures(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, figuresPath, nil))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "context") {
		t.Errorf("answer %d %q", w.Code, w.Body)
	}
}

// TestNetworkPublishesItsFigures: network.json says where, and a node that was
// stopped shows there.
func TestNetworkPublishesItsFigures(t *testing.T) {
	dir := t.TempDir()
	u := start(t, Options{Dir: dir, Nodes: 2, Replicas: 1})
	f, done, err := Manage(t.Context(), dir)
	must(t, err)
	must(t, f.Stop(t.Context(), "2"))
	done()
	answer, err := http.Get(u.network.Figures)
	must(t, err)
	defer answer.Body.Close()
	var got network.Figures
	must(t, json.NewDecoder(answer.Body).Decode(&got))
	if got.Check() != nil || len(got.Nodes) != 2 || !got.Nodes[0].Serves() || got.Nodes[1].Serves() || got.Capacity != got.Nodes[0].Capacity {
		t.Errorf("figures %+v", got)
	}
	u.down()
}
