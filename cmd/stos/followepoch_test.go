package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// A program that syncs all day follows to the keys of a new epoch: by itself
// while its wallet is unlocked; else it says what to do, gets nothing, and
// follows when it is unlocked. Its own edits come along.
func TestRunningProgramFollows(t *testing.T) {
	w := newCrashWorld(t)
	home := w.device("home")
	put := func(folder, name string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(home.folder, "first")
	home.sync()
	a, events := w.openLaptop()
	folder := w.folder("laptop folder")
	if err := a.ChooseFolder(t.Context(), folder); err != nil {
		t.Fatal(err)
	}
	has := func(name string) func() bool {
		return func() bool { _, err := os.Stat(filepath.Join(folder, name)); return err == nil }
	}
	w.until(events, "the first file", has("first"))

	w.must("home", "drive", "new-epoch", "--yes")
	put(home.folder, "second")
	home.sync()
	w.until(events, "what came in epoch 2", has("second"))
	if a.Epoch() != 2 {
		t.Error("epoch", a.Epoch())
	}

	a.Lock()
	w.must("home", "drive", "new-epoch", "--yes")
	put(home.folder, "third")
	home.sync()
	w.until(events, "a sentence", func() bool { return strings.Contains(a.Status().Problem, "reported stolen") })
	put(folder, "own")
	if has("third")() || a.Status().Phase != app.PhaseStopped {
		t.Error("it still syncs while it is locked:", a.Status().Phase)
	}
	if err := a.Unlock(t.Context(), []byte(testPassword)); err != nil {
		t.Fatal(err)
	}
	w.until(events, "what came in epoch 3", has("third"))
	w.until(events, "rest", func() bool { return a.Status().Phase == app.PhaseUpToDate })
	home.sync()
	if _, err := os.Stat(filepath.Join(home.folder, "own")); err != nil {
		t.Error("what was edited meanwhile is lost:", err)
	}
}

// openLaptop opens a second profile in this process, as the window does.
func (w *crashWorld) openLaptop() (*app.App, <-chan app.Event) {
	w.t.Helper()
	a, err := app.Open(app.Options{
		Home: filepath.Join(w.dir, w.profile("laptop")), Runtime: w.dir, Network: filepath.Join(w.dir, "net", "network.json"),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	events, cancel := a.Subscribe()
	w.t.Cleanup(func() {
		cancel()
		if err := a.Close(w.t.Context()); err != nil {
			w.t.Error(err)
		}
	})
	if err := a.Unlock(w.t.Context(), []byte(testPassword)); err != nil {
		w.t.Fatal(err)
	}
	return a, events
}

// until waits for what events lead to.
func (w *crashWorld) until(events <-chan app.Event, what string, is func() bool) {
	w.t.Helper()
	limit := time.After(commandLimit)
	for !is() {
		select {
		case <-events:
		case <-time.After(time.Second): // a file may come without an event
		case <-limit:
			w.t.Fatal("waited in vain for ", what)
		}
	}
}
