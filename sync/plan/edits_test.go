package plan

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// edit changes the device's disk at random.
func (d *device) edit() {
	local := treeOf(d.w.t, d.disk)
	nodes := slices.SortedFunc(maps.Values(d.disk), func(a, b tree.Node) int { return a.ID.Compare(b.ID) })
	d.w.clock += rapid.Int64Range(0, 2).Draw(d.w.t, "time")
	kind := rapid.IntRange(0, 9).Draw(d.w.t, "op")
	if len(nodes) == 0 || kind < 4 {
		d.add(local, nodes)
		return
	}
	n := rapid.SampledFrom(nodes).Draw(d.w.t, "node")
	switch {
	case kind < 6 && n.Kind == tree.File:
		d.w.gone[n.Content] = true
		n.Content, n.MTime, n.By = d.content(), d.w.clock, d.name
		d.disk[n.ID] = n
	case kind < 8:
		d.move(local, nodes, n)
	default:
		d.remove(local, n)
	}
}

var someNames = []string{"a", "b", "c.txt", "d (conflict, x, 2026-01-01).txt"}

func (d *device) folder(nodes []tree.Node) tree.ID {
	ids := []tree.ID{{}}
	for _, n := range nodes {
		if n.Kind == tree.Folder {
			ids = append(ids, n.ID)
		}
	}
	return rapid.SampledFrom(ids).Draw(d.w.t, "folder")
}

func (d *device) add(local *tree.Tree, nodes []tree.Node) {
	n := tree.Node{
		Parent: d.folder(nodes), Name: rapid.SampledFrom(someNames).Draw(d.w.t, "name"), Kind: tree.File, Mode: 0o644,
		MTime: d.w.clock, By: d.name,
	}
	if _, taken := local.Child(n.Parent, n.Name); taken {
		return
	}
	d.w.serial++
	binary.BigEndian.PutUint32(n.ID[:], uint32(sha256.Sum256([]byte(fmt.Sprint(d.w.serial)))[0]))
	binary.BigEndian.PutUint32(n.ID[4:], uint32(d.w.serial))
	switch rapid.IntRange(0, 3).Draw(d.w.t, "kind") {
	case 0, 1:
		n.Kind, n.MTime, n.By = tree.Folder, 0, ""
	case 2:
		n.Content = "equal"
	default:
		n.Content = d.content()
	}
	d.disk[n.ID] = n
}

func (d *device) content() string {
	d.w.serial++
	c := fmt.Sprintf("%d by %s", d.w.serial, d.name)
	d.w.made[c] = true
	return c
}

func (d *device) move(local *tree.Tree, nodes []tree.Node, n tree.Node) {
	n.Parent = d.folder(nodes)
	n.Name = rapid.SampledFrom(someNames).Draw(d.w.t, "name")
	if _, taken := local.Child(n.Parent, n.Name); taken {
		return
	}
	for p := n.Parent; p != (tree.ID{}); p = d.disk[p].Parent {
		if p == n.ID {
			return
		}
	}
	d.disk[n.ID] = n
}

func (d *device) remove(local *tree.Tree, n tree.Node) {
	for _, kid := range local.Children(n.ID) {
		d.remove(local, kid)
	}
	if n.Kind == tree.File {
		d.w.gone[n.Content] = true
	}
	delete(d.disk, n.ID)
}
