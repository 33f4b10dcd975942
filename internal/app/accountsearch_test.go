package app

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// usedChain answers like a chain on which some addresses were used.
func usedChain(t *testing.T, broken *atomic.Bool, used ...string) (file string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, address, account := strings.Cut(r.URL.Path, "/auth/v1beta1/accounts/")
		switch {
		case broken.Load():
			w.WriteHeader(http.StatusBadGateway)
		case strings.HasSuffix(r.URL.Path, "/node_info"):
			_, _ = w.Write([]byte(`{"default_node_info":{"network":"test-1"}}`))
		case account && strings.Contains(strings.Join(used, " "), address):
			_, _ = w.Write([]byte(`{"account":{"@type":"/cosmos.auth.v1beta1.BaseAccount","address":"` + address + `","account_number":"7","sequence":"1"}}`))
		default:
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"code":5,"message":"account not found"}`))
		}
	}))
	t.Cleanup(server.Close)
	raw, err := json.Marshal(map[string]any{"version": 1, "name": "test", "chain_id": "test-1", "denom": "wei", "rest": server.URL})
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "network.json")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestUsedAccountsAreFoundBehind: a wallet that came to a profile is searched
// once, and again when the network did not answer.
func TestUsedAccountsAreFoundBehind(t *testing.T) {
	var broken atomic.Bool
	broken.Store(true)
	file := usedChain(t, &broken, second(t).String())
	a, err := Open(Options{Home: t.TempDir(), Runtime: t.TempDir(), VaultCost: cheap, Network: file})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close(context.Background()) }()
	addTestWallet(t, a)
	if _, err := a.FindAccounts(t.Context()); err == nil || !a.settings.get().wallet(a.walletAddress()).Unsearched {
		t.Fatalf("without a network: %v", err)
	}
	broken.Store(false)
	events, cancel := a.Subscribe()
	defer cancel()
	a.searchBehind()
	for a.settings.get().wallet(a.walletAddress()).Unsearched {
		<-events
	}
	list, err := a.WalletAccounts()
	if err != nil || len(list) != 2 || list[1].Address != second(t).String() || !list[0].Current {
		t.Errorf("found %+v, %v", list, err)
	}
}
