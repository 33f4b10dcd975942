package fetch

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"
)

// world is a simulated network with a player in front of it. All of it follows
// from one seed.
type world struct {
	rng  *rand.Rand
	s    *Scheduler
	l    Layout
	o    Options
	now  time.Duration
	step time.Duration
	next time.Duration // when the scheduler wants to be asked

	line    func(now time.Duration) float64 // bytes per second
	latency time.Duration
	nodes   []node
	flights map[int]*flight

	player player
	here   []int64               // by part, as the network brought it
	starts []int64               // by extent: bytes of the video before it, without gaps
	told   int64                 // bytes that came
	failed map[int]time.Duration // when the last fetch of a part failed
	bad    []string
}

// node is a gateway, or a replica node behind one.
type node struct {
	dead   time.Duration // from then on it refuses; 0 = never
	silent time.Duration // from then on nothing comes; 0 = never
	back   time.Duration // well again
	cap    float64       // its own limit in bytes per second; 0 = none
	refuse bool          // does not have the video
}

func (n node) down(now time.Duration) bool { return n.dead > 0 && now >= n.dead && !n.well(now) }
func (n node) mute(now time.Duration) bool { return n.silent > 0 && now >= n.silent && !n.well(now) }
func (n node) well(now time.Duration) bool { return n.back > 0 && now >= n.back }

type flight struct {
	order Order
	begun time.Duration
	got   float64
	sent  int64
}

// player reads ahead of what it shows, as libmpv does.
type player struct {
	need    float64 // bytes per second
	buffer  float64 // seconds that it reads ahead
	size    int64   // of the video
	shown   float64 // bytes
	read    int64
	seen    int64 // where the scheduler saw it last
	watched time.Duration
	started bool
	paused  bool
	stopped bool
	stalls  int
	waiting time.Duration // since when; 0 = not
	longest time.Duration
	gaveUp  int
	first   time.Duration
}

func newWorld(seed uint64, l Layout, o Options, size int64) *world {
	w := &world{
		rng: rand.New(rand.NewPCG(seed, 1)), l: l, o: o.withDefaults(), step: 20 * time.Millisecond, flights: map[int]*flight{}, failed: map[int]time.Duration{},
		here: make([]int64, len(l.Parts)), latency: 160 * time.Millisecond, now: time.Second,
	}
	w.player = player{need: float64(w.o.Need), buffer: 5, size: size}
	w.nodes = make([]node, w.o.Gateways)
	at := int64(0)
	for _, e := range l.Extents {
		w.starts = append(w.starts, at)
		at += e.Len
	}
	var err error
	if w.s, err = New(l, o, nil); err != nil {
		panic(err)
	}
	return w
}

func (w *world) fail(format string, args ...any) {
	if len(w.bad) < 5 {
		w.bad = append(w.bad, fmt.Sprintf("%v: ", w.now)+fmt.Sprintf(format, args...))
	}
}

// run lets time pass.
func (w *world) run(d time.Duration) {
	for end := w.now + d; w.now < end && len(w.bad) == 0; {
		w.now += w.step
		news := w.network()
		news = w.play() || news
		if news || w.next > 0 && w.now >= w.next {
			w.decide()
		}
	}
}

// network moves bytes; the line is shared evenly by what flows.
func (w *world) network() (news bool) {
	var flowing []*flight
	for _, id := range slices.Sorted(maps.Keys(w.flights)) { // in order, so that a seed replays
		f := w.flights[id]
		n := w.nodes[f.order.Gateway]
		switch {
		case w.now < f.begun+w.latency || n.mute(w.now):
		case n.refuse:
			w.end(f, Refused)
			news = true
		case n.down(w.now):
			w.end(f, Failed)
			news = true
		default:
			flowing = append(flowing, f)
		}
	}
	for _, f := range flowing {
		rate := w.line(w.now) / float64(len(flowing))
		if limit := w.nodes[f.order.Gateway].cap; limit > 0 {
			rate = min(rate, limit)
		}
		f.got += rate * w.step.Seconds()
		news = w.deliver(f) || news
	}
	return news
}

