package sim

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	plan "github.com/stratosdrive/stratosdrive/sync/space"
)

// space is what a world knows about the space that the drive takes. Every
// twelfth world sees months pass while its devices free space.
type space struct {
	months    bool
	days      int            // how long every state is kept
	slow      bool           // days pass instead of months, so that what is deleted too early is missed
	pool      []string       // contents that come and go
	owner     map[string]int // device that sent a file
	deleted   int            // packs, so far
	deletedOf map[string]int // how often each file was
	checked   int            // of those, ones after which all was looked at
	off       bool           // a device died whose clock was far off: for a year it seems to be there
}

// leastWaste is less than in real life, for the files of these worlds are small.
const leastWaste = 2_000

// promised is how long what nobody needs is kept in any case; a world that asked
// the program would believe any answer.
const promised = 30 * day

// seesMonths reports whether a world does; STOS_MONTHS=1 lets all do so.
func seesMonths(seed uint64) bool { return seed%12 == 0 || os.Getenv("STOS_MONTHS") != "" }

func newSpace(w *world, rng *rand.Rand) space {
	s := space{months: seesMonths(w.seed), days: 1 + rng.IntN(8), slow: rng.IntN(3) == 0, owner: map[string]int{}, deletedOf: map[string]int{}}
	if !s.months {
		return s
	}
	for i := range 6 {
		body := make([]byte, 500+rng.IntN(30_000))
		src := rand.NewChaCha8([32]byte{byte(i), byte(w.seed), byte(w.seed >> 8), 1})
		_, _ = src.Read(body) // never fails
		s.pool = append(s.pool, fmt.Sprintf("known text %d. %s", i, body))
		w.model.written[s.pool[i]] = true
		w.model.gone[s.pool[i]] = "it comes and goes"
	}
	return s
}

// known returns content that people write again and again.
func (s *space) known(rng *rand.Rand) string { return pickOf(rng, s.pool) }

// keptFor is how long everything can be brought back: as long as all states
// are kept, and as long as what nobody needs stays condemned.
func (s *space) keptFor() time.Duration {
	if !s.months {
		return 100 * 365 * day
	}
	return time.Duration(s.days)*day + promised - day
}

// pause is how long nothing happens.
func (s *space) pause(rng *rand.Rand) time.Duration {
	if s.months && s.slow {
		return []time.Duration{time.Hour, 2 * day, 3 * day, 5 * day}[rng.IntN(4)]
	}
	if s.months {
		return []time.Duration{time.Hour, 3 * day, 12 * day, 32 * day, 32 * day, 200 * day}[rng.IntN(6)]
	}
	return []time.Duration{100 * time.Millisecond, 3 * time.Second, time.Hour, 40 * day, 200 * day}[rng.IntN(5)]
}

// dies notes that a device is not coming back as the one it was.
func (w *world) dies(d *device) { w.off = w.off || d.skew > day }

// collect lets a device look after the space, unless its program is at work.
// Whoever sits there says now and then that a silent device does not count.
func (d *device) collect(repack, retire bool) {
	d.begin("freeing space", func(e *engine.Engine, r *result) { r.space, r.err = d.life.freeSpace(e, repack, retire) })
}

func (l *life) freeSpace(e *engine.Engine, repack, retire bool) (*engine.Collected, error) {
	var c engine.Collected
	want := plan.Retention{All: l.dev.w.days}
	have, err := e.Retention(l.ctx)
	if err == nil && have != want {
		err = e.SetRetention(l.ctx, want)
	}
	if err == nil {
		c, err = e.Collect(l.ctx, repack)
	}
	for _, id := range c.Plan.Silent {
		if retire && err == nil {
			_, err = e.ChangeDevice(l.ctx, fmt.Sprintf("%x", id[:]), engine.DeviceChange{Retired: &retire})
		}
	}
	return &c, err
}

func (d *device) tookSpace(r result) {
	p := r.space.Plan
	d.w.note("%s: freeing space ends: deleted %d, condemns %d, waits for %d, silent %d. %s %v",
		d.name, r.space.Deleted, len(p.Own), len(p.Waiting), len(p.Silent), p.Refused, r.err)
	d.w.checkDeleted()
}

// checkDeleted looks at all that must be there when something was deleted.
func (w *world) checkDeleted() {
	if w.deleted > w.checked && len(w.errs) == 0 {
		w.checked = w.deleted
		w.model.checkHistory()
	}
}

// visit lets a device do what it does in a day, while others may be at work.
func (w *world) visit(d *device, rng *rand.Rand) {
	d.sync()
	w.work(rng, 1000)
	if d.collect(rng.IntN(4) == 0, rng.IntN(3) == 0); rng.IntN(3) > 0 {
		w.work(rng, 1000)
	}
}

const (
	quietMonths = 6
	// slack is how much of the network may be used for what nobody needs, for
	// what is needed lies in packs with other things.
	slack = 400_000
)

// quiet lets months pass in which nobody changes anything. What nobody needs
// is gone then, and all else is there.
func (w *world) quiet(rng *rand.Rand) {
	for range quietMonths {
		w.wait(31 * day)
		for _, d := range w.devices {
			d.sync()
			w.idle(rng)
			d.collect(true, true)
			if w.idle(rng); len(w.errs) > 0 {
				return
			}
			if err := d.life.result.err; err != nil {
				w.fail("%s: freeing space without trouble fails: %v", d.name, err)
				return
			}
		}
	}
	w.model.checkEnd()
	w.checkFreed()
}

// checkFreed fails the run if the network holds much that nobody needs. What a
// device did whose clock is a year ahead is kept for that year too: by its date
// it is younger than what retention lets go.
func (w *world) checkFreed() {
	need, have := 0, 0
	bodies := map[string]bool{}
	for _, d := range w.devices {
		for _, s := range d.look() {
			bodies[s.content] = true
		}
	}
	for b := range bodies {
		need += len(b)
	}
	var list []string
	for id, body := range w.net.Files() {
		have += len(body)
		list = append(list, fmt.Sprintf("%s: %d", id, len(body)))
	}
	w.note("%d bytes are needed and %d there in %d files; %d were deleted", need, have, len(list), w.deleted)
	if have > 5*need/2+slack && !w.clocksFarOff() {
		w.fail("%d bytes are needed, and %d lie on the network:\n%s", need, have, strings.Join(list, "\n"))
	}
}
