package object

import (
	"bytes"
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// Seen says how far a device had come when another one looked.
type Seen struct {
	Device  DeviceID
	Counter uint64
	Commit  pack.ID
}

// IndexRef says where an index lies.
type IndexRef struct {
	ID     pack.ID
	File   string // id on the network
	Size   int64  // of the file, in bytes
	Offset uint32
	Length uint32
}

// Blob is the index as a blob of its pack.
func (x IndexRef) Blob() pack.Blob {
	return pack.Blob{Kind: pack.Index, ID: x.ID, Offset: x.Offset, Length: x.Length}
}

// Extra is a value that later versions add to a head. Readers keep what they
// do not know out of their way.
type Extra struct {
	Tag   uint64
	Value []byte
}

// Head is what a device publishes: its newest commit and all that is needed
// to read it.
type Head struct {
	Device  DeviceID
	Name    string
	Counter uint64 // grows by 1 with each head of the device
	Commit  pack.ID
	Time    int64      // Unix nanoseconds
	Seen    []Seen     // heads whose commits are part of this one's history, sorted by device
	Indexes []IndexRef // all indexes in use
	Loose   []Pack     // packs that are in no index yet
	Extras  []Extra
}

// Encode returns the encoding of the head.
func (h *Head) Encode() []byte {
	var w codec.Writer
	w.Head('H', version1)
	w.Fixed(h.Device[:])
	w.Text(h.Name)
	w.Uint(h.Counter)
	w.Fixed(h.Commit[:])
	w.Int(h.Time)
	w.Uint(uint64(len(h.Seen)))
	for _, s := range h.Seen {
		w.Fixed(s.Device[:])
		w.Uint(s.Counter)
		w.Fixed(s.Commit[:])
	}
	w.Uint(uint64(len(h.Indexes)))
	for _, x := range h.Indexes {
		writeIndexRef(&w, x)
	}
	writePacks(&w, h.Loose)
	w.Uint(uint64(len(h.Extras)))
	for _, e := range h.Extras {
		w.Uint(e.Tag)
		w.Blob(e.Value)
	}
	return w.Bytes()
}

func writeIndexRef(w *codec.Writer, x IndexRef) {
	w.Fixed(x.ID[:])
	w.Text(x.File)
	w.Uint(uint64(x.Size))
	w.Uint(uint64(x.Offset))
	w.Uint(uint64(x.Length))
}

// DecodeHead reads a head.
func DecodeHead(p []byte) (Head, error) {
	r := codec.NewReader(p)
	r.Head('H', version1)
	var h Head
	copy(h.Device[:], r.Fixed(16))
	h.Name = r.Text(maxText)
	h.Counter = r.Uint()
	copy(h.Commit[:], r.Fixed(32))
	h.Time = r.Int()
	h.Seen = readSeen(r)
	h.Indexes = readIndexRefs(r)
	h.Loose = readPacks(r)
	h.Extras = readExtras(r)
	if err := r.End(); err != nil {
		return Head{}, fmt.Errorf("head: %w", err)
	}
	return h, nil
}

func readSeen(r *codec.Reader) []Seen {
	seen := make([]Seen, r.Count(49))
	for i := range seen {
		copy(seen[i].Device[:], r.Fixed(16))
		seen[i].Counter = r.Uint()
		copy(seen[i].Commit[:], r.Fixed(32))
		if i > 0 && bytes.Compare(seen[i-1].Device[:], seen[i].Device[:]) >= 0 {
			r.Fail("devices out of order")
			return nil
		}
	}
	return seen
}

func readIndexRefs(r *codec.Reader) []IndexRef {
	refs := make([]IndexRef, r.Count(36))
	for i := range refs {
		x := &refs[i]
		copy(x.ID[:], r.Fixed(32))
		x.File = r.Text(maxFileID)
		x.Size = int64(r.UintMax(pack.MaxSize))
		x.Offset = uint32(r.UintMax(pack.MaxSize))
		x.Length = uint32(r.UintMax(pack.MaxSize))
	}
	return refs
}

func readExtras(r *codec.Reader) []Extra {
	extras := make([]Extra, r.Count(2))
	for i := range extras {
		extras[i] = Extra{r.Uint(), r.Blob()}
	}
	return extras
}