// piece is how much comes at a time.
const piece = 64 << 10

func (w *world) deliver(f *flight) bool {
	size := w.l.Parts[f.order.Part].Size
	left := size - f.order.From - f.sent
	n := min(left, int64(f.got)-f.sent)
	if n < piece && n < left {
		return false
	}
	f.sent += n
	w.told += n
	w.here[f.order.Part] = max(w.here[f.order.Part], f.order.From+f.sent)
	w.s.Arrive(w.now, f.order.ID, n)
	if f.order.From+f.sent == size {
		w.end(f, Done)
	}
	return true
}

func (w *world) end(f *flight, how Outcome) {
	delete(w.flights, f.order.ID)
	delete(w.failed, f.order.Part)
	if how != Done {
		w.failed[f.order.Part] = w.now
	}
	w.s.End(w.now, f.order.ID, how)
}

// play lets the player read and show; it is true when the scheduler was told
// something.
func (w *world) play() (news bool) {
	p := &w.player
	if p.stopped {
		return false
	}
	goal := min(p.size, int64(p.shown+p.need*p.buffer))
	for p.read < goal {
		n := w.usable(goal)
		if n == 0 {
			break
		}
		w.s.Serve(w.now, 1, w.offset(p.read), n)
		p.read += n
		if p.waiting > 0 {
			p.longest = max(p.longest, w.now-p.waiting)
		}
		p.waiting, news = 0, true
	}
	if p.read < goal && p.waiting == 0 {
		p.waiting, news = w.now, true
		w.s.Wait(w.now, 1, w.offset(p.read))
	}
	p.seen = p.read
	w.show()
	return news
}

func (w *world) show() {
	p := &w.player
	switch {
	case !p.started:
		if float64(p.read) >= min(p.shown+p.need/2, float64(p.size)) {
			p.started = true
			p.first = w.now
		}
	case p.paused || int64(p.shown) >= p.size:
	case p.shown+p.need*w.step.Seconds() > float64(p.read) && p.read < p.size:
		p.stalls++
		p.started = false
	default:
		p.shown += p.need * w.step.Seconds()
		p.watched += w.step
	}
}

// extent is the one that holds a byte of the video, counted without gaps.
func (w *world) extent(at int64) int {
	i, there := slices.BinarySearch(w.starts, at)
	if there {
		return i
	}
	return i - 1
}

// offset is where the layout has a byte of the video.
func (w *world) offset(at int64) int64 {
	i := w.extent(at)
	return w.l.Extents[i].Off + at - w.starts[i]
}

// usable is how many bytes of the video can be read at once.
func (w *world) usable(goal int64) int64 {
	at := w.player.read
	i := w.extent(at)
	e := w.l.Extents[i]
	return max(0, min(w.starts[i]+e.usable(w.here[e.Part]), goal, at+256<<10)-at)
}

// seek jumps to a byte of the video.
func (w *world) seek(off int64) {
	p := &w.player
	p.shown, p.read, p.waiting, p.started = float64(off), off, 0, false
	w.s.Leave(1)
}

// decide asks the scheduler and looks whether it keeps its promises.
func (w *world) decide() {
	orders, again := w.s.Decide(w.now)
	w.next = again
	if again > 0 && again <= w.now {
		w.fail("asked to be asked at %v", again)
	}
	for _, o := range orders {
		w.check(o)
		switch o.Kind {
		case Start:
			w.flights[o.ID] = &flight{order: o, begun: w.now}
		case Cancel:
			delete(w.flights, o.ID)
		case GiveUp:
			w.giveUp(o)
		}
	}
	w.checkAll()
}

func (w *world) giveUp(o Order) {
	p := &w.player
	if p.waiting == 0 {
		w.fail("gave up part %d for nobody", o.Part)
	}
	p.gaveUp++
	delete(w.failed, o.Part)
	p.stopped, p.waiting = true, 0
	w.s.Leave(1)
}
