package chain

import (
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// answering serves fixed answers by path and query.
func answering(t *testing.T, answers map[string]string) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		if r.URL.RawQuery != "" {
			path += "?" + r.URL.RawQuery
		}
		answer, known := answers[path]
		if !known {
			t.Logf("asked for %s", path)
			w.WriteHeader(http.StatusNotImplemented)
			answer = `{"code":12,"message":"Not Implemented"}`
		}
		_, _ = w.Write([]byte(answer))
	}))
	t.Cleanup(server.Close)
	c, err := New(Options{Network: network.Network{REST: server.URL, ChainID: fakeChainID}})
	return must(t, c, err)
}

func TestQueries(t *testing.T) {
	a := vectorKey(t, 0).Address()
	c := answering(t, map[string]string{
		"/cosmos/base/tendermint/v1beta1/node_info":                            `{"default_node_info":{"network":"stratos-local-1"},"application_version":{"version":"v0.12.2"}}`,
		"/cosmos/bank/v1beta1/balances/" + a.String():                          `{"balances":[{"denom":"aaa","amount":"5"}],"pagination":{"next_key":"d2Vp","total":"0"}}`,
		"/cosmos/bank/v1beta1/balances/" + a.String() + "?pagination.key=d2Vp": `{"balances":[{"denom":"wei","amount":"100000000000000000000000001"}],"pagination":{"next_key":null}}`,
		"/cosmos/bank/v1beta1/spendable_balances/" + a.String():                `{"balances":[],"pagination":{"next_key":null}}`,
		"/cosmos/bank/v1beta1/supply":                                          `{"supply":[{"denom":"wei","amount":"100000000000000000000000000"}]}`,
		"/cosmos/base/tendermint/v1beta1/blocks/latest":                        `{"block_id":{},"block":{"header":{"height":"42"}}}`,
		"/stratos/sds/v1/noz_price":                                            `{"price":"1000000.500000000000000000"}`,
		"/stratos/sds/v1/noz_supply":                                           `{"remaining":"9999000099990001","total":"10000000000000000"}`,
		"/stratos/sds/v1/sim_prepay/1000000000000000000wei":                    `{"noz":"999900009999"}`,
	})
	ctx := context.Background()
	info, err := c.NodeInfo(ctx)
	if err != nil || info != (NodeInfo{fakeChainID, "v0.12.2"}) || c.CheckChain(ctx) != nil {
		t.Errorf("node info %+v, %v", info, err)
	}
	if b, err := c.Balance(ctx, a); err != nil || b.Total.String() != "100000000000000000000000001" || !b.Spendable.IsZero() {
		t.Errorf("balance %v, %v", b, err)
	}
	if s, err := c.Supply(ctx); err != nil || s.Format(stratos.STOS) != "100000000" {
		t.Errorf("supply %v, %v", s, err)
	}
	if h, err := c.Height(ctx); err != nil || h != 42 {
		t.Errorf("height %d, %v", h, err)
	}
	if p, err := c.NozPrice(ctx); err != nil || p.Cmp(big.NewRat(2000001, 2)) != 0 {
		t.Errorf("price %v, %v", p, err)
	}
	remaining, total, err := c.NozSupply(ctx)
	if err != nil || remaining.String() != "9999000099990001" || total.String() != "10000000000000000" {
		t.Errorf("supply of noz %v %v, %v", remaining, total, err)
	}
	if noz, err := c.QuotePrepay(ctx, stratosAmount("1stos")); err != nil || noz.String() != "999900009999" {
		t.Errorf("quote %v, %v", noz, err)
	}
	if _, err := c.QuotePrepay(ctx, stratos.Amount{}); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("quote for nothing: %v", err)
	}
	if _, err := c.QuotePrepay(ctx, stratosAmount("7stos")); err == nil {
		t.Error("an error page is not a quote")
	}
}

