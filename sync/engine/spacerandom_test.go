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

// spaceWorld is some devices that edit, collect and stay away.
type spaceWorld struct {
	t    *testing.T
	rng  *rand.Rand
	c    *clock
	net  *memremote.Net
	devs []*dev
	log  []string

	deleted int
}

const keptDays = 4

func newSpaceWorld(t *testing.T, seed int64) *spaceWorld {
	w := &spaceWorld{t: t, rng: rand.New(rand.NewSource(seed)), c: newClock()}
	w.net = timedNet(w.c)
	for i := range 3 {
		d := timedDev(t, w.net, fmt.Sprint("device ", i), w.c)
		d.text(fmt.Sprint("first of ", i), "hello")
		w.devs = append(w.devs, d)
	}
	w.settle()
	w.devs[0].keepDays(keptDays)
	return w
}

// sync brings a device up to date, whatever it asks.
func (w *spaceWorld) sync(d *dev) {
	d.e.Allow()
	if _, err := d.e.SyncOnce(w.t.Context()); err != nil {
		w.t.Fatalf("%s: %v\n%s", d.cfg.Device, err, strings.Join(w.log, "\n"))
	}
	w.c.pass(time.Minute)
}

func (w *spaceWorld) settle() {
	for range 3 {
		for _, d := range w.devs {
			w.sync(d)
		}
	}
}

// edit changes a file to one of few contents, so that what was deleted comes
// back often, moves it, or deletes it.
func (w *spaceWorld) edit(d *dev) {
	name := fmt.Sprintf("folder %d/file %d", w.rng.Intn(2), w.rng.Intn(6))
	switch w.rng.Intn(5) {
	case 0:
		d.remove(name)
	case 1:
		if _, there := d.files()[name]; there {
			d.move(name, fmt.Sprintf("moved/%d", w.rng.Intn(4)+len(w.log)*10))
		}
	default:
		kind := int64(w.rng.Intn(16))
		d.write(name, randomBytes(kind, []int{300, 1_300_000}[kind%2]))
	}
	w.log = append(w.log, fmt.Sprint(w.c.now.Format(time.DateOnly), " ", d.cfg.Device, " changes ", name))
}

func (w *spaceWorld) step() {
	d := w.devs[w.rng.Intn(len(w.devs))]
	switch n := w.rng.Intn(10); {
	case n < 5:
		w.edit(d)
		w.sync(d)
	case n < 6:
		d.restart()
		w.sync(d)
	case n < 9:
		for _, o := range w.devs { // so that they hear of each other
			w.sync(o)
		}
		got, err := d.e.Collect(w.t.Context(), w.rng.Intn(4) == 0)
		if err != nil {
			w.t.Fatalf("%s: %v\n%s", d.cfg.Device, err, strings.Join(w.log, "\n"))
		}
		w.deleted += got.Deleted
		w.log = append(w.log, fmt.Sprintf("%s %s deletes %d, condemns %d, waits for %d, silent %d. %s", w.c.now.Format(time.DateOnly), d.cfg.Device, got.Deleted, len(got.Plan.Own), len(got.Plan.Waiting), len(got.Plan.Silent), got.Plan.Refused))
	default:
		w.c.pass(time.Duration(5+w.rng.Intn(15)) * day)
	}
	w.c.pass(time.Duration(w.rng.Intn(120)) * time.Hour)
}

// check makes sure that everything can be read that should be.
func (w *spaceWorld) check() {
	w.settle()
	same(w.t, w.devs...)
	fresh := timedDev(w.t, w.net, "fresh", w.c)
	fresh.sync()
	same(w.t, w.devs[0], fresh)
	for name := range fresh.files() {
		if strings.HasSuffix(name, "/") {
			continue
		}
		versions, err := fresh.e.Versions(w.t.Context(), name)
		if err != nil || len(versions) == 0 {
			w.t.Fatal(name, versions, err)
		}
		for i, v := range versions {
			if i > 0 && w.c.now.Sub(v.Saved) > keptDays*day-time.Hour {
				continue
			}
			f, _, err := fresh.e.OpenVersion(w.t.Context(), name, engine.Moment{Version: v.ID})
			if got := read(w.t, f, err); int64(len(got)) != v.Size {
				w.t.Fatal(name, "version", i, "has", len(got), "bytes")
			}
		}
	}
}

// Devices that edit and free space in any order, for a year and more, never
// lose what is in the drive or what is kept of its past.
func TestFreeingSpaceLosesNothing(t *testing.T) {
	seeds, steps, deleted := int64(2), 70, 0
	if os.Getenv("STOS_NIGHTLY") != "" {
		seeds, steps = 20, 200
	}
	for seed := int64(1); seed <= seeds; seed++ {
		w := newSpaceWorld(t, seed)
		for range steps {
			w.step()
		}
		w.check()
		if t.Failed() {
			t.Fatalf("seed %d\n%s", seed, strings.Join(w.log, "\n"))
		}
		deleted += w.deleted
	}
	t.Logf("%d worlds, %d packs deleted", seeds, deleted)
	if deleted == 0 {
		t.Error("nothing was deleted: the test does not test")
	}
}
