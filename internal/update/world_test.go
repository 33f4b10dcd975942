package update

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

var now = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

// key is the n-th of the keys of these tests.
func key(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func keysOf(need int, private ...ed25519.PrivateKey) Keys {
	k := Keys{Need: need}
	for _, p := range private {
		k.Keys = append(k.Keys, p.Public().(ed25519.PublicKey))
	}
	return k
}

// content is what the package of these tests holds.
var content = bytes.Repeat([]byte("stratos drive 1.2\n"), 20_000)

func fileOf(name string, raw []byte) File {
	sum := sha256.Sum256(raw)
	return File{OS: "linux", Arch: "amd64", Kind: Portable, Name: name, Size: int64(len(raw)), SHA256: hex.EncodeToString(sum[:]), URL: name}
}

func sample() Index {
	return Index{
		Version: 1, Product: "stratosdrive", Sequence: 7, Time: now.Add(-time.Hour), Expires: now.Add(30 * 24 * time.Hour),
		Release: Release{Version: "v1.2.0", Date: now.Add(-time.Hour), Notes: "Faster.", Files: []File{fileOf("stratosdrive-1.2.0.tar.gz", content)}},
	}
}

func signedBy(t *testing.T, i Index, keys ...ed25519.PrivateKey) []byte {
	t.Helper()
	raw, err := Sign(i, keys...)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// serve answers on this computer until the test ends.
func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

func sourceAt(address string) Source {
	return Source{Address: address, Keys: keysOf(1, key(1)), Patience: time.Minute}
}
