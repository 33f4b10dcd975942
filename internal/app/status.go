package app

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// board gathers what the engine's events say beyond how far it is.
type board struct {
	mu       sync.Mutex
	phase    SyncPhase
	problem  string   // why it does not go on
	problems []string // what a person should know, newest last
	issues   []Issue  // the same, with what each is about
	speed    estimator
	told     time.Time // when progress was told last
	rested   time.Time // when disk and network were the same last
	total    struct {
		files int
		bytes int64
	}
}

const (
	mostProblems = 20
	// progressStep is how often progress is told.
	progressStep = 100 * time.Millisecond
)

func newBoard() *board { return &board{phase: PhaseStarting} }

// moved notes how much has moved, and reports whether it is time to tell.
func (b *board) moved(now time.Time, done int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.speed.note(now, done)
	if now.Sub(b.told) < progressStep {
		return false
	}
	b.told = now
	return true
}

// enter notes a new phase.
func (b *board) enter(phase SyncPhase) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.phase = phase
	if phase == PhaseUpToDate || phase == PhaseSyncing {
		b.problem = ""
	}
	if phase == PhaseSyncing {
		b.speed = estimator{}
	}
}

// trouble notes a problem; one that is about a file does not stop the rest.
func (b *board) trouble(path, sentence string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	text := sentence
	if path == "" {
		b.problem = sentence
	} else {
		text = path + ": " + sentence
	}
	b.problems = slices.DeleteFunc(b.problems, func(old string) bool { return old == text })
	b.problems = append(b.problems, text)
	b.problems = b.problems[max(0, len(b.problems)-mostProblems):]
	issue := Issue{path, sentence}
	b.issues = append(slices.DeleteFunc(b.issues, func(old Issue) bool { return old == issue }), issue)
	b.issues = b.issues[max(0, len(b.issues)-mostProblems):]
}

// rest notes that disk and network are the same. What stopped it is over.
func (b *board) rest(now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rested = now
}

func (b *board) holds(files int, bytes int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.total.files, b.total.bytes = files, bytes
}

// status returns the line as it is now.
func (b *board) status(p engine.Progress, now time.Time) Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := Status{
		Phase: b.phase, Problem: b.problem, Files: b.total.files, Bytes: b.total.bytes, LastSync: b.rested,
		FilesDone: p.Up.FilesDone + p.Down.FilesDone, FilesTotal: p.Up.Files + p.Down.Files,
		BytesDone: p.Up.BytesDone + p.Down.BytesDone, BytesTotal: p.Up.Bytes + p.Down.Bytes,
	}
	if b.phase != PhaseSyncing {
		s.FilesDone, s.FilesTotal, s.BytesDone, s.BytesTotal = 0, 0, 0, 0
		return s
	}
	s.Sending, s.Receiving = p.Up.Files > p.Up.FilesDone, p.Down.Files > p.Down.FilesDone
	s.PerSecond = b.speed.speed(now)
	s.Left = b.speed.left(now, s.BytesTotal-s.BytesDone)
	return s
}

// forget forgets what a person should know.
func (b *board) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problems, b.issues = nil, nil
}

func (b *board) known() ([]string, []Issue) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.problems), slices.Clone(b.issues)
}

var phases = map[engine.Activity]SyncPhase{
	engine.UpToDate: PhaseUpToDate, engine.Syncing: PhaseSyncing, engine.Stopped: PhaseStopped, engine.Paused: PhasePaused,
	engine.Offline: PhaseOffline, engine.OutOfOzone: PhaseOutOfOzone, engine.OutOfDisk: PhaseOutOfDisk,
}

// Status tells where the drive stands. It never waits.
func (a *App) Status() Status {
	a.mu.Lock()
	d, practice, opening := a.drive, a.practiceNow, a.opening
	a.mu.Unlock()
	s := Status{Phase: PhaseOff}
	if opening {
		s.Phase = PhaseStarting
	}
	if d != nil {
		s = d.board.status(d.engine.Progress(), time.Now())
		s.Held = len(d.engine.Held())
		s.Noz = strconv.FormatInt(d.spent.total(), 10)
	}
	if now := a.settings.get(); now.pausedAt(time.Now()) {
		s.PausedUntil = now.PausedUntil
		if s.Phase != PhaseOff {
			s.Phase = PhasePaused
		}
	}
	s.Practice, s.Watching = practice, a.Watching()
	return s
}
