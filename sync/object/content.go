package object

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// Ref names a chunk, or a list of chunks, and says how many bytes of the file
// it stands for.
type Ref struct {
	ID   pack.ID
	Size int64
}

// Content names the bytes of a file. With depth 0 the refs are its chunks in
// order, with depth n they are lists of depth n-1.
type Content struct {
	Depth int
	Refs  []Ref
}

const (
	maxDepth = 8
	maxRefs  = 256 // a longer list is cut into parts
	leastRef = 33
	mostRef  = 32 + 10
	version1 = 1
)

// Size is the length of the file in bytes.
func (c Content) Size() int64 {
	n := int64(0)
	for _, r := range c.Refs {
		n += r.Size
	}
	return n
}

// String encodes the content, as it stands in a folder. Equal bytes of a drive
// have equal strings.
func (c Content) String() string {
	var w codec.Writer
	w.Room((len(c.Refs) + 1) * mostRef)
	w.Uint(uint64(c.Depth))
	writeRefs(&w, c.Refs)
	return string(w.Bytes())
}

// ParseContent reads what [Content.String] wrote.
func ParseContent(s string) (Content, error) {
	r := codec.NewReader([]byte(s))
	c := Content{Depth: int(r.UintMax(maxDepth)), Refs: readRefs(r)}
	if err := r.End(); err != nil {
		return Content{}, fmt.Errorf("content of a file: %w", err)
	}
	return c, nil
}

func writeRefs(w *codec.Writer, refs []Ref) {
	w.Uint(uint64(len(refs)))
	for _, r := range refs {
		w.Fixed(r.ID[:])
		w.Uint(uint64(r.Size))
	}
}

func readRefs(r *codec.Reader) []Ref {
	refs := make([]Ref, r.Count(leastRef))
	for i := range refs {
		copy(refs[i].ID[:], r.Fixed(32))
		refs[i].Size = int64(r.UintMax(1 << 50))
	}
	return refs
}

// Saver stores an encoded object and returns its id.
type Saver func(kind pack.Kind, encoded []byte) (pack.ID, error)

// NewContent names a file by its chunks. Long lists are cut into parts, at
// places that follow from the ids, and the parts are saved.
func NewContent(chunks []Ref, save Saver) (Content, error) {
	c := Content{Refs: chunks}
	for len(c.Refs) > maxRefs {
		parts, err := saveParts(c, save)
		if err != nil {
			return Content{}, err
		}
		c = Content{Depth: c.Depth + 1, Refs: parts}
	}
	return c, nil
}

func saveParts(c Content, save Saver) ([]Ref, error) {
	var parts []Ref
	for start, i := 0, 0; i < len(c.Refs); i++ {
		n := i + 1 - start
		ends := (n >= 16 && c.Refs[i].ID[31]&63 == 0) || n == maxRefs
		if !ends && i < len(c.Refs)-1 {
			continue
		}
		part := Content{c.Depth, c.Refs[start : i+1]}
		id, err := save(pack.List, encodeList(part))
		if err != nil {
			return nil, err
		}
		parts = append(parts, Ref{id, part.Size()})
		start = i + 1
	}
	return parts, nil
}

func encodeList(c Content) []byte {
	var w codec.Writer
	w.Head('L', version1)
	w.Uint(uint64(c.Depth))
	writeRefs(&w, c.Refs)
	return w.Bytes()
}

// DecodeList reads a part of a chunk list.
func DecodeList(p []byte) (Content, error) {
	r := codec.NewReader(p)
	r.Head('L', version1)
	c := Content{Depth: int(r.UintMax(maxDepth)), Refs: readRefs(r)}
	if err := r.End(); err != nil {
		return Content{}, fmt.Errorf("chunk list: %w", err)
	}
	return c, nil
}

// Loader returns the encoded object of that id.
type Loader func(kind pack.Kind, id pack.ID) ([]byte, error)

// Chunks returns the chunks of a file in order. Lists that do not fit what
// names them are [codec.ErrMalformed].
func (c Content) Chunks(load Loader) ([]Ref, error) {
	if c.Depth == 0 {
		return c.Refs, nil
	}
	var out []Ref
	for _, ref := range c.Refs {
		p, err := load(pack.List, ref.ID)
		if err != nil {
			return nil, err
		}
		part, err := DecodeList(p)
		if err != nil {
			return nil, err
		}
		if part.Depth != c.Depth-1 || part.Size() != ref.Size {
			return nil, fmt.Errorf("%w: chunk list of another file", codec.ErrMalformed)
		}
		chunks, err := part.Chunks(load)
		if err != nil {
			return nil, err
		}
		out = append(out, chunks...)
	}
	return out, nil
}
