package space

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// refuse says why the facts are not good enough to decide on.
func (m *planner) refuse() Why {
	if m.Unseen > 0 {
		return HeadsUnset
	}
	if len(m.there) != len(m.Listings[0]) || len(m.there) != len(m.Listings[1]) {
		return Unequal
	}
	newest := time.Time{}
	for _, x := range m.there {
		if x.Created.After(newest) {
			newest = x.Created
		}
	}
	if ahead := m.Now.Sub(newest); len(m.there) > 0 && (ahead > clockAhead || ahead < -clockBehind) {
		return WrongClock
	}
	return Free
}

// wanted reports whether a pack must stay.
func (m *planner) wanted(file string) bool {
	return m.keep[file] || m.Pinned[file] || m.Flying[file]
}

// own returns what this device condemns now: what it did before and still does
// not want, and what is found to be unwanted.
func (m *planner) own() []object.Condemned {
	var out []object.Condemned
	for _, c := range m.Own {
		_, there := m.there[c.File]
		switch {
		case c.Gone:
			if m.Named[c.File] || there || m.Now.Sub(time.Unix(0, c.Since)) < Grace {
				out = append(out, c)
			}
		case !there && m.isOver(c):
			out = append(out, object.Condemned{File: c.File, Since: m.Now.UnixNano(), Counter: c.Counter, Gone: true})
		case !there || !m.wanted(c.File):
			out = append(out, c)
		}
	}
	out = append(out, m.fresh(mostCondemned-len(out))...)
	slices.SortFunc(out, func(a, b object.Condemned) int { return strings.Compare(a.File, b.File) })
	return out
}

// isOver reports whether a condemned pack that is not listed may be called gone:
// its time has come, or another device deleted it. Before, a gateway may only
// hide it, and what is called gone is never read again.
func (m *planner) isOver(c object.Condemned) bool { return m.gone[c.File] || m.ripe(c) }

// ripe reports whether a pack was condemned for long enough, and all that count
// know of it.
func (m *planner) ripe(c object.Condemned) bool {
	return c.Counter > 0 && m.Now.Sub(time.Unix(0, c.Since)) >= Grace && m.allHeard(c.Counter)
}

const (
	// mostCondemned bounds the list that every head of the device carries.
	mostCondemned = 256
	// worthBytes and worthPacks are how much there must be to condemn before a
	// head is published for it. Else each head would be a reason for the next.
	worthBytes = 1 << 20
	worthPacks = 64
)

// worth is how many unneeded bytes are worth a head, or sending anew what else
// is in their pack.
func (m *planner) worth() int64 { return cmp.Or(m.Worth, worthBytes) }

// fresh returns what is to be condemned now, the largest packs first.
func (m *planner) fresh(most int) []object.Condemned {
	var found []File
	size := int64(0)
	for _, x := range m.there {
		_, already := m.mine[x.ID]
		if !already && !m.owned[x.ID] && !m.wanted(x.ID) && m.mayCondemn(x) {
			found = append(found, x)
			size += x.Size
		}
	}
	if most <= 0 || size < m.worth() && len(found) < worthPacks {
		return nil
	}
	slices.SortFunc(found, func(a, b File) int { return cmp.Or(cmp.Compare(b.Size, a.Size), strings.Compare(a.ID, b.ID)) })
	out := make([]object.Condemned, min(most, len(found)))
	for i := range out {
		out[i] = object.Condemned{File: found[i].ID, Since: m.Now.UnixNano()}
	}
	return out
}

// changed reports whether a list says anything new to others. That something is
// gone, or need not be said any more, can wait for the next head.
func changed(old, now []object.Condemned) bool {
	waits := map[string]bool{}
	for _, c := range old {
		waits[c.File] = !c.Gone
	}
	for _, c := range now {
		if _, known := waits[c.File]; !known {
			return true
		}
		delete(waits, c.File)
	}
	for _, waiting := range waits {
		if waiting {
			return true // it is given back
		}
	}
	return false
}

// mayCondemn reports whether a pack is one that can be judged: a pack that no
// head names may belong to a device that has not published it yet.
func (m *planner) mayCondemn(x File) bool {
	if x.Use != pack.Content && x.Use != pack.Metadata && x.Use != pack.Head {
		return false
	}
	if _, known := m.packs[x.ID]; known {
		return true
	}
	return IsStranger(x, m.Now)
}

// IsStranger reports whether a file is so old that it may be condemned even if
// no head names it.
func IsStranger(x File, now time.Time) bool { return now.Sub(x.Created) > strangerAge }

