package app

import (
	"context"
	"maps"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"

	"github.com/stratosdrive/stratosdrive/internal/testbus"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

const panelFace = "org.mpris.MediaPlayer2.Player"

// TestDesktopSeesWhatPlays with a real bus and a real video: the panel shows the
// title, a key stops the picture, and the window is asked for.
func TestDesktopSeesWhatPlays(t *testing.T) {
	bus := testbus.Start(t)
	conn, changes := desktopOn(t, bus)
	a, err := Open(Options{Home: t.TempDir(), Runtime: t.TempDir(), VaultCost: cheap, SessionBus: bus})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close(context.Background()) }()
	asked := make(chan string, 1)
	a.OnDesktop(func() { asked <- "raise" }, func() { asked <- "quit" })
	p, err := a.NewPlayer(func() {}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	clip := filepath.Join(t.TempDir(), "clip.mp4")
	if err := testvideo.Make(t.Context(), clip, testvideo.Options{Seconds: 60, Width: 64, Height: 48, Rate: 5, BitsPerSecond: 50_000}); err != nil {
		t.Fatal(err)
	}
	p.Announce("Holidays", nil, func() { asked <- "next" })
	if err := p.Load(clip); err != nil {
		t.Fatal(err)
	}
	panel := conn.Object("org.mpris.MediaPlayer2.stratosdrive", "/org/mpris/MediaPlayer2")
	seen := map[string]dbus.Variant{}
	awaitStatus := func(status string) {
		for seen["PlaybackStatus"].Value() != status {
			if change := <-changes; change.Name == "org.freedesktop.DBus.Properties.PropertiesChanged" {
				maps.Copy(seen, change.Body[1].(map[string]dbus.Variant))
			}
		}
	}
	awaitStatus("Playing")
	if title := seen["Metadata"].Value().(map[string]dbus.Variant)["xesam:title"].Value(); title != "Holidays" {
		t.Errorf("title %v", title)
	}
	if seen["CanGoNext"].Value() != true {
		t.Error("there is no next video")
	}
	for _, key := range []struct{ method, want string }{{panelFace + ".Next", "next"}, {"org.mpris.MediaPlayer2.Raise", "raise"}, {"org.mpris.MediaPlayer2.Quit", "quit"}} {
		if err := panel.Call(key.method, 0).Err; err != nil {
			t.Fatal(err)
		}
		if got := <-asked; got != key.want {
			t.Errorf("%s: asked for %s", key.method, got)
		}
	}
	if err := panel.Call(panelFace+".PlayPause", 0).Err; err != nil {
		t.Fatal(err)
	}
	awaitStatus("Paused")
	if !p.State().Paused {
		t.Error("the key did not stop the picture")
	}
}

// desktopOn listens on a bus for properties that change.
func desktopOn(t *testing.T, bus string) (*dbus.Conn, chan *dbus.Signal) {
	t.Helper()
	conn, err := dbus.Connect(bus)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	changes := make(chan *dbus.Signal, 1000)
	conn.Signal(changes)
	if err := conn.AddMatchSignal(dbus.WithMatchMember("PropertiesChanged")); err != nil {
		t.Fatal(err)
	}
	return conn, changes
}
