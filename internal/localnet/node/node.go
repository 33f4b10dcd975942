package node

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// State is the health of a node.
type State int32

// States. Only an active node gets new slices; a stopped one serves none.
const (
	Active State = iota
	Suspended
	Stopped
)

// DefaultTier is the node class that reference clients ask for (2 of 0 to 3).
const DefaultTier = 2

const (
	configName = "node.json"
	slicesName = "slices"
	tempName   = "tmp"
)

// config is the content of node.json.
type config struct {
	Seed     string `json:"seed"` // of the ed25519 key, hexadecimal
	Tier     int    `json:"tier"`
	Capacity int64  `json:"capacity,omitempty"` // bytes; 0: a share of the disk
}

// Node is one storage node. Its methods may be called from many goroutines.
type Node struct {
	dir      string
	key      ed25519.PrivateKey
	address  string
	tier     int
	capacity int64
	used     atomic.Int64
	state    atomic.Int32
}

// Open opens the node in dir and makes it, with a fresh key, where there is
// none. Drafts that a crash left are removed. capacity, in bytes, counts when
// the node has no capacity of its own.
func Open(dir string, capacity int64) (*Node, error) {
	for _, d := range []string{slicesName, tempName} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o700); err != nil {
			return nil, fmt.Errorf("make storage node: %w", err)
		}
	}
	c, err := loadConfig(dir)
	if err != nil {
		return nil, fmt.Errorf("open storage node %s: %w", filepath.Base(dir), err)
	}
	seed, err := hex.DecodeString(c.Seed)
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("open storage node %s: broken key", filepath.Base(dir))
	}
	if c.Capacity > 0 {
		capacity = c.Capacity
	}
	n := &Node{dir: dir, key: ed25519.NewKeyFromSeed(seed), tier: c.Tier, capacity: capacity}
	sum := sha256.Sum256(n.key.Public().(ed25519.PublicKey))
	n.address = stratos.EncodeBech32(stratos.PrefixNode, sum[:20])
	return n, n.clearDrafts()
}

func loadConfig(dir string) (config, error) {
	var c config
	path := filepath.Join(dir, configName)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeConfig(dir)
	}
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(raw, &c)
}

func makeConfig(dir string) (config, error) {
	seed := make([]byte, ed25519.SeedSize)
	rand.Read(seed) // never fails
	c := config{Seed: hex.EncodeToString(seed), Tier: DefaultTier}
	raw, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return c, err
	}
	tmp := filepath.Join(dir, tempName, configName)
	if err := writeSynced(tmp, append(raw, '\n')); err != nil {
		return c, err
	}
	if err := os.Rename(tmp, filepath.Join(dir, configName)); err != nil {
		return c, err
	}
	return c, syncDir(dir)
}

func (n *Node) clearDrafts() error {
	tmp := filepath.Join(n.dir, tempName)
	entries, err := os.ReadDir(tmp)
	if err != nil {
		return fmt.Errorf("clear drafts: %w", err)
	}
	for _, e := range entries {
		if err := os.Remove(filepath.Join(tmp, e.Name())); err != nil {
			return fmt.Errorf("clear drafts: %w", err)
		}
	}
	return nil
}

// Address returns the P2P address, stsds1....
func (n *Node) Address() string { return n.address }

// Name returns the name of the node's folder.
func (n *Node) Name() string { return filepath.Base(n.dir) }

// Tier returns the node class, 0 to 3.
func (n *Node) Tier() int { return n.tier }

// Capacity and Used return bytes; Used counts what was kept and not removed
// since [Node.SetUsed].
func (n *Node) Capacity() int64 { return n.capacity }
func (n *Node) Used() int64     { return n.used.Load() }

// SetUsed sets the bytes that the node's slices take, known by the meta node.
func (n *Node) SetUsed(bytes int64) { n.used.Store(bytes) }

// Free returns the bytes that the node may still take.
func (n *Node) Free() int64 { return n.capacity - n.used.Load() }

// State returns the health of the node.
func (n *Node) State() State { return State(n.state.Load()) }

// SetState changes the health of the node.
func (n *Node) SetState(s State) { n.state.Store(int32(s)) }

func (n *Node) slicePath(hash string) string { return filepath.Join(n.dir, slicesName, hash) }
