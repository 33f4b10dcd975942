package app

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/network/monitor"
)

// An owner hears once that a node went off and once that it is back; older
// samples that are read later are traffic only.
func TestNodeGoesOffAndComesBack(t *testing.T) {
	var heard []NodeSample
	w := &nodeWatch{url: "ws://node", one: new(sync.Mutex), heard: func(s NodeSample) { heard = append(heard, s) }}
	start := time.Now().Add(-time.Hour)
	at := func(d time.Duration, online bool) monitor.Sample {
		return monitor.Sample{At: start.Add(d), In: 3, Out: 5, Disk: 7, Online: online, Since: start}
	}
	w.Connected("stsds1x")
	w.Sampled([]monitor.Sample{{At: start.Add(-time.Minute), In: 1, Missed: true}, at(0, true)})
	w.Sampled([]monitor.Sample{at(10*time.Second, false)})
	w.Sampled([]monitor.Sample{at(50*time.Second, false)})
	w.Sampled([]monitor.Sample{at(60*time.Second, false)})
	w.Sampled([]monitor.Sample{at(70*time.Second, true)})
	var off, back []int
	for i, s := range heard {
		if s.WentOff {
			off = append(off, i)
		}
		if s.CameBack {
			back = append(back, i)
		}
		if s.Address != "stsds1x" {
			t.Errorf("sample %d is of %q", i, s.Address)
		}
	}
	if len(heard) != 6 || len(off) != 1 || off[0] != 3 || len(back) != 1 || back[0] != 5 {
		t.Fatalf("heard %+v", heard)
	}
	if !heard[0].Missed || heard[0].In != 1 || heard[1].State != "online" || heard[2].State != "offline" || heard[1].Disk != 7 {
		t.Errorf("heard %+v", heard[:3])
	}
}

// What a person reads about a node that is not heard has no word of the wire.
func TestNodeTrouble(t *testing.T) {
	w := &nodeWatch{url: "ws://node", one: new(sync.Mutex)}
	for _, c := range []struct {
		reason error
		want   string
	}{
		{monitor.ErrToken, "Enter the one that the node shows now"},
		{errors.New("dial tcp: refused"), "Check that it runs"},
		{WatchedNode{TokenFile: "/nowhere/token"}.tokenError(t), "cannot be read"},
	} {
		var got NodeSample
		w.heard = func(s NodeSample) { got = s }
		w.Lost(c.reason)
		if !strings.Contains(got.Trouble, c.want) || strings.Contains(got.Trouble, "tcp") || got.State != "silent" {
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
	if err := WatchNodes(t.Context(), []WatchedNode{{Monitor: "http://127.0.0.1:1"}}, nil); err == nil {
		t.Error("follows a web page")
	}
}
