package app

import (
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// board turns the engine's events into the one line that tells the truth.
type board struct {
	mu      sync.Mutex
	phase   SyncPhase
	files   map[string]transfer
	started time.Time
	problem string
	total   struct {
		files int
		bytes int64
	}
}

type transfer struct{ done, total int64 }

func newBoard() *board {
	return &board{phase: PhaseStarting, files: map[string]transfer{}}
}

// moved notes how far a file is.
func (b *board) moved(path string, done, total int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.files) == 0 {
		b.started = time.Now()
	}
	b.files[path] = transfer{done, total}
}

func (b *board) finished(path string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t, ok := b.files[path]; ok {
		t.done = t.total
		b.files[path] = t
	}
}

// enter notes a new phase; transfers of the phase before are history.
func (b *board) enter(phase SyncPhase) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.phase = phase
	if phase != PhaseSyncing {
		clear(b.files)
	}
	if phase == PhaseUpToDate || phase == PhaseSyncing {
		b.problem = ""
	}
}

func (b *board) trouble(sentence string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problem = sentence
}

func (b *board) holds(files int, bytes int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.total.files, b.total.bytes = files, bytes
}

// status returns the line as it is now.
func (b *board) status() Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := Status{Phase: b.phase, Problem: b.problem, Files: b.total.files, Bytes: b.total.bytes, FilesTotal: len(b.files)}
	for _, t := range b.files {
		s.BytesDone += t.done
		s.BytesTotal += t.total
		if t.done == t.total {
			s.FilesDone++
		}
	}
	if spent := time.Since(b.started).Seconds(); len(b.files) > 0 && spent > 1 && s.BytesDone > 0 {
		s.PerSecond = float64(s.BytesDone) / spent
		s.Left = time.Duration(float64(s.BytesTotal-s.BytesDone) / s.PerSecond * float64(time.Second)).Round(time.Second)
	}
	return s
}

// percent tells how far one file is; ok is false when it does not move.
func (b *board) percent(path string) (percent int, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t, moving := b.files[path]
	if !moving || t.done == t.total || t.total == 0 {
		return 0, false
	}
	return int(t.done * 100 / t.total), true
}

var phases = map[engine.Activity]SyncPhase{
	engine.UpToDate: PhaseUpToDate, engine.Syncing: PhaseSyncing, engine.Paused: PhaseStopped,
	engine.Offline: PhaseOffline, engine.OutOfOzone: PhaseOutOfOzone,
}

// Status tells where the drive stands. It never waits.
func (a *App) Status() Status {
	a.mu.Lock()
	d, practice := a.drive, a.practiceNow
	a.mu.Unlock()
	s := Status{Phase: PhaseOff}
	if d != nil {
		s = d.board.status()
	}
	if a.settings.get().Paused && s.Phase != PhaseOff {
		s.Phase = PhasePaused
	}
	s.Practice = practice
	return s
}
