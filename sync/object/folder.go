package object

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

const (
	// maxEntries is how many entries a folder, or a part of one, holds before
	// it is split into 16 parts by the hash of the names.
	maxEntries = 512
	branches   = 16
	maxText    = 4096

	shapeLeaf   = 0
	shapeBranch = 1
)

// Entry is a node as it stands in its folder. Sub is the id of a folder's own
// object.
type Entry struct {
	tree.Node
	Sub pack.ID
}

// saveFolder stores entries and returns the id of the folder's object.
func saveFolder(entries []Entry, save Saver) (pack.ID, error) {
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return savePart(entries, 0, save)
}

func savePart(entries []Entry, depth int, save Saver) (pack.ID, error) {
	if len(entries) <= maxEntries {
		return save(pack.Folder, encodeLeaf(entries))
	}
	var parts [branches][]Entry
	for _, e := range entries {
		i := branchOf(e.Name, depth)
		parts[i] = append(parts[i], e)
	}
	var w codec.Writer
	w.Head('F', version1)
	w.Uint(shapeBranch)
	for _, part := range parts {
		var id pack.ID
		if len(part) > 0 {
			var err error
			if id, err = savePart(part, depth+1, save); err != nil {
				return id, err
			}
		}
		w.Fixed(id[:])
	}
	return save(pack.Folder, w.Bytes())
}

// branchOf returns digit number depth of the name's SHA-256 in hex.
func branchOf(name string, depth int) int {
	h := sha256.Sum256([]byte(name))
	b := h[depth/2%len(h)]
	if depth%2 == 0 {
		return int(b >> 4)
	}
	return int(b & 15)
}

func encodeLeaf(entries []Entry) []byte {
	var w codec.Writer
	w.Head('F', version1)
	w.Uint(shapeLeaf)
	w.Uint(uint64(len(entries)))
	for _, e := range entries {
		writeEntry(&w, e)
	}
	return w.Bytes()
}

func writeEntry(w *codec.Writer, e Entry) {
	w.Text(e.Name)
	w.Fixed(e.ID[:])
	w.Fixed([]byte{byte(e.Kind)})
	w.Uint(uint64(e.Mode))
	if e.Kind == tree.Folder {
		w.Fixed(e.Sub[:])
		return
	}
	w.Int(e.MTime)
	w.Uint(uint64(e.Size))
	w.Text(e.Content)
	w.Text(e.By)
}

func readEntry(r *codec.Reader) Entry {
	var e Entry
	e.Name = r.Text(tree.MaxName)
	copy(e.ID[:], r.Fixed(16))
	e.Kind = tree.Kind(r.Fixed(1)[0])
	e.Mode = uint32(r.UintMax(0o777))
	if e.Kind == tree.Folder {
		copy(e.Sub[:], r.Fixed(32))
		return e
	}
	e.MTime = r.Int()
	e.Size = int64(r.UintMax(1 << 62))
	e.Content = string(r.Blob())
	e.By = r.Text(maxText)
	return e
}

// DecodeFolder reads a folder object: either its entries, or the ids of its
// parts at the next depth.
func DecodeFolder(p []byte) (entries []Entry, parts []pack.ID, err error) {
	r := codec.NewReader(p)
	r.Head('F', version1)
	if r.UintMax(shapeBranch) == shapeBranch {
		parts = readParts(r)
	} else {
		entries = readEntries(r)
	}
	if err := r.End(); err != nil {
		return nil, nil, fmt.Errorf("folder: %w", err)
	}
	return entries, parts, nil
}

func readParts(r *codec.Reader) []pack.ID {
	parts := make([]pack.ID, branches)
	for i := range parts {
		copy(parts[i][:], r.Fixed(32))
	}
	return parts
}

func readEntries(r *codec.Reader) []Entry {
	entries := make([]Entry, r.Count(24))
	for i := range entries {
		entries[i] = readEntry(r)
		if i > 0 && entries[i].By == entries[i-1].By {
			entries[i].By = entries[i-1].By // most are: then it lies in memory once
		}
		if i > 0 && entries[i].Name <= entries[i-1].Name {
			r.Fail("entries out of order")
		}
		if err := tree.CheckName(entries[i].Name); err != nil {
			r.Fail("name")
		}
		if r.Err() != nil {
			return nil
		}
	}
	return entries
}

// loadFolder calls each with the entries of a folder, all parts of it.
func loadFolder(id pack.ID, load Loader, depth int, each func(Entry) error) error {
	p, err := load(pack.Folder, id)
	if err != nil {
		return err
	}
	entries, parts, err := DecodeFolder(p)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := each(e); err != nil {
			return err
		}
	}
	if depth > 2*sha256.Size {
		return fmt.Errorf("folder: %w: too deep", codec.ErrMalformed)
	}
	for _, part := range parts {
		if part == (pack.ID{}) {
			continue
		}
		if err := loadFolder(part, load, depth+1, each); err != nil {
			return err
		}
	}
	return nil
}
