package engine

import (
	"context"
	"errors"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/scan"
)

const (
	firstRetry = time.Second
	lastRetry  = time.Minute
	// leastSettle is how long edits are gathered at least, if the
	// configuration does not say less: programs save in several steps.
	leastSettle = 250 * time.Millisecond
)

// Run syncs until ctx ends: at once, when the folder changes, and when another
// device has published. Failures are told as events and tried again; it
// returns only when ctx ends.
func (e *Engine) Run(ctx context.Context) error {
	r := &runner{e: e, retry: firstRetry, whole: true}
	defer r.stopWatch()
	for ctx.Err() == nil {
		if r.wanted() {
			r.sync(ctx)
		}
		r.whole = r.wait(ctx)
	}
	return ctx.Err()
}

// SyncNow makes Run sync at once.
func (e *Engine) SyncNow() {
	select {
	case e.kick <- struct{}{}:
	default:
	}
}

// Pause ends a sync that runs and lets no other begin until Resume. What was
// fully sent is not sent again.
func (e *Engine) Pause() {
	e.mu.Lock()
	e.paused = true
	if e.interrupt != nil {
		e.interrupt()
	}
	e.mu.Unlock()
	e.setActivity(Paused)
	e.SyncNow()
}

// untilPaused returns a context that a pause ends.
func (e *Engine) untilPaused(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.interrupt = cancel
	if e.paused {
		cancel()
	}
	return ctx, cancel
}

// Resume lets Run go on.
func (e *Engine) Resume() {
	e.mu.Lock()
	e.paused = false
	e.mu.Unlock()
	e.SyncNow()
}

func (e *Engine) isPaused() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.paused
}

// runner is the state of Run.
type runner struct {
	e        *Engine
	watcher  *scan.Watcher
	stop     context.CancelFunc
	retry    time.Duration
	failed   bool
	rules    *ignore.Rules // those that the watcher knows
	waiting  bool          // some files changed while they were looked at
	deepNext time.Time     // when the content of files is read through again
	whole    bool          // the next sync looks at the whole folder
}

func (r *runner) wanted() bool { return !r.e.isPaused() }

func (r *runner) sync(ctx context.Context) {
	r.startWatch(ctx) // first, so that no change is missed
	sum, err := r.e.SyncChanged(ctx, r.changes())
	stopped := errors.Is(err, ErrPaused) || errors.Is(err, errHeld)
	r.failed, r.waiting = err != nil && !stopped, sum.Waiting > 0
	r.tendWatch(ctx)
	if err == nil && !r.waiting {
		r.retry = firstRetry
	}
	if err == nil && !r.waiting {
		r.e.care(ctx)
	}
	if err == nil || ctx.Err() != nil || stopped {
		return
	}
	r.e.cfg.Events(Problem{Sentence: fault.Sentence(Plainly(err))})
	if errors.Is(err, ErrBrake) || errors.Is(err, ErrMoved) {
		r.retry = lastRetry
	}
}

// changes says where the next sync has to look.
func (r *runner) changes() scan.Changes {
	if r.watcher == nil {
		return scan.Changes{Whole: true}
	}
	c := r.watcher.Take() // also where all is looked at: it need not be again
	c.Whole = c.Whole || r.whole
	c.More = r.more
	return c
}

// more waits until what the system tells of a move has come: it does so in two
// halves.
func (r *runner) more(ctx context.Context) scan.Changes {
	quiet := time.NewTimer(min(r.e.cfg.Settle, leastSettle))
	defer quiet.Stop()
	select {
	case <-ctx.Done():
		return scan.Changes{Whole: true}
	case <-quiet.C:
		return r.watcher.Take()
	}
}

// wait returns when there is a reason to sync, and whether it is one to look at
// the whole folder.
func (r *runner) wait(ctx context.Context) (whole bool) {
	poll, rescan, deep := time.NewTicker(r.e.cfg.Poll), time.NewTimer(r.pause()), time.NewTicker(deepPause)
	defer poll.Stop()
	defer deep.Stop()
	defer rescan.Stop()
	for {
		select {
		case <-ctx.Done():
			return true
		case <-r.e.kick:
			return true
		case <-rescan.C:
			return true
		case <-r.changed():
			r.settle(ctx)
			return false
		case <-deep.C:
			r.deepTick(ctx)
		case <-poll.C:
			if r.poll(ctx) {
				return false
			}
		}
	}
}

// pause is how long to wait where nothing happens.
func (r *runner) pause() time.Duration {
	switch {
	case r.failed, r.waiting:
		d := r.retry
		r.retry = min(2*r.retry, lastRetry)
		if r.waiting {
			d = max(d, r.e.cfg.Settle)
		}
		return d
	case r.watcher == nil || r.watcher.Lost():
		return min(r.e.cfg.Rescan, 30*time.Second)
	}
	return r.e.cfg.Rescan
}

func (r *runner) changed() <-chan struct{} {
	if r.watcher == nil || r.failed || r.e.isPaused() {
		return nil
	}
	return r.watcher.Changed
}

// settle waits until the folder has been quiet for a moment, but not forever.
// After a single save that is a short moment; a folder that goes on changing
// is given the whole of it, so that a long copy is not taken apart.
func (r *runner) settle(ctx context.Context) {
	began, pause := time.Now(), r.e.cfg.Settle
	short := min(pause, max(pause/4, leastSettle))
	quiet, enough := time.NewTimer(short), time.NewTimer(5*pause)
	defer quiet.Stop()
	defer enough.Stop()
	for {
		select {
		case <-r.watcher.Changed:
			if time.Since(began) < short {
				quiet.Reset(short)
			} else {
				quiet.Reset(pause)
			}
		case <-quiet.C:
			return
		case <-enough.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// poll looks whether another device has published.
func (r *runner) poll(ctx context.Context) bool {
	if r.failed || r.e.isPaused() {
		return false
	}
	r.e.sync.Lock()
	changed, err := r.e.repo.Pull(ctx)
	r.e.sync.Unlock()
	return changed || (err != nil && ctx.Err() == nil)
}

// tendWatch keeps the watcher fit: the folder may have been made only now, or
// anew, and rules may leave out less than they did.
func (r *runner) tendWatch(ctx context.Context) {
	if r.watcher != nil && r.watcher.Gone() {
		r.stopWatch()
	}
	if r.watcher == nil {
		if r.startWatch(ctx); r.watcher != nil {
			r.e.SyncNow()
		}
	}
	if now := r.e.rules.Load(); r.watcher != nil && now != r.rules {
		r.rules = now
		r.watcher.Refresh()
	}
	if r.watcher != nil && r.watcher.Lost() {
		r.e.problem(Problem{Sentence: fault.Text("This system does not let all folders be watched, so some changes are noticed only every half minute. Nothing is lost; a higher limit of inotify watches helps on Linux.")})
	}
}

func (r *runner) startWatch(ctx context.Context) {
	if r.watcher != nil {
		return
	}
	r.rules = r.e.rules.Load()
	w, err := scan.Watch(r.e.cfg.Root, r.e.rules.Load)
	if err != nil {
		return // the folder may be missing; scans find changes too, only later
	}
	ctx, r.stop = context.WithCancel(ctx)
	r.watcher = w
	go w.Run(ctx)
}

func (r *runner) stopWatch() {
	if r.watcher == nil {
		return
	}
	r.stop()
	_ = r.watcher.Close()
	r.watcher = nil
}
