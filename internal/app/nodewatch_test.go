package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/network/monitor"
	"github.com/stratosdrive/stratosdrive/network/nodelog"
)

// aDuty is a duty whose clock a test turns, for one node elsewhere.
type aDuty struct {
	*nodeDuty
	guard   *nodeGuard
	clock   time.Time
	online  bool // this computer
	samples []NodeSample
	alerts  []NodeAlert
}

func newADuty(t *testing.T) *aDuty {
	t.Helper()
	d := &aDuty{clock: time.Now().Add(-time.Hour), online: true}
	d.nodeDuty = newNodeDuty(func(s NodeSample) { d.samples = append(d.samples, s) }, func(l []NodeAlert) { d.alerts = append(d.alerts, l...) })
	d.now = func() time.Time { return d.clock }
	d.line = func(context.Context, []string) bool { return d.online }
	d.guard = &nodeGuard{duty: d.nodeDuty, id: "n", name: "Attic", url: "ws://192.0.2.7:18381", log: nodelog.New(), stop: func() {}, ended: make(chan struct{})}
	close(d.guard.ended)
	d.guards["n"] = d.guard
	d.watch.Add("n", isNear(d.guard.url), monitor.Unheard)
	return d
}

// pass lets time go by.
func (d *aDuty) pass(t *testing.T, seconds int, what func()) {
	t.Helper()
	for range seconds / 5 {
		d.clock = d.clock.Add(5 * time.Second)
		what()
		d.tick(t.Context())
	}
}

func (d *aDuty) sampled(online bool) func() {
	return func() {
		s := monitor.Sample{At: d.clock, In: 3, Out: 5, Disk: 7, Online: online, Stamp: d.clock.String()}
		if online {
			s.Since = d.clock.Add(-time.Hour)
		}
		d.guard.Sampled([]monitor.Sample{s})
	}
}

func (d *aDuty) lost(reason error) func() { return func() { d.guard.Lost(reason) } }

// An owner hears once that a node went off and once that it is back, both are
// kept, and older samples that are read later are traffic only.
func TestNodeGoesOffAndComesBack(t *testing.T) {
	d := newADuty(t)
	d.guard.Connected(monitor.Greeting{Address: "stsds1x"})
	d.guard.Sampled([]monitor.Sample{{At: d.clock.Add(-time.Minute), In: 1, Missed: true, Stamp: "x"}})
	d.pass(t, 10, d.sampled(true))
	d.pass(t, 60, d.sampled(false))
	d.guard.Connected(monitor.Greeting{Address: "stsds1x", Restarted: true})
	d.pass(t, 10, d.sampled(true))
	if len(d.alerts) != 2 || d.alerts[0].Back() || d.alerts[0].State != "offline" || !d.alerts[1].Back() || !d.alerts[1].Restarted || d.alerts[1].Name != "Attic" {
		t.Fatalf("told %+v", d.alerts)
	}
	var off, back int
	for _, s := range d.samples {
		if s.WentOff {
			off++
		}
		if s.CameBack {
			back++
		}
		if s.Address != "stsds1x" || s.ID != "n" {
			t.Errorf("a sample of %+v", s)
		}
	}
	if off != 1 || back != 1 || !d.samples[0].Missed || d.samples[0].In != 1 || d.samples[1].State != "online" || d.samples[1].Disk != 7 {
		t.Errorf("heard %+v", d.samples[:3])
	}
	var what []string
	for _, e := range d.guard.log.Events {
		what = append(what, e.What)
	}
	if got := strings.Join(what, " "); got != "offline restarted back" {
		t.Errorf("remembers %q", got)
	}
	if l := d.guard.log; l.In != 1+16*3 || l.State != "online" || l.Told != "online" || l.Online == 0 || l.Disk != 7 {
		t.Errorf("the log: %+v", l)
	}
}

// While this computer has no line nothing is told.
func TestNoLineIsNoAlert(t *testing.T) {
	d := newADuty(t)
	d.pass(t, 10, d.sampled(true))
	d.online = false
	d.pass(t, 600, d.lost(errors.New("no route to host")))
	if len(d.alerts) != 0 {
		t.Fatalf("told %+v", d.alerts)
	}
	d.online = true
	d.pass(t, 120, d.lost(errors.New("timeout")))
	if len(d.alerts) != 1 || d.alerts[0].State != "silent" {
		t.Errorf("told %+v", d.alerts)
	}
	d.drop("n")
	d.lost(errors.New("late"))() // a follower's last word
	if len(d.guards) != 0 {
		t.Error("still listens")
	}
}

// What a person reads about a node that is not heard has no word of the wire.
func TestNodeTrouble(t *testing.T) {
	for _, c := range []struct {
		reason      error
		want, state string
	}{
		{monitor.ErrToken, "changes every hour", "refusing"},
		{monitor.ErrStartedAgain, "was started again", "refusing"},
		{errors.New("dial tcp: timeout"), "Check that it runs", "silent"},
		{fmt.Errorf("dial tcp: %w", syscall.ECONNREFUSED), "Start the node", "silent"},
		{WatchedNode{TokenFile: "/nowhere/token"}.tokenError(t), "cannot be read", "silent"},
	} {
		d := newADuty(t)
		d.lost(c.reason)()
		got := d.samples[0]
		if !strings.Contains(got.Trouble, c.want) || strings.Contains(got.Trouble, "tcp") || got.State != c.state {
			t.Errorf("%v: %+v", c.reason, got)
		}
	}
}

func (w WatchedNode) tokenError(t *testing.T) error {
	t.Helper()
	_, err := w.source().Token(t.Context())
	if err == nil {
		t.Fatal("a token from nowhere")
	}
	return err
}

func TestWatchRefusesOtherAddresses(t *testing.T) {
	if err := WatchNodes(t.Context(), []WatchedNode{{Monitor: "http://127.0.0.1:1"}}, 0, nil); err == nil {
		t.Error("follows a web page")
	}
}

func TestNearAndLine(t *testing.T) {
	for address, near := range map[string]bool{
		"ws://127.0.0.1:1": true, "ws://[::1]:18381/": true, "ws://localhost": true, "ws://192.0.2.7": false, "wss://node.example": false, "%": false,
	} {
		if isNear(address) != near {
			t.Errorf("%s: %v", address, !near)
		}
	}
	if !hasLine(t.Context(), []string{"%", "ws://127.0.0.1"}) || hasLine(t.Context(), nil) {
		t.Error("a wrong guess")
	}
}

// TestHowLongANodeMustBeOff: owners choose how soon they are told, within what
// keeps the word of two minutes.
func TestHowLongANodeMustBeOff(t *testing.T) {
	for after, fine := range map[time.Duration]bool{0: false, time.Second - 1: false, time.Second: true, 30 * time.Second: true, 31 * time.Second: false} {
		if err := CheckNodePatience(after); (err == nil) != fine {
			t.Errorf("%v: %v", after, err)
		}
	}
	d := newNodeDuty(nil, nil)
	if d.every() != lookEvery {
		t.Errorf("it is decided each %v", d.every())
	}
	d.watch.After = 4 * time.Second
	if d.every() != time.Second {
		t.Errorf("with less patience it is decided each %v", d.every())
	}
}
