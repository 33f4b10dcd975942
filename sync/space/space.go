// Package space decides which packs of a drive may be deleted. It is pure: it
// gets all facts and returns a plan; it reads nothing and deletes nothing.
//
// The one promise: nothing that a commit within retention needs is ever
// deleted, whatever other devices do at the same time, for however long they
// are away, and whatever a gateway hides. It rests on three rules.
//
//   - A pack is condemned first, in the head of the device that wants to delete
//     it, and for [Grace] nobody deletes it. Who has read that head relies on
//     the pack no more.
//   - It is deleted only when every device that counts has published a head
//     that says it has read the condemning one. What those devices published before is
//     known by then, so a pack that any of it needs is kept; what they publish
//     later does not rely on it.
//   - A copy of a blob counts only if no device has condemned the pack it is in.
package space

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

const (
	// Grace is how long a pack stays condemned before it is deleted.
	Grace = 30 * 24 * time.Hour
	// Away is how long a device may be silent until a person is asked whether it
	// still counts.
	Away = 90 * 24 * time.Hour
	// strangerAge is how old a pack must be that no head names before it is
	// condemned: another device may still be about to name it.
	strangerAge = 60 * 24 * time.Hour
	// clockAhead is how far the clock of this device may be ahead of the newest
	// file on the network before it is not believed.
	clockAhead = 8 * 24 * time.Hour
	// clockBehind is how far it may be behind.
	clockBehind = 24 * time.Hour
	// mostDeleted is how many packs one plan deletes at most.
	mostDeleted = 2000
)

// Blob is a blob of a pack.
type Blob struct {
	Kind   pack.Kind
	ID     pack.ID
	Length int64 // sealed bytes
}

// Key names a blob.
type Key struct {
	Kind pack.Kind
	ID   pack.ID
}

// Pack is a pack that heads or indexes name.
type Pack struct {
	File  string // id on the network
	Use   pack.Use
	Size  int64 // bytes
	Blobs []Blob
}

// File is a pack on the network, as the listing of all files shows it.
type File struct {
	ID      string
	Name    string
	Use     pack.Use // by its name
	Size    int64
	Created time.Time
}

// Device is what the newest head of a device says.
type Device struct {
	ID        object.DeviceID
	Name      string
	Heard     map[object.DeviceID]uint64 // counters of heads whose condemned packs it knew
	Time      time.Time                  // of the head
	Condemned []object.Condemned
	Retired   bool // a person said that it does not count any more
}

// Facts are all that a plan follows from.
type Facts struct {
	Now     time.Time
	Self    object.DeviceID
	Devices []Device           // all that are known, this one left out
	Own     []object.Condemned // what this device said so far
	// Unseen is how many heads others name, or the network shows, that could not
	// be read.
	Unseen   int
	Listings [2][]File // two complete listings, only packs of this drive
	Packs    []Pack
	Needed   map[Key]bool    // blobs that commits within retention need
	Current  map[Key]bool    // of those, what is in the drive now
	Pinned   map[string]bool // files that are needed as they are: heads, indexes
	Flying   map[string]bool // packs this device sent and has not published yet
	Named    map[string]bool // files that some head or index in use still names
	Worth    int64           // unneeded bytes that are worth an effort; 0 means 1 MiB
}

// Why says why nothing may be deleted or condemned now.
type Why string

// The reasons.
const (
	Free       Why = ""
	Unequal    Why = "The list of files on the network was not the same twice. Nothing was deleted; it is tried again later."
	HeadsUnset Why = "Part of your drive is not being shown by this gateway. Nothing was deleted; try another gateway."
	WrongClock Why = "The clock of this computer seems to be wrong. Nothing was deleted; set it right."
)

// Plan is what a device should do about space.
type Plan struct {
	Refused Why
	// Own is what the next head of this device says; Changed tells whether that
	// is new.
	Own     []object.Condemned
	Changed bool
	Delete  []string // packs to delete now, in this order
	Waiting []object.DeviceID
	// Silent are devices that were not seen for Away: a person must say whether
	// they still count. Until then nothing is deleted.
	Silent  []object.DeviceID
	Absent  []string // packs that are known and that the network does not have
	Missing []string // of those, and of heads and indexes, the ones that are needed
	Sparse  []string // packs that are worth storing anew, without what nobody needs
	Usage   Usage
	// What storing them anew sends, and what can be deleted then, in bytes.
	SparseCost, SparseGain int64

	needed map[Key]bool
}

// Usage is what the space on the network is used for, in bytes.
type Usage struct {
	Total     int64
	Metadata  int64 // heads, folders, indexes
	Current   int64 // content of what is in the drive now
	Old       int64 // content of versions and deleted files that are still kept
	Unused    int64 // content in packs that nothing needs, or that only half is needed of
	Condemned int64 // of all that, packs that wait for deletion
	Packs     int
}

