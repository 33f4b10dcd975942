package space

import (
	"bytes"
	"math/rand"
	"slices"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

func at(days float64) time.Time {
	return time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(days * 24 * float64(time.Hour)))
}

// facts with one unneeded pack, condemned on day 0 by head 5.
func condemnedFacts(now time.Time) Facts {
	list := []File{{ID: "a", Use: pack.Content, Size: 100, Created: now}, {ID: "b", Use: pack.Content, Size: 100, Created: now}}
	return Facts{
		Now: now, Self: object.DeviceID{1}, Listings: [2][]File{list, list},
		Packs:  []Pack{{File: "a", Size: 100, Use: pack.Content, Blobs: []Blob{{pack.Data, key(1).ID, 90}}}, {File: "b", Size: 100, Use: pack.Content, Blobs: []Blob{{pack.Data, key(2).ID, 90}}}},
		Needed: map[Key]bool{key(1): true}, Own: []object.Condemned{{File: "b", Since: at(0).UnixNano(), Counter: 5}},
		Devices: []Device{{ID: object.DeviceID{2}, Time: now, Heard: map[object.DeviceID]uint64{{1}: 5}}},
	}
}

func TestWhenAPackIsDeleted(t *testing.T) {
	for name, change := range map[string]func(f *Facts){
		"too early":      func(f *Facts) { f.Now = at(29) },
		"not heard":      func(f *Facts) { f.Devices[0].Heard[object.DeviceID{1}] = 4 },
		"silent":         func(f *Facts) { f.Devices[0].Time = at(31 - 91) },
		"needed again":   func(f *Facts) { f.Needed[key(2)] = true },
		"heads unread":   func(f *Facts) { f.Unseen = 1 },
		"lists differ":   func(f *Facts) { f.Listings[1] = f.Listings[1][:1] },
		"clock ahead":    func(f *Facts) { f.Now = at(50) },
		"clock behind":   func(f *Facts) { f.Now, f.Own[0].Since = at(29.5), at(-9).UnixNano() },
		"not said yet":   func(f *Facts) { f.Own[0].Counter = 0 },
		"on its way":     func(f *Facts) { f.Flying = map[string]bool{"b": true} },
		"only bad copy":  func(f *Facts) { f.Packs[0].Blobs, f.Needed = nil, map[Key]bool{key(2): true} },
		"holds a head":   func(f *Facts) { f.Pinned = map[string]bool{"b": true} },
		"said by others": func(f *Facts) { f.Own = nil; f.Devices[0].Condemned = []object.Condemned{{File: "b", Counter: 1}} },
	} {
		f := condemnedFacts(at(31))
		if p := Make(f); !slices.Equal(p.Delete, []string{"b"}) || p.Refused != Free {
			t.Fatalf("nothing is deleted: %+v", p)
		}
		change(&f)
		if p := Make(f); len(p.Delete) != 0 {
			t.Errorf("%s: %v is deleted", name, p.Delete)
		}
	}
}

// Two devices condemned one copy each of what is needed: one of them takes its
// own back, and both know which.
func TestLastCopyIsGivenBack(t *testing.T) {
	f := condemnedFacts(at(31))
	f.Packs[0].Blobs = f.Packs[1].Blobs
	f.Needed = map[Key]bool{key(2): true}
	f.Devices[0].Condemned = []object.Condemned{{File: "a", Counter: 3}}
	if p := Make(f); len(p.Delete) != 0 || len(p.Own) != 1 {
		t.Errorf("the one with the greater id is not kept for later: %+v", p)
	}
	f.Own, f.Devices[0].Condemned = []object.Condemned{{File: "a", Counter: 5, Since: at(0).UnixNano()}}, []object.Condemned{{File: "b", Counter: 3}}
	if p := Make(f); len(p.Delete) != 0 || len(p.Own) != 0 || !p.Changed {
		t.Errorf("the one with the smaller id is not given back: %+v", p)
	}
}

func TestMissingPacksAndUsage(t *testing.T) {
	f := condemnedFacts(at(31))
	f.Listings[0] = append(f.Listings[0], File{ID: "h", Use: pack.Head, Size: 7, Created: at(31)})
	f.Listings[1] = f.Listings[0]
	f.Packs = append(f.Packs, Pack{File: "x", Size: 50, Blobs: []Blob{{pack.Data, key(3).ID, 40}, {pack.Data, key(1).ID, 90}}})
	p := Make(f)
	if p.Missing != nil {
		t.Error("a pack that nobody needs is missed", p.Missing)
	}
	if p.Usage != (Usage{Total: 207, Metadata: 7, Old: 90, Unused: 110, Condemned: 100, Packs: 3}) {
		t.Errorf("%+v", p.Usage)
	}
	f.Needed[key(3)] = true
	f.Pinned = map[string]bool{"gone head": true}
	if p := Make(f); !slices.Equal(p.Missing, []string{"gone head", "x"}) {
		t.Error("missing", p.Missing)
	}
}

