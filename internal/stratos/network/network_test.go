package network

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestWriteThenRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	want, _ := Builtin(Mainnet)
	want.Gateways = []Gateway{{RPC: "http://127.0.0.1:1", REST: "http://127.0.0.1:2", Token: "t"}}
	if err := Write(path, want); err != nil {
		t.Fatal(err)
	}
	got, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, want 0600: the file may hold a gateway token", info.Mode())
	}
}

func TestReadRefusesUnknownVersion(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	for _, text := range []string{`{"version":2,"chain_id":"x"}`, `{"version":1}`, `{`, ``} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); err == nil {
			t.Errorf("accepted %q", text)
		}
	}
}

func TestBuiltinsHaveTheirOwnChain(t *testing.T) {
	main, _ := Builtin(Mainnet)
	mesos, _ := Builtin(Mesos)
	if main.ChainID == mesos.ChainID || main.REST == mesos.REST {
		t.Fatal("mainnet and mesos must differ")
	}
	if _, ok := Builtin("nowhere"); ok {
		t.Fatal("unknown name accepted")
	}
}

func TestCustom(t *testing.T) {
	n, err := Custom(Network{ChainID: "tropos-5", REST: "https://rest.example", RESTMore: []string{"https://b.example"}})
	if err != nil {
		t.Fatal(err)
	}
	if n.Version != Version || n.Name != "tropos-5" || n.Denom != "wei" || n.MinGasPrice != "1000000000" {
		t.Errorf("completed to %+v", n)
	}
	if n, _ := Custom(Network{ChainID: "c", REST: "r", Name: "mine", MinGasPrice: "7"}); n.Name != "mine" || n.MinGasPrice != "7" {
		t.Errorf("overwrote %+v", n)
	}
	for _, bad := range []Network{{}, {ChainID: "c"}, {REST: "r"}} {
		if _, err := Custom(bad); err == nil {
			t.Errorf("accepted %+v", bad)
		}
	}
}

// The fields that every reader of network.json knows are not renamed.
func TestFormat(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	n, _ := Builtin(Mesos)
	if err := Write(path, n); err != nil {
		t.Fatal(err)
	}
	raw, _ := os.ReadFile(path)
	for _, field := range []string{"version", "name", "chain_id", "denom", "min_gas_price", "rpc", "rest", "grpc", "grpc_tls", "faucet", "explorer", "gateways", "nodes"} {
		if !strings.Contains(string(raw), `"`+field+`":`) {
			t.Errorf("no field %s", field)
		}
	}
	if strings.Contains(string(raw), "rest_more") {
		t.Error("an empty list of more addresses is written")
	}
}

// Local networks have one chain id, and yet what belongs to one of them must
// not be taken for what belongs to another one.
func TestKeyTellsLocalNetworksApart(t *testing.T) {
	a, b := Network{ChainID: "stratos-local-1", Born: 1}, Network{ChainID: "stratos-local-1", Born: 2}
	if a.Key() == b.Key() || a.Key() == a.ChainID {
		t.Error(a.Key(), b.Key())
	}
	if main, _ := Builtin(Mainnet); main.Key() != "stratos-1" {
		t.Error("a public network is called", main.Key())
	}
}
