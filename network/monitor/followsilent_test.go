package monitor

import (
	"context"
	"testing"
	"time"
)

// Samples that an earlier program took are not told again.
func TestSeenSamples(t *testing.T) {
	h := newHeard()
	f := newFollower(Source{Seen: "2024-01-01 01:00:20"}, h)
	fresh := f.fresh([]trafficInfo{{In: 2, Time: "2024-01-01 01:00:30"}, {In: 1, Time: "2024-01-01 01:00:20"}})
	if len(fresh) != 1 || fresh[0].In != 2 {
		t.Fatalf("fresh: %+v", fresh)
	}
	f.tell(notice{Traffic: fresh[0]}, nil)
	if got := take(t, "samples", h.samples); got[0].Stamp != "2024-01-01 01:00:30" {
		t.Errorf("told %+v", got)
	}
}

func TestCheckURL(t *testing.T) {
	for text, ok := range map[string]bool{
		"ws://127.0.0.1:18381": true, "ws://[::1]:18381/": true, "wss://node.example/": true,
		"http://127.0.0.1:18381": false, "127.0.0.1:18381": false, "ws://": false, "": false, "ws://a:b@host": false,
	} {
		if err := CheckURL(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestANodeThatTellsNothingIsAsked: samples that stop while the connection stays
// up do not hide that the node went off.
func TestANodeThatTellsNothingIsAsked(t *testing.T) {
	p := newPractice(t)
	p.Close()
	p.every = time.Hour
	p.start()
	h := newHeard()
	f := newFollower(p.source(), h)
	f.quiet = 5 * time.Millisecond
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.run(ctx)
	}()
	defer func() { cancel(); <-ended }()
	if s := <-h.samples; !s[len(s)-1].Online {
		t.Error("it is off at first")
	}
	p.online.Store(false)
	for s := range h.samples {
		if !s[len(s)-1].Online {
			break
		}
	}
	if len(h.lost) > 0 {
		t.Errorf("the connection was given up: %v", <-h.lost)
	}
}
