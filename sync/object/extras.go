package object

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/codec"
)

// The tags of values that heads carry besides their own fields.
const (
	TagSettings  = 1 // what all devices of the drive share
	TagCondemned = 2 // packs that this device wants to delete
)

// Setting is a value that all devices of a drive share. Of two with one key the
// one that was set later holds; [SettingWatched] is joined.
type Setting struct {
	Key   string
	Time  int64 // when it was set, Unix nanoseconds
	Value []byte
}

const maxKey = 256

// EncodeSettings returns the encoding of settings, which it sorts by key.
func EncodeSettings(all []Setting) []byte {
	slices.SortFunc(all, func(a, b Setting) int { return strings.Compare(a.Key, b.Key) })
	var w codec.Writer
	w.Head('S', version1)
	w.Uint(uint64(len(all)))
	for _, s := range all {
		w.Text(s.Key)
		w.Int(s.Time)
		w.Blob(s.Value)
	}
	return w.Bytes()
}

// DecodeSettings reads settings.
func DecodeSettings(p []byte) ([]Setting, error) {
	r := codec.NewReader(p)
	r.Head('S', version1)
	all := make([]Setting, r.Count(3))
	for i := range all {
		all[i] = Setting{r.Text(maxKey), r.Int(), r.Blob()}
		if i > 0 && all[i].Key <= all[i-1].Key {
			r.Fail("settings out of order")
			break
		}
	}
	if err := r.End(); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	return all, nil
}

// MergeSettings joins what several devices say. The order does not matter.
func MergeSettings(lists ...[]Setting) []Setting {
	newest := map[string]Setting{}
	for _, list := range lists {
		for _, s := range list {
			old, ok := newest[s.Key]
			switch {
			case ok && s.Key == SettingWatched:
				newest[s.Key] = joinWatched(old, s)
			case !ok, laterSetting(s, old) > 0:
				newest[s.Key] = s
			}
		}
	}
	out := make([]Setting, 0, len(newest))
	for _, s := range newest {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Setting) int { return strings.Compare(a.Key, b.Key) })
	return out
}

func laterSetting(a, b Setting) int {
	return cmp.Or(cmp.Compare(a.Time, b.Time), bytes.Compare(a.Value, b.Value))
}

// Condemned is a pack that a device wants to delete, or has deleted.
type Condemned struct {
	File    string // id on the network
	Since   int64  // when it was condemned, Unix nanoseconds
	Counter uint64 // of the first head that says so
	Gone    bool   // it was deleted
}

// Heard says which condemned packs of another device a head knew: those of the
// head with that counter. Unlike Seen it is said only of heads that were read.
type Heard struct {
	Device  DeviceID
	Counter uint64
}

// Sentence is what a head says about packs that are to be deleted.
type Sentence struct {
	Packs []Condemned // of this device
	Heard []Heard
}

// EncodeSentence returns the encoding of a sentence, whose lists it sorts.
func EncodeSentence(s Sentence) []byte {
	all := s.Packs
	slices.SortFunc(all, func(a, b Condemned) int { return strings.Compare(a.File, b.File) })
	slices.SortFunc(s.Heard, func(a, b Heard) int { return bytes.Compare(a.Device[:], b.Device[:]) })
	var w codec.Writer
	w.Head('X', version1)
	w.Uint(uint64(len(all)))
	for _, c := range all {
		w.Text(c.File)
		w.Int(c.Since)
		w.Uint(c.Counter)
		gone := uint64(0)
		if c.Gone {
			gone = 1
		}
		w.Uint(gone)
	}
	w.Uint(uint64(len(s.Heard)))
	for _, h := range s.Heard {
		w.Fixed(h.Device[:])
		w.Uint(h.Counter)
	}
	return w.Bytes()
}

// DecodeSentence reads a sentence.
func DecodeSentence(p []byte) (Sentence, error) {
	r := codec.NewReader(p)
	r.Head('X', version1)
	all := make([]Condemned, r.Count(4))
	for i := range all {
		all[i] = Condemned{File: r.Text(maxFileID), Since: r.Int(), Counter: r.Uint(), Gone: r.UintMax(1) == 1}
		if i > 0 && all[i].File <= all[i-1].File {
			r.Fail("condemned packs out of order")
			break
		}
	}
	heard := make([]Heard, r.Count(17))
	for i := range heard {
		copy(heard[i].Device[:], r.Fixed(16))
		heard[i].Counter = r.Uint()
		if i > 0 && bytes.Compare(heard[i].Device[:], heard[i-1].Device[:]) <= 0 {
			r.Fail("devices out of order")
			break
		}
	}
	if err := r.End(); err != nil {
		return Sentence{}, fmt.Errorf("condemned packs: %w", err)
	}
	return Sentence{all, heard}, nil
}

// Settings returns what the head says about shared settings. A list that
// cannot be read, as a later version may write it, counts as none.
func (h *Head) Settings() []Setting {
	all, err := DecodeSettings(h.extra(TagSettings))
	if err != nil {
		return nil
	}
	return all
}

// Sentence returns the packs that the device of this head wants to delete, and
// what it knew of others'. One that cannot be read is an error: what it says
// must not be overlooked.
func (h *Head) Sentence() (Sentence, error) {
	p := h.extra(TagCondemned)
	if p == nil {
		return Sentence{}, nil
	}
	return DecodeSentence(p)
}

// AddExtra adds a value; an empty one is left out.
func (h *Head) AddExtra(tag uint64, value []byte) {
	if len(value) > 0 {
		h.Extras = append(h.Extras, Extra{tag, value})
	}
}

func (h *Head) extra(tag uint64) []byte {
	for _, x := range h.Extras {
		if x.Tag == tag {
			return x.Value
		}
	}
	return nil
}