// What is kept at a time is kept of what was kept before: a state that was let
// go is never asked for again.
func TestRetentionOnlyLetsGo(t *testing.T) {
	rng := rand.New(rand.NewSource(5))
	for range 200 {
		r := Retention{All: rng.Intn(20), Daily: rng.Intn(60), Weekly: rng.Intn(200)}
		var all []State
		for i := range 60 {
			s := State{ID: pack.ID{byte(i)}, Time: at(float64(rng.Intn(4000)) / 10)}
			all = append(all, s)
		}
		slices.SortFunc(all, func(a, b State) int { return a.Time.Compare(b.Time) })
		for i := 1; i < len(all); i++ {
			all[i].Parents = []pack.ID{all[i-1].ID}
		}
		last := r.Keep(all, at(401))
		for d := 401.0; d < 700; d += 0.7 {
			now := r.Keep(all, at(d))
			for id := range now {
				if !last[id] {
					t.Fatal(r, "brings back", id)
				}
			}
			last = now
		}
		if !last[all[len(all)-1].ID] {
			t.Fatal("the newest state is not kept")
		}
	}
	r := DefaultRetention()
	if back, err := DecodeRetention(r.Encode()); err != nil || back != r || !bytes.Equal(back.Encode(), r.Encode()) {
		t.Fatal(back, err)
	}
}

// Of two copies the one stays that a new device can find: what no head and no
// index names is known here alone, however well used it is.
func TestTheCopyThatOthersFindStays(t *testing.T) {
	f := condemnedFacts(at(31))
	f.Own, f.Needed, f.Worth = nil, map[Key]bool{key(1): true}, 1
	f.Packs[1].Blobs, f.Packs[1].Size = f.Packs[0].Blobs, 500 // worse used
	for _, named := range []string{"a", "b"} {
		f.Named = map[string]bool{named: true}
		if p := Make(f); len(p.Own) != 1 || p.Own[0].File == named {
			t.Errorf("of a and b, of which %s is named, %+v is condemned", named, p.Own)
		}
	}
}

// What a device condemned that does not count any more, another one takes over
// and waits for as long as for its own.
func TestPacksOfALostDeviceAreTakenOver(t *testing.T) {
	f := condemnedFacts(at(31))
	f.Own, f.Worth = nil, 1
	f.Devices[0].Condemned = []object.Condemned{{File: "b", Since: at(0).UnixNano(), Counter: 1}}
	if p := Make(f); len(p.Own) != 0 {
		t.Errorf("what a device condemned that counts is taken from it: %+v", p.Own)
	}
	f.Devices[0].Retired = true
	p := Make(f)
	if len(p.Own) != 1 || p.Own[0] != (object.Condemned{File: "b", Since: at(31).UnixNano()}) || len(p.Delete) != 0 {
		t.Fatalf("it is not taken over from the beginning: %+v", p)
	}
	f.Own = p.Own
	f.Own[0].Counter, f.Now = 5, at(62)
	for i := range f.Listings[0] {
		f.Listings[0][i].Created = at(62)
	}
	if p := Make(f); !slices.Equal(p.Delete, []string{"b"}) {
		t.Errorf("it is never deleted: %+v", p)
	}
	f.Needed[key(2)] = true
	if p := Make(f); len(p.Own) != 0 || len(p.Delete) != 0 {
		t.Errorf("what is needed again is not given back: %+v", p)
	}
}

// A commit is needed for ever and keeps the head that it lies in, with all else
// in there. Many such heads are worth storing what is needed of them together.
func TestOldHeadsAreStoredTogether(t *testing.T) {
	f := condemnedFacts(at(31))
	f.Own, f.Packs, f.Needed, f.Worth = nil, nil, map[Key]bool{}, 300
	f.Pinned = map[string]bool{"h0": true}
	var list []File
	for i, name := range []string{"h0", "h1", "h2", "h3", "h4"} {
		f.Packs = append(f.Packs, Pack{File: name, Size: 100, Use: pack.Head, Blobs: []Blob{{pack.Commit, key(i).ID, 10}, {pack.Data, key(10 + i).ID, 70}}})
		f.Needed[Key{pack.Commit, key(i).ID}] = true
		list = append(list, File{ID: name, Use: pack.Head, Size: 100, Created: at(31)})
	}
	f.Needed[key(14)] = true // most of h4
	f.Listings = [2][]File{list, list}
	if p := Make(f); len(p.Sparse) != 0 {
		t.Errorf("270 bytes are worth it: %v", p.Sparse)
	}
	f.Worth = 270
	if p := Make(f); !slices.Equal(p.Sparse, []string{"h1", "h2", "h3"}) || p.SparseCost != 30 || p.SparseGain != 300 {
		t.Errorf("%v, %d bytes for %d", p.Sparse, p.SparseCost, p.SparseGain)
	}
}
