package engine

import (
	"path"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Danger is why a brake stopped a sync.
type Danger string

// What brakes stop.
const (
	Deleted   Danger = "deleted"   // very much was deleted in the folder
	Changed   Danger = "changed"   // very much was changed in the folder
	Scrambled Danger = "scrambled" // many files became unreadable, as malicious software does it
	Vanished  Danger = "vanished"  // very much was deleted by other devices
	Missing   Danger = "missing"   // the folder is not the one that was synced before
)

// Brake is what a brake stopped.
type Brake struct {
	Danger Danger
	Count  int       // files it is about
	Total  int       // files of the drive
	Paths  []string  // of the first of them, sorted
	Since  time.Time // disk and network were the same then; zero if that is not known
}

// shownPaths is how many files a brake names.
const shownPaths = 100

// Stopped tells what a brake stopped, until a sync went well.
func (e *Engine) Stopped() (Brake, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.brake == nil {
		return Brake{}, false
	}
	return *e.brake, true
}

// stopBy notes what stopped a sync and returns err, which says so.
func (e *Engine) stopBy(b Brake, err error) error {
	e.mu.Lock()
	b.Since = e.rested
	e.brake = &b
	e.mu.Unlock()
	return err
}

// brake stops a sync that would take away too much at once.
func (s *session) brake() error {
	if s.e.allowed() {
		return nil
	}
	out := plan.Cost(s.remote, s.want)
	in := plan.Cost(s.local, s.want)
	in.Overwritten = 0 // the device that wrote them was asked
	scrambled, pending := s.scrambled()
	switch {
	case pending && len(scrambled) >= manyScrambled:
		b := Brake{Danger: Scrambled, Count: len(scrambled), Total: out.Total, Paths: shown(scrambled)}
		return s.e.stopBy(b, fault.Say(ErrBrake, "%d files became unreadable within minutes, as malicious software does it. Nothing was changed on the network; look at your files, then confirm to go on or rewind the folder.", b.Count))
	case out.Alarming() && out.Deleted >= out.Overwritten:
		b := Brake{Danger: Deleted, Count: out.Deleted, Total: out.Total, Paths: s.lost(s.remote, false)}
		return s.e.stopBy(b, fault.Say(ErrBrake, "%d of %d files were deleted in the folder on this computer. Nothing was deleted on the network; confirm to go on.", b.Count, b.Total))
	case out.Alarming():
		b := Brake{Danger: Changed, Count: out.Overwritten, Total: out.Total, Paths: s.lost(s.remote, true)}
		return s.e.stopBy(b, fault.Say(ErrBrake, "%d of %d files were changed at once in the folder on this computer. Nothing was sent; confirm to go on.", b.Count, b.Total))
	case in.Alarming():
		b := Brake{Danger: Vanished, Count: in.Deleted, Total: in.Total, Paths: s.lost(s.local, false)}
		return s.e.stopBy(b, fault.Say(ErrBrake, "%d of %d files were deleted by other devices. Nothing was deleted on this computer; confirm to go on.", b.Count, b.Total))
	}
	return nil
}

// lost returns the files of a tree that the one which is wanted has not, or
// has with other bytes.
func (s *session) lost(from *tree.Tree, overwritten bool) []string {
	var paths []string
	for id, n := range from.Nodes().All() {
		now, stays := s.want.Get(id)
		if n.Kind != tree.Folder && stays == overwritten && (!stays || !now.SameData(n)) {
			paths = append(paths, from.Path(id))
		}
	}
	return shown(paths)
}

func shown(paths []string) []string {
	slices.Sort(paths)
	return paths[:min(len(paths), shownPaths)]
}

const (
	// manyScrambled is how many files must become unreadable to stop a sync.
	manyScrambled = 25
	// scrambleTime is how far back from the newest those count that were
	// published.
	scrambleTime = 10 * time.Minute
	keyScrambled = "scrambled"
)

// suspect notes the files of this look that became unreadable: in their place,
// or under another ending.
func (v *sight) suspect() error {
	e, before := v.s.e, len(v.s.e.suspects)
	gone := map[string]bool{}
	for id, n := range v.gone {
		if p := e.diskPath(id); n.Kind == tree.File {
			gone[p], gone[strings.TrimSuffix(p, path.Ext(p))] = true, true
		}
	}
	for _, r := range v.hash {
		renamed := r.New && gone[strings.TrimSuffix(r.Path, path.Ext(r.Path))]
		if !r.skipped && r.scrambled && r.content != r.Known.Content && (!r.New || renamed) {
			e.suspects[r.node.ID] = e.cfg.Now().UnixNano()
		}
	}
	if len(e.suspects) == before {
		return nil
	}
	return e.keepNote(v.s.ctx, keyScrambled, e.suspects)
}

// scrambled returns the files that became unreadable and are not published, or
// were published a short time before, and whether any is not published.
func (s *session) scrambled() (paths []string, pending bool) {
	newest := int64(0)
	for _, at := range s.e.suspects {
		newest = max(newest, at)
	}
	for id, at := range s.e.suspects {
		n, wanted := s.want.Get(id)
		r, there := s.remote.Get(id)
		published := !wanted || there && r.SameData(n)
		if published && at < newest-int64(scrambleTime) {
			delete(s.e.suspects, id)
			continue
		}
		pending = pending || !published
		paths = append(paths, s.want.Path(id))
	}
	return paths, pending
}

// calm forgets what brakes had gathered, after a sync that went well.
func (e *Engine) calm() {
	e.mu.Lock()
	allowed := e.allow
	e.allow, e.brake, e.rested = false, nil, e.cfg.Now()
	e.mu.Unlock()
	if allowed {
		clear(e.suspects)
	}
}
