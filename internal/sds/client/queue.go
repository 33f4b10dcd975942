package client

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Limits of the billing queue.
const (
	// holdLimit is how long one call may keep the others of the account
	// waiting; after that they may collide, which only costs a retry.
	holdLimit = 5 * time.Second
	// lockPatience is how long another process is waited for. It covers
	// a process that was stopped while it held the lock.
	lockPatience = 2 * holdLimit
	lockPoll     = 10 * time.Millisecond
)

// Ranks of those who wait. Signing an upload must happen within 15 s after
// its last byte, else all of it is sent again.
const (
	rankNormal = iota
	rankSign
	rankUrgent
)

// queue lets one billed call of the account through at a time: within this
// client by rank and then arrival, between processes by a file lock.
type queue struct {
	path  string // of the lock; empty for none
	clock Clock

	mu      sync.Mutex
	busy    bool
	waiting []*waiter
}

type waiter struct {
	rank int
	turn chan struct{}
}

func newQueue(path string, clock Clock) *queue { return &queue{path: path, clock: clock} }

// enter waits for its turn. leave may be called more than once and from any
// goroutine.
func (q *queue) enter(ctx context.Context, rank int) (leave func(), err error) {
	if err := q.join(ctx, rank); err != nil {
		return nil, err
	}
	unlock, err := q.lock(ctx)
	if err != nil {
		q.next()
		return nil, err
	}
	var once sync.Once
	return func() {
		once.Do(func() {
			unlock()
			q.next()
		})
	}, nil
}

// join takes the queue inside this process.
func (q *queue) join(ctx context.Context, rank int) error {
	q.mu.Lock()
	if !q.busy {
		q.busy = true
		q.mu.Unlock()
		return nil
	}
	w := &waiter{rank: rank, turn: make(chan struct{})}
	q.insert(w)
	q.mu.Unlock()
	select {
	case <-w.turn:
		return nil
	case <-ctx.Done():
		q.abandon(w)
		return ctx.Err()
	}
}

// insert puts w behind all of its own or a higher rank.
func (q *queue) insert(w *waiter) {
	at := slices.IndexFunc(q.waiting, func(o *waiter) bool { return o.rank < w.rank })
	if at < 0 {
		at = len(q.waiting)
	}
	q.waiting = slices.Insert(q.waiting, at, w)
}

// abandon takes w out, and passes its turn on if it came meanwhile.
func (q *queue) abandon(w *waiter) {
	q.mu.Lock()
	at := slices.Index(q.waiting, w)
	if at >= 0 {
		q.waiting = slices.Delete(q.waiting, at, at+1)
	}
	q.mu.Unlock()
	if at < 0 {
		q.next()
	}
}

// next lets the first of those who wait go.
func (q *queue) next() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		q.busy = false
		return
	}
	w := q.waiting[0]
	q.waiting = q.waiting[1:]
	close(w.turn)
}

// lock takes the lock between processes. Where it cannot be had, the call goes
// on without it: two calls at once are refused, not wrong.
func (q *queue) lock(ctx context.Context) (unlock func(), err error) {
	if q.path == "" {
		return func() {}, nil
	}
	file := flock.New(q.path)
	give := func() { _ = file.Unlock() } // the lock ends with the process anyway
	for began := time.Now(); time.Since(began) < lockPatience; {
		ok, err := file.TryLock()
		if ok || err != nil {
			return give, nil
		}
		if err := q.clock.Sleep(ctx, jitter(lockPoll)); err != nil {
			give()
			return nil, err
		}
	}
	return give, nil
}