// Wants reports whether the plan keeps a blob.
func (p Plan) Wants(kind pack.Kind, id pack.ID) bool { return p.needed[Key{kind, id}] }

// Make makes the plan.
func Make(f Facts) Plan {
	m := newPlanner(f)
	p := Plan{Own: slices.Clone(f.Own), Usage: m.usage(), needed: f.Needed}
	if p.Refused = m.refuse(); p.Refused != Free {
		return p
	}
	p.Absent, p.Missing = m.absentPacks(), m.missing()
	p.Sparse, p.SparseCost, p.SparseGain = m.sparse()
	p.Silent, p.Waiting = m.silent(), m.waiting()
	p.Own = m.own()
	p.Changed = changed(f.Own, p.Own)
	if len(p.Silent) == 0 {
		p.Delete = m.deletable(p.Own)
	}
	return p
}

// planner holds the facts in the forms in which they are asked for.
type planner struct {
	Facts
	there   map[string]File  // in both listings
	packs   map[string]Pack  // by file
	others  map[string]bool  // condemned by another device
	owned   map[string]bool  // of those, by one that counts and will see to it
	gone    map[string]bool  // deleted, as another device says
	mine    map[string]int   // number in Own
	used    map[string]int64 // needed bytes in each pack
	keep    map[string]bool  // packs that hold the copy that is kept of some blob
	absent  map[Key]bool     // needed blobs that no pack on the network holds
	shaky   map[Key]bool     // needed blobs that only condemned packs hold
	holders map[Key][]string // packs on the network that hold a needed blob
	length  map[Key]int64    // of a needed blob, sealed
}

func newPlanner(f Facts) *planner {
	m := &planner{
		Facts: f, there: map[string]File{}, packs: map[string]Pack{}, others: map[string]bool{}, owned: map[string]bool{}, gone: map[string]bool{}, mine: map[string]int{},
		used: map[string]int64{}, keep: map[string]bool{}, absent: map[Key]bool{}, shaky: map[Key]bool{}, holders: map[Key][]string{}, length: map[Key]int64{},
	}
	twice := map[string]bool{}
	for _, x := range f.Listings[0] {
		twice[x.ID] = true
	}
	for _, x := range f.Listings[1] {
		if twice[x.ID] {
			m.there[x.ID] = x
		}
	}
	for _, d := range f.Devices {
		for _, c := range d.Condemned {
			m.others[c.File] = true
			m.gone[c.File] = m.gone[c.File] || c.Gone
			m.owned[c.File] = m.owned[c.File] || !d.Retired
		}
	}
	for i, c := range f.Own {
		m.mine[c.File] = i
	}
	for _, p := range f.Packs {
		m.packs[p.File] = p
	}
	m.hold()
	m.choose()
	return m
}

// hold notes which packs hold needed blobs, and how much of each is needed.
func (m *planner) hold() {
	for _, p := range m.Packs {
		if _, ok := m.there[p.File]; !ok {
			continue
		}
		for _, b := range p.Blobs {
			if k := (Key{b.Kind, b.ID}); m.Needed[k] {
				m.used[p.File] += b.Length
				m.length[k] = b.Length
				m.holders[k] = append(m.holders[k], p.File)
			}
		}
	}
}

// choose picks the copy of each needed blob that is kept: one that nobody has
// condemned, in the pack that is best used.
func (m *planner) choose() {
	for k := range m.Needed {
		holders := m.holders[k]
		if len(holders) == 0 {
			m.absent[k] = true
			continue
		}
		best := slices.MinFunc(holders, m.compare)
		m.keep[best] = true
		if m.condemned(best) {
			m.shaky[k] = true
		}
	}
}

func (m *planner) condemned(file string) bool {
	_, own := m.mine[file]
	return own || m.others[file]
}

// compare orders packs by how good it is to keep a blob there. Among condemned
// ones only the id counts, so that all devices that condemned a copy choose the
// same one to take back.
func (m *planner) compare(a, b string) int {
	ca, cb := m.condemned(a), m.condemned(b)
	switch {
	case ca != cb && ca:
		return 1
	case ca != cb:
		return -1
	case !ca && m.found(a) != m.found(b):
		if m.found(a) {
			return -1
		}
		return 1
	case !ca:
		if c := cmp.Compare(m.wasted(a), m.wasted(b)); c != 0 {
			return c
		}
	}
	return strings.Compare(a, b)
}

// found reports whether a new device finds out what a pack holds. One that no
// head and no index names any more may be known here alone.
func (m *planner) found(file string) bool { return m.Named[file] || m.Pinned[file] }

// wasted is how much of a pack is not needed, in percent.
func (m *planner) wasted(file string) int64 { return 100 - 100*m.used[file]/max(1, m.packs[file].Size) }
