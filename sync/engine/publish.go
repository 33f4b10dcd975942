package engine

import (
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// publish makes what the disk has, or what several devices' work gives
// together, the newest commit. Where nothing new results there is none.
func (s *session) publish() error {
	changed := !s.want.Nodes().Equal(s.remote.Nodes())
	if !changed {
		known, err := s.e.anyTipIs(s.ctx, s.view.Tips, s.remote)
		s.published = err == nil && known
		if err != nil || known && !s.again {
			return err
		}
		if known && len(s.view.Tips) == 1 {
			if s.late() {
				s.view.At = time.Time{}
			}
			return s.in.Say(s.ctx, s.view)
		}
	}
	files := s.newFiles()
	if err := s.checkComplete(files); err != nil {
		return err
	}
	ch := repo.Change{Tree: s.want, Parents: s.view.Tips, Merge: !changed, Time: s.e.cfg.Now(), View: s.view, Late: s.late()}
	if _, err := s.in.Commit(s.ctx, ch); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	s.sum.Published, s.published = true, true
	s.e.allMoved(true)
	s.countUploads(files)
	s.remote = s.want
	s.e.remote, s.e.tips = nil, nil
	return nil
}

// late reports whether the sync began anew so often because of a stale view that
// the last one has to do.
func (s *session) late() bool { return s.tries >= mostTries }

// checkComplete makes sure that a commit names no content which is neither on
// the network nor on its way there. Another device may have relied on what this
// one wants to delete: that is stored again.
func (s *session) checkComplete(files []tree.Node) error {
	for _, n := range files {
		ok, err := s.in.Complete(s.ctx, n.Content)
		if err == nil && !ok {
			if err = s.in.Rescue(s.ctx, n.Content); err == nil {
				ok, err = s.in.Complete(s.ctx, n.Content)
			}
		}
		if err != nil {
			return fmt.Errorf("publish: %w", err)
		}
		if !ok {
			return fault.Say(repo.ErrChanged, "%q could not be prepared for the network. Nothing was lost; sync again.", n.Name)
		}
	}
	return nil
}

func (s *session) countUploads(files []tree.Node) {
	for _, n := range files {
		s.sum.Uploaded++
		s.sum.BytesUp += n.Size
		s.e.cfg.Events(FileDone{s.want.Path(n.ID)})
	}
}

// newFiles returns the files whose content the network does not have yet where
// they are wanted.
func (s *session) newFiles() []tree.Node {
	out := make([]tree.Node, 0, max(0, s.want.Len()-s.remote.Len()))
	for id := range s.remote.Nodes().Changes(s.want.Nodes()) {
		n, wanted := s.want.Get(id)
		if r, ok := s.remote.Get(id); wanted && n.Kind == tree.File && (!ok || !r.SameData(n)) {
			out = append(out, n)
		}
	}
	return out
}
