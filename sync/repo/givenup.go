package repo

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// isOld reports whether a head was prepared so long ago that it must not be
// shown any more. A time in the future says that a clock was wrong.
func (r *Repo) isOld(h object.Head) bool {
	return r.cfg.Now().Sub(time.Unix(0, h.Time)).Abs() > oldView
}

// giveUp forgets a prepared head that is too old, and returns [ErrStale]. Its pack
// may lie on the network, where others can find it, and so can this device: its
// counter is not used again, and the next head takes its place.
func (r *Repo) giveUp(ctx context.Context, h object.Head, p state.Pack) error {
	given, err := r.givenUp(ctx)
	if err != nil {
		return err
	}
	if given = append(given, entryOf(h)); len(given) > mostGivenUp {
		given = slices.Delete(given, 0, len(given)-mostGivenUp)
	}
	err = r.st.Update(ctx, func(tx state.Tx) error {
		return errors.Join(tx.DropPack(p), tx.Unset(keyPending), tx.Set(keyGivenUp, given.encode()))
	})
	if err != nil {
		return err
	}
	_ = r.cfg.Disk.Remove(r.spoolPath(p.Name))
	return ErrStale
}

const (
	// keyGivenUp is where the heads are noted that this device gave up.
	keyGivenUp = "given up"
	// mostGivenUp is how many of them are remembered.
	mostGivenUp = 32
)

// givenHead is a head that was given up: its counter and a hash of its record.
type givenHead struct {
	counter uint64
	hash    [sha256.Size]byte
}

func entryOf(h object.Head) givenHead { return givenHead{h.Counter, sha256.Sum256(h.Encode())} }

// givenList are the heads that were given up, the oldest first.
type givenList []givenHead

func (l givenList) encode() []byte {
	var out []byte
	for _, g := range l {
		out = append(binary.BigEndian.AppendUint64(out, g.counter), g.hash[:]...)
	}
	return out
}

// last returns up to which counter this device may have said something that its
// heads do not tell.
func (l givenList) last() uint64 {
	n := uint64(0)
	for _, g := range l {
		n = max(n, g.counter)
	}
	return n
}

func (r *Repo) givenUp(ctx context.Context) (givenList, error) {
	p, err := r.st.Get(ctx, keyGivenUp)
	if errors.Is(err, state.ErrNotFound) {
		return nil, nil
	}
	const size = 8 + sha256.Size
	if err == nil && len(p)%size != 0 {
		err = fmt.Errorf("heads that were given up have %d bytes", len(p))
	}
	if err != nil {
		return nil, err
	}
	var out givenList
	for one := range slices.Chunk(p, size) {
		out = append(out, givenHead{binary.BigEndian.Uint64(one), [sha256.Size]byte(one[8:])})
	}
	return out, nil
}

// isGivenUp reports whether a head is one that this very device gave up, and not
// one of a disk that was copied from it.
func (r *Repo) isGivenUp(ctx context.Context, h object.Head) (bool, error) {
	given, err := r.givenUp(ctx)
	return slices.Contains(given, entryOf(h)), err
}
