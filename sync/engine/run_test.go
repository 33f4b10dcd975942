package engine_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// eventually waits for something that other goroutines bring about.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("never happened: ", what)
}

// running starts Run on a device with short times and ends it with the test.
func (d *dev) running() {
	d.cfg.Poll, d.cfg.Settle = 20*time.Millisecond, 20*time.Millisecond
	d.restart()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.e.Run(ctx) }()
	d.t.Cleanup(func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			d.t.Error(err)
		}
	})
}

func TestRunKeepsFoldersEqual(t *testing.T) {
	_, a, b := pair(t)
	a.running()
	b.running()
	eventually(t, "folders are made", func() bool {
		_, errA := os.Stat(a.path(".stratosdrive/drive"))
		_, errB := os.Stat(b.path(".stratosdrive/drive"))
		return errA == nil && errB == nil
	})
	a.text("new/deep/note", "hello")
	eventually(t, "note arrives", func() bool { return b.files()["new/deep/note"] == "hello" })
	b.text("new/deep/note", "hello back")
	b.text("new/other", "x")
	eventually(t, "answer arrives", func() bool {
		f := a.files()
		return f["new/deep/note"] == "hello back" && f["new/other"] == "x"
	})
	a.move("new", "renamed")
	eventually(t, "rename arrives", func() bool { return maps.Equal(a.files(), b.files()) })
}

func TestRunGoesOnAfterTrouble(t *testing.T) {
	net, a, b := pair(t)
	a.text("x", "1")
	round(t, a, b)
	var mu sync.Mutex
	var told []engine.Event
	a.cfg.Events = func(e engine.Event) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, e)
	}
	a.running()
	net.SetFault(func(memremote.Call, bool) error { return repo.ErrOffline })
	a.text("x", "2")
	eventually(t, "trouble is told", func() bool {
		mu.Lock()
		defer mu.Unlock()
		for _, e := range told {
			if s, ok := e.(engine.State); ok && s.Now == engine.Offline {
				return true
			}
		}
		return false
	})
	net.SetFault(nil)
	eventually(t, "it goes on", func() bool {
		b.sync()
		return b.files()["x"] == "2"
	})
}

func TestPauseAndResume(t *testing.T) {
	_, a, b := pair(t)
	a.text("x", "1")
	a.running()
	eventually(t, "first sync", func() bool { b.sync(); return b.files()["x"] == "1" })
	eventually(t, "rest", func() bool { return a.e.Activity() == engine.UpToDate })
	a.e.Pause()
	a.text("x", "2")
	time.Sleep(150 * time.Millisecond) // nothing may happen in this time
	b.sync()
	if b.files()["x"] != "1" {
		t.Fatal("a paused device synced")
	}
	a.e.Resume()
	eventually(t, "resumed sync", func() bool { b.sync(); return b.files()["x"] == "2" })
}

func TestListOpenFetch(t *testing.T) {
	net, a, b := pair(t)
	film := noise(5, 9<<20)
	a.write("films/film.mp4", film)
	a.text("note.txt", "hello")
	a.sync()
	b.cfg.Step = func(name string) error {
		if name == "staged" {
			return errCrash
		}
		return nil
	}
	b.restart()
	_, _ = b.e.SyncOnce(t.Context()) // knows all, has nothing
	b.cfg.Step = nil
	b.restart()
	items, err := b.e.List(t.Context(), "")
	if err != nil || len(items) != 2 || !items[0].Folder || items[1].Status != engine.OnlineOnly {
		t.Fatal(items, err)
	}
	f, err := b.e.Open(t.Context(), "films/film.mp4")
	if err != nil || f.Size() != int64(len(film)) {
		t.Fatal(err)
	}
	p := make([]byte, 100_000)
	for _, off := range []int64{8 << 20, 0, 5<<20 + 7, int64(len(film)) - 100_000} {
		if n, err := f.ReadAt(p, off); n != len(p) || err != nil || !bytes.Equal(p, film[off:off+int64(n)]) {
			t.Fatal(off, n, err)
		}
	}
	if n, err := f.ReadAt(p, f.Size()-10); n != 10 || !errors.Is(err, io.EOF) {
		t.Fatal(n, err)
	}
	f.Close()
	dst := filepath.Join(t.TempDir(), "out.mp4")
	if err := b.e.Fetch(t.Context(), "films/film.mp4", dst, nil); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(dst); !bytes.Equal(got, film) {
		t.Fatal("fetched file differs")
	}
	if err := b.e.Fetch(t.Context(), "note.txt", dst, nil); err == nil {
		t.Fatal("a file was written over")
	}
	if _, err := b.e.Open(t.Context(), "nothing"); !errors.Is(err, engine.ErrNoSuchFile) {
		t.Fatal(err)
	}
	round(t, a, b)
	it, err := b.e.Stat(t.Context(), "/films/film.mp4")
	if err != nil || it.Status != engine.Synced || it.Size != int64(len(film)) || it.By != "laptop" {
		t.Fatal(it, err)
	}
	_ = net
}

// A read that waits ends with its context.
func TestReadCanBeGivenUp(t *testing.T) {
	net, a, b := pair(t)
	a.write("film.mp4", noise(5, 3<<20))
	a.sync()
	if err := b.e.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	f, err := b.e.Open(t.Context(), "film.mp4")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	release := make(chan struct{})
	defer close(release)
	net.SetFault(func(c memremote.Call, _ bool) error {
		if c.Method == "Fetch" {
			<-release
		}
		return nil
	})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := f.ReadAtContext(ctx, make([]byte, 10), 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
}
