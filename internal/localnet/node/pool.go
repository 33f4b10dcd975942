package node

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
)

// ErrFull means that the nodes cannot take that much: too few of them have
// room, or the last tenth of the disk would be used.
var ErrFull = errors.New("no storage node has room")

// keepFree is the part of the disk that is never taken: one tenth.
const keepFree = 10

// Pool is all nodes of the network. They may come and go while it is used.
type Pool struct {
	dir      string
	files    Files
	replicas int
	disk     func(dir string) (DiskSpace, error)
	now      atomic.Pointer[roster]
	skipped  []error

	mu       sync.Mutex
	note     poolNote
	reserved int64 // bytes promised to uploads that are not on the disk yet
}

// roster is the nodes at one moment; it is never changed.
type roster struct {
	list      []*Node // by number
	byAddress map[string]*Node
}

// DiskSpace is the size of a file system and what is left of it, in bytes.
type DiskSpace struct{ Total, Free int64 }

// PoolOptions are the choices at [OpenPoolWith].
type PoolOptions struct {
	Dir      string
	Count    int // nodes that are made at first
	Replicas int // copies of every slice, each on another node; 0: as the last time
	Files    Files
	Disk     func(dir string) (DiskSpace, error)
}

// OpenPool opens the nodes in the folders 1, 2, ... of dir. It makes new ones
// up to number count, except those that were removed, and keeps all that are
// there. Every slice gets so many replicas, each on another node; 0 takes the
// number of the last time.
func OpenPool(dir string, count, replicas int) (*Pool, error) {
	return OpenPoolWith(PoolOptions{Dir: dir, Count: count, Replicas: replicas})
}

// OpenPoolWith is [OpenPool] with all choices; Files and Disk are those of the
// operating system when nil.
func OpenPoolWith(o PoolOptions) (*Pool, error) {
	if o.Files == nil {
		o.Files = OSFiles{}
	}
	if o.Disk == nil {
		o.Disk = AskDisk
	}
	if err := makeSynced(o.Files, o.Dir); err != nil {
		return nil, fmt.Errorf("make storage nodes: %w", err)
	}
	p := &Pool{dir: o.Dir, files: o.Files, disk: o.Disk}
	old, fresh, err := p.prepare(o)
	if err != nil {
		return nil, err
	}
	if err := p.openAll(old, fresh); err != nil {
		return nil, err
	}
	return p, p.writeNote()
}

// prepare settles which nodes there are to be: old ones and new ones.
func (p *Pool) prepare(o PoolOptions) (old, fresh []int, err error) {
	if err := p.clearGone(); err != nil {
		return nil, nil, err
	}
	if old, err = p.numbers(); err != nil {
		return nil, nil, err
	}
	if p.note, err = readNote(p.files, p.dir, old); err != nil {
		return nil, nil, err
	}
	for ; p.note.Next <= o.Count; p.note.Next++ {
		fresh = append(fresh, p.note.Next)
	}
	if o.Replicas != 0 {
		p.note.Replicas = o.Replicas
	}
	// A node whose folder is missing now may come back: it counts.
	if p.replicas = p.note.Replicas; p.replicas < 1 || p.replicas >= p.note.Next {
		return nil, nil, fmt.Errorf("%d copies need as many storage nodes, there are %d", p.replicas, len(old)+len(fresh))
	}
	return old, fresh, nil
}

// openAll opens old nodes as far as they can be, and makes fresh ones.
func (p *Pool) openAll(old, fresh []int) error {
	disk, err := p.disk(p.dir)
	if err != nil {
		return fmt.Errorf("ask for disk space: %w", err)
	}
	share := disk.Total / int64(max(1, len(old)+len(fresh)))
	var list []*Node
	for _, number := range slices.Concat(old, fresh) {
		n, err := open(p.files, p.folder(number), share, config{Tier: DefaultTier})
		switch {
		case err == nil:
			list = append(list, n)
		case slices.Contains(old, number):
			p.skipped = append(p.skipped, err)
		default:
			return err
		}
	}
	if len(list) == 0 {
		return errors.Join(append(p.skipped, errors.New("no storage node can be opened"))...)
	}
	p.set(list)
	return p.files.SyncDir(p.dir)
}

// Skipped returns why old nodes could not be opened. They are not in the pool
// and count as missing.
func (p *Pool) Skipped() []error { return p.skipped }

func (p *Pool) folder(number int) string { return filepath.Join(p.dir, strconv.Itoa(number)) }

