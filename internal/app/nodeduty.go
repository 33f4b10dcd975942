package app

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/url"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/network/monitor"
	"github.com/stratosdrive/stratosdrive/network/nodelog"
)

// NodeAlert is what the owner of a node is told: that it went off, that it is
// back, or that it wants another token.
type NodeAlert struct {
	ID        string    `json:"id,omitempty"`
	Name      string    `json:"name"`
	State     string    `json:"state"` // online, offline, silent or refusing
	Since     time.Time `json:"since"`
	Restarted bool      `json:"restarted,omitempty"` // it is back because it was started again
}

// Back tells whether the news is good.
func (n NodeAlert) Back() bool { return n.State == nodeStates[monitor.Online] }

// lookEvery is how often it is decided what owners are told, at the least.
const lookEvery = 5 * time.Second

// every is how often this duty decides: a few times within its patience.
func (d *nodeDuty) every() time.Duration {
	return min(lookEvery, cmp.Or(d.watch.After, monitor.Patience)/4)
}

// nodeDuty listens to nodes and decides what their owner is told.
type nodeDuty struct {
	heard func(NodeSample)  // from one goroutine at a time; may be nil
	told  func([]NodeAlert) // the same
	line  func(ctx context.Context, silent []string) bool
	now   func() time.Time

	mu     sync.Mutex
	watch  monitor.Watchman
	guards map[string]*nodeGuard
	all    sync.WaitGroup
}

func newNodeDuty(heard func(NodeSample), told func([]NodeAlert)) *nodeDuty {
	return &nodeDuty{heard: heard, told: told, line: hasLine, now: time.Now, guards: map[string]*nodeGuard{}}
}

// nodeGuard listens to one node.
type nodeGuard struct {
	duty     *nodeDuty
	id       string
	name     string
	url      string
	rpc      string    // where it may answer its owner; empty for nowhere
	asked    time.Time // there
	nameless bool      // nobody keeps it, so it has no id
	log      *nodelog.Log
	dirty    bool // the log is not saved
	trouble  string
	ticket   func(string) // is given every new one; may be nil
	stop     context.CancelFunc
	ended    chan struct{}
}

// add listens to one more node until ctx ends.
func (d *nodeDuty) add(ctx context.Context, g *nodeGuard, source monitor.Source) {
	ctx, g.stop = context.WithCancel(ctx)
	g.duty, g.ended = d, make(chan struct{})
	d.mu.Lock()
	d.guards[g.id] = g
	d.watch.Add(g.id, isNear(g.url), stateNamed(g.log.Told))
	d.mu.Unlock()
	d.all.Go(func() {
		defer close(g.ended)
		monitor.Follow(ctx, source, g)
	})
}

// drop listens to a node no more.
func (d *nodeDuty) drop(id string) {
	d.mu.Lock()
	g := d.guards[id]
	delete(d.guards, id)
	d.watch.Remove(id)
	d.mu.Unlock()
	if g != nil {
		g.stop()
		<-g.ended
	}
}

// run decides until ctx ends, and then waits until nobody listens any more.
func (d *nodeDuty) run(ctx context.Context) {
	ticker := time.NewTicker(d.every())
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			d.all.Wait()
			return
		case <-ticker.C:
			d.tick(ctx)
		}
	}
}

// tick tells what there is to tell now.
func (d *nodeDuty) tick(ctx context.Context) {
	d.mu.Lock()
	doubts, silent := d.watch.Doubts(d.now()), d.silent()
	d.mu.Unlock()
	line := !doubts || d.line(ctx, silent)
	d.mu.Lock()
	defer d.mu.Unlock()
	var list []NodeAlert
	for _, a := range d.watch.Tick(d.now(), line) {
		g := d.guards[a.Node]
		g.log.Told, g.dirty = nodeStates[a.News], true
		list = append(list, NodeAlert{g.id, g.name, nodeStates[a.News], a.Since, a.Restarted})
		sample := g.sample(d.now())
		sample.WentOff, sample.CameBack, sample.Trouble = a.News != monitor.Online, a.News == monitor.Online, g.trouble
		d.hear(sample)
		g.log.Happened(a.Since, map[bool]string{true: nodelog.CameBack, false: nodeStates[a.News]}[a.News == monitor.Online])
	}
	if len(list) > 0 && d.told != nil {
		d.told(list)
	}
}

