package sim

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/sim/simdisk"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/state/memstate"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// readAll reads every content of every commit from the network. Only the past
// may lack some.
func (m *model) readAll() (map[string]bool, error) {
	ctx := context.Background()
	r, err := repo.Open(ctx, repo.Config{
		Secret: secret, Remote: m.w.net, State: memstate.New(), SpoolDir: "/spool", CacheDir: "/cache", Device: "stranger",
		Disk: simdisk.New(simdisk.Options{Now: time.Now}), Now: time.Now,
	})
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if _, err := r.Pull(ctx); err != nil {
		return nil, err
	}
	v, err := r.View(ctx)
	if err != nil {
		return nil, err
	}
	x := &reading{
		r: r, ctx: ctx, commits: map[pack.ID]object.Commit{}, first: map[pack.ID]time.Time{}, trees: map[pack.ID]bool{},
		contents: map[string]bool{}, have: map[string]bool{"": true}, whole: m.whole(v),
	}
	for _, h := range v.Heads { // nothing of these may lack
		if !m.counts(v, h) {
			continue
		}
		if err := x.tree(h.Commit, true); err != nil {
			return nil, err
		}
	}
	return x.have, x.history(v.Tips)
}

// whole returns what tells of which states nothing may lack: those that retention
// keeps, and those that were let go so lately that nothing of them can be deleted.
// What a device published that was given up may be gone, and so may what it
// published long after its time: others had let go by then what it needs.
func (m *model) whole(v repo.View) func(object.Commit, time.Time) bool {
	names := map[object.DeviceID]string{}
	for _, h := range v.Heads {
		names[h.Device] = h.Head.Name
	}
	return func(c object.Commit, until time.Time) bool {
		if !m.w.months {
			return true
		}
		_, touched := v.Settings[fmt.Sprintf("device/%x", c.Device[:])]
		return !touched && !m.w.clocksFarOff() && !m.w.late(names[c.Device], when(c)) && time.Since(until) < m.w.keptFor()-day
	}
}

// delay is a pause that came in the middle of what a device did.
type delay struct {
	device string
	began  time.Time
}

// wait lets time pass in which nobody does anything, and notes who was at work.
func (w *world) wait(pause time.Duration) {
	for _, d := range w.devices {
		if d.busy() && pause > day {
			w.delays = append(w.delays, delay{d.name, time.Now()})
		}
	}
	time.Sleep(pause)
}

// late reports whether a device may have published a state long after it was
// made, for a pause came between.
func (w *world) late(device string, made time.Time) bool {
	return slices.ContainsFunc(w.delays, func(x delay) bool {
		return x.device == device && made.After(x.began.Add(-day)) && made.Before(x.began.Add(day))
	})
}

// clocksFarOff reports whether the times of commits may mean nothing.
func (w *world) clocksFarOff() bool {
	return w.off || slices.ContainsFunc(w.devices, func(d *device) bool { return d.skew > day })
}

func when(c object.Commit) time.Time { return time.Unix(0, c.Time) }

// counts reports whether what a device published last must be there: people
// may have said that it does not come back, and then only what is new in it is
// kept.
func (m *model) counts(v repo.View, h state.Head) bool {
	said, ok := v.Settings[fmt.Sprintf("device/%x", h.Device[:])]
	return !ok || said.Time <= h.Time || slices.Contains(v.Tips, h.Commit)
}

// reading walks the history of a drive.
type reading struct {
	r        *repo.Repo
	ctx      context.Context
	commits  map[pack.ID]object.Commit
	first    map[pack.ID]time.Time // when a commit got its first successor
	trees    map[pack.ID]bool
	contents map[string]bool
	have     map[string]bool
	whole    func(c object.Commit, until time.Time) bool // nothing may lack of what was the newest until then
}

// history reads what is left of all commits.
func (x *reading) history(tips []pack.ID) error {
	for open := slices.Clone(tips); len(open) > 0; {
		id := open[0]
		open = open[1:]
		if _, known := x.commits[id]; known {
			continue
		}
		c, err := x.r.Commit(x.ctx, id)
		if err != nil {
			return err
		}
		x.commits[id] = c
		for _, p := range c.Parents {
			if at, ok := x.first[p]; !ok || when(c).Before(at) {
				x.first[p] = when(c)
			}
		}
		open = append(open, c.Parents...)
	}
	for id, c := range x.commits {
		until, replaced := x.first[id]
		if err := x.tree(id, !replaced || x.whole(c, until)); err != nil {
			return fmt.Errorf("state of %v, the newest until %v: %w", when(c), until, err)
		}
	}
	return nil
}

// letGo reports whether a failure is that of what is not kept any more.
func letGo(err error) bool {
	return errors.Is(err, state.ErrNotFound) || errors.Is(err, repo.ErrNotFound)
}

// tree reads the files of a commit. If it need not be whole, what was let go is
// passed over.
func (x *reading) tree(commit pack.ID, whole bool) error {
	c, err := x.r.Commit(x.ctx, commit)
	if err != nil {
		return err
	}
	if x.trees[c.Root] {
		return nil
	}
	t, err := x.r.Tree(x.ctx, c.Root)
	if err != nil {
		if !whole && letGo(err) {
			return nil
		}
		return err
	}
	for _, n := range t.Nodes().All() {
		if n.Kind != tree.File || x.contents[n.Content] {
			continue
		}
		body := make(grow, n.Size)
		if err := x.r.WriteContent(x.ctx, n.Content, body, nil); err != nil {
			if !whole && letGo(err) {
				continue
			}
			return fmt.Errorf("%s: %w", n.Name, err)
		}
		x.contents[n.Content], x.have[string(body)] = true, true
	}
	x.trees[c.Root] = whole
	return nil
}

// grow takes bytes at any place.
type grow []byte

// WriteAt implements io.WriterAt.
func (g grow) WriteAt(p []byte, off int64) (int, error) { return copy(g[off:], p), nil }