// numbers lists the folders of nodes by number.
func (p *Pool) numbers() ([]int, error) {
	names, err := p.files.Names(p.dir)
	if err != nil {
		return nil, fmt.Errorf("find storage nodes: %w", err)
	}
	var numbers []int
	for _, name := range names {
		if n, err := strconv.Atoi(name); err == nil && n > 0 {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

func (p *Pool) set(list []*Node) {
	r := &roster{list: list, byAddress: map[string]*Node{}}
	for _, n := range list {
		r.byAddress[n.Address()] = n
	}
	p.now.Store(r)
}

// Nodes returns all nodes in the order of their numbers. The list is the
// caller's; later changes of the pool are not in it.
func (p *Pool) Nodes() []*Node { return slices.Clone(p.now.Load().list) }

// Node returns the node with a P2P address, nil when there is none.
func (p *Pool) Node(address string) *Node { return p.now.Load().byAddress[address] }

// Find returns the node with that name or P2P address, nil when there is none.
func (p *Pool) Find(nameOrAddress string) *Node {
	if n := p.Node(nameOrAddress); n != nil {
		return n
	}
	for _, n := range p.now.Load().list {
		if n.Name() == nameOrAddress {
			return n
		}
	}
	return nil
}

// Replicas returns how many copies a new slice gets.
func (p *Pool) Replicas() int { return p.replicas }

// SetDisk replaces the question for disk space.
func (p *Pool) SetDisk(disk func(dir string) (DiskSpace, error)) { p.disk = disk }

// Add makes one more node with the next number. A capacity of 0 bytes is a
// share of the disk. The node is on the disk when Add returns.
func (p *Pool) Add(capacity int64, tier int) (*Node, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	disk, err := p.disk(p.dir)
	if err != nil {
		return nil, fmt.Errorf("ask for disk space: %w", err)
	}
	old := p.now.Load().list
	share := disk.Total / int64(len(old)+1)
	n, err := open(p.files, p.folder(p.note.Next), share, config{Tier: tier, Capacity: capacity})
	if err != nil {
		return nil, err
	}
	p.note.Next++
	if err := p.writeNote(); err != nil {
		return nil, err
	}
	if err := p.files.SyncDir(p.dir); err != nil {
		return nil, fmt.Errorf("add storage node: %w", err)
	}
	p.set(append(slices.Clone(old), n))
	return n, nil
}

// Drop takes a node out of the pool and removes its folder. Its number is not
// used again. The folder first gets a name that is no node's, so that a crash
// leaves either a whole node or none.
func (p *Pool) Drop(n *Node) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	n.SetState(Stopped)
	p.set(slices.DeleteFunc(p.Nodes(), func(o *Node) bool { return o == n }))
	gone := filepath.Join(p.dir, goneName+n.Name())
	if err := p.files.Rename(n.dir, gone); err != nil {
		return fmt.Errorf("remove storage node: %w", err)
	}
	if err := p.files.SyncDir(p.dir); err != nil {
		return fmt.Errorf("remove storage node: %w", err)
	}
	if err := p.files.RemoveAll(gone); err != nil {
		return fmt.Errorf("remove storage node: %w", err)
	}
	return nil
}

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
	if len(p.candidates(min(size, 1<<25), AnyTier(), nil)) < p.replicas {
		return nil, ErrFull
	}
	p.reserved += need
	var once sync.Once
	return func() { once.Do(func() { p.release(need) }) }, nil
}

// NearlyFull tells whether even repairs, which may take half of what uploads
// leave free, must not take more of the disk.
func (p *Pool) NearlyFull() bool {
	disk, err := p.disk(p.dir)
	return err == nil && disk.Free < disk.Total/(2*keepFree)
}

func (p *Pool) release(bytes int64) {
	p.mu.Lock()
	p.reserved -= bytes
	p.mu.Unlock()
}

// Return takes back a node whose folder was missing when the pool was opened.
// It returns nil when the folder is still missing or another node's.
func (p *Pool) Return(name, address string) *Node {
	p.mu.Lock()
	defer p.mu.Unlock()
	dir := filepath.Join(p.dir, name)
	if _, err := readConfig(p.files, dir); err != nil {
		return nil
	}
	disk, err := p.disk(p.dir)
	if err != nil {
		return nil
	}
	old := p.now.Load().list
	n, err := open(p.files, dir, disk.Total/int64(len(old)+1), config{})
	if err != nil || n.Address() != address {
		return nil
	}
	p.set(append(slices.Clone(old), n))
	return n
}
