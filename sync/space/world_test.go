package space

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// world is a network with devices that share a drive. Packs hold numbers
// instead of bytes; everything else is as in the real thing.
type world struct {
	rng     *rand.Rand
	now     time.Time
	policy  Retention
	files   map[string]*wfile
	devices []*wdevice
	next    int
	log     []string

	deleted, withdrawn int // how much happened, so that a test knows

	deaf bool // collectors do not wait until all have heard: the test must see it

	said  map[saying]time.Time // since when the heads of a device say without a break that a pack is condemned
	early []string             // packs that were deleted before their time
}

type wfile struct {
	pack    Pack
	head    *whead
	created time.Time
}

type wcommit struct {
	id      pack.ID
	parents []*wcommit
	time    time.Time
	tree    map[int]bool // blobs
}

type whead struct {
	file    string
	device  object.DeviceID
	counter uint64
	time    time.Time
	tips    []*wcommit
	packs   map[string]Pack // all that the device knew
	seen    map[object.DeviceID]uint64
	says    object.Sentence
	retired map[object.DeviceID]time.Time
}

// wdevice is one device, with what it knows.
type wdevice struct {
	id      object.DeviceID
	heads   map[object.DeviceID]*whead // newest read of each
	packs   map[string]Pack
	own     []object.Condemned
	counter uint64
	pulled  time.Time
	gone    map[string]bool               // what it knows to be deleted; never forgotten
	blind   map[object.DeviceID]time.Time // whose heads a gateway hides from it, until when
	flying  map[string]bool
	retired map[object.DeviceID]time.Time
	skew    time.Duration
}

func newWorld(seed int64) *world {
	rng := rand.New(rand.NewSource(seed))
	w := &world{rng: rng, now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), files: map[string]*wfile{}, said: map[saying]time.Time{}}
	w.policy = Retention{All: 1 + rng.Intn(12), Daily: rng.Intn(20), Weekly: rng.Intn(2) * rng.Intn(100)}
	for range 2 + rng.Intn(3) {
		w.join()
	}
	return w
}

func (w *world) say(format string, args ...any) {
	w.log = append(w.log, w.now.Format("2006-01-02 15 ")+fmt.Sprintf(format, args...))
}

// join adds a device. Nothing is hidden from its first look.
func (w *world) join() {
	d := &wdevice{
		heads: map[object.DeviceID]*whead{}, packs: map[string]Pack{}, gone: map[string]bool{}, blind: map[object.DeviceID]time.Time{},
		flying: map[string]bool{}, retired: map[object.DeviceID]time.Time{}, skew: time.Duration(w.rng.Intn(7)-3) * time.Hour,
	}
	d.id[0] = byte(len(w.devices) + 1)
	w.devices = append(w.devices, d)
	w.publish(d, nil)
	for _, o := range w.devices {
		w.pull(o) // so that it is known; see hide
	}
}

func key(n int) Key {
	k := Key{Kind: pack.Data}
	binary.BigEndian.PutUint64(k.ID[:], uint64(n))
	return k
}

func (w *world) upload(d *wdevice, blobs []int) string {
	w.next++
	p := Pack{File: fmt.Sprintf("v%05d", w.next), Use: pack.Content, Size: int64(len(blobs)<<20 + 60)}
	for _, n := range blobs {
		p.Blobs = append(p.Blobs, Blob{pack.Data, key(n).ID, 1 << 20})
	}
	w.files[p.File] = &wfile{pack: p, created: w.now}
	d.packs[p.File] = p
	return p.File
}

// pull reads the heads that the device is shown.
func (w *world) pull(d *wdevice) {
	away := w.now.Sub(d.pulled) > Grace/2
	d.pulled = w.now
	for _, file := range slices.Sorted(maps.Keys(w.files)) {
		f := w.files[file]
		if f.head == nil || f.head.device == d.id || d.blind[f.head.device].After(w.now) {
			continue
		}
		if old := d.heads[f.head.device]; old == nil || old.counter < f.head.counter {
			d.heads[f.head.device] = f.head
		}
	}
	for _, h := range d.heads {
		maps.Copy(d.packs, h.packs)
		d.noteGone(h.says.Packs)
		for id, at := range h.retired {
			if at.After(d.retired[id]) {
				d.retired[id] = at
			}
		}
	}
	if away { // ask for the full listing
		for file := range d.packs {
			if w.files[file] == nil {
				d.gone[file] = true
			}
		}
	}
	d.noteGone(d.own)
	maps.DeleteFunc(d.packs, func(file string, _ Pack) bool { return d.gone[file] })
}

