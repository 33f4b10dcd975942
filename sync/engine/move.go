package engine

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/move"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// MoveTo copies the drive, as the network has it, to another network or key,
// with the past that retention keeps. What lies in the folder is read there.
// Progress may be nil. The folder goes on with the old drive until
// [Engine.HandOver].
func (e *Engine) MoveTo(ctx context.Context, to *repo.Repo, progress func(done, total int64)) (result move.Result, err error) {
	err = e.moving(ctx, func(job move.Job) error {
		job.To, job.Progress = to, progress
		result, err = move.Copy(ctx, job)
		return err
	})
	return result, err
}

// MoveCost tells what [Engine.MoveTo] would cost. It changes nothing.
func (e *Engine) MoveCost(ctx context.Context) (cost move.Cost, err error) {
	err = e.moving(ctx, func(job move.Job) error {
		cost, err = move.Survey(ctx, job)
		return err
	})
	return cost, err
}

// moving asks the network for the drive, and lets use copy it.
func (e *Engine) moving(ctx context.Context, use func(move.Job) error) error {
	e.sync.Lock()
	defer e.sync.Unlock()
	s := &session{e: e, ctx: ctx}
	if err := s.ask(); err != nil {
		return explain(err)
	}
	if n := len(s.view.Hidden) + s.view.Unreadable; n > 0 {
		return fault.Say(nil, "Part of your drive is not being shown by this gateway, so it cannot be moved. Nothing was changed; try another gateway.")
	}
	err := e.repo.Past(ctx, s.view, func(log *history.Log) error {
		keep, err := e.keep(ctx, s.view, log)
		if err != nil {
			return err
		}
		return use(move.Job{From: e.repo, View: s.view, Log: log, Keep: keep.Commits, Local: e.local()})
	})
	return explain(explainMove(err))
}

// local returns what opens a file of the folder by what should be in it.
func (e *Engine) local() func(content string) move.LocalFile {
	at := map[string]string{}
	for id, n := range e.disk.All() {
		if n.Kind == tree.File && e.cfg.Root != "" {
			at[n.Content] = e.diskPath(id)
		}
	}
	return func(content string) move.LocalFile {
		path, ok := at[content]
		if !ok {
			return nil
		}
		f, err := e.fs.OpenIn(e.cfg.Root, filepath.FromSlash(path))
		if err != nil {
			return nil // it is fetched
		}
		return f
	}
}

func explainMove(err error) error {
	switch {
	case errors.Is(err, move.ErrUnmerged):
		return fault.Say(err, "Your devices have changes that are not merged yet. Sync once, then move the drive; nothing was changed.")
	case errors.Is(err, move.ErrEmpty):
		return fault.Say(err, "There is no drive to move: nothing was synced yet.")
	case errors.Is(err, move.ErrTaken):
		return fault.Wrong(err, "There is a drive of that wallet on that network already. Nothing was changed; choose another wallet or network.")
	}
	return err
}

// HandedOver reports whether the folder was marked as one of another drive
// before. Drives of one key on two networks have one mark.
func (e *Engine) HandedOver(to *repo.Repo) bool {
	mark := to.Keys().Mark()
	return mark != e.repo.Keys().Mark() && e.marked(mark)
}

// HandOver marks the folder as one of another drive, which is a copy of this one,
// and with which it goes on. What is known of the folder is noted in st, the
// state of that drive's engine: so what was changed on either side meanwhile is
// told from what was not. There need be no folder.
func (e *Engine) HandOver(ctx context.Context, to *repo.Repo, st Notes) error {
	e.sync.Lock()
	defer e.sync.Unlock()
	if e.cfg.Root == "" || !e.marked(e.repo.Keys().Mark()) {
		return nil
	}
	folder := newFolder()
	if err := e.bequeath(ctx, to, st, folder); err != nil {
		return explain(err)
	}
	return explain(e.writeMarker(to.Keys().Mark() + "\n" + folder + "\n"))
}
