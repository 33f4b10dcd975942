package engine

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// diskTree returns what lies on the disk as a tree.
func (e *Engine) diskTree() (*tree.Tree, error) {
	kids := map[tree.ID][]tree.OnDisk{}
	for _, n := range e.disk {
		kids[n.Parent] = append(kids[n.Parent], n)
	}
	t := tree.New()
	for open := []tree.ID{{}}; len(open) > 0; {
		id := open[len(open)-1]
		open = open[:len(open)-1]
		for _, n := range kids[id] {
			if err := t.Add(n.Node); err != nil {
				return nil, fmt.Errorf("look at disk: %w", err)
			}
			open = append(open, n.ID)
		}
	}
	if t.Len() != len(e.disk) {
		return nil, fmt.Errorf("look at disk: %w: %d nodes are in no folder", tree.ErrInvalid, len(e.disk)-t.Len())
	}
	return t, nil
}

// diskPath returns where a node lies on the disk, from the root, with slashes.
func (e *Engine) diskPath(id tree.ID) string {
	var parts []string
	for id != (tree.ID{}) {
		n, ok := e.disk[id]
		if !ok {
			return ""
		}
		parts = append([]string{n.NameOnDisk()}, parts...)
		id = n.Parent
	}
	return strings.Join(parts, "/")
}

// abs returns the path of a node for the system.
func (e *Engine) abs(id tree.ID) string {
	return filepath.Join(e.cfg.Root, filepath.FromSlash(e.diskPath(id)))
}
