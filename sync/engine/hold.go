package engine

import (
	"errors"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// errHeld ends a sync in which a person holds a file back; another one begins at
// once without it.
var errHeld = errors.New("a file is held back")

// Hold holds back a file: it is neither sent nor fetched until Release, or until
// the engine is opened again. A sync that moves it begins anew without it; what
// was fully sent is not sent again.
func (e *Engine) Hold(name string) {
	_, moving := e.Moving(clean(name))
	e.mu.Lock()
	if e.held == nil {
		e.held = map[string]bool{}
	}
	e.held[clean(name)] = true
	if moving && e.interrupt != nil {
		e.interrupt()
	}
	e.mu.Unlock()
	e.SyncNow()
}

// Release lets a file go on that was held back.
func (e *Engine) Release(name string) {
	e.mu.Lock()
	delete(e.held, clean(name))
	e.mu.Unlock()
	e.SyncNow()
}

// Held are the paths of the files that are held back, in order.
func (e *Engine) Held() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := make([]string, 0, len(e.held))
	for name := range e.held {
		list = append(list, name)
	}
	slices.SortFunc(list, strings.Compare)
	return list
}

// LookAgain syncs at once, and tells problems again that were told before and
// are still there.
func (e *Engine) LookAgain() {
	e.mu.Lock()
	clear(e.told)
	e.mu.Unlock()
	e.SyncNow()
}

func (e *Engine) holds(name string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.held[name]
}

// withoutHeld leaves out files that are held back; they count as waiting.
func (a *applier) withoutHeld(all []tree.Node) []tree.Node {
	return slices.DeleteFunc(all, func(n tree.Node) bool {
		held := n.Kind == tree.File && a.e.holds(a.s.want.Path(n.ID))
		if held {
			a.s.sum.Waiting++
		}
		return held
	})
}
