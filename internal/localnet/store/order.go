package store

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// ordered returns the nodes of the given addresses that are there, in the
// order in which they are read: those in service in random order, so that
// copies share the work, then the others.
func (s *Store) ordered(addresses []string) []*node.Node {
	list := make([]*node.Node, 0, len(addresses))
	for _, a := range addresses {
		if n := s.pool.Node(a); n != nil {
			list = append(list, n)
		}
	}
	rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	slices.SortStableFunc(list, func(a, b *node.Node) int { return cmp.Compare(readRank(a), readRank(b)) })
	return list
}

func readRank(n *node.Node) int {
	switch {
	case !n.Online():
		return 3
	case n.State() != node.Active:
		return 2
	case n.Draining():
		return 1
	}
	return 0
}

// wantedOf names a slice on record.
func wantedOf(r meta.Stored) wanted {
	return wanted{fileHash: r.File, number: r.Number, hash: r.Hash, size: r.Size, holders: r.Nodes}
}

// report notes a copy that could not be used, against its node and for the
// repairers. A node that is away is not at fault: it comes back with what it
// has. Neither is one whose copy was moved since the reader asked for holders.
func (s *Store) report(n *node.Node, w wanted, cause error) {
	holders, err := s.meta.Holders(context.Background(), w.hash)
	switch {
	case errors.Is(cause, node.ErrStopped), errors.Is(cause, node.ErrAbsent):
		return
	case err == nil && !slices.Contains(holders, n.Address()):
		return
	case errors.Is(cause, errCorrupt):
		s.blame(n, harmCorrupt)
	default:
		s.blame(n, harmRead)
	}
	s.damage.add(w.hash, n.Address())
}

// maxDamage bounds the memory of [damage], in slices.
const maxDamage = 4096

// damage is the slices that wait for repair, each with the nodes whose copies
// failed. When it is full, more is left for the scrubber to find.
type damage struct {
	mu       sync.Mutex
	suspects map[string][]string // by slice hash
	queue    chan string
}

func newDamage() damage {
	return damage{suspects: map[string][]string{}, queue: make(chan string, maxDamage)}
}

// add notes a slice; address is that of a node with a bad copy, or empty.
func (d *damage) add(hash, address string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	list, waiting := d.suspects[hash]
	if !waiting {
		select {
		case d.queue <- hash:
		default:
			return
		}
	}
	if address != "" && !slices.Contains(list, address) {
		list = append(list, address)
	}
	d.suspects[hash] = list
}

// take returns the suspects of a slice from the queue.
func (d *damage) take(hash string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := d.suspects[hash]
	delete(d.suspects, hash)
	return list
}

// keyLocks lets one goroutine at a time work on a key.
type keyLocks struct{ stripes [64]sync.Mutex }

func (k *keyLocks) lock(key string) (unlock func()) {
	sum := uint32(2166136261)
	for i := range len(key) {
		sum = (sum ^ uint32(key[i])) * 16777619
	}
	m := &k.stripes[sum%uint32(len(k.stripes))]
	m.Lock()
	return m.Unlock
}
