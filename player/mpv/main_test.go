package mpv

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

// clips are made once for all tests of the package.
type clips struct{ folder, video, wide, hls string }

var testClips clips

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "mpv-test")
	if err == nil {
		err = testClips.make(folder)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

func (c *clips) make(folder string) (err error) {
	ctx := context.Background()
	c.folder, c.video, c.wide = folder, filepath.Join(folder, "clip.mp4"), filepath.Join(folder, "wide.mp4")
	if err := testvideo.Make(ctx, c.video, testvideo.Options{Seconds: 4, Width: 320, Height: 180}); err != nil {
		return err
	}
	if err := testvideo.Make(ctx, c.wide, testvideo.Options{Seconds: 1, Width: 500, Height: 202, Silent: true}); err != nil {
		return err
	}
	c.hls, err = testvideo.MakeHLS(ctx, folder, 1, testvideo.Options{Seconds: 4, Width: 320, Height: 180})
	return err
}

// probe is a player whose events are kept and can be waited for.
type probe struct {
	*Player
	t      *testing.T
	mu     sync.Mutex
	counts map[EventKind]int
	frames int
	news   chan struct{}
	logged []string
	taken  func() // called for each picture; set before something is loaded
}

func open(t *testing.T, o Options) *probe {
	t.Helper()
	w := &probe{t: t, counts: map[EventKind]int{}, news: make(chan struct{}, 1)}
	o.OnEvent = func(e Event) { w.note(func() { w.counts[e.Kind]++ }) }
	o.OnFrame = func() {
		if w.taken != nil {
			w.taken()
		}
		w.note(func() { w.frames++ })
	}
	o.Log = func(level, message string) { w.note(func() { w.logged = append(w.logged, level+" "+message) }) }
	p, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	w.Player = p
	t.Cleanup(func() { _ = p.Close() })
	return w
}

func (w *probe) note(f func()) {
	w.mu.Lock()
	f()
	w.mu.Unlock()
	select {
	case w.news <- struct{}{}:
	default:
	}
}

func (w *probe) count(kind EventKind) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.counts[kind]
}

func (w *probe) lines() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.logged)
}

func (w *probe) drawn() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.frames
}

// until waits for a condition that events bring about.
func (w *probe) until(what string, met func() bool) {
	w.t.Helper()
	late := time.After(20 * time.Second)
	for !met() {
		select {
		case <-w.news:
		case <-late:
			w.mu.Lock()
			defer w.mu.Unlock()
			w.t.Fatalf("waited in vain for %s; state %+v, events %v, frames %d, log %q", what, w.State(), w.counts, w.frames, w.logged)
		}
	}
}

func (w *probe) load(address string) {
	w.t.Helper()
	if err := w.Load(address); err != nil {
		w.t.Fatal(err)
	}
}
