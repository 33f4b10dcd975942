// Package simdisk is a disk in memory whose power can be cut at any operation,
// for tests. After the cut it holds what a disk may hold: everything that was
// synced, and of the rest, by chance, the old, the new or a part. It is
// harsher than file systems with a journal: each name that was not synced has
// a fate of its own, so a file that was moved may be in both folders or in
// none.
package simdisk

import (
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// ErrCut is the error of every operation after the power was cut.
var ErrCut = errors.New("the power is cut")

// Disk is a simulated disk. It implements [node.Files].
type Disk struct {
	mu    sync.Mutex
	root  *entry
	left  int // operations before the cut; negative: no cut
	onCut func()
	done  int
	lies  bool
	rng   *rand.Rand
}

// entry is a file or a folder: what programs see, and what is safe.
type entry struct {
	folder     bool
	data, safe []byte
	names      map[string]*entry
	safeNames  map[string]*entry
}

func newFolder() *entry {
	return &entry{folder: true, names: map[string]*entry{}, safeNames: map[string]*entry{}}
}

// New makes an empty disk; seed decides what cuts leave.
func New(seed uint64) *Disk {
	return &Disk{root: newFolder(), left: -1, rng: rand.New(rand.NewPCG(seed, 77))}
}

// CutAfter cuts the power at the operation after the next n, and calls fn at
// that moment.
func (d *Disk) CutAfter(n int, fn func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left, d.onCut = n, fn
}

// Lie lets all syncs do nothing, as broken disks do.
func (d *Disk) Lie() { d.lies = true }

// Done returns how many operations were done.
func (d *Disk) Done() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.done
}

// Restart brings the power back, after a cut or as one, and leaves on the disk
// what a cut leaves.
func (d *Disk) Restart() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left, d.onCut = -1, nil
	d.settle(d.root, map[*entry]bool{})
}

// settle decides the fate of an entry and of all below it.
func (d *Disk) settle(e *entry, seen map[*entry]bool) {
	if seen[e] {
		return
	}
	seen[e] = true
	if !e.folder {
		e.data = d.fate(e)
		e.safe = slices.Clone(e.data)
		return
	}
	left := map[string]*entry{}
	for _, name := range d.sortedNames(e) {
		chosen := e.safeNames[name]
		if d.rng.IntN(2) == 0 {
			chosen = e.names[name]
		}
		if chosen != nil {
			left[name] = chosen
		}
	}
	e.names, e.safeNames = left, maps.Clone(left)
	for _, name := range slices.Sorted(maps.Keys(left)) {
		d.settle(left[name], seen)
	}
}

func (d *Disk) sortedNames(e *entry) []string {
	all := append(slices.Collect(maps.Keys(e.names)), slices.Collect(maps.Keys(e.safeNames))...)
	slices.Sort(all)
	return slices.Compact(all)
}

// fate is the content of a file after a cut.
func (d *Disk) fate(e *entry) []byte {
	if slices.Equal(e.data, e.safe) {
		return e.safe
	}
	switch d.rng.IntN(4) {
	case 0:
		return e.safe
	case 1:
		return e.data
	case 2:
		return e.data[:d.rng.IntN(len(e.data)+1)]
	}
	zeros := make([]byte, len(e.data)) // the length was written, the bytes were not
	copy(zeros, e.data[:d.rng.IntN(len(e.data)+1)])
	return zeros
}

// op does one operation unless the power is cut.
func (d *Disk) op(fn func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.left == 0 {
		if d.onCut != nil {
			d.onCut()
			d.onCut = nil
		}
		return ErrCut
	}
	if d.left > 0 {
		d.left--
	}
	d.done++
	return fn()
}

func parts(path string) []string {
	all := strings.FieldsFunc(filepath.ToSlash(path), func(r rune) bool { return r == '/' })
	return slices.DeleteFunc(all, func(p string) bool { return p == "." })
}

// find returns the entry of a path.
func (d *Disk) find(path string) (*entry, error) {
	e := d.root
	for _, p := range parts(path) {
		if !e.folder || e.names[p] == nil {
			return nil, &fs.PathError{Op: "find", Path: path, Err: fs.ErrNotExist}
		}
		e = e.names[p]
	}
	return e, nil
}

// parent returns the folder of a path and the name in it.
func (d *Disk) parent(path string) (*entry, string, error) {
	all := parts(path)
	e, err := d.find(strings.Join(all[:len(all)-1], "/"))
	return e, all[len(all)-1], err
}

// Make makes a folder with all above it.
func (d *Disk) Make(dir string) error {
	return d.op(func() error {
		e := d.root
		for _, p := range parts(dir) {
			if e.names[p] == nil {
				e.names[p] = newFolder()
			}
			e = e.names[p]
		}
		return nil
	})
}

// Create makes or empties a file.
func (d *Disk) Create(path string) (node.File, error) {
	f := &file{disk: d}
	err := d.op(func() error {
		dir, name, err := d.parent(path)
		if err != nil {
			return err
		}
		if f.entry = dir.names[name]; f.entry == nil {
			f.entry = &entry{}
			dir.names[name] = f.entry
		}
		f.entry.data = nil
		return nil
	})
	return f, err
}

// Open opens a file for reading.
func (d *Disk) Open(path string) (node.File, error) {
	f := &file{disk: d}
	err := d.op(func() (err error) {
		f.entry, err = d.find(path)
		return err
	})
	return f, err
}

// Rename moves a name.
func (d *Disk) Rename(from, to string) error {
	return d.op(func() error {
		a, x, err := d.parent(from)
		if err != nil {
			return err
		}
		b, y, err := d.parent(to)
		if err != nil {
			return err
		}
		if a.names[x] == nil {
			return fs.ErrNotExist
		}
		b.names[y] = a.names[x]
		if a != b || x != y {
			delete(a.names, x)
		}
		return nil
	})
}

// Remove removes a name.
func (d *Disk) Remove(path string) error {
	return d.op(func() error {
		dir, name, err := d.parent(path)
		if err == nil && dir.names[name] == nil {
			err = fs.ErrNotExist
		}
		if err == nil {
			delete(dir.names, name)
		}
		return err
	})
}

// RemoveAll removes a name with all below it.
func (d *Disk) RemoveAll(path string) error {
	err := d.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// SyncDir makes the names in a folder safe.
func (d *Disk) SyncDir(dir string) error {
	return d.op(func() error {
		e, err := d.find(dir)
		if err == nil && !d.lies {
			e.safeNames = maps.Clone(e.names)
		}
		return err
	})
}

// Size returns the length of a file.
func (d *Disk) Size(path string) (n int64, err error) {
	err = d.op(func() error {
		e, err := d.find(path)
		if err == nil {
			n = int64(len(e.data))
		}
		return err
	})
	return n, err
}

// Names lists a folder.
func (d *Disk) Names(dir string) (names []string, err error) {
	err = d.op(func() error {
		e, err := d.find(dir)
		if err == nil {
			names = slices.Sorted(maps.Keys(e.names))
		}
		return err
	})
	return names, err
}
