package engine

import (
	"context"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Effect is what bringing something back changes in the drive.
type Effect struct {
	When    time.Time // the state that is brought back
	Back    int       // files that come back
	Changed int       // files that get their old content
	Moved   int       // files and folders that get their old place
	Gone    int       // files that the drive does not have afterwards
	Bytes   int64     // of files that come back or change
	Paths   []string  // some of those that change, for a look
}

// maxEffectPaths is how many paths an effect names.
const maxEffectPaths = 20

// Rewind makes a folder ("" for the whole drive) what it was at a time, as a
// new commit; so it can be undone by rewinding to just before. Nothing on any
// disk is touched by it: the next sync brings the disk along, under all its
// protections. With preview nothing is changed at all.
func (e *Engine) Rewind(ctx context.Context, folder string, at time.Time, preview bool) (Effect, error) {
	folder = clean(folder)
	return e.edit(ctx, preview, func(log *history.Log, now *tree.Tree) (*tree.Tree, time.Time, error) {
		p, err := e.at(ctx, log, Moment{At: at})
		if err != nil {
			return nil, p.when, err
		}
		id, err := folderThen(now, p.tree, folder)
		if err != nil {
			return nil, p.when, err
		}
		b := &history.Builder{NewID: newID, When: p.when}
		t, err := b.Rewind(now, p.tree, id)
		return t, p.when, err
	})
}

// folderThen finds the folder that is meant by a path: the one that lies there
// now, or lay there then.
func folderThen(now, then *tree.Tree, folder string) (tree.ID, error) {
	if folder == "" {
		return tree.ID{}, nil
	}
	if n, ok := now.Find(folder); ok && n.Kind == tree.Folder {
		if _, ok := then.Get(n.ID); ok {
			return n.ID, nil
		}
	}
	n, ok := then.Find(folder)
	if !ok || n.Kind != tree.Folder {
		return tree.ID{}, noSuchThen(folder)
	}
	return n.ID, nil
}

// Restore brings a file or a deleted folder back as it was at a moment: to its
// place, or beside it as a copy. The zero moment means the last state before it
// was deleted. It returns where it lies.
func (e *Engine) Restore(ctx context.Context, name string, m Moment, asCopy bool) (string, Effect, error) {
	where := ""
	effect, err := e.edit(ctx, false, func(log *history.Log, now *tree.Tree) (*tree.Tree, time.Time, error) {
		p, n, err := e.nodeAt(ctx, log, clean(name), m)
		if err != nil {
			return nil, p.when, err
		}
		if _, lives := now.Get(n.ID); lives && n.Kind == tree.Folder && !asCopy {
			return nil, p.when, fault.Wrong(nil, "The folder %q is still there. Rewind it to bring it back to a time, or restore it as a copy.", name)
		}
		b := &history.Builder{NewID: newID, When: p.when}
		t, at, err := b.PutBack(now, p.tree, n.ID, asCopy)
		where = at
		return t, p.when, err
	})
	return where, effect, err
}

// edit publishes a tree that is made of the present and the past.
func (e *Engine) edit(ctx context.Context, preview bool, change func(log *history.Log, now *tree.Tree) (*tree.Tree, time.Time, error)) (Effect, error) {
	e.sync.Lock()
	defer e.sync.Unlock()
	s := &session{e: e, ctx: ctx}
	if err := s.ask(); err != nil {
		return Effect{}, explain(err)
	}
	if err := e.showKnown(ctx); err != nil {
		return Effect{}, explain(err)
	}
	var when time.Time
	err := e.repo.Past(ctx, s.view, func(log *history.Log) (err error) {
		s.want, when, err = change(log, s.remote)
		return err
	})
	if err != nil {
		return Effect{}, explain(err)
	}
	f := effectOf(s.remote, s.want)
	f.When = when
	if preview || s.want.Equal(s.remote) {
		return f, nil
	}
	return f, explain(s.commitEdit())
}

// ask reads what the network has, without a look at the disk.
func (s *session) ask() error {
	if err := s.e.repo.Resume(s.ctx); err != nil {
		return err
	}
	if _, err := s.e.repo.Pull(s.ctx); err != nil {
		return err
	}
	return s.look()
}

func (s *session) commitEdit() error {
	var err error
	if s.in, err = s.e.repo.NewIngest(s.ctx, nil); err != nil {
		return err
	}
	defer s.in.Close()
	if err := s.checkKept(); err != nil {
		return err
	}
	ch := repo.Change{Tree: s.want, Parents: s.view.Tips, Time: s.e.cfg.Now(), View: s.view}
	if _, err := s.in.Commit(s.ctx, ch); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	s.e.remote, s.e.tips = nil, nil
	return s.e.showKnown(s.ctx)
}

// checkKept makes sure that all content which comes back is still there.
func (s *session) checkKept() error {
	for _, n := range s.newFiles() {
		ok, err := s.e.repo.Kept(s.ctx, n.Content)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Say(nil, "%q is not kept from that time any more. Nothing was changed; choose a later time.", n.Name)
		}
	}
	return nil
}

func effectOf(now, want *tree.Tree) Effect {
	var f Effect
	steps := plan.Diff(now, want)
	note := func(p string) {
		if len(f.Paths) < maxEffectPaths {
			f.Paths = append(f.Paths, p)
		}
	}
	for _, n := range steps.Write {
		if _, there := now.Get(n.ID); there {
			f.Changed++
		} else {
			f.Back++
		}
		f.Bytes += n.Size
		note(want.Path(n.ID))
	}
	for _, n := range steps.Place {
		if _, there := now.Get(n.ID); there {
			f.Moved++
			note(want.Path(n.ID))
		}
	}
	for _, n := range steps.Remove {
		if n.Kind != tree.Folder {
			f.Gone++
			note(now.Path(n.ID))
		}
	}
	return f
}
