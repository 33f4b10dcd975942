package engine_test

import (
	"slices"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// A file that is held back on its way stays where it is; all others go on.
func TestAFileThatIsHeldBackWaits(t *testing.T) {
	net, a, b := pair(t)
	a.cfg.PackBytes = 1 << 20
	a.restart()
	a.sync()
	a.write("big", noise(3, 6<<20))
	a.text("note", "one")
	held := false
	net.SetFault(func(c memremote.Call, after bool) error {
		if _, moving := a.e.Moving("big"); c.Method == "Upload" && moving && !held {
			held = true
			a.e.Hold("/big")
		}
		return nil
	})
	if _, err := a.e.SyncOnce(t.Context()); err == nil || a.e.Activity() != engine.Syncing {
		t.Fatalf("%v, %v: the file was not on its way", err, a.e.Activity())
	}
	sum, err := a.e.SyncOnce(t.Context())
	if err != nil || sum.Waiting != 1 || sum.Uploaded != 1 || !slices.Equal(a.e.Held(), []string{"big"}) {
		t.Fatalf("%+v, %v; held %q", sum, err, a.e.Held())
	}
	b.sync()
	if _, err := b.e.Stat(t.Context(), "note"); err != nil {
		t.Error("the others did not go on:", err)
	}
	if _, err := b.e.Stat(t.Context(), "big"); err == nil {
		t.Error("it was sent all the same")
	}
	a.e.Release("big")
	round(t, a, b)
	same(t, a, b)
}

// A file that is held back on the way to this disk stays on the network.
func TestAFileThatIsHeldBackIsNotFetched(t *testing.T) {
	_, a, b := pair(t)
	a.text("big", "one")
	a.text("note", "one")
	a.sync()
	b.e.Hold("big")
	sum, err := b.e.SyncOnce(t.Context())
	if err != nil || sum.Waiting != 1 || sum.Downloaded != 1 {
		t.Fatalf("%+v, %v", sum, err)
	}
	if it, err := b.e.Stat(t.Context(), "big"); err != nil || it.Status != engine.OnlineOnly {
		t.Errorf("%+v, %v", it, err)
	}
	a.text("big", "two, and longer") // while it is held back there
	a.sync()
	b.e.Release("big")
	round(t, a, b)
	same(t, a, b)
}

// What was known of a file that is held back stays; nothing of it is deleted.
func TestAnEditedFileThatIsHeldBack(t *testing.T) {
	_, a, b := pair(t)
	a.text("note", "one")
	round(t, a, b)
	a.text("note", "another one")
	a.e.Hold("note")
	if sum, err := a.e.SyncOnce(t.Context()); err != nil || sum.Waiting != 1 || sum.Uploaded != 0 {
		t.Fatalf("%+v, %v", sum, err)
	}
	b.sync()
	if got := b.files()["note"]; got != "one" {
		t.Errorf("the other device has %q", got)
	}
	a.restart() // nobody holds it any more
	round(t, a, b)
	same(t, a, b)
}
