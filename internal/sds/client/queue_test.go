package client

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func TestQueueOrder(t *testing.T) {
	q := newQueue("", systemClock{})
	leave, err := q.enter(t.Context(), rankNormal)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var order []string
	var all sync.WaitGroup
	join := func(name string, rank int) {
		all.Go(func() {
			leave, err := q.enter(t.Context(), rank)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			order = append(order, name)
			mu.Unlock()
			leave()
			leave() // harmless
		})
	}
	for i, w := range []struct {
		name string
		rank int
	}{{"first", rankNormal}, {"sign", rankSign}, {"second", rankNormal}, {"player", rankUrgent}, {"sign 2", rankSign}} {
		join(w.name, w.rank)
		waitFor(t, func() bool {
			q.mu.Lock()
			defer q.mu.Unlock()
			return len(q.waiting) == i+1
		})
	}
	leave()
	all.Wait()
	if want := []string{"player", "sign", "sign 2", "first", "second"}; !slices.Equal(order, want) {
		t.Errorf("got %v", order)
	}
}

// waitFor waits until ok, which gets more likely with time, is true.
func waitFor(t *testing.T, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("it never happened")
}

func TestQueueLetsGoOfThoseWhoLeave(t *testing.T) {
	q := newQueue(filepath.Join(t.TempDir(), "a.lock"), systemClock{})
	leave, _ := q.enter(t.Context(), rankNormal)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := q.enter(ctx, rankNormal); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	leave()
	leave, err := q.enter(t.Context(), rankNormal)
	if err != nil {
		t.Fatal(err)
	}
	leave()
}

// Two queues on one lock file stand for two processes.
func TestQueueBetweenProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.lock")
	var inside, most atomic.Int32
	var all sync.WaitGroup
	for range 3 {
		q := newQueue(path, systemClock{})
		all.Go(func() {
			for range 5 {
				leave, err := q.enter(t.Context(), rankNormal)
				if err != nil {
					t.Error(err)
					return
				}
				most.Store(max(most.Load(), inside.Add(1)))
				time.Sleep(time.Millisecond)
				inside.Add(-1)
				leave()
			}
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d at once", most.Load())
	}
}

// The queue is free again while the first piece of a download is still on its
// way, as soon as the number has moved.
func TestQueueIsHeldShortly(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	id := n.net.put(c.Address(), "x", content(1, 100))
	arrive := make(chan struct{})
	n.on(wire.MethodDownload, mishap{hang: arrive})
	done := make(chan error, 1)
	go func() { done <- c.Download(t.Context(), id, "", 100, new(file), nil) }()
	data := content(2, 1000)
	if _, err := c.Upload(t.Context(), "x", bytes.NewReader(data), 1000, UploadOptions{}); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-done:
		t.Fatalf("the download ended first: %v", err)
	default:
	}
	close(arrive)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestUplinkFitsTheLine(t *testing.T) {
	u := newUplink([]*endpoint{{}})
	for range 20 {
		if err := u.begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		u.end(time.Second)
	}
	if u.limit != mostAtOnce {
		t.Errorf("a fast line sends %d at once", u.limit)
	}
	for range 20 {
		_ = u.begin(t.Context())
		u.end(20 * time.Second)
	}
	if u.limit != 1 {
		t.Errorf("a slow line sends %d at once", u.limit)
	}
	_ = u.begin(t.Context())
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := u.begin(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// A billed call that hangs keeps the others of the account waiting for a short
// while only.
func TestQueueEndsInTime(t *testing.T) {
	t.Parallel()
	n := newNode(t, newNet())
	c := newClient(t, n)
	id := n.net.put(c.Address(), "x", content(1, 100))
	n.on(wire.MethodDownload, mishap{result: silence{}}) // its number never moves
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- c.Download(ctx, id, "", 100, new(file), nil) }()
	waitFor(t, func() bool { return n.count(wire.MethodDownload) == 1 })
	began := time.Now()
	if err := c.Download(t.Context(), id, "", 100, new(file), nil); err != nil {
		t.Error(err)
	}
	if waited := time.Since(began); waited > holdLimit*6 {
		t.Errorf("waited %v for a call that hangs", waited)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
