package engine

import (
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/sync/ignore"
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

// dropIgnored forgets what was synced and is left out by a rule now. As this
// disk knows nothing of it any more, it is deleted nowhere: it stays on this
// disk and on the network as it is.
func (v *sight) dropIgnored() {
	e := v.s.e
	rules := e.rules.Load()
	for id, n := range v.gone {
		if _, _, out := rules.Match(e.diskPath(id), n.Kind == tree.Folder); !out {
			continue
		}
		delete(v.gone, id)
		e.dropSynced(id)
	}
}

// leftOut reports whether a rule leaves out a node where the drive has it.
func (a *applier) leftOut(n tree.Node) bool {
	_, _, out := a.e.rules.Load().Match(a.s.want.Path(n.ID), n.Kind == tree.Folder)
	return out
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
