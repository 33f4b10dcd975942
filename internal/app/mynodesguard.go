package app

import (
	"cmp"
	"context"
	"os"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/network/monitor"
)

// saveEvery is how often what is remembered of nodes is saved. Alerts are saved
// at once, and so is what is heard first and what an epoch brought.
const saveEvery = 30 * time.Second

// NodeGuard says who hears of nodes that are watched.
type NodeGuard struct {
	Heard func(NodeSample)  // everything; may be nil
	Told  func([]NodeAlert) // what their owner must know; may be nil
	After time.Duration     // how long a node must be off before; 0 is [monitor.Patience]
}

// nodeKeeper watches the nodes of a profile. Of all programs that have it open,
// one does.
type nodeKeeper struct {
	a    *App
	duty *nodeDuty
	wake chan struct{}

	mu     sync.Mutex
	kept   map[string]keptNode // what is listened to
	locked map[string]string   // why nobody listens to a node, by id
	stamp  os.FileInfo         // of nodes.json as it was read
	retry  bool                // locked secrets may be open now
	news   []NodeAlert         // for the window
}

// GuardNodes watches the nodes of this profile until the profile is closed or
// stop is called, also while the wallet is locked. Calling it again does nothing.
func (a *App) GuardNodes(o NodeGuard) (stop func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.nodeKeeper != nil {
		return func() {}
	}
	k := newNodeKeeper(a, o)
	a.nodeKeeper = k
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		k.run(ctx)
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		<-done
		a.mu.Lock()
		a.nodeKeeper = nil
		a.mu.Unlock()
	})
	a.closers = append(a.closers, func() error { stop(); return nil })
	return stop
}

func newNodeKeeper(a *App, o NodeGuard) *nodeKeeper {
	k := &nodeKeeper{a: a, wake: make(chan struct{}, 1), kept: map[string]keptNode{}, locked: map[string]string{}}
	first := map[string]bool{}
	k.duty = newNodeDuty(func(s NodeSample) {
		a.hub.send(Event{Kind: NodesChanged})
		if !first[s.ID] {
			first[s.ID] = true
			k.saveSoon()
		}
		if o.Heard != nil {
			o.Heard(s)
		}
	}, func(list []NodeAlert) { k.tell(list, o.Told) })
	k.duty.line, k.duty.watch.After = a.hasLine, o.After
	return k
}

