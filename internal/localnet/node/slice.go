package node

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrStopped is returned by a node that is not running.
var ErrStopped = errors.New("storage node is stopped")

// Draft is a slice that is being written. It ends with Keep or Discard.
type Draft struct {
	node *Node
	file *os.File
	path string
	size int64
}

// NewDraft starts a slice.
func (n *Node) NewDraft() (*Draft, error) {
	if n.State() == Stopped {
		return nil, ErrStopped
	}
	f, err := os.CreateTemp(filepath.Join(n.dir, tempName), "slice-*")
	if err != nil {
		return nil, fmt.Errorf("start slice: %w", err)
	}
	return &Draft{node: n, file: f, path: f.Name()}, nil
}

// Node returns the node that the draft lies on.
func (d *Draft) Node() *Node { return d.node }

// Write takes the next bytes of the slice.
func (d *Draft) Write(p []byte) (int, error) {
	n, err := d.file.Write(p)
	d.size += int64(n)
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
	old, err := os.Stat(d.node.slicePath(hash))
	if err == nil {
		d.node.used.Add(-old.Size())
	}
	if err := os.Rename(d.path, d.node.slicePath(hash)); err != nil {
		return fmt.Errorf("keep slice: %w", err)
	}
	d.node.used.Add(d.size)
	return nil
}

// Discard removes the draft. It does nothing after Keep.
func (d *Draft) Discard() {
	d.file.Close()
	os.Remove(d.path)
}

// SyncNames makes the names of kept slices safe.
func (n *Node) SyncNames() error {
	if err := syncDir(filepath.Join(n.dir, slicesName)); err != nil {
		return fmt.Errorf("sync slice names: %w", err)
	}
	return nil
}

// Has tells whether the node has a slice of that name and size. It does not
// look at the content.
func (n *Node) Has(hash string, size int64) bool {
	info, err := os.Stat(n.slicePath(hash))
	return err == nil && info.Size() == size && n.State() != Stopped
}

// OpenSlice opens a slice for reading. Nothing is proved about its content.
func (n *Node) OpenSlice(hash string) (*os.File, error) {
	if n.State() == Stopped {
		return nil, ErrStopped
	}
	return os.Open(n.slicePath(hash))
}

// Remove removes a slice; one that is not there is no error.
func (n *Node) Remove(hash string) error {
	path := n.slicePath(hash)
	info, err := os.Stat(path)
	if err == nil {
		err = os.Remove(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("remove slice: %w", err)
	}
	n.used.Add(-info.Size())
	return nil
}

// Sweep removes every slice that keep refuses and returns how many went.
func (n *Node) Sweep(keep func(hash string) bool) (removed int, err error) {
	dir, err := os.Open(filepath.Join(n.dir, slicesName))
	if err != nil {
		return 0, fmt.Errorf("sweep storage node: %w", err)
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return 0, fmt.Errorf("sweep storage node: %w", err)
	}
	for _, name := range names {
		if keep(name) {
			continue
		}
		if err := os.Remove(n.slicePath(name)); err != nil {
			return removed, fmt.Errorf("sweep storage node: %w", err)
		}
		removed++
	}
	return removed, nil
}
