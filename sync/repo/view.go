package repo

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// View is what is known of all devices at one moment.
type View struct {
	// Heads holds the newest head of each device, or several if a device says
	// different things under one counter, as a copied disk does.
	Heads []state.Head
	// Tips are the commits that no other head's history contains, sorted. None
	// means that the drive is empty.
	Tips []pack.ID
	// Hidden are heads that another device has seen and the network does not
	// show.
	Hidden []object.Seen
	// Settings are what all devices share, by key.
	Settings map[string]object.Setting
	// Unreadable is how many heads the network shows but does not deliver.
	Unreadable int
	// At is when the network was asked for it, as far as is known. Nothing is
	// published on the ground of an old one.
	At time.Time
}

// View returns what is known without asking the network.
func (r *Repo) View(ctx context.Context) (View, error) {
	all, err := r.st.Heads(ctx)
	if err != nil {
		return View{}, err
	}
	v := View{Heads: newest(all), At: r.lastPull()}
	v.Tips = v.tips()
	v.Hidden = v.hidden()
	if v.Settings, err = r.settings(ctx, v.Heads); err != nil {
		return View{}, err
	}
	v.Unreadable = r.countUnreadable(v.Heads)
	return v, nil
}

func (r *Repo) lastPull() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pulled
}

func newest(all []state.Head) []state.Head {
	top := map[object.DeviceID]uint64{}
	for _, h := range all {
		top[h.Device] = max(top[h.Device], h.Counter)
	}
	return slices.DeleteFunc(all, func(h state.Head) bool { return h.Counter < top[h.Device] })
}

// contains reports whether the history of a holds the commit of b.
func contains(a, b state.Head) bool {
	if a.Device == b.Device {
		return a.Counter > b.Counter
	}
	for _, s := range a.Seen {
		if s.Device == b.Device {
			return s.Counter > b.Counter || (s.Counter == b.Counter && s.Commit == b.Commit)
		}
	}
	return false
}

func (v View) tips() []pack.ID {
	ids := map[pack.ID]bool{}
	for _, b := range v.Heads {
		if !slices.ContainsFunc(v.Heads, func(a state.Head) bool { return contains(a, b) && !contains(b, a) }) {
			ids[b.Commit] = true
		}
	}
	return slices.SortedFunc(maps.Keys(ids), compareIDs)
}

func (v View) hidden() []object.Seen {
	known := map[object.DeviceID]uint64{}
	for _, h := range v.Heads {
		known[h.Device] = h.Counter
	}
	var out []object.Seen
	for _, h := range v.Heads {
		for _, s := range h.Seen {
			if s.Counter > known[s.Device] {
				out = append(out, s)
				known[s.Device] = s.Counter
			}
		}
	}
	return out
}

// own returns the counter of the newest head of a device.
func (v View) own(device object.DeviceID) uint64 {
	n := uint64(0)
	for _, h := range v.Heads {
		if h.Device == device {
			n = max(n, h.Counter)
		}
		for _, s := range h.Seen {
			if s.Device == device {
				n = max(n, s.Counter)
			}
		}
	}
	return n
}

// seen says how far each device had come, for a head whose commit follows all
// tips of the view. The device itself is left out.
func (v View) seen(except object.DeviceID) []object.Seen {
	top := map[object.DeviceID]object.Seen{}
	note := func(s object.Seen) {
		if s.Device != except && s.Counter >= top[s.Device].Counter {
			top[s.Device] = s
		}
	}
	for _, h := range v.Heads {
		for _, s := range h.Seen {
			note(s)
		}
	}
	for _, h := range v.Heads {
		note(object.Seen{Device: h.Device, Counter: h.Counter, Commit: h.Commit})
	}
	out := slices.Collect(maps.Values(top))
	slices.SortFunc(out, func(a, b object.Seen) int { return bytes.Compare(a.Device[:], b.Device[:]) })
	return out
}

// activeFor is how long a device counts as active after it published.
const activeFor = 10 * time.Minute

func (r *Repo) othersActive(ctx context.Context) (bool, error) {
	v, err := r.View(ctx)
	since := r.cfg.Now().Add(-activeFor).UnixNano()
	return slices.ContainsFunc(v.Heads, func(h state.Head) bool { return h.Device != r.device && h.Time > since }), err
}

func compareIDs(a, b pack.ID) int { return bytes.Compare(a[:], b[:]) }
