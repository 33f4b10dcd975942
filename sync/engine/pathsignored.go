package engine

import (
	"path/filepath"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// takeRules notes which rules a look at the disk found.
func (e *Engine) takeRules(r *ignore.Rules) {
	if !e.rules.Load().Equal(r) {
		e.rules.Store(r)
	}
}

// ignores reports whether a rule leaves out a path of the system.
func (e *Engine) ignores(path string, dir bool) bool {
	rel, err := filepath.Rel(e.cfg.Root, path)
	if err != nil {
		return false
	}
	_, _, out := e.rules.Load().Match(filepath.ToSlash(rel), dir)
	return out
}

// leftOut reports whether a rule leaves out a node where the drive has it.
func (a *applier) leftOut(n tree.Node) bool {
	_, _, out := a.e.rules.Load().Match(a.s.want.Path(n.ID), n.Kind == tree.Folder)
	return out
}

// bringsRules reports whether files of rules come, go or change with some steps.
func bringsRules(steps plan.Steps) bool {
	is := func(n tree.Node) bool { return n.Name == ignore.FileName }
	return slices.ContainsFunc(steps.Place, is) || slices.ContainsFunc(steps.Write, is) || slices.ContainsFunc(steps.Remove, is)
}

// destinations returns the folders that nodes of this disk are moved into.
func (a *applier) destinations(place []tree.Node) map[tree.ID]bool {
	out := map[tree.ID]bool{}
	for _, n := range place {
		if _, here := a.e.disk.Get(n.ID); !here {
			continue
		}
		for id := n.Parent; id != (tree.ID{}) && !out[id]; {
			out[id] = true
			p, _ := a.s.want.Get(id)
			id = p.Parent
		}
	}
	return out
}

// Ignored reports whether a rule leaves out a path of the folder, by what the
// last look at the disk found.
func (e *Engine) Ignored(name string, dir bool) bool {
	_, _, out := e.rules.Load().Match(clean(name), dir)
	return out
}
