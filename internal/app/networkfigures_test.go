package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// tellingChain is a chain of fixed answers, some of which can be made to fail.
type tellingChain struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]string
	asked   []string
}

const (
	signerKey  = `{"key":"gEcjZ9/MSRjHaS6mwRqm84MsubhT4ABSv7OQw3IrbHE="}`
	sleeperKey = `{"key":"Wo9yGLYnFkybmWZZTtQyOAexAOar1eTo2mq2aOWdbAQ="}`
	signerID   = "k3UAtlFqnJfkVSh2sUhvslm45Jc="
)

func newTellingChain(t *testing.T) *tellingChain {
	t.Helper()
	c := &tellingChain{answers: map[string]string{
		"/cosmos/base/tendermint/v1beta1/blocks/latest": `{"block_id":{"hash":"AQID"},"block":{"header":{"height":"7","time":"2026-05-01T12:00:00Z","proposer_address":"` + signerID + `"},"data":{"txs":["AQ=="]},
			"last_commit":{"signatures":[{"block_id_flag":"BLOCK_ID_FLAG_COMMIT","validator_address":"` + signerID + `"},{"block_id_flag":"BLOCK_ID_FLAG_ABSENT","validator_address":null}]}}}`,
		"/cosmos/staking/v1beta1/validators": `{"validators":[
			{"operator_address":"stvaloper1jyvtwupfrzxgendxpuc94h5n9z9277cqx4h4ka","consensus_pubkey":` + signerKey + `,"status":"BOND_STATUS_BONDED","tokens":"99","description":{"moniker":"awake"}},
			{"operator_address":"stvaloper1jyvtwupfrzxgendxpuc94h5n9z9277cqx4h4ka","consensus_pubkey":` + sleeperKey + `,"status":"BOND_STATUS_BONDED","tokens":"1","description":{"moniker":"asleep"}},
			{"operator_address":"stvaloper1jyvtwupfrzxgendxpuc94h5n9z9277cqx4h4ka","consensus_pubkey":` + sleeperKey + `,"status":"BOND_STATUS_UNBONDED","tokens":"1","description":{"moniker":"out"}}]}`,
		"/stratos/sds/v1/noz_price":                `{"price":"1050598.5"}`,
		"/stratos/sds/v1/noz_supply":               `{"remaining":"600","total":"1000"}`,
		"/stratos/pot/v1/metrics":                  `{"metrics":{"total_supply":"100","circulation_supply":"60","total_mined_tokens":"5","total_bonded_delegation":"20","total_resource_nodes_deposit":"3"}}`,
		"/stratos/register/v1/resource_node_count": `{"number":"252"}`,
		"/stratos/register/v1/meta_node_count":     `{"number":"7"}`,
		"/figures":                                 `{"version":1,"capacity":100,"used":40,"files":3,"slices":9,"replicas":5,"copies":[{"copies":5,"slices":8},{"copies":4,"slices":1}],"nodes":[{"name":"1","state":"active","online":true,"tier":2}]}`,
	}}
	c.Server = httptest.NewServer(http.HandlerFunc(c.answer))
	t.Cleanup(c.Close)
	return c
}

func (c *tellingChain) answer(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, r.URL.Path)
	answer, known := c.answers[r.URL.Path]
	if !known {
		w.WriteHeader(http.StatusNotFound)
		answer = `{"code":5,"message":"not found"}`
	}
	if answer == "refused" {
		w.WriteHeader(http.StatusBadRequest)
		answer = `{"code":3,"message":"too high"}`
	}
	fmt.Fprint(w, answer)
}

func (c *tellingChain) forget(paths ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range paths {
		delete(c.answers, p)
	}
}

// onChain opens a profile that uses the chain.
func onChain(t *testing.T, c *tellingChain, figures string) *App {
	t.Helper()
	n, err := network.Custom(network.Network{ChainID: "telling-1", REST: c.URL, Figures: figures, Explorer: "https://explorer.example"})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "telling.json")
	if err := network.Write(path, n); err != nil {
		t.Fatal(err)
	}
	a, err := Open(Options{Home: t.TempDir(), Runtime: t.TempDir(), Network: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close(context.Background()) })
	return a
}

