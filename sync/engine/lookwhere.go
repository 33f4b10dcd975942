package engine

import (
	"errors"
	"maps"

	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// look finds what lies on the disk: where something changed, if that is known
// and is enough, else everywhere.
func (v *sight) look() error {
	s := v.s
	s.e.seen = false
	if s.part {
		ok, err := v.lookAt()
		if ok {
			return s.e.stillThere()
		}
		if err != nil {
			return err
		}
	}
	s.part = false
	res, found, err := v.lookAround()
	if err != nil {
		return noFolder(err)
	}
	if err := s.e.stillThere(); err != nil {
		return err
	}
	v.take(res, found, s.e.disk)
	s.e.takeRules(res.Rules)
	return nil
}

// lookAt looks only where something changed. It reports whether that was
// enough. What is not where it was any more may be anywhere, and be told of in a
// moment: so nothing is taken for gone that two looks in a row have not missed.
func (v *sight) lookAt() (bool, error) {
	before, err := v.before()
	if err != nil {
		return false, err
	}
	var missed map[string]bool
	at := v.s.changes
	for range mostLooks {
		look, err := scan.LookAt(v.s.ctx, v.s.e.fs, v.kind, v.s.e.cfg.Root, before, at)
		if errors.Is(err, scan.ErrWhole) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		found := v.identify(look.Result, look.Known)
		now := look.Missing(found)
		if len(now) == 0 || missed != nil && maps.Equal(now, missed) {
			v.take(look.Result, found, look.Known)
			return true, nil
		}
		if missed = now; at.More == nil {
			return false, nil
		}
		at = at.With(at.More(v.s.ctx))
	}
	return false, nil
}

// before is what is known before a look at a part.
func (v *sight) before() (scan.Part, error) {
	e := v.s.e
	places := e.places(v.kind)
	known, err := e.diskTree()
	return scan.Part{Disk: e.disk, Tree: known, Rules: e.rules.Load(), At: func(dir tree.ID, name string) (tree.ID, bool) {
		id, ok := places[placeKey{dir, v.kind.Key(name)}]
		return id, ok
	}}, err
}

func (v *sight) identify(res *scan.Result, known *tree.Disk) []scan.Found {
	return scan.Identify(v.kind, res, known, newAdopter(v.s, v.kind).adopt, newID)
}

// take notes what was found, and which of the known nodes were not.
func (v *sight) take(res *scan.Result, found []scan.Found, known *tree.Disk) {
	for _, p := range res.Problems {
		v.s.e.problem(Problem{p.Path, p.Reason})
	}
	v.next, v.at, v.gone = make(map[tree.ID]tree.OnDisk, len(found)), make(map[tree.ID]string, len(found)), map[tree.ID]tree.OnDisk{}
	v.known = known
	v.s.sum.Unread, v.blind = len(res.Blind), res.Blind
	for i := range found {
		v.at[found[i].ID] = found[i].Path
		v.note(&found[i])
	}
	for id, n := range known.All() {
		if _, here := v.at[id]; !here {
			v.gone[id] = n
		}
	}
}