func (d *wdevice) noteGone(list []object.Condemned) {
	for _, c := range list {
		if c.Gone {
			d.gone[c.File] = true
		}
	}
}

// safe are the blobs that lie in packs which the device may rely on.
func (d *wdevice) safe() map[pack.ID]bool {
	doomed := map[string]bool{}
	for _, h := range d.heads {
		for _, c := range h.says.Packs {
			doomed[c.File] = true
		}
	}
	for _, c := range d.own {
		doomed[c.File] = true
	}
	out := map[pack.ID]bool{}
	for file, p := range d.packs {
		for _, b := range p.Blobs {
			if !doomed[file] && !d.gone[file] {
				out[b.ID] = true
			}
		}
	}
	return out
}

// tips are the commits that no other known head contains.
func (d *wdevice) tips() []*wcommit {
	all := map[*wcommit]bool{}
	for _, h := range d.heads {
		for _, c := range h.tips {
			all[c] = true
		}
	}
	out := slices.Collect(maps.Keys(all))
	for _, c := range out {
		for a := range ancestors(c.parents) {
			delete(all, a)
		}
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b *wcommit) int { return slices.Compare(a.id[:], b.id[:]) })
}

func ancestors(of []*wcommit) map[*wcommit]bool {
	out := map[*wcommit]bool{}
	for open := slices.Clone(of); len(open) > 0; {
		c := open[len(open)-1]
		open = open[:len(open)-1]
		if !out[c] {
			out[c] = true
			open = append(open, c.parents...)
		}
	}
	return out
}

// publish makes a head, with a new tree or, if that is nil, with the old ones.
func (w *world) publish(d *wdevice, tree map[int]bool) {
	tips := d.tips()
	if tree != nil {
		w.next++
		c := &wcommit{parents: tips, time: w.now, tree: tree}
		binary.BigEndian.PutUint64(c.id[:], uint64(w.next))
		tips = []*wcommit{c}
	}
	w.store(d, tips)
	d.counter++
	h := &whead{device: d.id, counter: d.counter, time: w.now.Add(d.skew), tips: tips, packs: maps.Clone(d.packs), seen: map[object.DeviceID]uint64{}, retired: maps.Clone(d.retired)}
	for i := range d.own {
		if d.own[i].Counter == 0 {
			d.own[i].Counter = h.counter
		}
	}
	h.says.Packs = slices.Clone(d.own)
	w.noteSaid(d)
	for _, other := range w.devices {
		id, o := other.id, d.heads[other.id]
		if o == nil {
			continue
		}
		for x, n := range o.seen {
			h.seen[x] = max(h.seen[x], n)
		}
		if id != d.id && len(o.says.Packs) > 0 {
			h.says.Heard = append(h.says.Heard, object.Heard{Device: id, Counter: o.counter})
		}
	}
	for id, o := range d.heads {
		h.seen[id] = max(h.seen[id], o.counter)
	}
	w.next++
	h.file = fmt.Sprintf("v%05d", w.next)
	w.files[h.file] = &wfile{head: h, created: w.now, pack: Pack{File: h.file, Use: pack.Head, Size: 50}}
	d.heads[d.id], d.flying = h, map[string]bool{}
}

// hide lets a gateway hide all heads of one device from another one. What a
// device that nobody knows yet does is shown to all.
func (w *world) hide() {
	a, b := w.devices[w.rng.Intn(len(w.devices))], w.devices[w.rng.Intn(len(w.devices))]
	if b.heads[a.id] != nil {
		b.blind[a.id] = w.now.Add(time.Duration(w.rng.Intn(150*24)) * time.Hour)
	}
}

// store uploads what the trees need and what lies nowhere that can be relied on.
func (w *world) store(d *wdevice, tips []*wcommit) {
	var fresh []int
	safe := d.safe()
	for _, c := range tips {
		for n := range c.tree {
			if !safe[key(n).ID] && !slices.Contains(fresh, n) {
				fresh = append(fresh, n)
			}
		}
	}
	slices.Sort(fresh)
	for len(fresh) > 0 {
		n := min(len(fresh), 1+w.rng.Intn(3))
		w.upload(d, fresh[:n])
		fresh = fresh[n:]
	}
}
