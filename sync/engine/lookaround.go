package engine

import (
	"maps"
	"path"

	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// mostLooks bounds how often a folder is looked at again because something in
// it seems to be gone.
const mostLooks = 4

// lookAround looks at the whole folder. What is moved while the look lasts, from
// where it has not been to where it was already, seems to be gone. So nothing is
// taken for gone that two looks in a row have not missed.
func (v *sight) lookAround() (*scan.Result, []scan.Found, error) {
	s := v.s
	var missed map[tree.ID]bool
	for i := 1; ; i++ {
		res, err := scan.Walk(s.ctx, s.e.fs, v.kind, s.e.cfg.Root)
		if err != nil {
			return nil, nil, err
		}
		found := v.identify(res, s.e.disk)
		now := s.missing(res.Blind, found)
		if len(now) == 0 || i > 1 && maps.Equal(now, missed) || i == mostLooks {
			return res, found, nil
		}
		missed = now
	}
}

// missing returns the nodes of the disk that a look did not find where it could
// see.
func (s *session) missing(blind map[string]bool, found []scan.Found) map[tree.ID]bool {
	known := 0
	for _, f := range found {
		if !f.New {
			known++
		}
	}
	if known == s.e.disk.Len() {
		return nil
	}
	here := make(map[tree.ID]bool, len(found))
	for _, f := range found {
		here[f.ID] = true
	}
	out := map[tree.ID]bool{}
	for id := range s.e.disk.All() {
		if !here[id] && !s.e.unseen(blind, id) {
			out[id] = true
		}
	}
	return out
}

// unseen reports whether a node of the disk is, or lies in, what could not be
// read.
func (e *Engine) unseen(blind map[string]bool, id tree.ID) bool {
	if len(blind) == 0 {
		return false
	}
	for p := e.diskPath(id); p != "."; p = path.Dir(p) {
		if blind[p] {
			return true
		}
	}
	return false
}
