package app

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// fakeGateway answers getOzone below a path, which stands for a token.
func fakeGateway(t *testing.T) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var call struct {
			ID     json.RawMessage `json:"id"`
			Method string          `json:"method"`
		}
		err := json.NewDecoder(r.Body).Decode(&call)
		if r.URL.Path != "/t0ken" || err != nil || call.Method != "user_requestGetOzone" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"jsonrpc": "2.0", "id": call.ID, "result": map[string]string{
			"return": "0", "ozone": "0", "sequencynumber": "SN:0000000000000000001",
		}})
	}))
	t.Cleanup(server.Close)
	return server.URL + "/t0ken"
}

func TestGatewaysAreAskedBeforeTheyAreUsed(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	if err := a.SelectNetwork("mainnet"); err != nil {
		t.Fatal(err)
	}
	good := fakeGateway(t)
	if _, err := a.AddGateway(ctx, NewGateway{RPC: strings.Replace(good, "t0ken", "other", 1)}); err == nil {
		t.Fatal("added a gateway that does not answer")
	} else if strings.Contains(fault.Sentence(err), "other") {
		t.Errorf("the path, which may be a token, is in %q", fault.Sentence(err))
	}
	g, err := a.AddGateway(ctx, NewGateway{RPC: good})
	if err != nil || !g.Works || strings.Contains(g.Name, "t0ken") {
		t.Fatalf("added %+v, %v", g, err)
	}
	list, err := a.Gateways(ctx)
	if err != nil || len(list) != 1 || !list[0].Works || !list[0].Added || list[0].Name != g.Name {
		t.Fatalf("list %+v, %v", list, err)
	}
	if err := a.RemoveGateway("elsewhere:1"); err == nil {
		t.Error("removed what was never added")
	}
	if err := a.RemoveGateway(g.Name); err != nil {
		t.Fatal(err)
	}
	if list, err := a.Gateways(ctx); err != nil || len(list) != 0 {
		t.Fatalf("after removing: %+v, %v", list, err)
	}
}

// A gateway that is added to the practice network is used beside its own.
func TestGatewaysOfThePracticeNetwork(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	n, _ := network.Builtin("mesos")
	n.Name, n.ChainID, n.Gateways = network.Local, practiceChain, []network.Gateway{{RPC: fakeGateway(t)}}
	if err := errors.Join(os.MkdirAll(a.practice.dir, 0o700), network.Write(a.practice.descriptor(), n)); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(filepath.Join(a.practice.dir, "lock")) // as a network that runs
	if mine, err := lock.TryLock(); !mine {
		t.Fatal(err)
	}
	defer lock.Close()
	if err := a.SelectNetwork(network.Local); err != nil {
		t.Fatal(err)
	}
	added, err := a.AddGateway(ctx, NewGateway{RPC: fakeGateway(t)})
	if err != nil {
		t.Fatal(err)
	}
	list, err := a.Gateways(ctx)
	if err != nil || len(list) != 2 || list[0].Added || !list[1].Added || list[1].Name != added.Name {
		t.Errorf("list %+v, %v", list, err)
	}
}

func TestPlainGatewaysWantConsent(t *testing.T) {
	for address, allowed := range map[string]bool{
		"http://192.0.2.1:18281": false, "http://node.example.org": false, "ftp://127.0.0.1": false, "127.0.0.1:1": false, "": false,
		"https://node.example.org/path/token": true, "http://127.0.0.1:18281": true, "http://localhost:18281": true, "http://[::1]:18281": true,
	} {
		err := checkGateway(NewGateway{RPC: address}.network(), false)
		if (err == nil) != allowed {
			t.Errorf("%q: %v", address, err)
		}
	}
	if err := checkGateway(NewGateway{RPC: "http://192.0.2.1:18281"}.network(), true); err != nil {
		t.Errorf("with consent: %v", err)
	}
	var s settings
	s.addGateway("mainnet", NewGateway{RPC: "http://192.0.2.1:18281"}.network(), true)
	if len(s.ConfirmedPlain) != 1 || s.ConfirmedPlain[0] != "192.0.2.1:18281" {
		t.Errorf("confirmed %q", s.ConfirmedPlain)
	}
}
