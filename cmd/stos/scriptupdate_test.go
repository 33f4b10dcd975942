package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/stratosdrive/stratosdrive/internal/update"
)

// released is stos as a release is built, with what the build would set.
func released() {
	version, updateAddress, updateKeys = os.Getenv("BUILT_VERSION"), os.Getenv("BUILT_ADDRESS"), os.Getenv("BUILT_KEYS")
	main()
}

// releaseKey signs the releases of scripts.
func releaseKey() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
}

// releases DIR serves a folder on this computer, and makes released a program
// that looks there.
func releases(ts *testscript.TestScript, args []string) {
	server := httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[0]))))
	ts.Defer(server.Close)
	keys := update.Keys{Need: 1, Keys: []ed25519.PublicKey{releaseKey().Public().(ed25519.PublicKey)}}
	ts.Setenv("BUILT_ADDRESS", server.URL+"/index.json")
	ts.Setenv("BUILT_KEYS", keys.String())
}

// publish DIR FILE VERSION SEQUENCE signs an index of one file.
func publish(ts *testscript.TestScript, args []string) {
	dir, name, sequence := ts.MkAbs(args[0]), args[1], args[3]
	raw, err := os.ReadFile(filepath.Join(dir, name))
	ts.Check(err)
	number, err := strconv.ParseInt(sequence, 10, 64)
	ts.Check(err)
	sum, now := sha256.Sum256(raw), time.Now().UTC()
	index, err := update.Sign(update.Index{
		Version: 1, Product: "stratosdrive", Sequence: number, Time: now, Expires: now.AddDate(0, 0, 30),
		Release: update.Release{Version: args[2], Date: now, Notes: "Folders open faster.", Files: []update.File{{
			OS: runtime.GOOS, Arch: runtime.GOARCH, Kind: update.AppImage, Name: name, URL: name, Size: int64(len(raw)), SHA256: hex.EncodeToString(sum[:]),
		}}},
	}, releaseKey())
	ts.Check(err)
	ts.Check(os.WriteFile(filepath.Join(dir, "index.json"), index, 0o600))
}