// deletable returns the packs whose time has come.
func (m *planner) deletable(own []object.Condemned) []string {
	unsafe := map[string]bool{} // holds a blob of which no better copy is there
	for k := range m.shaky {
		for _, file := range m.holders[k] {
			unsafe[file] = true
		}
	}
	var out []string
	for _, c := range own {
		if _, there := m.there[c.File]; c.Gone || !there || unsafe[c.File] || !m.ripe(c) {
			continue
		}
		if out = append(out, c.File); len(out) == mostDeleted {
			break
		}
	}
	return out
}

// allHeard reports whether every device that counts has read a head of this one,
// or a later one.
func (m *planner) allHeard(counter uint64) bool {
	for _, d := range m.Devices {
		if !d.Retired && d.Heard[m.Self] < counter {
			return false
		}
	}
	return true
}

// waiting are the devices that have not read yet what this one condemned.
func (m *planner) waiting() []object.DeviceID {
	var out []object.DeviceID
	for _, d := range m.Devices {
		behind := func(c object.Condemned) bool { return !c.Gone && d.Heard[m.Self] < c.Counter }
		if !d.Retired && slices.ContainsFunc(m.Own, behind) {
			out = append(out, d.ID)
		}
	}
	return out
}

func (m *planner) silent() []object.DeviceID {
	var out []object.DeviceID
	for _, d := range m.Devices {
		if !d.Retired && m.Now.Sub(d.Time) > Away {
			out = append(out, d.ID)
		}
	}
	return out
}

func (m *planner) absentPacks() []string {
	var out []string
	for _, p := range m.Packs {
		if _, there := m.there[p.File]; !there {
			out = append(out, p.File)
		}
	}
	slices.Sort(out)
	return out
}

// missing are packs that needed blobs lie in and that are gone, where no other
// copy is.
func (m *planner) missing() []string {
	var out []string
	for file := range m.Pinned {
		if _, there := m.there[file]; !there {
			out = append(out, file)
		}
	}
	for _, p := range m.Packs {
		if _, there := m.there[p.File]; there || m.Pinned[p.File] {
			continue
		}
		lacks := func(b Blob) bool { return m.absent[Key{b.Kind, b.ID}] }
		if slices.ContainsFunc(p.Blobs, lacks) {
			out = append(out, p.File)
		}
	}
	slices.Sort(out)
	return out
}

const (
	// sparsePercent is how much of a pack must be unused before it is worth
	// sending what is used once more.
	sparsePercent = 60
	// mostSparse bounds what one plan sends for it, in bytes.
	mostSparse = 256 << 20
)

// sparse finds packs of which little is needed, those with the most waste first.
func (m *planner) sparse() (files []string, cost, gain int64) {
	waste := func(file string) int64 { return m.packs[file].Size - m.used[file] }
	var small []string
	sum := int64(0)
	for file := range m.keep {
		p := m.packs[file]
		switch {
		case m.condemned(file) || m.wasted(file) < sparsePercent:
		case p.Use == pack.Content && waste(file) >= m.worth():
			files = append(files, file)
		case p.Use != pack.Content && !m.Pinned[file]:
			small = append(small, file)
			sum += waste(file)
		}
	}
	// Each commit is needed for ever, and lies in a head with what was small
	// enough then: one such pack is worth nothing, all of them are.
	if sum >= m.worth() {
		files = append(files, small...)
	}
	slices.SortFunc(files, func(a, b string) int {
		return cmp.Or(cmp.Compare(waste(b), waste(a)), strings.Compare(a, b))
	})
	for i, file := range files {
		if cost+m.used[file] > mostSparse {
			return files[:i], cost, gain
		}
		cost += m.used[file]
		gain += m.packs[file].Size
	}
	return files, cost, gain
}

func (m *planner) usage() Usage {
	var u Usage
	for _, x := range m.there {
		u.Total += x.Size
		u.Packs++
		if m.condemned(x.ID) {
			u.Condemned += x.Size
		}
		if x.Use != pack.Content {
			u.Metadata += x.Size
			continue
		}
		u.Unused += x.Size
	}
	for k := range m.Needed {
		if k.Kind != pack.Data || len(m.holders[k]) == 0 {
			continue
		}
		if best := slices.MinFunc(m.holders[k], m.compare); m.packs[best].Use == pack.Content {
			u.Unused -= m.length[k]
			if m.Current[k] {
				u.Current += m.length[k]
			} else {
				u.Old += m.length[k]
			}
		}
	}
	return u
}
