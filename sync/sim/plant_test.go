package sim

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// plant is a fault of the collector that a world is made to have. It lies in the
// notes of the devices, so that the program itself needs no place for it.
type plant int

const (
	none  plant = iota
	early       // packs are deleted after two days, as if condemned four weeks before
)

// planted are notes with a fault.
type planted struct {
	state.Tx
	p plant
}

// Set keeps what the program notes, but for what it wants to delete.
func (x planted) Set(key string, value []byte) error {
	if x.p == none || key != "condemned" {
		return x.Tx.Set(key, value)
	}
	s, err := object.DecodeSentence(value)
	if err != nil {
		return err
	}
	for i := range s.Packs {
		if c := &s.Packs[i]; c.Counter == 0 && !c.Gone {
			c.Since -= int64(28 * day)
		}
	}
	return x.Tx.Set(key, object.EncodeSentence(s))
}

// What the world is there for, it sees: a collector that deletes too early. One
// that does not wait until all have heard was seen by heads that came months late,
// which no device publishes any more; the random worlds of package space see it.
func TestPlantedFaultsAreSeen(t *testing.T) {
	oneAtATime(t)
	t.Run("too early", func(t *testing.T) { early.mustBeSeen(t, 9000) })
}

// mustBeSeen fails the test unless a world among a thousand, of which every
// twelfth sees months, goes wrong with the fault.
func (p plant) mustBeSeen(t *testing.T, first uint64) {
	const most = 83
	for i := range uint64(most) {
		w := &world{seed: first + 12*i, plant: p}
		if w.play(t, script(w.seed)); len(w.errs) > 0 {
			t.Logf("seed %d: %s", w.seed, w.errs[0])
			return
		}
	}
	t.Errorf("nothing was wrong in %d worlds", most)
}
