package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/update"
)

// keyHead begins a file with a key; the seed of the key follows in base64.
const keyHead = "stratosdrive release key 1 "

// newKey writes a new key into a new file and returns its public half, as
// [update.ParseKeys] reads it.
func newKey(path string) (string, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", fmt.Errorf("make a key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("write the key: %w", err)
	}
	_, err = fmt.Fprintf(f, "%s%s\n", keyHead, base64.StdEncoding.EncodeToString(private.Seed()))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", fmt.Errorf("write the key: %w", err)
	}
	return update.Keys{Need: 1, Keys: []ed25519.PublicKey{public}}.String(), nil
}

// readKey reads a key from a file that only its owner can read.
func readKey(path string) (ed25519.PrivateKey, error) {
	if path == "" {
		return nil, errors.New("name the file of the key with --key")
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("others can read %s: chmod 600 it, and think about who did", path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	text, found := strings.CutPrefix(strings.TrimSpace(string(raw)), keyHead)
	seed, err := base64.StdEncoding.DecodeString(text)
	if !found || err != nil || len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("%s holds no key", path) // what it holds may be one of another kind
	}
	return ed25519.NewKeyFromSeed(seed), nil
}
