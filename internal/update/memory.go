package update

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// What a signed index is refused for.
var (
	ErrRolledBack = errors.New("an older index than one that was seen before")
	ErrExpired    = errors.New("the index has expired")
	ErrClock      = errors.New("the clock of this computer is behind")
)

// Memory is what has to be kept of the indexes that were seen, so that nobody
// can show older ones. The zero value has seen none.
type Memory struct {
	Sequence int64     `json:"sequence"`
	Digest   string    `json:"digest"` // SHA-256 of that index, in hex
	Time     time.Time `json:"time"`   // the latest moment that is known to have come
}

// clockSlack is how far the clocks of honest computers may differ.
const clockSlack = 24 * time.Hour

// Admit tells whether an index may be believed at a moment, and returns what is
// to be remembered from then on. What it refuses changes nothing.
func (m Memory) Admit(i Index, now time.Time) (Memory, error) {
	digest := i.digest()
	switch {
	case i.Sequence < m.Sequence:
		return m, fmt.Errorf("%w: %d after %d", ErrRolledBack, i.Sequence, m.Sequence)
	case i.Sequence == m.Sequence && digest != m.Digest:
		return m, fmt.Errorf("%w: two with the number %d", ErrRolledBack, i.Sequence)
	case now.Add(clockSlack).Before(i.Time):
		return m, fmt.Errorf("%w: %s, and the index is of %s", ErrClock, now, i.Time)
	case now.Add(clockSlack).Before(m.Time):
		return m, fmt.Errorf("%w: %s, and it was %s before", ErrClock, now, m.Time)
	case !now.Before(i.Expires):
		return m, fmt.Errorf("%w: %s", ErrExpired, i.Expires)
	}
	return Memory{Sequence: i.Sequence, Digest: digest, Time: latest(m.Time, i.Time, now)}, nil
}

// digest is the same for indexes that say the same.
func (i Index) digest() string {
	raw, err := json.Marshal(i)
	if err != nil { // times beyond the year 9999, which no index that was read has
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

func latest(times ...time.Time) (last time.Time) {
	for _, t := range times {
		if t.After(last) {
			last = t
		}
	}
	return last.UTC()
}
