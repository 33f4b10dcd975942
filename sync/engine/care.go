package engine

import (
	"context"
	"errors"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/space"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

const (
	// careEvery is how often Run looks after the space of the drive.
	careEvery = 24 * time.Hour
	keyCare   = "care"
)

// care looks after the space once a day, when nothing else is to be done: it
// compares what the network lists with what is needed, frees what is not, and
// lets other devices know that this one is there. What fails waits for the next
// day.
func (e *Engine) care(ctx context.Context) {
	if !e.careIsDue(ctx) {
		return
	}
	c, err := e.Collect(ctx, false)
	if ctx.Err() != nil {
		return
	}
	sentence := string(c.Plan.Refused)
	if err != nil {
		sentence = fault.Sentence(err)
	}
	if err != nil || c.Plan.Refused == space.WrongClock {
		e.problem(Problem{Sentence: sentence})
	}
	if len(c.Plan.Missing) > 0 {
		e.SyncNow() // sends again what it finds on this disk
	}
}

// careIsDue notes that care is taken now. A device that begins waits a day, for
// it has enough to do.
func (e *Engine) careIsDue(ctx context.Context) bool {
	now := e.cfg.Now()
	last, err := e.st.Get(ctx, keyCare)
	if err != nil && !errors.Is(err, state.ErrNotFound) {
		return false
	}
	at, perr := time.Parse(time.RFC3339, string(last))
	if perr == nil && now.Sub(at) >= 0 && now.Sub(at) < careEvery {
		return false
	}
	if e.st.Set(ctx, keyCare, []byte(now.UTC().Format(time.RFC3339))) != nil {
		return false
	}
	return perr == nil
}
