package node

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
)

// ErrFull means that the nodes cannot take that much: too few of them have
// room, or the last tenth of the disk would be used.
var ErrFull = errors.New("no storage node has room")

// keepFree is the part of the disk that is never taken: one tenth.
const keepFree = 10

// Pool is all nodes of the network.
type Pool struct {
	dir      string
	nodes    []*Node
	byName   map[string]*Node // by P2P address
	replicas int
	disk     func(dir string) (DiskSpace, error)

	mu       sync.Mutex
	reserved int64 // bytes promised to uploads that are not on the disk yet
}

// DiskSpace is the size of a file system and what is left of it, in bytes.
type DiskSpace struct{ Total, Free int64 }

// OpenPool opens the nodes in the folders 1, 2, ... of dir. It makes new ones
// up to count and keeps all that are there. Every slice gets so many replicas,
// each on another node.
func OpenPool(dir string, count, replicas int) (*Pool, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make storage nodes: %w", err)
	}
	names, err := nodeNames(dir, count)
	if err != nil {
		return nil, err
	}
	if replicas < 1 || replicas > len(names) {
		return nil, fmt.Errorf("%d copies need as many storage nodes, there are %d", replicas, len(names))
	}
	disk, err := AskDisk(dir)
	if err != nil {
		return nil, fmt.Errorf("ask for disk space: %w", err)
	}
	p := &Pool{dir: dir, replicas: replicas, disk: AskDisk, byName: map[string]*Node{}}
	for _, name := range names {
		n, err := Open(filepath.Join(dir, name), disk.Total/int64(len(names)))
		if err != nil {
			return nil, err
		}
		p.nodes = append(p.nodes, n)
		p.byName[n.Address()] = n
	}
	return p, syncDir(dir)
}

// nodeNames lists the folders of nodes by number, old ones and new ones.
func nodeNames(dir string, count int) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("find storage nodes: %w", err)
	}
	var numbers []int
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil && n > 0 && e.IsDir() {
			numbers = append(numbers, n)
		}
	}
	for n := 1; len(numbers) < count; n++ {
		if !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	names := make([]string, len(numbers))
	for i, n := range numbers {
		names[i] = strconv.Itoa(n)
	}
	return names, nil
}

// Nodes returns all nodes in the order of their folders.
func (p *Pool) Nodes() []*Node { return p.nodes }

// Node returns the node with a P2P address, nil when there is none.
func (p *Pool) Node(address string) *Node { return p.byName[address] }

// Replicas returns how many copies a new slice gets.
func (p *Pool) Replicas() int { return p.replicas }

// SetDisk replaces the question for disk space.
func (p *Pool) SetDisk(disk func(dir string) (DiskSpace, error)) { p.disk = disk }

// Reserve promises room for size bytes in all copies until release is called.
// The error wraps [ErrFull] when there is none.
func (p *Pool) Reserve(size int64) (release func(), err error) {
	need := size * int64(p.replicas)
	p.mu.Lock()
	defer p.mu.Unlock()
	disk, err := p.disk(p.dir)
	if err != nil {
		return nil, fmt.Errorf("ask for disk space: %w", err)
	}
	if disk.Free-p.reserved-need < disk.Total/keepFree {
		return nil, fmt.Errorf("%w: the disk is nearly full", ErrFull)
	}
	if len(p.candidates(min(size, 1<<25), nil)) < p.replicas {
		return nil, ErrFull
	}
	p.reserved += need
	var once sync.Once
	return func() { once.Do(func() { p.release(need) }) }, nil
}

func (p *Pool) release(bytes int64) {
	p.mu.Lock()
	p.reserved -= bytes
	p.mu.Unlock()
}

// candidates returns the nodes that may take size bytes, those with the most
// room first; equal ones in random order.
func (p *Pool) candidates(size int64, without []string) []*Node {
	var list []*Node
	for _, i := range rand.Perm(len(p.nodes)) {
		n := p.nodes[i]
		if n.State() == Active && n.Free() >= size && !slices.Contains(without, n.Address()) {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b *Node) int { return compareFree(b, a) })
	return list
}

func compareFree(a, b *Node) int {
	switch x, y := a.Free(), b.Free(); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// Choose returns count nodes for the copies of a slice, none of them in
// without. The error wraps [ErrFull] when there are not so many.
func (p *Pool) Choose(count int, size int64, without []string) ([]*Node, error) {
	list := p.candidates(size, without)
	if len(list) < count {
		return nil, fmt.Errorf("%w: %d of %d copies have a place", ErrFull, len(list), count)
	}
	return list[:count], nil
}
