package app

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/desktop"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func onDesktop(t *testing.T, args ...string) (*App, desktop.Places) {
	t.Helper()
	dir := t.TempDir()
	places := desktop.Places{Home: dir, Config: filepath.Join(dir, "config"), Data: filepath.Join(dir, "data")}
	a, err := Open(Options{Home: filepath.Join(dir, "profile"), Runtime: dir, Desktop: &desktop.Desktop{
		Program: desktop.Program{ID: "org.example", Name: "Stratos Drive", Path: "/opt/stratosdrive", Args: args}, Places: places,
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close(t.Context()) })
	return a, places
}

func TestStartingWithTheSystemIsAChoice(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("writes where other systems look")
	}
	a, places := onDesktop(t)
	for _, want := range []bool{true, false} {
		if err := a.SetStartsWithSystem(want); err != nil {
			t.Fatal(err)
		}
		if on, can := a.StartsWithSystem(); on != want || !can {
			t.Errorf("on %v, can %v", on, can)
		}
	}
	if err := a.SetStartsWithSystem(true); err != nil {
		t.Fatal(err)
	}
	a.opts.Desktop.Program.Path = "/home/ana/stratosdrive" // it was moved
	if err := a.TellDesktop(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(places.Config, "autostart", "org.example.desktop"))
	if err != nil || !strings.Contains(string(raw), "\nExec=\"/home/ana/stratosdrive\" \"--hidden\"\n") {
		t.Errorf("%v\n%s", err, raw)
	}
	if _, err := os.Stat(filepath.Join(places.Data, "applications", "org.example.desktop")); err != nil {
		t.Error(err)
	}
	a.opts.Desktop.Places.Config = filepath.Join(places.Config, "autostart", "org.example.desktop")
	if err := a.SetStartsWithSystem(true); err == nil || fault.Sentence(err) == err.Error() {
		t.Errorf("%v", err)
	}
}

func TestAnotherProfileTakesNoLinks(t *testing.T) {
	a, places := onDesktop(t, "--home", "/b")
	if err := a.TellDesktop(); err != nil {
		t.Fatal(err)
	}
	if found, err := os.ReadDir(places.Home); err != nil || len(found) > 2 { // the profile and its locks
		t.Errorf("%v %v", found, err)
	}
}

func TestWithoutADesktop(t *testing.T) {
	dir := t.TempDir()
	a, err := Open(Options{Home: dir, Runtime: dir})
	if err != nil {
		t.Fatal(err)
	}
	if on, can := a.StartsWithSystem(); on || can {
		t.Error("starts without a desktop")
	}
	if err := a.SetStartsWithSystem(true); err == nil {
		t.Error("told nobody")
	}
	if err := a.TellDesktop(); err != nil {
		t.Error(err)
	}
}

func TestNotificationsAreAChoice(t *testing.T) {
	a, _ := onDesktop(t)
	if !a.Notifies() {
		t.Error("none at first")
	}
	if err := a.SetNotifies(false); err != nil || a.Notifies() {
		t.Errorf("still there, %v", err)
	}
}
