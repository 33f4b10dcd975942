package node

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
)

// ErrStopped is returned by a node that is not running.
var ErrStopped = errors.New("storage node is stopped")

// ErrAbsent is returned when the folder of a node is not there. What it holds
// may come back with it.
var ErrAbsent = errors.New("the folder of the storage node is missing")

// Draft is a slice that is being written. It ends with Keep or Discard.
type Draft struct {
	node    *Node
	file    File
	path    string
	size    int64
	pending int64 // bytes that the node holds room for
	ended   bool
}

// NewDraft starts a slice of size bytes and holds room for it.
func (n *Node) NewDraft(size int64) (*Draft, error) {
	if n.State() == Stopped {
		return nil, ErrStopped
	}
	path := filepath.Join(n.dir, tempName, "slice-"+strconv.FormatInt(n.drafts.Add(1), 10))
	f, err := n.files.Create(path)
	if err != nil {
		return nil, fmt.Errorf("start slice: %w", n.explain(err))
	}
	n.pending.Add(size)
	return &Draft{node: n, file: f, path: path, pending: size}, nil
}

// explain tells a missing folder from a missing file.
func (n *Node) explain(err error) error {
	if errors.Is(err, fs.ErrNotExist) && !n.Present() {
		return ErrAbsent
	}
	return err
}

// Node returns the node that the draft lies on.
func (d *Draft) Node() *Node { return d.node }

// Write takes the next bytes of the slice. A node that was stopped takes none.
func (d *Draft) Write(p []byte) (int, error) {
	if d.node.State() == Stopped {
		return 0, ErrStopped
	}
	n, err := d.file.Write(p)
	d.size += int64(n)
	d.node.in.Add(int64(n))
	return n, err
}

// Sync brings the bytes to the disk and closes the draft for writing.
func (d *Draft) Sync() error {
	err := d.file.Sync()
	if cerr := d.file.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("sync slice: %w", err)
	}
	return nil
}

// Keep gives the synced draft its name. The name is safe only after
// [Node.SyncNames]. A slice that is there already is replaced.
func (d *Draft) Keep(hash string) error {
	n := d.node
	if n.State() == Stopped {
		return ErrStopped
	}
	n.names.Lock()
	defer n.names.Unlock()
	path := n.slicePath(hash)
	old, err := n.files.Size(path)
	if err != nil {
		old = 0
	}
	if err := n.files.Rename(d.path, path); err != nil {
		return fmt.Errorf("keep slice: %w", n.explain(err))
	}
	d.end()
	n.used.Add(d.size - old)
	return nil
}

func (d *Draft) end() {
	d.ended = true
	d.node.pending.Add(-d.pending)
}

// Discard removes the draft. It does nothing after Keep.
func (d *Draft) Discard() {
	if d.ended {
		return
	}
	d.end()
	d.file.Close()
	d.node.files.Remove(d.path)
}

// SyncNames makes the names of kept slices safe.
func (n *Node) SyncNames() error {
	if err := n.files.SyncDir(filepath.Join(n.dir, slicesName)); err != nil {
		return fmt.Errorf("sync slice names: %w", n.explain(err))
	}
	return nil
}

// Has tells whether the node is there and has a slice of that name and size.
// It does not look at the content.
func (n *Node) Has(hash string, size int64) bool {
	if !n.Online() {
		return false
	}
	have, err := n.files.Size(n.slicePath(hash))
	return err == nil && have == size
}

// OpenSlice opens a slice for reading. Nothing is proved about its content.
// The error is [ErrStopped] or [ErrAbsent] when the node as a whole is away.
func (n *Node) OpenSlice(hash string) (File, error) {
	if n.State() == Stopped {
		return nil, ErrStopped
	}
	return n.Peek(hash)
}

// Peek is [Node.OpenSlice] on a stopped node too.
func (n *Node) Peek(hash string) (File, error) {
	f, err := n.files.Open(n.slicePath(hash))
	if err != nil {
		return nil, n.explain(err)
	}
	return f, nil
}

// Remove removes a slice; one that is not there is no error.
func (n *Node) Remove(hash string) error {
	n.names.Lock()
	defer n.names.Unlock()
	path := n.slicePath(hash)
	size, err := n.files.Size(path)
	if err == nil {
		err = n.files.Remove(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("remove slice: %w", err)
	}
	n.used.Add(-size)
	return nil
}

// SliceNames lists what lies there by the names of the files. The error is
// [ErrAbsent] when the folder is missing.
func (n *Node) SliceNames() ([]string, error) {
	names, err := n.files.Names(filepath.Join(n.dir, slicesName))
	if err != nil {
		return nil, fmt.Errorf("list slices: %w", n.explain(err))
	}
	return names, nil
}

// SliceSize returns the bytes that a slice takes on the disk.
func (n *Node) SliceSize(hash string) (int64, error) { return n.files.Size(n.slicePath(hash)) }

// Sweep removes every slice that keep refuses and returns how many went. Used
// is not changed: who sweeps sets it.
func (n *Node) Sweep(keep func(hash string) bool) (removed int, err error) {
	names, err := n.SliceNames()
	if err != nil {
		return 0, fmt.Errorf("sweep storage node: %w", err)
	}
	for _, name := range names {
		if keep(name) {
			continue
		}
		if err := n.files.Remove(n.slicePath(name)); err != nil {
			return removed, fmt.Errorf("sweep storage node: %w", err)
		}
		removed++
	}
	return removed, nil
}