// Every account type of the chain has its numbers somewhere.
func TestAccountTypes(t *testing.T) {
	base := `{"address":"st1","pub_key":null,"account_number":"5","sequence":"18446744073709551615"}`
	for name, text := range map[string]string{
		"base":    strings.Replace(base, "{", `{"@type":"/cosmos.auth.v1beta1.BaseAccount",`, 1),
		"eth":     `{"@type":"/stratos.types.v1.EthAccount","base_account":` + base + `,"code_hash":"0x"}`,
		"vesting": `{"@type":"/cosmos.vesting.v1beta1.ContinuousVestingAccount","base_vesting_account":{"base_account":` + base + `,"end_time":"1"},"start_time":"0"}`,
	} {
		var a accountJSON
		if err := json.Unmarshal([]byte(text), &a); err != nil {
			t.Fatal(err)
		}
		if got, err := a.account(); err != nil || got != (Account{5, 1<<64 - 1}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if _, err := (&accountJSON{}).account(); err == nil {
		t.Error("an empty account was read")
	}
}

// A page that is simply missing is no proof that an account is unused.
func TestMissingPageIsNotAnUnusedAccount(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	c, err := New(Options{Network: network.Network{REST: server.URL, ChainID: "x"}})
	_, err = must(t, c, err).Account(context.Background(), vectorKey(t, 0).Address())
	if err == nil || errors.Is(err, ErrUnused) || !errors.Is(err, ErrUnreachable) {
		t.Errorf("%v", err)
	}
	if _, err = c.Tx(context.Background(), strings.Repeat("A", 64)); errors.Is(err, ErrNotFound) {
		t.Errorf("%v", err)
	}
}

func TestSearch(t *testing.T) {
	a := vectorKey(t, 0).Address()
	v := loadVectors(t).Recorded
	answer, err := json.Marshal(map[string]any{
		"tx_responses": []any{v["prepay"].response(t), map[string]any{"txhash": "broken"}, v["send"].response(t)}, "total": "12", "pagination": nil,
	})
	must(t, answer, err)
	c := answering(t, map[string]string{
		"/cosmos/tx/v1beta1/txs?events=message.sender%3D%27" + a.String() + "%27&limit=50&order_by=ORDER_BY_DESC&page=2": string(answer),
	})
	p, err := c.Search(context.Background(), BySender, a, 2, 50)
	if err != nil || p.Total != 12 || len(p.Txs) != 2 || p.Txs[1].Messages[0].Type != TypeSend {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestFaucet(t *testing.T) {
	var asked map[string]string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != "/credit" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_ = json.NewDecoder(r.Body).Decode(&asked)
		_, _ = w.Write([]byte(`{"hash":"ABC"}`))
	}))
	defer server.Close()
	a := vectorKey(t, 0).Address()
	for _, url := range []string{server.URL, server.URL + "/", server.URL + "/credit"} {
		c, err := New(Options{Network: network.Network{REST: server.URL, Faucet: url}})
		hash, err := must(t, c, err).Credit(context.Background(), a, stratosAmount("2stos"))
		if err != nil || hash != "ABC" || asked["address"] != a.String() || asked["amount"] == "" {
			t.Errorf("%s: %s, %v, asked %v", url, hash, err, asked)
		}
	}
	c, err := New(Options{Network: network.Network{REST: server.URL}})
	if _, err := must(t, c, err).Credit(context.Background(), a, stratos.Amount{}); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("no faucet: %v", err)
	}
}

func TestPlainHTTP(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://rest.thestratos.org":  true,
		"http://127.0.0.1:1317":        true,
		"http://[::1]:1317/":           true,
		"http://localhost:1":           true,
		"http://confirmed.example:99":  true,
		"http://confirmed.example":     false,
		"http://rest.thestratos.org":   false,
		"http://127.0.0.1.evil.com":    false,
		"http://127.0.0.1@evil.com":    false,
		"ftp://127.0.0.1":              false,
		"":                             false,
		"rest.thestratos.org":          false,
		"http://localhost.evil.com:80": false,
	} {
		_, err := New(Options{Network: network.Network{REST: address}, ConfirmedPlain: []string{"http://confirmed.example:99"}})
		if (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A redirect must not lead from a safe place to an open one.
func TestRedirectToPlainHTTP(t *testing.T) {
	server := httptest.NewServer(http.RedirectHandler("http://rest.example.org/x", http.StatusTemporaryRedirect))
	defer server.Close()
	c, err := New(Options{Network: network.Network{REST: server.URL, ChainID: "x"}})
	if _, err := must(t, c, err).NodeInfo(context.Background()); !errors.Is(err, ErrPlain) {
		t.Errorf("%v", err)
	}
}

func FuzzTxResponse(f *testing.F) {
	for _, r := range loadVectors(f).Recorded {
		raw, err := json.Marshal(r.response(f))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var r txResponse
		if json.Unmarshal(raw, &r) != nil {
			return
		}
		if tx, err := r.tx(); err == nil {
			if noz := tx.PurchasedNoz(); noz != nil && noz.Sign() < 0 {
				t.Fatal("bought less than nothing")
			}
		}
	})
}

func FuzzAccount(f *testing.F) {
	f.Add([]byte(`{"base_vesting_account":{"base_account":{"account_number":"5","sequence":"1"}}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var a accountJSON
		if json.Unmarshal(raw, &a) == nil {
			_, _ = a.account()
		}
	})
}

func FuzzPrice(f *testing.F) {
	f.Add("1000000.000000000000000000")
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := parsePrice(text); err == nil && p.Sign() < 0 {
			t.Fatalf("%q is negative", text)
		}
	})
}
