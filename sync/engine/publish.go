package engine

import (
	"fmt"
	"maps"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// publish makes what the disk has, or what several devices' work gives
// together, the newest commit. Where nothing new results there is none.
func (s *session) publish() error {
	changed := !maps.Equal(s.want.Nodes(), s.remote.Nodes())
	if !changed {
		known, err := s.e.anyTipIs(s.ctx, s.view.Tips, s.remote)
		s.published = err == nil && known
		if err != nil || known && !s.again {
			return err
		}
		if known && len(s.view.Tips) == 1 {
			return s.in.Say(s.ctx, s.view)
		}
	}
	if err := s.checkComplete(); err != nil {
		return err
	}
	ch := repo.Change{Tree: s.want, Parents: s.view.Tips, Merge: !changed, Time: s.e.cfg.Now(), View: s.view}
	if _, err := s.in.Commit(s.ctx, ch); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	s.sum.Published, s.published = true, true
	s.e.allMoved(true)
	s.countUploads()
	s.remote = s.want
	s.e.remote, s.e.tips = nil, nil
	return nil
}

// checkComplete makes sure that a commit names no content which is neither on
// the network nor on its way there.
func (s *session) checkComplete() error {
	for id, n := range s.want.Nodes() {
		if r, ok := s.remote.Get(id); n.Kind != tree.File || ok && r.SameData(n) {
			continue
		}
		ok, err := s.in.Complete(s.ctx, n.Content)
		if err != nil {
			return fmt.Errorf("publish: %w", err)
		}
		if !ok {
			return fault.Say(repo.ErrChanged, "%q could not be prepared for the network. Nothing was lost; sync again.", n.Name)
		}
	}
	return nil
}

func (s *session) countUploads() {
	for id, n := range s.want.Nodes() {
		if r, ok := s.remote.Get(id); n.Kind == tree.File && (!ok || !r.SameData(n)) {
			s.sum.Uploaded++
			s.e.cfg.Events(FileDone{s.want.Path(id)})
		}
	}
}
