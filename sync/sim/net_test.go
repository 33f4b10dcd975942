package sim

import (
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// trouble is what goes wrong for a device at the moment.
type trouble struct {
	offline, broke bool    // nothing answers; the account cannot pay
	lose, refuse   float64 // parts of all calls whose answers are lost, or that are refused
	lie            float64 // part of the fetches that deliver other bytes
	hide           uint64  // not 0: which heads the gateway hides, 1 in 2
	stale          bool    // the gateway shows shares that have ended
	flaky          float64 // part of the disk's steps that fail
}

// draw returns one kind of trouble.
func drawTrouble(rng *rand.Rand) trouble {
	switch rng.IntN(8) {
	case 0:
		return trouble{offline: true}
	case 1:
		return trouble{broke: true}
	case 2:
		return trouble{lose: 0.3}
	case 3:
		return trouble{refuse: 0.3}
	case 4:
		return trouble{lie: 0.5, lose: 0.1}
	case 5:
		return trouble{hide: rng.Uint64() | 1}
	case 6:
		return trouble{stale: true, hide: rng.Uint64() &^ 1 << 63}
	}
	return trouble{flaky: 0.05}
}

// judge decides how a step goes.
func (w *world) judge(t *turn, rng *rand.Rand) verdict {
	now := t.life.dev.trouble
	p := rng.Float64()
	switch {
	case !t.net && p < now.flaky:
		return verdict{err: errDisk}
	case !t.net:
		return verdict{}
	case now.offline:
		return verdict{err: repo.ErrOffline}
	case now.broke && p < 0.8:
		return verdict{err: repo.ErrNoOzone}
	case p < now.lose:
		return verdict{err: memremote.ErrLost, late: rng.IntN(2) == 0}
	case p < now.lose+now.refuse:
		return verdict{err: repo.ErrRefused}
	}
	return verdict{lie: p > 1-now.lie}
}

// gateway is the network as the program on a device sees it.
type gateway struct{ l *life }

// call does a call of the network, as a step of the device.
func call[T any](g gateway, what string, do func(lie bool) (T, error)) (T, error) {
	v := g.l.dev.w.take(g.l, true, what, "")
	if v.err != nil && !v.late {
		var none T
		return none, v.err
	}
	out, err := do(v.lie)
	if v.err != nil {
		var none T
		return none, v.err
	}
	return out, err
}

func (g gateway) net() *memremote.Net { return g.l.dev.w.net }

// Upload implements repo.Remote.
func (g gateway) Upload(_ context.Context, name string, src io.ReaderAt, size int64) (string, error) {
	body := make([]byte, size)
	if n, err := src.ReadAt(body, 0); n < len(body) {
		return "", fmt.Errorf("read what is to be sent: %w", err)
	}
	id := memremote.ID(body)
	g.l.dev.w.owner[id] = g.l.dev.n
	return call(g, fmt.Sprintf("upload %d bytes, %s", size, id), func(bool) (string, error) {
		return g.net().Upload(context.Background(), name, fixed(body), size)
	})
}

// fixed are bytes to be read anywhere.
type fixed []byte

// ReadAt implements io.ReaderAt.
func (b fixed) ReadAt(p []byte, off int64) (int, error) { return copy(p, b[off:]), nil }

// Stored implements repo.Prover.
func (g gateway) Stored(_ context.Context, src io.ReaderAt, size int64) (string, bool, error) {
	type answer struct {
		id string
		ok bool
	}
	a, err := call(g, "stored", func(bool) (answer, error) {
		id, ok, err := g.net().Stored(context.Background(), src, size)
		return answer{id, ok}, err
	})
	return a.id, a.ok, err
}

// Download implements repo.Remote. What a file's id does not prove is refused.
func (g gateway) Download(_ context.Context, id string, size int64, dst io.WriterAt) error {
	_, err := call(g, "download", func(lie bool) (int, error) {
		if lie {
			return 0, memremote.ErrLost
		}
		return 0, g.net().Download(context.Background(), id, size, dst)
	})
	return err
}

// Fetch implements repo.Remote.
func (g gateway) Fetch(_ context.Context, id string, piece func(int64, []byte) error) error {
	_, err := call(g, "fetch", func(lie bool) (int, error) {
		g.l.dev.met[g.l.dev.w.owner[id]] = true
		return 0, g.net().Fetch(context.Background(), id, func(off int64, p []byte) error {
			if lie {
				p = slices.Clone(p)
				p[len(p)/2] ^= 1
			}
			return piece(off, p)
		})
	})
	return err
}

// hidden reports whether the gateway hides a file now. In worlds where packs are
// deleted it shows what comes from a device that this one has read nothing of:
// nobody can wait for a device that he never heard of.
func (g gateway) hidden(id string) bool {
	t := g.l.dev.trouble
	if g.l.dev.w.months && !g.l.dev.met[g.l.dev.w.owner[id]] {
		return false
	}
	return t.hide != 0 && t.hide>>(id[len(id)-1]%64)&1 == 1
}

// List implements repo.Remote.
func (g gateway) List(context.Context) ([]repo.RemoteFile, error) {
	return call(g, "list", func(bool) ([]repo.RemoteFile, error) {
		all, err := g.net().List(context.Background())
		return slices.DeleteFunc(all, func(f repo.RemoteFile) bool { return g.hidden(f.ID) }), err
	})
}

// Share implements repo.Remote.
func (g gateway) Share(_ context.Context, id string, ttl time.Duration) (string, error) {
	return call(g, "share", func(bool) (string, error) { return g.net().Share(context.Background(), id, ttl) })
}

// StopShare implements repo.Remote.
func (g gateway) StopShare(_ context.Context, id string) error {
	_, err := call(g, "stop share", func(bool) (int, error) { return 0, g.net().StopShare(context.Background(), id) })
	return err
}

// Shares implements repo.Remote.
func (g gateway) Shares(context.Context) ([]repo.RemoteShare, error) {
	return call(g, "shares", func(bool) ([]repo.RemoteShare, error) {
		all, err := g.net().Shares(context.Background())
		d := g.l.dev
		for _, s := range all {
			d.shown[s.ShareID] = s
		}
		if d.trouble.stale {
			all = slices.Collect(maps.Values(d.shown))
			slices.SortFunc(all, func(a, b repo.RemoteShare) int { return len(a.ShareID) - len(b.ShareID) })
			slices.SortStableFunc(all, byShare)
		}
		return slices.DeleteFunc(all, func(s repo.RemoteShare) bool { return g.hidden(s.FileID) }), err
	})
}

func byShare(a, b repo.RemoteShare) int {
	switch {
	case a.ShareID < b.ShareID:
		return -1
	case a.ShareID > b.ShareID:
		return 1
	}
	return 0
}

// Delete implements repo.Remote.
func (g gateway) Delete(_ context.Context, id string) error {
	_, err := call(g, "delete "+id, func(bool) (int, error) {
		g.l.dev.w.deleted++
		g.l.dev.w.deletedOf[id]++
		return 0, g.net().Delete(context.Background(), id)
	})
	return err
}
