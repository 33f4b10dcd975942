package engine_test

import (
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

func (d *dev) watched(name string) int64 {
	d.t.Helper()
	key, err := d.e.WatchKey(d.t.Context(), name)
	if err != nil {
		d.t.Fatal(err)
	}
	w, known, err := d.e.Watched(d.t.Context(), key)
	if err != nil || known != (w.Length > 0) {
		d.t.Fatal(w, known, err)
	}
	return w.At
}

func (d *dev) watch(name string, at int64) {
	d.t.Helper()
	key, err := d.e.WatchKey(d.t.Context(), name)
	if err != nil {
		d.t.Fatal(err)
	}
	if err := d.e.NoteWatched(d.t.Context(), object.Watched{Key: key, At: at, Length: 9000}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *dev) tell() {
	d.t.Helper()
	if err := d.e.TellSettings(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// Where somebody stopped watching is known on other devices, also after the
// video was renamed there, and nothing of it makes a conflict copy.
func TestWatchedFollowsToOtherDevices(t *testing.T) {
	net := memremote.New(1)
	desk, phone := newDev(t, net, "desk"), newDev(t, net, "phone")
	desk.text("film.mp4", "moving pictures")
	desk.text("talk.mp4", "somebody talks")
	desk.sync()
	phone.sync()
	desk.watch("film.mp4", 300)
	phone.watch("talk.mp4", 70)
	desk.tell()
	phone.tell()
	phone.move("film.mp4", "seen/best film.mp4")
	phone.sync()
	desk.sync()
	for _, d := range []*dev{desk, phone} {
		if film, talk := d.watched("seen/best film.mp4"), d.watched("talk.mp4"); film != 300 || talk != 70 {
			t.Errorf("%s resumes at %d and %d", d.cfg.Device, film, talk)
		}
		if len(d.files()) != 3 {
			t.Error(d.files())
		}
	}
	phone.watch("seen/best film.mp4", 400)
	phone.tell()
	phone.restart()
	desk.sync()
	if desk.watched("seen/best film.mp4") != 400 || phone.watched("seen/best film.mp4") != 400 {
		t.Error("the newest place does not win")
	}
}

// A place is published once, and a sync that publishes anyway says it too.
func TestWatchedIsSaidOnce(t *testing.T) {
	net := memremote.New(1)
	desk, phone := newDev(t, net, "desk"), newDev(t, net, "phone")
	desk.text("film.mp4", "moving pictures")
	desk.sync()
	desk.watch("film.mp4", 300)
	desk.text("note.txt", "a note")
	desk.sync()
	files := len(net.Files())
	desk.tell()
	desk.sync()
	phone.sync()
	phone.tell()
	phone.sync()
	if n := len(net.Files()); n != files {
		t.Errorf("%d more files on the network for nothing", n-files)
	}
	if phone.watched("film.mp4") != 300 {
		t.Error("the sync did not say it")
	}
	desk.e.Pause()
	desk.watch("film.mp4", 500)
	desk.tell()
	if n := len(net.Files()); n != files {
		t.Error("published while paused")
	}
}

func TestWatchedIsForgottenAfterAYear(t *testing.T) {
	net, c := memremote.New(1), newClock()
	d := timedDev(t, net, "desk", c)
	d.text("film.mp4", "moving pictures")
	d.sync()
	d.watch("film.mp4", 300)
	c.pass(364 * 24 * time.Hour)
	if d.watched("film.mp4") != 300 {
		t.Error("forgotten too early")
	}
	c.pass(2 * 24 * time.Hour)
	if d.watched("film.mp4") != 0 {
		t.Error("remembered for ever")
	}
}

// What one device keeps for all is known to the others after it was told.
func TestValuesFollow(t *testing.T) {
	net := memremote.New(1)
	desk, phone := newDev(t, net, "desk"), newDev(t, net, "phone")
	desk.text("a.txt", "text")
	desk.sync()
	if err := desk.e.KeepValue(t.Context(), "link/1", []byte("x")); err != nil {
		t.Fatal(err)
	}
	desk.tell()
	phone.sync()
	got, err := phone.e.Values(t.Context(), "link/")
	if err != nil || len(got) != 1 || string(got["link/1"]) != "x" {
		t.Fatal(got, err)
	}
}
