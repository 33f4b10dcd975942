package engine_test

import (
	"os"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// moveFolder gives the folder another path, as the program does when a person
// moves it.
func (d *dev) moveFolder(to string) {
	d.t.Helper()
	if err := d.e.Close(); err != nil {
		d.t.Fatal(err)
	}
	if err := os.Rename(d.root, to); err != nil {
		d.t.Fatal(err)
	}
	if err := engine.FolderMoved(d.t.Context(), d.cfg.StateFile, d.root, to); err != nil {
		d.t.Fatal(err)
	}
	d.root, d.cfg.Root = to, to
	d.open()
}

// What was changed before the folder was moved is known as a change afterwards:
// a deletion stays one, and an edit makes no conflict.
func TestMovedFolderIsKnown(t *testing.T) {
	net, a, b := pair(t)
	a.text("keep", "keep")
	a.text("edit", "before")
	a.text("gone", "gone")
	a.sync()
	b.sync()
	a.text("edit", "after")
	a.remove("gone")
	before := net.Sent()
	a.moveFolder(a.root + " elsewhere")
	if s := a.sync(); s.Downloaded != 0 || s.Deleted != 0 {
		t.Errorf("%+v", s)
	}
	if sent := net.Sent() - before; sent > 64<<10 {
		t.Error("sent", sent)
	}
	b.sync()
	same(t, a, b)
	if got := b.files(); len(got) != 2 || b.read("edit") != "after" {
		t.Errorf("%v", got)
	}
}

// A note about another folder is not touched.
func TestFolderMovedElsewhere(t *testing.T) {
	_, a, b := pair(t)
	a.text("keep", "keep")
	a.sync()
	if err := a.e.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing left to do
		if err := engine.FolderMoved(t.Context(), a.cfg.StateFile, "/somewhere/else", "/mine"); err != nil {
			t.Fatal(err)
		}
	}
	a.open()
	if s := a.sync(); s.Downloaded+s.Uploaded != 0 {
		t.Errorf("%+v", s)
	}
	b.sync()
	same(t, a, b)
}
