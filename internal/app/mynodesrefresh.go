package app

import (
	"context"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/network/monitor"
)

// NodesAreGuarded tells whether another program of this profile watches its nodes.
func (a *App) NodesAreGuarded() bool {
	lock := flock.New(a.profile.nodesWatched())
	ok, err := lock.TryLock()
	if err == nil && ok {
		_ = lock.Unlock()
	}
	return err == nil && !ok
}

// RefreshNodes asks every node and the chain once, unless some program watches
// them anyway. It takes no longer than patience and a few questions to the chain.
func (a *App) RefreshNodes(ctx context.Context, patience time.Duration) error {
	lock := flock.New(a.profile.nodesWatched())
	if ok, err := lock.TryLock(); err != nil || !ok {
		return ctx.Err()
	}
	defer func() { _ = lock.Unlock() }()
	heard := make(chan struct{}, 1)
	k := newNodeKeeper(a, NodeGuard{Heard: func(NodeSample) {
		select {
		case heard <- struct{}{}:
		default:
		}
	}})
	listen, stop := context.WithCancel(ctx)
	k.follow(listen)
	enough := time.NewTimer(patience)
	defer enough.Stop()
	for waiting := true; waiting && !k.heardAll(); {
		select {
		case <-heard:
		case <-enough.C:
			waiting = false
		case <-ctx.Done():
			waiting = false
		}
	}
	k.books(ctx)
	stop()
	k.duty.all.Wait()
	k.save()
	return ctx.Err()
}

// heardAll tells whether each node said something, or nothing.
func (k *nodeKeeper) heardAll() bool {
	k.duty.mu.Lock()
	defer k.duty.mu.Unlock()
	for id := range k.duty.guards {
		if state, _ := k.duty.watch.Health(id).State(); state == monitor.Unheard {
			return false
		}
	}
	return true
}

// NodesNeedKey tells whether tokens of nodes lie under the key of a storage
// account.
func (a *App) NodesNeedKey() bool {
	f, err := a.readNodes()
	if err != nil {
		return false
	}
	return slices.ContainsFunc(f.Nodes, func(n keptNode) bool { return n.TokenFile == "" && n.Under != underKeyring })
}

// NodesHaveKey tells whether there is something to keep a token under: a keyring
// that answers, or the key of the storage account.
func (a *App) NodesHaveKey() bool {
	return a.changeNodes(func(f *nodesFile) error {
		_, err := a.chooseNodeKey(f)
		return err
	}) == nil
}
