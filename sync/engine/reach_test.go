package engine_test

import (
	"fmt"
	"math/rand"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// reachWorld is some devices that work in the same few places, and all that
// they have saved.
type reachWorld struct {
	t     *testing.T
	rng   *rand.Rand
	c     *clock
	devs  []*dev
	saved map[string]string // contents, and where they lay once
	n     int
}

func (w *reachWorld) name() string {
	return fmt.Sprintf("folder %d/file %d", w.rng.Intn(2), w.rng.Intn(4))
}

// edit changes one thing on a device.
func (w *reachWorld) edit(d *dev) {
	name, to := w.name(), w.name()
	_, there := d.files()[name]
	_, taken := d.files()[to]
	switch w.rng.Intn(9) {
	case 0, 1:
		d.remove(name)
	case 2, 3:
		if there && !taken {
			d.move(name, to)
		}
	case 4:
		folder := fmt.Sprint("folder ", w.rng.Intn(2))
		if _, there := d.files()[folder+"/"]; there {
			if w.rng.Intn(2) == 0 {
				d.remove(folder)
			} else {
				w.n++
				d.move(folder, fmt.Sprint("moved ", w.n))
			}
		}
	case 5:
		d.text(name, fmt.Sprint("the same ", w.rng.Intn(3)))
	default:
		w.n++
		d.text(name, fmt.Sprint("text ", w.n))
	}
}

// sync syncs a device and notes what it saved.
func (w *reachWorld) sync(d *dev) {
	w.t.Helper()
	d.e.Allow()
	d.sync()
	w.c.pass(time.Minute)
	for name, text := range d.files() {
		if !strings.HasSuffix(name, "/") {
			w.saved[text] = name
		}
	}
}

// step lets all devices work and some of them sync, so that branches arise.
func (w *reachWorld) step() {
	for _, d := range w.devs {
		for range w.rng.Intn(3) {
			w.edit(d)
		}
	}
	for _, i := range w.rng.Perm(len(w.devs))[:1+w.rng.Intn(len(w.devs))] {
		w.sync(w.devs[i])
	}
}

// reached returns all contents that a person finds, and how.
func (w *reachWorld) reached(d *dev) map[string]string {
	w.t.Helper()
	out := map[string]string{}
	paths := map[string]bool{}
	for name, text := range d.files() {
		if !strings.HasSuffix(name, "/") {
			out[text] = name
			paths[name] = true
		}
	}
	w.deleted(d, "", paths, out)
	for name := range paths {
		versions, err := d.e.Versions(w.t.Context(), name)
		if err != nil {
			w.t.Fatal(name, err)
		}
		for _, v := range versions {
			out[w.open(d, name, v.ID, v.Size)] = name + " in " + v.ID
		}
	}
	return out
}

// deleted goes through all that was deleted, into folders too.
func (w *reachWorld) deleted(d *dev, folder string, paths map[string]bool, out map[string]string) {
	w.t.Helper()
	gone, err := d.e.Deleted(w.t.Context(), folder)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, g := range gone {
		if !g.Folder {
			paths[g.Path] = true
			out[w.open(d, g.Path, g.Version, g.Size)] = "deleted " + g.Path
		} else if g.Path != folder {
			w.deleted(d, g.Path, paths, out)
		}
	}
}

func (w *reachWorld) open(d *dev, name, version string, size int64) string {
	w.t.Helper()
	f, item, err := d.e.OpenVersion(w.t.Context(), name, engine.Moment{Version: version})
	got := read(w.t, f, err)
	if int64(len(got)) != size || item.Size != size {
		w.t.Fatalf("%s in %s has %d bytes, not %d", name, version, len(got), size)
	}
	return got
}

// Whatever a finished sync saved is found by its path, among the versions of
// what is there, or among what was deleted, however devices worked against each
// other.
func TestWhatWasSavedCanBeReached(t *testing.T) {
	seeds, steps := int64(3), 15
	if os.Getenv("STOS_NIGHTLY") != "" {
		seeds, steps = 100, 60
	}
	for seed := int64(1); seed <= seeds && !t.Failed(); seed++ {
		w := &reachWorld{t: t, rng: rand.New(rand.NewSource(seed)), c: newClock(), saved: map[string]string{}}
		net := memremote.New(3)
		for i := range 3 {
			w.devs = append(w.devs, timedDev(t, net, fmt.Sprint("device ", i), w.c))
		}
		for range steps {
			w.step()
		}
		for range 3 {
			for _, d := range w.devs {
				w.sync(d)
			}
		}
		found := w.reached(w.devs[0])
		for text, name := range w.saved {
			if found[text] == "" {
				t.Errorf("seed %d: %q, once saved as %s, cannot be reached", seed, text, name)
			}
		}
	}
}
