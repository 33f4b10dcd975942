package app

import (
	"context"
	"runtime/debug"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/lean"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// manyFiles is how many files leave much memory behind that is not needed any
// more when a round has handled them.
const manyFiles = 1000

// listed is how long after such a round a window has surely read its lists
// again, which leaves as much behind.
const listed = 10 * time.Second

// attend keeps a drive that is synced at its pace and reachable for other
// programs, until it is closed.
func (a *App) attend(d *drive) {
	d.attended, d.stop = context.WithCancel(context.Background())
	roomy := lean.Keep()
	a.applyPace(d)
	d.done.Go(func() { a.keepPace(d.attended, d) })
	d.done.Go(func() { a.keepCounting(d.attended, d) })
	d.done.Go(func() { a.keepLedger(d.attended, d) })
	d.done.Go(func() { a.attendChannel(d.attended) })
	var err error
	if d.control, err = a.listen(d); err != nil {
		d.board.trouble("", "Other programs on this computer cannot ask how far the sync is.")
	}
	d.end = func() {
		a.keepReport(d)
		d.control.close()
		roomy()
	}
}

// run lets the engine work in the background.
func (a *App) run(d *drive) {
	ctx := d.attended
	d.done.Go(func() {
		d.listed.wait(ctx)
		err := d.engine.Run(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		text := fault.Sentence(engine.Plainly(err))
		d.board.enter(PhaseStopped)
		d.board.trouble("", text)
		a.hub.send(Event{Kind: ProblemArose, Text: text})
		a.hub.send(Event{Kind: StatusChanged})
	})
}

// keepCounting counts the files of the drive whenever it came to rest. The
// engine must not wait for that, so it only leaves a mark.
func (a *App) keepCounting(ctx context.Context, d *drive) {
	events, cancel := a.Subscribe()
	defer cancel()
	d.count.Store(true)
	var once <-chan time.Time
	for {
		if d.count.Swap(false) {
			if files, bytes, err := d.engine.Totals(ctx); err == nil {
				d.board.holds(files, bytes)
			}
		}
		if d.heavy.Swap(false) {
			d.lean.Store(true)
			debug.FreeOSMemory()
			once = time.After(listed)
		}
		select {
		case <-ctx.Done():
			return
		case <-events:
		case <-once:
			once = nil
			debug.FreeOSMemory()
		}
	}
}
