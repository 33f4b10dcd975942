package engine

import (
	"context"
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/move"
	"github.com/stratosdrive/stratosdrive/sync/repo"
)

// ErrMoved is wrapped by the errors of a sync with a drive that goes on in
// another epoch. Nothing is sent to it any more.
var ErrMoved = errors.New("drive goes on elsewhere")

var errMoved = fault.Say(ErrMoved, "One of your devices was reported stolen, so your drive goes on under new keys. Your files here are safe, and nothing is sent under the old keys; unlock the wallet, or start the sync again with its password, and this device follows.")

// encodeEpoch is the value of [move.SettingMovedTo].
func encodeEpoch(epoch int) []byte {
	var w codec.Writer
	w.Head('E', 1)
	w.Uint(uint64(epoch))
	return w.Bytes()
}

// MarkMoved tells all devices that the drive goes on in another epoch of its
// storage account, and merges what they have published until now.
func (e *Engine) MarkMoved(ctx context.Context, epoch int) error {
	return e.setting(ctx, move.SettingMovedTo, func([]byte) ([]byte, error) { return encodeEpoch(epoch), nil })
}

// IsMoved reports whether the drive goes on elsewhere, as far as is known.
func (e *Engine) IsMoved(ctx context.Context) (bool, error) {
	v, err := e.repo.View(ctx)
	return isMoved(v), err
}

func isMoved(v repo.View) bool { return len(v.Settings[move.SettingMovedTo].Value) > 0 }

// unlessMoved returns what asking the network came to, or that the drive goes on
// elsewhere. Then things may be missing that this device relied on, and they
// must not keep it from finding out.
func (e *Engine) unlessMoved(ctx context.Context, asked error) error {
	if repo.IsLost(asked) {
		_, _ = e.repo.Pull(ctx) // as far as that goes
	}
	if moved, err := e.IsMoved(ctx); err == nil && moved {
		return errMoved
	}
	return asked
}

// Complete asks the network whether another drive has all of this one, by a copy
// that was made on this device.
func (e *Engine) Complete(ctx context.Context, to *repo.Repo) (bool, error) {
	e.sync.Lock()
	defer e.sync.Unlock()
	if _, err := e.repo.Pull(ctx); err != nil {
		return false, explain(err)
	}
	v, err := e.repo.View(ctx)
	if err != nil {
		return false, err
	}
	return move.Complete(ctx, e.repo, to, v)
}

// Leave deletes a drive that goes on elsewhere, but for what says so; see
// [repo.Repo.Leave].
func (e *Engine) Leave(ctx context.Context, progress func(done, total int64)) (repo.Left, error) {
	e.sync.Lock()
	defer e.sync.Unlock()
	got, err := e.repo.Leave(ctx, true, progress)
	return got, explain(err)
}

// Join merges what several devices have published, if anything is not merged. It
// takes nothing from the folder.
func (e *Engine) Join(ctx context.Context) error {
	e.sync.Lock()
	defer e.sync.Unlock()
	s := &session{e: e, ctx: ctx}
	if err := s.ask(); err != nil {
		return explain(err)
	}
	if len(s.view.Tips) < 2 {
		return nil
	}
	return explain(s.speak(func(*repo.Ingest) error { return nil }))
}
