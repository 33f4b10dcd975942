package engine

import (
	"context"
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/move"
	"github.com/stratosdrive/stratosdrive/sync/repo"
)

// MoveTo copies the drive, as the network has it, to another network or key,
// with the past that retention keeps. Progress may be nil. The folder goes on
// with the old drive until [Engine.HandOver].
func (e *Engine) MoveTo(ctx context.Context, to *repo.Repo, progress func(done, total int64)) (result move.Result, err error) {
	e.sync.Lock()
	defer e.sync.Unlock()
	s := &session{e: e, ctx: ctx}
	if err := s.ask(); err != nil {
		return result, explain(err)
	}
	if n := len(s.view.Hidden) + s.view.Unreadable; n > 0 {
		return result, fault.Say(nil, "Part of your drive is not being shown by this gateway, so it cannot be moved. Nothing was changed; try another gateway.")
	}
	err = e.repo.Past(ctx, s.view, func(log *history.Log) error {
		keep, err := e.keep(ctx, s.view, log)
		if err != nil {
			return err
		}
		result, err = move.Copy(ctx, move.Job{From: e.repo, To: to, View: s.view, Log: log, Keep: keep.Commits, Progress: progress})
		return err
	})
	return result, explain(explainMove(err))
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

// HandOver marks the folder as one of another drive, with which it goes on: its
// engine adopts what is in it. There need be no folder.
func (e *Engine) HandOver(to *repo.Repo) error {
	e.sync.Lock()
	defer e.sync.Unlock()
	if e.cfg.Root == "" || !e.marked(e.repo.Keys().Mark()) {
		return nil
	}
	return explain(e.writeMarker(to.Keys().Mark() + "\n" + newFolder() + "\n"))
}