func TestFiguresOfANetwork(t *testing.T) {
	c := newTellingChain(t)
	a := onChain(t, c, c.URL+"/figures")
	f, err := a.NetworkFigures(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(f.NotPublished) != 0 || len(f.Problems) != 0 || f.ChainID != "telling-1" || f.Practice {
		t.Errorf("not told: %q, problems %q", f.NotPublished, f.Problems)
	}
	if f.Storage.Used != 40 || f.Storage.Health != Repairing || f.Storage.Serving != 1 {
		t.Errorf("storage %+v", f.Storage)
	}
	if f.Ozone.Sold != "400" || f.Ozone.Left != "600" || f.Ozone.Per1000.String() != "1050598500000000000" || f.Ozone.Price != "1050598.500000" {
		t.Errorf("ozone %+v", f.Ozone)
	}
	if f.Chain.Height != 7 || f.Chain.Online != 1 || len(f.Chain.Validators) != 2 || f.Chain.Validators[1].Online || f.Chain.StorageNodes != 252 || f.Chain.MetaNodes != 7 {
		t.Errorf("chain %+v", f.Chain)
	}
	if f.Money.Supply.String() != "100" || f.Money.Circulating.String() != "60" || f.Money.Mined.String() != "5" || f.Money.Staked.String() != "20" || f.Money.Value != "" {
		t.Errorf("money %+v", f.Money)
	}
	points, err := a.NetworkCourse(t.Context(), time.Now().Add(-time.Hour))
	if err != nil || len(points) != 1 {
		t.Fatalf("kept %+v, %v", points, err)
	}
	for name, want := range map[string]string{
		"used": "40", "slices_whole": "8", "nodes": "1", "nodes_out": "0", "ozone_left": "600", "height": "7", "validators": "1", "staked": "20",
	} {
		if points[0].Values[name] != want {
			t.Errorf("%s was kept as %q", name, points[0].Values[name])
		}
	}
	if _, err := a.NetworkFigures(t.Context()); err != nil {
		t.Fatal(err)
	}
	if again, _ := a.NetworkCourse(t.Context(), time.Time{}); len(again) != 1 {
		t.Errorf("%d points within a minute", len(again))
	}
}

// What a network does not publish is named; what it cannot tell now is a
// sentence; and only a network that tells nothing is an error.
func TestFiguresThatAreNotTold(t *testing.T) {
	c := newTellingChain(t)
	a := onChain(t, c, "")
	f, err := a.NetworkFigures(t.Context())
	if err != nil || f.Storage != nil || !slices.Equal(f.NotPublished, storageParts) || len(f.Problems) != 0 {
		t.Fatalf("%+v, %v", f, err)
	}
	c.forget("/stratos/sds/v1/noz_price", "/stratos/register/v1/meta_node_count", "/figures")
	a = onChain(t, c, c.URL+"/figures")
	f, err = a.NetworkFigures(t.Context())
	if err != nil || f.Ozone != nil || f.Storage != nil || len(f.Problems) != 2 || !f.Chain.NodesUnknown || f.Money == nil || len(f.NotPublished) != 0 {
		t.Fatalf("%+v, %v", f, err)
	}
	for _, p := range f.Problems {
		if !strings.HasSuffix(p, ".") || strings.ContainsAny(p, "{/:") {
			t.Errorf("problem %q", p)
		}
	}
	c.Close()
	if _, err := a.NetworkFigures(t.Context()); err == nil {
		t.Error("a network that is not there has figures")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.NetworkFigures(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up is told %v", err)
	}
}

func TestHealthAndNodes(t *testing.T) {
	counts := func(list ...network.CopyCount) network.Figures { return network.Figures{Replicas: 3, Copies: list} }
	for want, f := range map[StorageHealth][]network.Figures{
		Healthy:    {counts(), counts(network.CopyCount{Copies: 3, Slices: 2}, network.CopyCount{Copies: 0, Slices: 0})},
		Repairing:  {counts(network.CopyCount{Copies: 3, Slices: 2}, network.CopyCount{Copies: 1, Slices: 1})},
		Endangered: {counts(network.CopyCount{Copies: 2, Slices: 1}, network.CopyCount{Copies: 0, Slices: 1})},
	} {
		for _, one := range f {
			if got := storageFigures(one).Health; got != want {
				t.Errorf("%+v is %s", one, got)
			}
		}
	}
	s := storageFigures(network.Figures{Nodes: []network.NodeState{
		{State: "active", Online: true, Tier: 1},
		{State: "active", Online: true, Tier: 3},
		{State: "active", Online: true, Tier: 3},
		{State: "suspended", Online: true},
		{State: "stopped"},
		{State: "missing"},
		{State: "active"},
	}})
	if !slices.Equal(s.Tiers, []TierCount{{3, 2}, {1, 1}}) || !slices.Equal(s.Out, []OutCount{{"gone", 1}, {"off", 2}, {"slow", 1}}) || s.Serving != 3 {
		t.Errorf("tiers %+v, out %+v, %d in service", s.Tiers, s.Out, s.Serving)
	}
}
