package network

import (
	"os"
	"path/filepath"
	"reflect"
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
