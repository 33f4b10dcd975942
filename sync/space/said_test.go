package space

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/object"
)

// saying is a pack that a device has condemned. What others say of it meanwhile
// does not matter: who reads the heads of this device does not rely on the pack.
type saying struct {
	device object.DeviceID
	file   string
}

// noteSaid notes since when others can know what a device condemns.
func (w *world) noteSaid(d *wdevice) {
	now := map[string]bool{}
	for _, c := range d.own {
		now[c.File] = true
		if at := (saying{d.id, c.File}); w.said[at].IsZero() {
			w.said[at] = w.now
		}
	}
	for _, c := range d.heads[d.id].condemned() {
		if !now[c.File] {
			delete(w.said, saying{d.id, c.File}) // it was given back
		}
	}
}

func (h *whead) condemned() []object.Condemned {
	if h == nil {
		return nil
	}
	return h.says.Packs
}

// A collector that does not wait until all devices have heard loses something in
// these worlds, so they are worth something.
func TestUnheardIsSeen(t *testing.T) {
	for seed := range int64(300) {
		w := newWorld(seed)
		w.deaf = true
		for range 120 {
			if w.step(); w.lost() != "" {
				t.Logf("world %d: lost %s", seed, w.lost())
				return
			}
		}
	}
	t.Error("nothing was lost")
}
