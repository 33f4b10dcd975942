package chain

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// rpcClient talks to a CometBFT RPC that answers by path.
func rpcClient(t *testing.T, answers map[string]string) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, known := answers[r.URL.Path+"?"+r.URL.Query().Get("height")]
		if !known {
			http.Error(w, `{"error":{"code":-32603,"message":"Internal error","data":"block indexing is disabled"}}`, http.StatusInternalServerError)
			return
		}
		_, _ = w.Write([]byte(text))
	}))
	t.Cleanup(server.Close)
	c, err := New(Options{Network: network.Network{REST: server.URL, RPC: server.URL, ChainID: fakeChainID}})
	return must(t, c, err)
}

func coinEvents(to stratos.Address) string {
	pool := stratos.ModuleAddress("not_bonded_tokens_pool").String()
	return `[{"type":"coin_spent","attributes":[{"key":"spender","value":"` + pool + `","index":true},{"key":"amount","value":"10wei"}]},
		{"type":"coin_received","attributes":[{"key":"receiver","value":"` + to.String() + `"},{"key":"amount","value":"10wei,3ibc/X"}]},
		{"type":"coin_received","attributes":[{"key":"receiver","value":"` + pool + `"},{"key":"amount","value":"99wei"}]}]`
}

// Both versions of CometBFT are read: the real chain's tells the events of the
// beginning and the end of a block, later ones tell all in one list.
func TestBlockGains(t *testing.T) {
	a := vectorKey(t, 0).Address()
	c := rpcClient(t, map[string]string{
		"/block_search?": `{"jsonrpc":"2.0","id":-1,"result":{"blocks":[
			{"block":{"header":{"height":"7","time":"2026-11-22T16:19:38.1Z"}}},{"block":{"header":{"height":"9","time":"2026-11-22T16:20:38Z"}}}],"total_count":"5"}}`,
		"/block_results?7": `{"result":{"height":"7","txs_results":null,"begin_block_events":null,"end_block_events":` + coinEvents(a) + `}}`,
		"/block_results?9": `{"result":{"height":"9","finalize_block_events":` + coinEvents(a) + `}}`,
	})
	gains, more, err := c.BlockGains(context.Background(), a, 3)
	if err != nil || !more || len(gains) != 2 {
		t.Fatalf("%+v, %v, %v", gains, more, err)
	}
	for i, height := range []int64{7, 9} {
		g := gains[i]
		if g.Height != height || g.Amount.String() != "10" || g.From != stratos.ModuleAddress("not_bonded_tokens_pool") || g.Time.IsZero() {
			t.Errorf("%+v", g)
		}
	}
	if _, _, err := c.BlockGains(context.Background(), a, 7); err == nil || errors.Is(err, ErrNoBlocks) {
		t.Errorf("a search that goes back: %v", err)
	}
}

func TestNoSearchInBlocks(t *testing.T) {
	a := vectorKey(t, 0).Address()
	bare, err := New(Options{Network: network.Network{REST: "https://rest.example", ChainID: fakeChainID}})
	for _, c := range []*Client{must(t, bare, err), rpcClient(t, nil)} {
		if _, _, err := c.BlockGains(context.Background(), a, 0); !errors.Is(err, ErrNoBlocks) {
			t.Errorf("%v", err)
		}
	}
	away, err := New(Options{Network: network.Network{REST: dead(t), RPC: dead(t), ChainID: fakeChainID}})
	if _, _, err := must(t, away, err).BlockGains(context.Background(), a, 0); !errors.Is(err, ErrUnreachable) || errors.Is(err, ErrNoBlocks) {
		t.Errorf("%v", err)
	}
}

// A node without an index of transactions is told from one that fails.
func TestNoIndex(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"code":2,"message":"transaction indexing is disabled","details":[]}`, http.StatusInternalServerError)
	}))
	defer server.Close()
	c, err := New(Options{Network: network.Network{REST: server.URL, ChainID: fakeChainID}})
	if _, err := must(t, c, err).Search(context.Background(), BySender, vectorKey(t, 0).Address(), 1, 50); !errors.Is(err, ErrNoIndex) {
		t.Errorf("%v", err)
	}
}

func FuzzGains(f *testing.F) {
	a, _ := stratos.ParseAddress("st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx")
	f.Add([]byte(coinEvents(a)))
	f.Add([]byte(strings.Repeat("[", 50)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var events []Event
		if json.Unmarshal(raw, &events) != nil {
			return
		}
		for _, g := range gainsIn(events, a) {
			if g.Amount.IsZero() {
				t.Fatalf("%+v", g)
			}
		}
	})
}
