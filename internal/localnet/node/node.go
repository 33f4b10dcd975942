package node

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// State is the condition of a node.
type State int32

// States. Only an active node gets new slices; a suspended one is read last; a
// stopped one serves none.
const (
	Active State = iota
	Suspended
	Stopped
)

// String returns the state as people read it.
func (s State) String() string {
	switch s {
	case Active:
		return "active"
	case Suspended:
		return "suspended"
	case Stopped:
		return "stopped"
	}
	return "unknown"
}

// Node is one storage node. Its methods may be called from many goroutines.
type Node struct {
	dir      string
	files    Files
	key      ed25519.PrivateKey
	wallet   stratos.PrivateKey
	address  string
	initial  int
	capacity int64
	names    sync.Mutex // held while a slice gets or loses its name
	drafts   atomic.Int64
	used     atomic.Int64
	pending  atomic.Int64
	in, out  atomic.Int64
	state    atomic.Int32
	tier     atomic.Int32
	absent   atomic.Bool
	draining atomic.Bool
	score    atomic.Uint64 // bits of a float64
}

// open opens the node in dir and makes it, with fresh keys and the other
// members of fresh, where there is none. Drafts that a crash left are removed.
// share, in bytes, is the capacity of a node that has none of its own.
func open(files Files, dir string, share int64, fresh config) (*Node, error) {
	for _, d := range []string{slicesName, tempName} {
		if err := makeSynced(files, filepath.Join(dir, d)); err != nil {
			return nil, fmt.Errorf("make storage node: %w", err)
		}
	}
	c, err := loadConfig(files, dir, fresh)
	if err != nil {
		return nil, fmt.Errorf("open storage node %s: %w", filepath.Base(dir), err)
	}
	n := &Node{dir: dir, files: files, initial: c.Tier, capacity: share}
	if c.Capacity > 0 {
		n.capacity = c.Capacity
	}
	n.tier.Store(int32(c.Tier))
	n.SetScore(FullScore)
	if err := n.takeKeys(c); err != nil {
		return nil, fmt.Errorf("open storage node %s: broken key", filepath.Base(dir))
	}
	return n, n.clearDrafts()
}

func (n *Node) takeKeys(c config) error {
	seed, err := hex.DecodeString(c.Seed)
	if err != nil || len(seed) != ed25519.SeedSize {
		return errors.Join(err, errors.New("wrong length"))
	}
	n.key = ed25519.NewKeyFromSeed(seed)
	sum := sha256.Sum256(n.PublicKey())
	n.address = stratos.EncodeBech32(stratos.PrefixNode, sum[:20])
	n.wallet, err = parseWallet(c.Wallet)
	return err
}

func (n *Node) clearDrafts() error {
	tmp := filepath.Join(n.dir, tempName)
	names, err := n.files.Names(tmp)
	if err != nil {
		return fmt.Errorf("clear drafts: %w", err)
	}
	for _, name := range names {
		if err := n.files.Remove(filepath.Join(tmp, name)); err != nil {
			return fmt.Errorf("clear drafts: %w", err)
		}
	}
	return nil
}

// Address returns the P2P address, stsds1....
func (n *Node) Address() string { return n.address }

// PublicKey returns the key that the P2P address is made of.
func (n *Node) PublicKey() ed25519.PublicKey { return n.key.Public().(ed25519.PublicKey) }

// Wallet returns the key of the node's owner. It is made with the node.
func (n *Node) Wallet() stratos.PrivateKey { return n.wallet }

// Owner returns the wallet address of the node's owner, st1....
func (n *Node) Owner() string { return n.wallet.Address().String() }

// Name returns the name of the node's folder.
func (n *Node) Name() string { return filepath.Base(n.dir) }

// InitialTier returns the node class that the node came with, 0 to 3.
func (n *Node) InitialTier() int { return n.initial }

// Tier returns the node class that the node has now: the initial one, or a
// lower one while its health is bad.
func (n *Node) Tier() int { return int(n.tier.Load()) }

// SetTier changes the present class.
func (n *Node) SetTier(tier int) { n.tier.Store(int32(tier)) }

// FullScore is the score of a node without trouble; 0 is the lowest.
const FullScore = 100

// Score returns the health of the node, 0 to [FullScore].
func (n *Node) Score() float64 { return math.Float64frombits(n.score.Load()) }

// SetScore changes the health.
func (n *Node) SetScore(score float64) { n.score.Store(math.Float64bits(score)) }

// Capacity is how many bytes the node may take.
func (n *Node) Capacity() int64 { return n.capacity }

// Used is how many bytes lie on the node: what was kept and not removed since
// [Node.SetUsed].
func (n *Node) Used() int64 { return n.used.Load() }

// SetUsed sets the bytes that the node's slices take, known by the meta node.
func (n *Node) SetUsed(bytes int64) { n.used.Store(bytes) }

// Free returns the bytes that the node may still take, without those that
// drafts hold.
func (n *Node) Free() int64 { return n.capacity - n.used.Load() - n.pending.Load() }

// Traffic returns the bytes of slices that the node took and served since it
// was opened.
func (n *Node) Traffic() (in, out int64) { return n.in.Load(), n.out.Load() }

// Served counts bytes that left the node.
func (n *Node) Served(bytes int64) { n.out.Add(bytes) }

// State returns the condition of the node.
func (n *Node) State() State { return State(n.state.Load()) }

// SetState changes the condition of the node.
func (n *Node) SetState(s State) { n.state.Store(int32(s)) }

// Draining tells whether the node is being emptied; it gets no new slices.
func (n *Node) Draining() bool { return n.draining.Load() }

// SetDraining begins or ends the emptying.
func (n *Node) SetDraining(yes bool) { n.draining.Store(yes) }

// Online tells whether the node serves: it is not stopped and its folder was
// there when it was last looked at.
func (n *Node) Online() bool { return n.State() != Stopped && !n.absent.Load() }

// Present looks whether the folder of the node is there, with its key file and
// its slices, and remembers the answer for [Node.Online].
func (n *Node) Present() bool {
	_, err := n.files.Size(filepath.Join(n.dir, configName))
	if err == nil {
		_, err = n.files.Size(filepath.Join(n.dir, slicesName))
	}
	n.absent.Store(err != nil)
	return err == nil
}

// takesSlices tells whether new slices may be put there.
func (n *Node) takesSlices() bool {
	return n.State() == Active && n.Online() && !n.Draining()
}

func (n *Node) slicePath(hash string) string { return filepath.Join(n.dir, slicesName, hash) }
