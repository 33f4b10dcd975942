package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// fakeChain answers which chain it is, and what anybody owns there.
func fakeChain(t *testing.T, chainID string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/cosmos/base/tendermint/v1beta1/node_info":
			_ = json.NewEncoder(w).Encode(map[string]any{"default_node_info": map[string]string{"network": chainID}})
		case strings.Contains(r.URL.Path, "/bank/"):
			_ = json.NewEncoder(w).Encode(map[string]any{"balances": []map[string]string{{"denom": "wei", "amount": "2000000000000000000"}}})
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestServersAreAskedForTheirChain(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), t.Context()
	if err := a.SelectNetwork("mainnet"); err != nil {
		t.Fatal(err)
	}
	first, err := a.Servers()
	if err != nil || first.Changed || len(first.REST) == 0 {
		t.Fatalf("%+v, %v", first, err)
	}
	good, other, wrong := fakeChain(t, "stratos-1"), fakeChain(t, "stratos-1"), fakeChain(t, "mesos-1")
	for _, bad := range [][]string{{good, wrong}, {"nonsense"}, {"http://192.0.2.1:1317"}, {good + "/nothing/here"}} {
		if now, err := a.SetServers(ctx, NewServers{REST: bad}); err == nil {
			t.Errorf("took %v: %+v", bad, now)
		} else if !strings.Contains(strings.ToLower(fault.Sentence(err)), "nothing was saved") {
			t.Errorf("%v: %q", bad, fault.Sentence(err))
		}
	}
	now, err := a.SetServers(ctx, NewServers{REST: []string{good + "/", other}, GasPrice: "2gwei"})
	if err != nil || !now.Changed || !slices.Equal(now.REST, []string{good, other}) || now.GasPrice.Format(stratos.Gwei) != "2" {
		t.Fatalf("%+v, %v", now, err)
	}
	again := openTest(t, a.profile.home)
	if s, err := again.Servers(); err != nil || !slices.Equal(s.REST, now.REST) {
		t.Errorf("after a restart: %+v, %v", s, err)
	}
	if now, err = a.SetServers(ctx, NewServers{}); err != nil || now.Changed || !slices.Equal(now.REST, first.REST) {
		t.Errorf("after going back: %+v, %v", now, err)
	}
}

func TestNetworksOfOnesOwn(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), t.Context()
	server := fakeChain(t, "tropos-5")
	for _, bad := range []OwnNetwork{
		{Name: "mainnet", ChainID: "tropos-5", REST: server},
		{Name: "../x", ChainID: "tropos-5", REST: server},
		{Name: "mine", ChainID: "tropos-6", REST: server},
		{Name: "mine", REST: server},
		{Name: "mine", ChainID: "tropos-5"},
	} {
		if _, err := a.AddNetwork(ctx, bad); err == nil {
			t.Errorf("took %+v", bad)
		}
	}
	if _, err := a.AddNetwork(ctx, OwnNetwork{Name: "mine", ChainID: "tropos-5", REST: server}); err != nil {
		t.Fatal(err)
	}
	if err := a.SelectNetwork("mine"); err != nil {
		t.Fatal(err)
	}
	if n, err := a.network(); err != nil || n.ChainID != "tropos-5" || n.REST != server {
		t.Errorf("%+v, %v", n, err)
	}
	if i := slices.IndexFunc(a.Networks(), func(n NetworkChoice) bool { return n.Current }); i < 0 || !a.Networks()[i].Own || a.Networks()[i].ID != "mine" {
		t.Errorf("%+v", a.Networks())
	}
	if err := a.RemoveNetwork("mine"); err == nil {
		t.Error("removed what is in use")
	}
	if err := a.SelectNetwork("mesos"); err != nil {
		t.Fatal(err)
	}
	if err := a.RemoveNetwork("mine"); err != nil {
		t.Error(err)
	}
	if err := a.SelectNetwork("mine"); err == nil {
		t.Error("chose what was removed")
	}
}

// A network.json is remembered by its whole way, wherever it was chosen from.
func TestNetworkFileIsRemembered(t *testing.T) {
	a := openTest(t, t.TempDir())
	t.Chdir(t.TempDir())
	writeNetwork(t, "net.json", fakeChain(t, "tropos-5"))
	if err := a.SelectNetwork("net.json"); err != nil {
		t.Fatal(err)
	}
	if got := a.networkName(); !filepath.IsAbs(got) {
		t.Errorf("remembered as %q", got)
	}
}

// Nobody is asked what STOS is worth before the user wants to know, and never
// about money that is worth nothing.
func TestWorthIsAskedForOnlyIfWanted(t *testing.T) {
	asked := 0
	list := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		_, _ = w.Write([]byte(`{"stratos":{"eur":0.5}}`))
	}))
	t.Cleanup(list.Close)
	a, ctx := openTest(t, t.TempDir()), t.Context()
	a.prices.URL, a.opts.Network = list.URL, "mainnet"
	two, err := stratos.ParseAmount("2stos")
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Worth(ctx, two); got != "" || asked != 0 {
		t.Errorf("%q, asked %d times", got, asked)
	}
	if err := a.SetCurrency("doubloons"); err == nil {
		t.Error("took an unknown currency")
	}
	if err := a.SetCurrency("eur"); err != nil {
		t.Fatal(err)
	}
	if got := a.Worth(ctx, two); got != "1.00 EUR" || asked != 1 {
		t.Errorf("%q, asked %d times", got, asked)
	}
	if a.opts.Network = "mesos"; a.Worth(ctx, two) != "" {
		t.Error("practice money is worth something")
	}
	if err := a.SetCurrency(""); err != nil || a.Currency() != "" {
		t.Error(a.Currency(), err)
	}
}

func writeNetwork(t *testing.T, path, rest string) {
	t.Helper()
	n, err := network.Custom(network.Network{ChainID: "tropos-5", REST: rest})
	if err == nil {
		err = network.Write(path, n)
	}
	if err != nil {
		t.Fatal(err)
	}
}