// run watches as soon as no other program does.
func (k *nodeKeeper) run(ctx context.Context) {
	lock := flock.New(k.a.profile.nodesWatched())
	ticker := time.NewTicker(k.duty.every())
	defer ticker.Stop()
	for {
		if ok, err := lock.TryLock(); err == nil && ok {
			break
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
	defer func() { _ = lock.Unlock() }()
	k.hold(ctx, ticker.C)
}

// hold watches until ctx ends.
func (k *nodeKeeper) hold(ctx context.Context, ticks <-chan time.Time) {
	var books sync.WaitGroup
	books.Go(func() { k.keepBooks(ctx) })
	events, end := k.a.Subscribe()
	defer end()
	for saved := time.Now(); ; {
		k.follow(ctx)
		select {
		case <-ctx.Done():
			k.duty.all.Wait()
			books.Wait()
			k.save()
			return
		case <-k.wake:
			k.save()
			saved = time.Now()
		case e := <-events:
			k.retry = k.retry || e.Kind == WalletChanged && len(k.locked) > 0
		case <-ticks:
			k.duty.tick(ctx)
			if time.Since(saved) >= saveEvery {
				k.save()
				saved = time.Now()
			}
		}
	}
}

// follow listens to what is in nodes.json now.
func (k *nodeKeeper) follow(ctx context.Context) {
	info, err := os.Stat(k.a.profile.nodes())
	if err != nil && len(k.kept) == 0 || err == nil && !k.retry && sameFile(info, k.stamp) {
		return
	}
	f, err := k.a.readNodes()
	if err != nil {
		return // what is listened to goes on
	}
	k.stamp, k.retry = info, false
	there := map[string]bool{}
	for _, n := range f.Nodes {
		there[n.ID] = true
		if old, known := k.kept[n.ID]; known && old.Change == n.Change && old.TokenFile == n.TokenFile {
			k.rename(n)
			continue
		}
		k.leave(n.ID)
		k.enter(ctx, f, n)
	}
	for id := range k.kept {
		if !there[id] {
			k.leave(id)
			_ = os.Remove(k.a.profile.nodeLog(id)) // it was forgotten already, and saved meanwhile
		}
	}
}

func sameFile(a, b os.FileInfo) bool {
	return a != nil && b != nil && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size()
}

// enter begins to listen to a node, if its secrets can be read.
func (k *nodeKeeper) enter(ctx context.Context, f nodesFile, n keptNode) {
	secrets, err := k.a.openNode(f, &n)
	k.mu.Lock()
	delete(k.locked, n.ID)
	if err != nil {
		k.locked[n.ID] = nodeTrouble(err)
	}
	k.mu.Unlock()
	if err != nil {
		k.a.hub.send(Event{Kind: NodesChanged})
		return
	}
	log := k.a.readNodeLog(n.ID)
	g := &nodeGuard{id: n.ID, name: shownName(n, log), url: n.Monitor, rpc: cmp.Or(n.RPC, monitor.RPCBeside(n.Monitor)), log: log}
	if n.TokenFile == "" {
		g.ticket = func(ticket string) { k.a.noteTicket(n.ID, n.Change, nodeSecrets{secrets.Token, ticket}) }
	}
	source := WatchedNode{Monitor: n.Monitor, Token: secrets.Token, TokenFile: n.TokenFile}.source()
	source.Ticket, source.Seen = secrets.Ticket, log.Stamp
	k.setKept(n)
	k.duty.add(ctx, g, source)
}

func (k *nodeKeeper) setKept(n keptNode) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept[n.ID] = n
}

// noteTicket seals the ticket of a new connection. Without it, another token is
// needed some day.
func (a *App) noteTicket(id string, change int, s nodeSecrets) {
	_ = a.changeNodes(func(f *nodesFile) error {
		n := f.find(id)
		if n == nil || n.Change != change {
			return nil
		}
		if old, err := a.openNode(*f, n); err == nil && old == s {
			return nil
		}
		return a.sealNode(f, n, s)
	})
}

// rename takes over another name.
func (k *nodeKeeper) rename(n keptNode) {
	k.setKept(n)
	k.duty.mu.Lock()
	defer k.duty.mu.Unlock()
	if g := k.duty.guards[n.ID]; g != nil {
		g.name = shownName(n, g.log)
	}
}

// leave listens to a node no more and saves what is known of it.
func (k *nodeKeeper) leave(id string) {
	k.mu.Lock()
	_, known := k.kept[id]
	delete(k.kept, id)
	delete(k.locked, id)
	k.mu.Unlock()
	if !known {
		return
	}
	k.duty.mu.Lock()
	g := k.duty.guards[id]
	k.duty.mu.Unlock()
	k.duty.drop(id)
	if g != nil {
		_ = k.a.keepNodeLog(id, g.log)
	}
}

// save writes down what is new. A full disk loses it, and nothing else.
func (k *nodeKeeper) save() {
	k.duty.mu.Lock()
	defer k.duty.mu.Unlock()
	for id, g := range k.duty.guards {
		if g.dirty && k.a.keepNodeLog(id, g.log) == nil {
			g.dirty = false
		}
	}
}

// view shows a node that this program listens to.
func (k *nodeKeeper) view(n keptNode, now time.Time) (v MyNode, listens bool) {
	k.duty.mu.Lock()
	defer k.duty.mu.Unlock()
	g := k.duty.guards[n.ID]
	if g == nil {
		return v, false
	}
	v = viewNode(n, g.log, now)
	if v.State != nodeStates[monitor.Online] && v.State != nodeStates[monitor.Offline] {
		v.Trouble = g.trouble
	}
	return v, true
}

// ThisComputerIsAway tells whether it reaches nobody, so that nothing is known
// of nodes elsewhere.
func (a *App) ThisComputerIsAway() bool {
	k := a.keeperOfNodes()
	if k == nil {
		return false
	}
	k.duty.mu.Lock()
	defer k.duty.mu.Unlock()
	return k.duty.watch.Away()
}
