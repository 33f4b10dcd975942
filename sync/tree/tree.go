package tree

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// ID names a node for its whole life, wherever it is moved. The zero ID is the
// root folder.
type ID [16]byte

// String returns the id in hex, for logs.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// Compare orders ids by their bytes.
func (id ID) Compare(o ID) int { return bytes.Compare(id[:], o[:]) }

// Kind says what a node is. It never changes during the life of a node.
type Kind uint8

// The kinds of nodes. Other things a disk may hold are not synced.
const (
	Folder Kind = 1
	File   Kind = 2
	Link   Kind = 3
)

// Node is one file, folder or symbolic link.
type Node struct {
	ID, Parent ID
	Name       string
	Kind       Kind
	Mode       uint32 // permission bits, at most 0777
	MTime      int64  // Unix nanoseconds; 0 for folders
	Size       int64  // bytes; 0 for folders and links
	Content    string // names the bytes of a file, opaque here; the target of a link
	By         string // name of the device that made this content; for conflict copies
}

// SameData reports whether both nodes hold the same bytes.
func (n Node) SameData(o Node) bool { return n.Kind == o.Kind && n.Content == o.Content }

// SamePlace reports whether both nodes lie in the same folder under one name.
func (n Node) SamePlace(o Node) bool { return n.Parent == o.Parent && n.Name == o.Name }

// MaxName is the longest name of a node, in bytes. File systems allow 255;
// the rest is room for names that were not written as UTF-8.
const MaxName = 1024

// ErrInvalid is returned for nodes that no folder can hold.
var ErrInvalid = errors.New("invalid tree")

// CheckName refuses names that could leave the folder they are in.
func CheckName(name string) error {
	switch {
	case name == "", name == ".", name == "..", len(name) > MaxName:
		return fmt.Errorf("%w: name %q", ErrInvalid, name)
	case strings.ContainsAny(name, "/\x00"), !utf8.ValidString(name):
		return fmt.Errorf("%w: name %q", ErrInvalid, name)
	}
	return nil
}

// Tree is a folder with all that is in it. Make one with [New]. It is not
// safe for use by several goroutines while one of them changes it.
type Tree struct {
	nodes   *Map[Node]
	kids    *Map[*kids] // of the root and of folders that have any
	files   int
	aliases map[ID]ID
}

// kids are what lies in a folder, by name.
type kids struct {
	byName map[string]ID
	tree   *Tree // that may change them
}

// New returns a tree that holds only the root.
func New() *Tree {
	return &Tree{nodes: NewMap[Node](), kids: NewMap[*kids](), aliases: map[ID]ID{}}
}

// Len returns the number of nodes, the root not counted.
func (t *Tree) Len() int { return t.nodes.Len() }

// Files returns the number of files and links.
func (t *Tree) Files() int { return t.files }

// Get returns the node with that id. The root is no node of its own; Get of
// the zero id returns false.
func (t *Tree) Get(id ID) (Node, bool) {
	return t.nodes.Get(id)
}

// IsFolder reports whether id names the root or a folder of the tree.
func (t *Tree) IsFolder(id ID) bool { return id == ID{} || t.nodes.At(id).Kind == Folder }

// Add puts a node into its parent, which must be there.
func (t *Tree) Add(n Node) error {
	if err := t.check(n); err != nil {
		return err
	}
	t.put(n)
	return nil
}

func (t *Tree) put(n Node) {
	t.nodes.Set(n.ID, n)
	t.ownKids(n.Parent)[n.Name] = n.ID
	if n.Kind != Folder {
		t.files++
	}
}

// ownKids returns what lies in a folder, to be changed.
func (t *Tree) ownKids(folder ID) map[string]ID {
	k := t.kids.At(folder)
	switch {
	case k == nil:
		k = &kids{map[string]ID{}, t}
	case k.tree != t:
		k = &kids{maps.Clone(k.byName), t}
	default:
		return k.byName
	}
	t.kids.Set(folder, k)
	return k.byName
}

func (t *Tree) kidsOf(folder ID) map[string]ID {
	if k := t.kids.At(folder); k != nil {
		return k.byName
	}
	return nil
}

