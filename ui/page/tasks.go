package page

import (
	"context"
	"time"
)

// Tasks runs work beside the UI goroutine and brings its results back to it.
type Tasks struct {
	ctx   context.Context
	spawn func(func()) // starts work
	back  func(func()) // runs a function on the UI goroutine
	still bool         // clocks stand still
}

// NewTasks returns tasks that end with ctx. back runs a function on the UI
// goroutine, as fyne.Do does.
func NewTasks(ctx context.Context, back func(func())) *Tasks {
	return &Tasks{ctx: ctx, spawn: func(f func()) { go f() }, back: back}
}

// InlineTasks returns tasks that are done at once, and whose clocks stand still,
// for tests.
func InlineTasks(ctx context.Context) *Tasks {
	run := func(f func()) { f() }
	return &Tasks{ctx: ctx, spawn: run, back: run, still: true}
}

// Scope returns tasks of one page: after cancel their work is cancelled and no
// result comes back any more.
func (t *Tasks) Scope() (scoped *Tasks, cancel func()) {
	ctx, cancel := context.WithCancel(t.ctx)
	return &Tasks{ctx: ctx, spawn: t.spawn, back: t.back, still: t.still}, cancel
}

// Context ends with the tasks.
func (t *Tasks) Context() context.Context { return t.ctx }

// Back runs f on the UI goroutine, unless the tasks have ended by then.
func (t *Tasks) Back(f func()) {
	t.back(func() {
		if t.ctx.Err() == nil {
			f()
		}
	})
}

// After runs f on the UI goroutine once, later.
func (t *Tasks) After(d time.Duration, f func()) {
	if !t.still {
		time.AfterFunc(d, func() { t.Back(f) })
	}
}

// Every runs f on the UI goroutine again and again, until the tasks end.
func (t *Tasks) Every(d time.Duration, f func()) {
	if t.still {
		return
	}
	go func() {
		tick := time.NewTicker(d)
		defer tick.Stop()
		for {
			select {
			case <-t.ctx.Done():
				return
			case <-tick.C:
				t.Back(f)
			}
		}
	}()
}

// Run does work beside the UI goroutine and hands its result to done on it.
// done may be nil, and is not called after the tasks have ended.
func Run[T any](t *Tasks, work func(context.Context) (T, error), done func(T, error)) {
	t.spawn(func() {
		result, err := work(t.ctx)
		if done != nil {
			t.Back(func() { done(result, err) })
		}
	})
}

// Do is Run for work that has no result.
func Do(t *Tasks, work func(context.Context) error, done func(error)) {
	Run(t, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) {
			if done != nil {
				done(err)
			}
		})
}