// silent are the addresses of nodes elsewhere that do not answer; the caller
// holds the lock.
func (d *nodeDuty) silent() []string {
	var list []string
	for id, g := range d.guards {
		if state, _ := d.watch.Health(id).State(); state == monitor.Silent && !isNear(g.url) {
			list = append(list, g.url)
		}
	}
	return list
}

func (d *nodeDuty) hear(s NodeSample) {
	if d.heard != nil {
		d.heard(s)
	}
}

// health is that of the node; one that is listened to no more has a spare one.
// The caller holds the lock.
func (g *nodeGuard) health() *monitor.Health {
	if h := g.duty.watch.Health(g.id); h != nil {
		return h
	}
	return new(monitor.Health)
}

// Connected implements [monitor.Sink].
func (g *nodeGuard) Connected(who monitor.Greeting) {
	g.duty.mu.Lock()
	g.log.Address, g.dirty = who.Address, true
	if who.Restarted {
		g.duty.watch.Restarted(g.id)
		g.log.Happened(g.duty.now(), nodelog.Restarted)
	}
	g.duty.mu.Unlock()
	if g.ticket != nil {
		g.ticket(who.Ticket)
	}
}

// Sampled implements [monitor.Sink].
func (g *nodeGuard) Sampled(list []monitor.Sample) {
	g.duty.mu.Lock()
	defer g.duty.mu.Unlock()
	for _, s := range list {
		keepSample(g.log, s)
		if !s.Missed {
			g.health().Heard(s.At, s.Online)
			g.trouble = ""
		}
		sample := g.sample(s.At)
		sample.In, sample.Out, sample.Disk, sample.Missed = s.In, s.Out, s.Disk, s.Missed
		if !s.Missed && !s.Since.IsZero() {
			sample.Since = s.Since
		}
		g.duty.hear(sample)
	}
	g.noteState()
}

// keepSample puts a sample into a log.
func keepSample(l *nodelog.Log, s monitor.Sample) {
	if s.Stamp != "" {
		l.Note(s.At, s.In, s.Out)
		l.Stamp = s.Stamp
	}
	if s.Missed {
		return
	}
	l.Heard, l.Disk, l.Online = s.At.Unix(), s.Disk, 0
	if !s.Since.IsZero() {
		l.Online = s.Since.Unix()
	}
}

// Lost implements [monitor.Sink].
func (g *nodeGuard) Lost(reason error) {
	g.duty.mu.Lock()
	defer g.duty.mu.Unlock()
	now := g.duty.now()
	if errors.Is(reason, monitor.ErrToken) {
		g.health().Refused(now)
	} else {
		g.health().Lost(now)
	}
	g.trouble = nodeTrouble(reason)
	sample := g.sample(now)
	sample.Trouble = g.trouble
	g.duty.hear(sample)
	g.noteState()
}

// noteState keeps in the log how the node is; the caller holds the lock.
func (g *nodeGuard) noteState() {
	state, since := g.health().State()
	g.log.State, g.log.Since, g.dirty = nodeStates[state], since.Unix(), true
}

func (g *nodeGuard) sample(at time.Time) NodeSample {
	state, since := g.health().State()
	s := NodeSample{ID: g.id, Name: g.name, Monitor: g.url, Address: g.log.Address, At: at, State: nodeStates[state], Since: since}
	if g.nameless {
		s.ID = ""
	}
	return s
}

// isNear tells whether a node runs on this computer.
func isNear(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// hasLine tells whether the system knows a way to any of these addresses, which
// it does not without a line. Nothing is sent.
func hasLine(ctx context.Context, addresses []string) bool {
	dialer := net.Dialer{Timeout: lineTime}
	for _, a := range addresses {
		u, err := url.Parse(a)
		if err != nil {
			continue
		}
		port := u.Port()
		if port == "" {
			port = "80"
		}
		if c, err := dialer.DialContext(ctx, "udp", net.JoinHostPort(u.Hostname(), port)); err == nil {
			c.Close()
			return true
		}
	}
	return false
}

// lineTime is how long looking for a line may take.
const lineTime = 4 * time.Second
