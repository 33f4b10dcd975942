package object

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// Pack says what is in one file of the network. Blobs follow each other from
// the end of the pack's header without gaps.
type Pack struct {
	File  string // id on the network; "" for the pack that holds this index
	Use   pack.Use
	Size  int64 // bytes; 0 for the pack that holds this index
	Blobs []pack.Blob
}

// Index says where blobs lie. It takes the place of the indexes it names.
type Index struct {
	Replaces []pack.ID // sorted
	Packs    []Pack
}

const maxFileID = 128

// Encode returns the encoding of the index. It sorts what it replaces.
func (x *Index) Encode() []byte {
	slices.SortFunc(x.Replaces, func(a, b pack.ID) int { return bytes.Compare(a[:], b[:]) })
	var w codec.Writer
	w.Head('I', version1)
	w.Uint(uint64(len(x.Replaces)))
	for _, id := range x.Replaces {
		w.Fixed(id[:])
	}
	writePacks(&w, x.Packs)
	return w.Bytes()
}

// DecodeIndex reads an index.
func DecodeIndex(p []byte) (Index, error) {
	r := codec.NewReader(p)
	r.Head('I', version1)
	x := Index{Replaces: readIDs(r), Packs: readPacks(r)}
	if err := r.End(); err != nil {
		return Index{}, fmt.Errorf("index: %w", err)
	}
	return x, nil
}

func writePacks(w *codec.Writer, packs []Pack) {
	w.Uint(uint64(len(packs)))
	for _, p := range packs {
		w.Text(p.File)
		w.Fixed([]byte{byte(p.Use)})
		w.Uint(uint64(p.Size))
		w.Uint(uint64(len(p.Blobs)))
		for _, b := range p.Blobs {
			w.Fixed([]byte{byte(b.Kind)})
			w.Fixed(b.ID[:])
			w.Uint(uint64(b.Length))
		}
	}
}

func readPacks(r *codec.Reader) []Pack {
	packs := make([]Pack, r.Count(4))
	for i := range packs {
		p := &packs[i]
		p.File = r.Text(maxFileID)
		p.Use = pack.Use(r.Fixed(1)[0])
		p.Size = int64(r.UintMax(pack.MaxSize))
		p.Blobs = readBlobs(r)
		if r.Err() != nil {
			return nil
		}
	}
	return packs
}

func readBlobs(r *codec.Reader) []pack.Blob {
	blobs := make([]pack.Blob, r.Count(34))
	at := uint64(pack.HeaderSize)
	for i := range blobs {
		b := &blobs[i]
		b.Kind = pack.Kind(r.Fixed(1)[0])
		copy(b.ID[:], r.Fixed(32))
		b.Offset, b.Length = uint32(at), uint32(r.UintMax(pack.MaxSize))
		if at += uint64(b.Length); at > pack.MaxSize {
			r.Fail("blobs of a pack end at %d", at)
			return nil
		}
	}
	return blobs
}
