package node

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// DefaultTier is the node class that reference clients ask for (2 of 0 to 3).
const DefaultTier = 2

// MaxTier is the highest node class.
const MaxTier = 3

const (
	configName = "node.json"
	slicesName = "slices"
	tempName   = "tmp"
)

// config is the content of node.json.
type config struct {
	Seed     string `json:"seed"`             // of the ed25519 key, hexadecimal
	Wallet   string `json:"wallet,omitempty"` // secp256k1 key of the owner, hexadecimal
	Tier     int    `json:"tier"`
	Capacity int64  `json:"capacity,omitempty"` // bytes; 0: a share of the disk
}

// loadConfig reads the config of a node and completes it. A node that has none
// gets fresh keys, and those of make.
func loadConfig(files Files, dir string, fresh config) (config, error) {
	c, err := readConfig(files, dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c = fresh
		c.Seed = randomKey()
	case err != nil:
		return c, err
	case c.Wallet != "":
		return c, nil
	}
	c.Wallet = randomWallet()
	return c, writeConfig(files, dir, c)
}

func readConfig(files Files, dir string) (config, error) {
	var c config
	raw, err := readAll(files, filepath.Join(dir, configName))
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(raw, &c)
}

func writeConfig(files Files, dir string, c config) error {
	raw, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	tmp := filepath.Join(dir, tempName, configName)
	if err := writeSynced(files, tmp, append(raw, '\n')); err != nil {
		return err
	}
	if err := files.Rename(tmp, filepath.Join(dir, configName)); err != nil {
		return err
	}
	return files.SyncDir(dir)
}

func randomKey() string {
	raw := make([]byte, ed25519.SeedSize)
	rand.Read(raw) // never fails
	return hex.EncodeToString(raw)
}

// randomWallet makes a key of the curve: nearly all numbers are one.
func randomWallet() string {
	for {
		text := randomKey()
		if _, err := parseWallet(text); err == nil {
			return text
		}
	}
}

func parseWallet(text string) (stratos.PrivateKey, error) {
	raw, err := hex.DecodeString(text)
	if err != nil {
		return stratos.PrivateKey{}, err
	}
	return stratos.NewPrivateKey(raw)
}
