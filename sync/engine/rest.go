package engine

import (
	"maps"

	"github.com/stratosdrive/stratosdrive/sync/scan"
)

// rest notes, after a sync, whether network and disk are the same in every
// respect, so that the next one can be quick if nothing happens until then.
func (s *session) rest() {
	if !s.rules && len(s.choice) == 0 && len(s.drop) == 0 && !s.again && s.sum.Waiting+s.sum.Unread == 0 && s.e.share(s.remote) {
		s.e.rest = s.remote
	}
}

// still reports whether nothing happened since disk and network were the same.
// Then a sync has nothing to do.
func (s *session) still() (bool, error) {
	e := s.e
	e.mu.Lock()
	drop := len(e.drop)
	e.mu.Unlock()
	if e.rest == nil || e.rest != s.remote || len(s.choice)+len(e.freed)+len(e.suspects)+len(e.dirty)+drop > 0 {
		return false, nil
	}
	if lost, err := e.repo.AnyLost(s.ctx); lost || err != nil {
		return false, err
	}
	if known, err := e.anyTipIs(s.ctx, s.view.Tips, s.remote); !known || err != nil {
		return false, err
	}
	if same, err := s.same(); !same || err != nil {
		return false, err
	}
	e.calm()
	return true, nil
}

// same reports whether the disk is as it was.
func (s *session) same() (bool, error) {
	e := s.e
	if s.part {
		return len(s.changes.Paths) == 0, nil
	}
	kind, err := e.kind()
	if err != nil {
		return false, err
	}
	before := scan.Before{Tree: s.remote, Disk: e.disk, Rules: e.rules.Load()}
	return scan.Same(s.ctx, e.fs, kind, e.cfg.Root, before), s.ctx.Err()
}

// choosePart decides whether it is enough to look where something changed:
// all else must have been seen, and be on the network. What must be read again
// is looked at too.
func (s *session) choosePart() error {
	if s.changes.Whole || !s.e.seen {
		return nil
	}
	lost, err := s.e.repo.AnyLost(s.ctx)
	if s.part = err == nil && !lost; !s.part {
		return err
	}
	paths := map[string]bool{}
	maps.Copy(paths, s.changes.Paths)
	for id := range s.e.unsure {
		p := s.e.diskPath(id)
		paths[p] = paths[p] || false
	}
	s.changes.Paths = paths
	return nil
}
