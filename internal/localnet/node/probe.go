package node

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
)

const (
	probeName = "probe"
	probeSize = 4096 // bytes
)

// Probe looks whether the node serves: it writes a few bytes to the disk,
// reads them and removes them. The error is [ErrAbsent] when the folder is
// missing, and [ErrStopped] on a stopped node.
func (n *Node) Probe() error {
	if n.State() == Stopped {
		return ErrStopped
	}
	if !n.Present() {
		return ErrAbsent
	}
	want := make([]byte, probeSize)
	rand.Read(want) // never fails
	path := filepath.Join(n.dir, tempName, probeName)
	err := writeSynced(n.files, path, want)
	if err == nil {
		var got []byte
		if got, err = readAll(n.files, path); err == nil && !bytes.Equal(got, want) {
			err = errors.New("other bytes were read than written")
		}
	}
	if err = errors.Join(err, n.files.Remove(path)); err != nil {
		return fmt.Errorf("probe storage node %s: %w", n.Name(), err)
	}
	return nil
}
