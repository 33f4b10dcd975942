package engine

import (
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/fault"
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
		if ok || err != nil {
			return err
		}
	}
	s.part = false
	res, found, err := v.lookAround()
	if err != nil {
		return fault.Say(err, "The drive's folder cannot be read. Nothing was changed; check that its disk is there.")
	}
	v.take(res, found, s.e.disk)
	s.e.takeRules(res.Rules)
	return nil
}

// lookAt looks only where something changed. It reports whether that was
// enough: what is not where it was any more may be anywhere.
func (v *sight) lookAt() (bool, error) {
	e := v.s.e
	places := e.places(v.kind)
	before := scan.Part{Disk: e.disk, Rules: e.rules.Load(), At: func(dir tree.ID, name string) (tree.ID, bool) {
		id, ok := places[placeKey{dir, v.kind.Key(name)}]
		return id, ok
	}}
	var err error
	if before.Tree, err = e.diskTree(); err != nil {
		return false, err
	}
	res, known, err := scan.LookAt(v.s.ctx, e.fs, v.kind, e.cfg.Root, before, v.s.changes)
	if errors.Is(err, scan.ErrWhole) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	found := v.identify(res, known)
	here := make(map[tree.ID]bool, len(found))
	for _, f := range found {
		here[f.ID] = true
	}
	for id := range known.All() {
		if !here[id] {
			return false, nil
		}
	}
	v.take(res, found, known)
	return true, nil
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
