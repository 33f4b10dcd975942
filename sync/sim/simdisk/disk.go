package simdisk

import (
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Options say what kind of disk it is.
type Options struct {
	Now        func() time.Time // the clock that dates files
	Granule    time.Duration    // what the dates of files are rounded to; 0 means 1 ns
	FoldCase   bool             // names that differ only in case are one
	NoExchange bool             // two files cannot be swapped in one step
	ReuseInode bool             // the number of a deleted file goes to the next one
}

// Disk is a file system in memory. It implements disk.FS and is safe for
// several goroutines.
type Disk struct {
	opt Options

	mu      sync.Mutex
	root    *node
	last    uint64
	free    []uint64
	crashes int
	pending []change // changes of names that a crash may lose, oldest first
	full    bool
	changed map[string]bool // paths, see Changed
}

// node is a file, a folder or a link.
type node struct {
	ino     uint64
	mode    fs.FileMode // type and permission
	mtime   int64
	data    []byte // never changed in place once shared is set
	shared  bool
	target  string
	open    int  // how often
	deleted bool // nothing leads there any more
	kids    map[string]entry

	// What a crash leaves.
	lastKids  map[string]entry
	lastData  []byte
	lastMode  fs.FileMode
	lastMTime int64
	wet       bool // the content is not what a crash leaves
}

type entry struct {
	name string
	node *node
}

// change is one step of the journal. It is kept as a whole or not at all.
type change []name

type name struct {
	dir *node
	key string
	now entry // no node: the name is gone
}

// New returns an empty disk.
func New(opt Options) *Disk {
	d := &Disk{opt: opt, changed: map[string]bool{}}
	d.root = d.newNode(fs.ModeDir | 0o755)
	return d
}

func (d *Disk) newNode(mode fs.FileMode) *node {
	n := &node{mode: mode, lastMode: mode, mtime: d.now(), lastMTime: d.now(), wet: mode.IsRegular()}
	if k := len(d.free); k > 0 && d.opt.ReuseInode {
		n.ino = d.free[k-1]
		d.free = d.free[:k-1]
	} else {
		d.last++
		n.ino = d.last
	}
	if mode.IsDir() {
		n.kids, n.lastKids = map[string]entry{}, map[string]entry{}
	}
	return n
}

func (d *Disk) now() int64 { return d.round(d.opt.Now().UnixNano()) }

func (d *Disk) round(t int64) int64 {
	if g := int64(d.opt.Granule); g > 0 {
		return t - ((t%g)+g)%g
	}
	return t
}

func (d *Disk) key(name string) string {
	if d.opt.FoldCase {
		return strings.ToLower(name)
	}
	return name
}

// SetFull makes the disk refuse to take more, or take it again.
func (d *Disk) SetFull(full bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.full = full
}

func parts(path string) []string {
	return strings.FieldsFunc(filepath.ToSlash(path), func(r rune) bool { return r == '/' })
}

// find returns a node.
func (d *Disk) find(op, path string) (*node, error) {
	at := d.root
	for p := range strings.SplitSeq(filepath.ToSlash(path), "/") {
		if p == "" {
			continue
		}
		if !at.mode.IsDir() {
			return nil, fail(op, path, syscall.ENOTDIR)
		}
		e, ok := at.kids[d.key(p)]
		if !ok {
			return nil, fail(op, path, fs.ErrNotExist)
		}
		at = e.node
	}
	return at, nil
}

// parent returns the folder that a path lies in, and its name there.
func (d *Disk) parent(op, path string) (*node, string, error) {
	all := parts(path)
	if len(all) == 0 {
		return nil, "", fail(op, path, fs.ErrInvalid)
	}
	dir, err := d.find(op, strings.Join(all[:len(all)-1], "/"))
	if err != nil {
		return nil, "", err
	}
	if !dir.mode.IsDir() {
		return nil, "", fail(op, path, syscall.ENOTDIR)
	}
	return dir, all[len(all)-1], nil
}

func fail(op, path string, err error) error { return &fs.PathError{Op: op, Path: path, Err: err} }

// set changes names in one step.
func (d *Disk) set(names ...name) {
	for i, n := range names {
		if n.now.node == nil {
			delete(n.dir.kids, n.key)
		} else {
			n.dir.kids[n.key] = n.now
		}
		n.dir.mtime = d.now()
		names[i] = n
	}
	d.pending = append(d.pending, names)
}

func (c change) touches(dirs map[*node]bool) bool {
	return slices.ContainsFunc(c, func(n name) bool { return dirs[n.dir] })
}

func (c change) apply() {
	for _, n := range c {
		if n.now.node == nil {
			delete(n.dir.lastKids, n.key)
		} else {
			n.dir.lastKids[n.key] = n.now
		}
	}
}

// settleNames makes the names in a folder last, with all changes they follow
// from.
func (d *Disk) settleNames(dir *node) {
	need := map[*node]bool{dir: true}
	keep := make([]bool, len(d.pending))
	for i, c := range slices.Backward(d.pending) {
		if keep[i] = c.touches(need); keep[i] {
			for _, n := range c {
				need[n.dir] = true
			}
		}
	}
	var left []change
	for i, c := range d.pending {
		if keep[i] {
			c.apply()
		} else {
			left = append(left, c)
		}
	}
	d.pending = left
}

func (n *node) settle() {
	n.lastData, n.shared, n.lastMode, n.lastMTime, n.wet = n.data, true, n.mode, n.mtime, false
}

// Crash cuts the power: what was not made to last is lost, or not, or in part.
// Files that are open stay so, but what is done with them has no effect.
func (d *Disk) Crash(rng *rand.Rand) {
	d.mu.Lock()
	defer d.mu.Unlock()
	keep := []float64{0, 0.5, 0.9, 1}[rng.IntN(4)]
	lost := map[*node]bool{}
	for _, c := range d.pending {
		if !c.touches(lost) && rng.Float64() < keep {
			c.apply()
			continue
		}
		for _, n := range c {
			lost[n.dir] = true
		}
	}
	d.pending, d.free = nil, nil
	d.crashes++
	d.root = d.root.after(rng)
}

// after returns what a crash leaves of a node.
func (n *node) after(rng *rand.Rand) *node {
	out := *n
	out.open, out.deleted = 0, false
	if n.mode.IsDir() {
		out.kids, out.lastKids = map[string]entry{}, map[string]entry{}
		for _, k := range sortedKeys(n.lastKids) {
			e := n.lastKids[k]
			e.node = e.node.after(rng)
			out.kids[k], out.lastKids[k] = e, e
		}
		return &out
	}
	if n.wet {
		out.data = torn(rng, n.lastData, n.data)
	}
	if rng.IntN(2) == 0 {
		out.mode, out.mtime = n.lastMode, n.lastMTime
	}
	out.settle()
	return &out
}

// torn returns one of the states that a file may be in whose content was not
// made to last.
func torn(rng *rand.Rand, old, now []byte) []byte {
	switch rng.IntN(5) {
	case 0:
		return old
	case 1:
		return now
	case 2:
		return make([]byte, len(now)) // its length came before its content
	case 3:
		return slices.Clone(now[:rng.IntN(len(now)+1)])
	}
	return nil
}

func sortedKeys(m map[string]entry) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
