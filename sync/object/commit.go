package object

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// DeviceID names a device of an account.
type DeviceID [16]byte

// Commit is one state of the drive. A merge has no device, and its time is
// that of its newest parent, so that all devices make the same one.
type Commit struct {
	Root       pack.ID
	Parents    []pack.ID // sorted
	Generation uint64    // 1 more than the highest of the parents
	Device     DeviceID
	Name       string // of the device
	Time       int64  // Unix nanoseconds
}

const maxParents = 256

// Encode returns the one encoding of the commit. It sorts the parents.
func (c *Commit) Encode() []byte {
	slices.SortFunc(c.Parents, func(a, b pack.ID) int { return bytes.Compare(a[:], b[:]) })
	var w codec.Writer
	w.Head('C', version1)
	w.Fixed(c.Root[:])
	w.Uint(uint64(len(c.Parents)))
	for _, p := range c.Parents {
		w.Fixed(p[:])
	}
	w.Uint(c.Generation)
	w.Fixed(c.Device[:])
	w.Text(c.Name)
	w.Int(c.Time)
	return w.Bytes()
}

// DecodeCommit reads a commit.
func DecodeCommit(p []byte) (Commit, error) {
	r := codec.NewReader(p)
	r.Head('C', version1)
	var c Commit
	copy(c.Root[:], r.Fixed(32))
	c.Parents = readIDs(r)
	c.Generation = r.Uint()
	copy(c.Device[:], r.Fixed(16))
	c.Name = r.Text(maxText)
	c.Time = r.Int()
	if len(c.Parents) > maxParents {
		r.Fail("%d parents", len(c.Parents))
	}
	if err := r.End(); err != nil {
		return Commit{}, fmt.Errorf("commit: %w", err)
	}
	return c, nil
}

// readIDs reads a sorted list of ids.
func readIDs(r *codec.Reader) []pack.ID {
	ids := make([]pack.ID, r.Count(32))
	for i := range ids {
		copy(ids[i][:], r.Fixed(32))
		if i > 0 && bytes.Compare(ids[i-1][:], ids[i][:]) >= 0 {
			r.Fail("ids out of order")
			return nil
		}
	}
	return ids
}
