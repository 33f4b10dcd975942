package engine_test

import (
	"errors"
	"sync/atomic"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// A pause ends what is under way; what was fully sent is not sent again.
func TestPauseEndsTransfersUnderWay(t *testing.T) {
	net, a, b := pair(t)
	a.cfg.PackBytes = 1 << 20
	a.restart()
	a.sync()
	a.write("big", noise(3, 6<<20))
	var uploads atomic.Int64
	net.SetFault(func(c memremote.Call, after bool) error {
		if c.Method == "Upload" && !after && uploads.Add(1) == 4 {
			a.e.Pause()
			return repo.ErrOffline
		}
		return nil
	})
	a.fails(engine.ErrPaused)
	if a.e.Activity() != engine.Paused {
		t.Error(a.e.Activity())
	}
	a.fails(engine.ErrPaused) // and stays so
	net.SetFault(nil)
	a.e.Resume()
	a.sync()
	if sent := net.Sent(); sent > 6<<20+400<<10 {
		t.Error("sent again: ", sent)
	}
	round(t, a, b)
	same(t, a, b)
}

func TestProgressCountsWhatMoves(t *testing.T) {
	net, a, b := pair(t)
	a.write("big", noise(3, 3<<20))
	a.text("small", "x")
	a.text("empty", "")
	a.sync()
	if p := a.e.Progress(); p.Up.Files != 3 || p.Up.FilesDone != 3 || p.Up.Bytes != 3<<20+1 || p.Up.BytesDone != p.Up.Bytes || p.Down.Files != 0 {
		t.Errorf("%+v", p)
	}
	var most engine.Progress
	var moving []engine.Moving
	b.cfg.Events = func(e engine.Event) {
		if d, ok := e.(engine.Downloading); ok && d.Path == "big" && d.Done < d.Total {
			most, moving = b.e.Progress(), b.e.InMotion()
		}
	}
	b.restart()
	b.sync()
	if most.Down.Files != 3 || most.Down.Bytes != 3<<20+1 || most.Down.BytesDone == 0 || len(moving) != 1 || moving[0].Path != "big" {
		t.Errorf("%+v", most)
	}
	net.SetFault(func(memremote.Call, bool) error { return repo.ErrOffline })
	if _, err := a.e.SyncOnce(t.Context()); !errors.Is(err, repo.ErrOffline) {
		t.Error(err)
	}
	if p := a.e.Progress(); p.Up.Files != 0 {
		t.Errorf("%+v", p)
	}
}
