// Package tree is the model of a synced folder: what lies where, without
// saying on which disk or in which file of the network. It is plain data with
// no side effects, so that merging and planning can be pure functions.
package tree

import (
	"bytes"
	"cmp"
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
	nodes   map[ID]Node
	kids    map[ID]map[string]ID
	aliases map[ID]ID
}

// New returns a tree that holds only the root.
func New() *Tree {
	return &Tree{nodes: map[ID]Node{}, kids: map[ID]map[string]ID{{}: {}}, aliases: map[ID]ID{}}
}

// Len returns the number of nodes, the root not counted.
func (t *Tree) Len() int { return len(t.nodes) }

// Get returns the node with that id. The root is no node of its own; Get of
// the zero id returns false.
func (t *Tree) Get(id ID) (Node, bool) {
	n, ok := t.nodes[id]
	return n, ok
}

// IsFolder reports whether id names the root or a folder of the tree.
func (t *Tree) IsFolder(id ID) bool { return id == ID{} || t.nodes[id].Kind == Folder }

// Add puts a node into its parent, which must be there.
func (t *Tree) Add(n Node) error {
	if err := t.check(n); err != nil {
		return err
	}
	t.nodes[n.ID] = n
	t.kids[n.Parent][n.Name] = n.ID
	if n.Kind == Folder && t.kids[n.ID] == nil {
		t.kids[n.ID] = map[string]ID{}
	}
	return nil
}

func (t *Tree) check(n Node) error {
	if err := CheckName(n.Name); err != nil {
		return err
	}
	_, twice := t.nodes[n.ID]
	_, taken := t.kids[n.Parent][n.Name]
	switch {
	case n.ID == ID{}, twice:
		return fmt.Errorf("%w: id %s twice", ErrInvalid, n.ID)
	case taken:
		return fmt.Errorf("%w: name %q twice", ErrInvalid, n.Name)
	case !t.IsFolder(n.Parent):
		return fmt.Errorf("%w: %q has no parent", ErrInvalid, n.Name)
	case n.Kind < Folder || n.Kind > Link || n.Mode > 0o777 || n.Size < 0:
		return fmt.Errorf("%w: kind %d mode %o size %d", ErrInvalid, n.Kind, n.Mode, n.Size)
	}
	return nil
}

// Child returns the node of that name in a folder.
func (t *Tree) Child(parent ID, name string) (Node, bool) {
	id, ok := t.kids[parent][name]
	if !ok {
		return Node{}, false
	}
	return t.nodes[id], true
}

// Width returns how many nodes lie in a folder.
func (t *Tree) Width(id ID) int { return len(t.kids[id]) }

// Children returns what lies in a folder, sorted by name.
func (t *Tree) Children(parent ID) []Node {
	out := make([]Node, 0, len(t.kids[parent]))
	for _, id := range t.kids[parent] {
		out = append(out, t.nodes[id])
	}
	slices.SortFunc(out, func(a, b Node) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// Path returns where a node lies, with slashes and without one in front; ""
// for the root and for unknown ids.
func (t *Tree) Path(id ID) string {
	var parts []string
	for id != (ID{}) {
		n, ok := t.nodes[id]
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
func (t *Tree) Nodes() map[ID]Node { return t.nodes }

// Aliases returns the ids that once named a node and were joined with another
// one, which now stands for both. The map must not be changed.
func (t *Tree) Aliases() map[ID]ID { return t.aliases }

// SetAlias makes id stand for node to.
func (t *Tree) SetAlias(id, to ID) { t.aliases[id] = to }

// Equal reports whether both trees hold the same nodes and aliases.
func (t *Tree) Equal(o *Tree) bool {
	return maps.Equal(t.nodes, o.nodes) && maps.Equal(t.aliases, o.aliases)
}