func (t *Tree) check(n Node) error {
	if err := t.checkAlone(n); err != nil {
		return err
	}
	if !t.IsFolder(n.Parent) {
		return fmt.Errorf("%w: %q has no parent", ErrInvalid, n.Name)
	}
	return nil
}

// checkAlone checks all but where a node lies.
func (t *Tree) checkAlone(n Node) error {
	if err := CheckName(n.Name); err != nil {
		return err
	}
	twice := t.nodes.Has(n.ID)
	_, taken := t.kidsOf(n.Parent)[n.Name]
	switch {
	case n.ID == ID{}, twice:
		return fmt.Errorf("%w: id %s twice", ErrInvalid, n.ID)
	case taken:
		return fmt.Errorf("%w: name %q twice", ErrInvalid, n.Name)
	case n.Kind < Folder || n.Kind > Link || n.Mode > 0o777 || n.Size < 0:
		return fmt.Errorf("%w: kind %d mode %o size %d", ErrInvalid, n.Kind, n.Mode, n.Size)
	}
	return nil
}

// Child returns the node of that name in a folder.
func (t *Tree) Child(parent ID, name string) (Node, bool) {
	id, ok := t.kidsOf(parent)[name]
	if !ok {
		return Node{}, false
	}
	return t.nodes.Get(id)
}

// Width returns how many nodes lie in a folder.
func (t *Tree) Width(id ID) int { return len(t.kidsOf(id)) }

// Children returns what lies in a folder, sorted by name.
func (t *Tree) Children(parent ID) []Node {
	ids := t.ChildIDs(parent)
	out := make([]Node, len(ids))
	for i, id := range ids {
		out[i] = t.nodes.At(id)
	}
	return out
}

// ChildIDs returns the ids of what lies in a folder, sorted by name.
func (t *Tree) ChildIDs(parent ID) []ID {
	kids := t.kidsOf(parent)
	ids := make([]ID, 0, len(kids))
	for _, name := range slices.Sorted(maps.Keys(kids)) {
		ids = append(ids, kids[name])
	}
	return ids
}

// Path returns where a node lies, with slashes and without one in front; ""
// for the root and for unknown ids.
func (t *Tree) Path(id ID) string {
	var parts []string
	for id != (ID{}) {
		n, ok := t.nodes.Get(id)
		if !ok {
			return ""
		}
		parts = append(parts, n.Name)
		id = n.Parent
	}
	slices.Reverse(parts)
	return strings.Join(parts, "/")
}

// Find returns the node at a path as [Tree.Path] writes it.
func (t *Tree) Find(path string) (Node, bool) {
	var n Node
	for part := range strings.SplitSeq(path, "/") {
		var ok bool
		if n, ok = t.Child(n.ID, part); !ok {
			return Node{}, false
		}
	}
	return n, true
}

// Walk calls visit for every node, folders before what is in them, in the
// order of names. It stops at the first error and returns it.
func (t *Tree) Walk(visit func(path string, n Node) error) error {
	return t.walk(ID{}, "", visit)
}

func (t *Tree) walk(id ID, prefix string, visit func(string, Node) error) error {
	for _, n := range t.Children(id) {
		if err := visit(prefix+n.Name, n); err != nil {
			return err
		}
		if n.Kind != Folder {
			continue
		}
		if err := t.walk(n.ID, prefix+n.Name+"/", visit); err != nil {
			return err
		}
	}
	return nil
}

// Nodes returns the nodes by id. The map must not be changed.
func (t *Tree) Nodes() *Map[Node] { return t.nodes }

// Aliases returns the ids that once named a node and were joined with another
// one, which now stands for both. The map must not be changed.
func (t *Tree) Aliases() map[ID]ID { return t.aliases }

// SetAlias makes id stand for node to.
func (t *Tree) SetAlias(id, to ID) { t.aliases[id] = to }

// Equal reports whether both trees hold the same nodes and aliases.
func (t *Tree) Equal(o *Tree) bool {
	return t.nodes.Equal(o.nodes) && maps.Equal(t.aliases, o.aliases)
}
