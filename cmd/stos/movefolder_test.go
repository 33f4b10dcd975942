package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// A program that syncs all day goes on behind an address that is watched, and
// after its folder was moved; what was deleted before the move stays deleted.
func TestDriveGoesOnElsewhere(t *testing.T) {
	w := newCrashWorld(t)
	home := w.device("home")
	put := func(folder, name string) { leave(t, folder, name) }
	put(home.folder, "first")
	put(home.folder, "unwanted")
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
	mine, err := a.CurrentWallet()
	if err != nil {
		t.Fatal(err)
	}

	const friend = "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"
	if _, err := a.WatchAddress("Friend", friend); err != nil {
		t.Fatal(err)
	}
	if err := a.ChooseWallet(friend); err != nil {
		t.Fatal(err)
	}
	put(home.folder, "second")
	home.sync()
	w.until(events, "what came while an address was watched", has("second"))
	if err := a.ChooseWallet(mine.Address); err != nil || a.Locked() {
		t.Fatal(err, a.Locked())
	}

	w.until(events, "rest", func() bool { return a.Status().Phase == app.PhaseUpToDate })
	a.Pause()
	if err := os.Remove(filepath.Join(folder, "unwanted")); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(w.dir, "another disk")
	m, err := a.MoveFolder(t.Context(), to, nil)
	if err != nil || !m.Done || a.Folder() != to {
		t.Fatalf("%+v, %v", m, err)
	}
	folder = to
	put(folder, "third")
	a.Resume()
	put(home.folder, "fourth")
	home.sync()
	w.until(events, "what came after the move", has("fourth"))
	w.until(events, "rest", func() bool { return a.Status().Phase == app.PhaseUpToDate })
	home.sync()
	if _, err := os.Stat(filepath.Join(home.folder, "third")); err != nil {
		t.Error("what was made after the move is lost:", err)
	}
	if _, err := os.Stat(filepath.Join(home.folder, "unwanted")); !errors.Is(err, os.ErrNotExist) || has("unwanted")() {
		t.Error("what was deleted is back:", err)
	}
}

// leave puts a file that holds its own name into a folder.
func leave(t *testing.T, folder, name string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(name), 0o600); err != nil {
		t.Fatal(err)
	}
}
