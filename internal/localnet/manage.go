package localnet

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/control"
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
)

// answerLimit is how long a network that is starting or stopping is waited for.
const answerLimit = 10 * time.Second

// Manage reaches the storage nodes of the network in dir: those of the running
// one, else those that lie in the folder, which can be looked at and proved
// but not changed. Nobody can start the network before done was called. Errors
// are sentences for people.
func Manage(ctx context.Context, dir string) (f control.Fleet, done func(), err error) {
	if !hasNetwork(dir) {
		return nil, nil, fault.Wrong(nil, "There is no practice network in this folder. Give the folder of one with --dir.")
	}
	ctx, cancel := context.WithTimeout(ctx, answerLimit)
	defer cancel()
	for {
		c, err := control.Connect(ctx, dir)
		if err == nil {
			return running{c}, c.Close, nil
		}
		if !errors.Is(err, control.ErrNotRunning) {
			return nil, nil, err
		}
		lock := flock.New(filepath.Join(dir, lockName))
		if ok, err := lock.TryLock(); err == nil && ok {
			return openResting(ctx, dir, lock)
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return nil, nil, fault.Say(err, "The network in this folder is just starting, stopping or being checked. Try again in a moment.")
		}
	}
}

// hasNetwork tells whether there ever was a network in dir.
func hasNetwork(dir string) bool {
	_, err := os.Stat(metaPath(dir))
	return err == nil
}

func metaPath(dir string) string  { return filepath.Join(dir, "meta", "meta.db") }
func nodesPath(dir string) string { return filepath.Join(dir, "nodes") }

// running is a network in another process that may end at any time.
type running struct{ *control.Client }

// Nodes, Add and the others ask the running network.
func (r running) Nodes(ctx context.Context) ([]control.Node, error) {
	list, err := r.Client.Nodes(ctx)
	return list, wentAway(err)
}

// Add makes one more node.
func (r running) Add(ctx context.Context, capacity int64, tier int) (control.Node, error) {
	n, err := r.Client.Add(ctx, capacity, tier)
	return n, wentAway(err)
}

// Drain moves everything away from a node.
func (r running) Drain(ctx context.Context, name string) error {
	return wentAway(r.Client.Drain(ctx, name))
}

// Remove takes a node out of the network.
func (r running) Remove(ctx context.Context, name string) error {
	return wentAway(r.Client.Remove(ctx, name))
}

// Stop switches a node off.
func (r running) Stop(ctx context.Context, name string) error {
	return wentAway(r.Client.Stop(ctx, name))
}

// Start switches a node on.
func (r running) Start(ctx context.Context, name string) error {
	return wentAway(r.Client.Start(ctx, name))
}

// Check proves every copy on record.
func (r running) Check(ctx context.Context, repair bool, progress func(done, total int64)) (control.Report, error) {
	report, err := r.Client.Check(ctx, repair, progress)
	return report, wentAway(err)
}

// CloseEpoch has the present epoch reported.
func (r running) CloseEpoch(ctx context.Context) (control.Epoch, error) {
	e, err := r.Client.CloseEpoch(ctx)
	return e, wentAway(err)
}

func wentAway(err error) error {
	if errors.Is(err, control.ErrNotRunning) && !errors.Is(err, context.Canceled) {
		return fault.Unclear(err, "The network ended before it answered. Start it again and look at its nodes with stosnet node list.")
	}
	return err
}

// resting is a network that does not run.
type resting struct{ *fleet }

func openResting(ctx context.Context, dir string, lock *flock.Flock) (control.Fleet, func(), error) {
	m, err := meta.Open(ctx, metaPath(dir), meta.Options{})
	if err != nil {
		lock.Unlock()
		return nil, nil, explain(dir, err)
	}
	done := func() {
		m.Close()
		lock.Unlock()
	}
	s, err := lookAt(ctx, m, dir)
	if err != nil {
		done()
		return nil, nil, explain(dir, err)
	}
	return resting{&fleet{dir: dir, store: s}}, done, nil
}

func lookAt(ctx context.Context, m *meta.Meta, dir string) (*store.Store, error) {
	pool, err := node.OpenPool(nodesPath(dir), 0, 0)
	if err != nil { // the number of copies was not kept by older programs
		pool, err = node.OpenPool(nodesPath(dir), 0, 1)
	}
	if err != nil {
		return nil, err
	}
	return store.OpenWith(ctx, store.Options{Meta: m, Pool: pool, Idle: true})
}

// atRest is said where only a running network can do what was asked for.
func atRest() error {
	return fault.Say(nil, "The network in this folder is not running, so nothing was changed. Start it with stosnet up, then try again.")
}

// Add and the other changes need a running network.
func (resting) Add(context.Context, int64, int) (control.Node, error) {
	return control.Node{}, atRest()
}

// Drain needs a running network.
func (resting) Drain(context.Context, string) error { return atRest() }

// Remove needs a running network.
func (resting) Remove(context.Context, string) error { return atRest() }

// Stop needs a running network.
func (resting) Stop(context.Context, string) error { return atRest() }

// Start needs a running network.
func (resting) Start(context.Context, string) error { return atRest() }

// CloseEpoch needs a running network.
func (resting) CloseEpoch(context.Context) (control.Epoch, error) {
	return control.Epoch{}, atRest()
}
