package app

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/network/monitor"
	"github.com/stratosdrive/stratosdrive/network/nodelog"
	"github.com/stratosdrive/stratosdrive/wallet/reports"
)

// watchTwo is a duty for two nodes of one wallet and one of another, each of
// which moved 10 bytes every 10 s for a minute before now.
func watchTwo(now time.Time) *nodeDuty {
	d := newNodeDuty(nil, nil)
	for id, wallet := range map[string]string{"a": "st1own", "b": "st1own", "c": "st1other"} {
		g := &nodeGuard{duty: d, id: id, log: nodelog.New()}
		g.log.Chain.PaidTo = wallet
		for i := range 7 {
			g.log.Note(now.Add(time.Duration(10*i-60)*time.Second), 6, 4)
		}
		d.guards[id] = g
	}
	return d
}

// The traffic of a wallet is that of all its watched nodes; while one of them
// was not heard, nobody can compare it with a report.
func TestTrafficOfAWallet(t *testing.T) {
	now := time.Now().Truncate(time.Second)
	d := watchTwo(now)
	eye := watchedEye{duty: d, id: "a", paidTo: "st1own"}
	own, whole, shared := eye.between(now.Add(-time.Minute), now)
	if own.Sum() != 60 || !whole || shared != 120 {
		t.Errorf("own %d, whole %t, shared %d", own.Sum(), whole, shared)
	}
	d.guards["b"].log = nodelog.New()
	d.guards["b"].log.Chain.PaidTo = "st1own"
	if own, whole, shared = eye.between(now.Add(-time.Minute), now); own.Sum() != 60 || !whole || shared != 0 {
		t.Errorf("one not heard: own %d, whole %t, shared %d", own.Sum(), whole, shared)
	}
}

// Nothing is expected as long as nobody knows what a byte counts: neither the
// network nor three epochs before tell it.
func TestExpectedByWhatIsKnown(t *testing.T) {
	now := time.Now()
	d := watchTwo(now)
	for n, volume := range []string{"300", "300", "300"} {
		d.guards["a"].log.Put(nodelog.Epoch{Number: int64(n + 1), Whole: true, Traffic: 50, Shared: 100, Volume: volume})
	}
	for name, c := range map[string]struct {
		told     int64
		epoch    nodelog.Epoch
		noz      string
		basis    nodelog.Basis
		expected string
	}{
		"told":       {1, nodelog.Epoch{Number: 4, Whole: true, Traffic: 50, Pool: "1000", All: "600"}, "50", nodelog.Told, "83"},
		"measured":   {0, nodelog.Epoch{Number: 4, Whole: true, Traffic: 50, Pool: "1000", All: "600"}, "150", nodelog.Measured, "250"},
		"too early":  {0, nodelog.Epoch{Number: 3, Whole: true, Traffic: 50, Pool: "1000", All: "600"}, "", "", ""},
		"not heard":  {1, nodelog.Epoch{Number: 4, Traffic: 50, Pool: "1000", All: "600"}, "", "", ""},
		"no traffic": {1, nodelog.Epoch{Number: 4, Whole: true, Pool: "1000", All: "600"}, "0", nodelog.Told, "0"},
	} {
		expect(&c.epoch, watchedEye{duty: d, id: "a", paidTo: "st1own", told: c.told})
		if e := c.epoch; e.Noz != c.noz || e.Basis != c.basis || e.Expected != c.expected {
			t.Errorf("%s: noz %q by %q, expected %q", name, e.Noz, e.Basis, e.Expected)
		}
	}
	if rate, basis := (watchedEye{duty: d, id: "gone"}).rate(9); rate != nil || basis != "" {
		t.Errorf("a node that is forgotten counts %v by %q", rate, basis)
	}
}

func TestEpochBegan(t *testing.T) {
	at := func(epoch int64, minutes int) reports.Report {
		return reports.Report{Epoch: epoch, Time: time.Unix(0, 0).Add(time.Duration(minutes) * time.Minute)}
	}
	for _, c := range []struct {
		before, r reports.Report
		want      int
	}{{at(4, 10), at(5, 20), 10}, {at(4, 10), at(6, 30), 10}, {at(1, 0), at(11, 100), 80}} {
		if got := epochBegan(c.before, c.r); !got.Equal(time.Unix(0, 0).Add(time.Duration(c.want) * time.Minute)) {
			t.Errorf("%d after %d began at %s", c.r.Epoch, c.before.Epoch, got.UTC())
		}
	}
}

// A node that tells its owner its class is asked while it answers, and seldom;
// what the network tells needs no question.
func TestClassOfANode(t *testing.T) {
	var asked atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		raw, _ := io.ReadAll(r.Body)
		if !strings.Contains(string(raw), "owner_requestStatus") {
			t.Errorf("asked %s", raw)
		}
		_, _ = fmt.Fprint(w, `{"jsonrpc":"2.0","id":1,"result":{"return":"0","message":"*** current node status ***\nActivation: Active | Mining: ONLINE | Initial tier: 1 | Ongoing tier: 3"}}`)
	}))
	defer s.Close()
	a := openTest(t, t.TempDir())
	k := newNodeKeeper(a, NodeGuard{})
	for _, id := range []string{"well", "silent", "told", "mute"} {
		g := &nodeGuard{duty: k.duty, id: id, rpc: s.URL, log: nodelog.New()}
		g.log.Address = "stsds1" + id
		k.duty.guards[id] = g
		k.duty.watch.Add(id, false, monitor.Unheard)
		if id != "silent" {
			k.duty.watch.Health(id).Heard(time.Now(), true)
		}
	}
	k.duty.guards["mute"].rpc = ""
	k.tiersOf(network.Network{Nodes: []network.Node{{P2P: "stsds1told", Tier: "1"}}})
	for range 3 {
		k.noteTiers(context.Background())
	}
	for id, want := range map[string]int{"well": 3, "silent": -1, "told": 1, "mute": -1} {
		got := k.duty.guards[id].log.Tier
		if want < 0 && got != nil || want >= 0 && (got == nil || *got != want) {
			t.Errorf("%s: %v, want %d", id, got, want)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
	s.Close()
	k.duty.guards["well"].asked = time.Time{}
	k.noteTiers(context.Background())
	if got := k.duty.guards["well"].log.Tier; got == nil || *got != 3 {
		t.Errorf("after it fell silent: %v", got)
	}
}

func TestAddressOfAnRPC(t *testing.T) {
	for address, good := range map[string]bool{"": true, "http://127.0.0.1:18281": true, "https://node.example/x": true, "ws://127.0.0.1:1": false, "http://": false, "127.0.0.1:18281": false, "%": false} {
		if err := checkRPC(address); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
}
