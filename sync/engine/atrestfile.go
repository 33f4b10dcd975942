package engine

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// What the file says of the stat of a node.
const (
	statNone  = 0 // nothing: it must be read again
	statPlain = 1 // the inode; all else is as the node says
	statFull  = 2
)

var restTable = crc32.MakeTable(crc32.Castagnoli)

// restWriter puts the file together: what is said of nodes, and apart from it
// all of their texts, which are read as one.
type restWriter struct {
	facts codec.Writer
	texts []byte
	by    map[string]int
	names []string // of devices
	tree  *tree.Tree
	disk  *tree.Disk
	dev   uint64
}

// encodeRest returns the file. Its last four bytes are the CRC-32C of all others.
func encodeRest(mark restMark, root pack.ID, t *tree.Tree, d *tree.Disk) []byte {
	w := &restWriter{by: map[string]int{}, tree: t, disk: d}
	w.facts.Room(64 * t.Len())
	w.folder(tree.ID{})
	var out codec.Writer
	out.Room(w.facts.Len() + len(w.texts) + 4096)
	out.Head('Q', 1)
	out.Fixed(mark[:])
	out.Fixed(root[:])
	out.Uint(uint64(t.Len()))
	out.Uint(w.dev)
	out.Uint(uint64(len(t.Aliases())))
	for id, to := range t.Aliases() {
		out.Fixed(id[:])
		out.Fixed(to[:])
	}
	out.Uint(uint64(len(w.names)))
	for _, name := range w.names {
		out.Text(name)
	}
	out.Blob(w.facts.Bytes())
	out.Blob(w.texts)
	return binary.LittleEndian.AppendUint32(out.Bytes(), crc32.Checksum(out.Bytes(), restTable))
}

// folder writes what lies in a folder, then its folders.
func (w *restWriter) folder(id tree.ID) {
	nodes := w.tree.Children(id)
	if len(nodes) == 0 {
		return
	}
	w.facts.Fixed(id[:])
	w.facts.Uint(uint64(len(nodes)))
	for _, n := range nodes {
		w.node(n)
	}
	for _, n := range nodes {
		if n.Kind == tree.Folder {
			w.folder(n.ID)
		}
	}
}

func (w *restWriter) node(n tree.Node) {
	by, known := w.by[n.By]
	if !known {
		by = len(w.names)
		w.by[n.By], w.names = by, append(w.names, n.By)
	}
	f := &w.facts
	f.Fixed(n.ID[:])
	f.Fixed([]byte{byte(n.Kind)})
	f.Uint(uint64(len(n.Name)))
	f.Uint(uint64(len(n.Content)))
	w.texts = append(append(w.texts, n.Name...), n.Content...)
	f.Uint(uint64(n.Mode))
	f.Int(n.MTime)
	f.Uint(uint64(n.Size))
	f.Uint(uint64(by))
	w.stat(n, w.disk.At(n.ID).Stat)
}

func (w *restWriter) stat(n tree.Node, s tree.Stat) {
	f := &w.facts
	if w.dev == 0 {
		w.dev = s.Dev
	}
	switch {
	case s == tree.Stat{}:
		f.Uint(statNone)
	case s == tree.Stat{Size: n.Size, MTime: n.MTime, Inode: s.Inode, Dev: w.dev, Mode: n.Mode}:
		f.Uint(statPlain)
		f.Uint(s.Inode)
	default:
		f.Uint(statFull)
		f.Uint(uint64(s.Size))
		f.Int(s.MTime)
		f.Uint(s.Inode)
		f.Uint(s.Dev)
		f.Uint(uint64(s.Mode))
	}
}

// atRest is what the file says.
type atRest struct {
	tree   *tree.Tree
	disk   *tree.Disk
	unsure []tree.ID // files that must be read again
}

// decodeRest reads a file that has this mark and is about this root.
func decodeRest(raw []byte, mark restMark, root pack.ID) (*atRest, error) {
	end := len(raw) - crc32.Size
	if end < 0 || crc32.Checksum(raw[:end], restTable) != binary.LittleEndian.Uint32(raw[end:]) {
		return nil, fmt.Errorf("what was known at rest: %w", codec.ErrMalformed)
	}
	r := codec.NewReader(raw[:end])
	r.Head('Q', 1)
	if restMark(r.Fixed(len(mark))) != mark || pack.ID(r.Fixed(len(root))) != root {
		r.Fail("of another time")
	}
	t, count := tree.New(), r.Count(1)
	t.Room(count)
	x := &restReader{tree: t, dev: r.Uint()}
	for range r.Count(32) {
		t.SetAlias(tree.ID(r.Fixed(16)), tree.ID(r.Fixed(16)))
	}
	for range r.Count(1) {
		x.names = append(x.names, r.Text(1<<16))
	}
	x.facts, x.texts = codec.NewReader(r.Blob()), string(r.Blob())
	if err := r.End(); err != nil {
		return nil, err
	}
	return x.read(count)
}

// restReader reads what the file says of nodes.
type restReader struct {
	facts *codec.Reader
	texts string // that were not taken yet
	names []string
	tree  *tree.Tree
	dev   uint64
	seen  []tree.Stat // of nodes, in the order of nodes
	nodes []tree.ID
}

func (x *restReader) read(count int) (*atRest, error) {
	x.seen, x.nodes = make([]tree.Stat, 0, count), make([]tree.ID, 0, count)
	for x.facts.Left() > 0 {
		folder := tree.ID(x.facts.Fixed(16))
		width := x.facts.Count(1)
		x.tree.FolderRoom(folder, width)
		for range width {
			if err := x.node(folder); err != nil {
				return nil, err
			}
		}
	}
	if err := x.facts.End(); err != nil {
		return nil, err
	}
	out := &atRest{tree: x.tree, disk: tree.DiskLike(x.tree)}
	for i, id := range x.nodes {
		n, _ := x.tree.Get(id)
		out.disk.See(n, x.seen[i])
		if n.Kind == tree.File && x.seen[i].MTime == 0 {
			out.unsure = append(out.unsure, id)
		}
	}
	return out, nil
}

func (x *restReader) node(folder tree.ID) error {
	r := x.facts
	n := tree.Node{ID: tree.ID(r.Fixed(16)), Parent: folder, Kind: tree.Kind(r.Fixed(1)[0])}
	name, content := r.Uint(), r.Uint()
	if all := uint64(len(x.texts)); name > all || content > all-name {
		r.Fail("texts")
		return r.Err()
	}
	n.Name, n.Content, x.texts = x.texts[:name], x.texts[name:name+content], x.texts[name+content:]
	n.Mode, n.MTime, n.Size = uint32(r.Uint()), r.Int(), int64(r.Uint())
	by, s := r.Uint(), x.stat(n)
	if by >= uint64(len(x.names)) {
		r.Fail("device")
	}
	if r.Err() != nil {
		return r.Err()
	}
	n.By = x.names[by]
	x.nodes, x.seen = append(x.nodes, n.ID), append(x.seen, s)
	return x.tree.Add(n)
}

func (x *restReader) stat(n tree.Node) tree.Stat {
	r := x.facts
	switch r.UintMax(statFull) {
	case statPlain:
		return tree.Stat{Size: n.Size, MTime: n.MTime, Inode: r.Uint(), Dev: x.dev, Mode: n.Mode}
	case statFull:
		return tree.Stat{Size: int64(r.Uint()), MTime: r.Int(), Inode: r.Uint(), Dev: r.Uint(), Mode: uint32(r.Uint())}
	}
	return tree.Stat{}
}
