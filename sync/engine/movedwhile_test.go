package engine_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/scan"
)

// seenDisk runs something in the middle of a look: when one folder was listed,
// and before another one is.
type seenDisk struct {
	disk.OS
	first, last string
	between     func()
	once        *sync.Once
	seen        chan struct{}
}

func (d seenDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == d.last {
		<-d.seen
	}
	all, err := d.OS.ReadDir(name)
	if name == d.first {
		d.once.Do(func() {
			d.between()
			close(d.seen)
		})
	}
	return all, err
}

// A folder that is moved while the look at the whole lasts, to where it was
// already, is moved and not deleted.
func TestMovedDuringALook(t *testing.T) {
	net := memremote.New(1)
	a, b := newDev(t, net, "desk"), newDev(t, net, "laptop")
	a.text("a/x", "1")
	a.text("z/photos/1.jpg", "one")
	a.text("z/photos/2.jpg", "two")
	round(t, a, b)
	a.cfg.Disk = seenDisk{
		first: filepath.Join(a.root, "a"), last: filepath.Join(a.root, "z"), once: new(sync.Once), seen: make(chan struct{}),
		between: func() {
			if err := os.Rename(filepath.Join(a.root, "z/photos"), filepath.Join(a.root, "a/photos")); err != nil {
				t.Error(err)
			}
		},
	}
	a.restart()
	if sum := a.sync(); sum.Uploaded > 0 {
		t.Errorf("files are sent again: %+v", sum)
	}
	if sum := b.sync(); sum.Deleted > 0 || sum.Downloaded > 0 || sum.Moved != 1 {
		t.Errorf("others see something else than a move: %+v", sum)
	}
	same(t, a, b)
}

// What one device deletes and another one moves stays, where it was moved to.
// What the first one puts into that very place is a file of its own: nobody there
// has seen the other one.
func TestAnotherFileWhereOneWasMovedTo(t *testing.T) {
	net, a, b := pair(t)
	a.text("list", "the old list")
	a.text("plan", "the old plan")
	round(t, a, b)
	a.remove("list")
	a.remove("plan")
	net.SetFault(func(c memremote.Call, _ bool) error {
		if c.Method == "Upload" {
			return repo.ErrOffline
		}
		return nil
	})
	if _, err := a.e.SyncOnce(t.Context()); !errors.Is(err, repo.ErrOffline) {
		t.Fatal(err)
	}
	net.SetFault(nil)
	b.move("list", "notes")
	b.move("plan", "plans")
	b.sync()
	a.text("notes", "another text")
	a.text("plans", "the old plan")
	round(t, a, b)
	same(t, a, b)
	have := map[string]int{}
	for _, body := range a.files() {
		have[body]++
	}
	if want := map[string]int{"the old list": 1, "another text": 1, "the old plan": 1}; !maps.Equal(have, want) {
		t.Fatalf("there is %v, want %v", have, want)
	}
}

// openedDisk runs something once, before a file is opened to be read.
type openedDisk struct {
	disk.OS
	at     string
	before func()
	once   *sync.Once
}

func (d openedDisk) OpenIn(root, name string) (disk.File, error) {
	if name == d.at {
		d.once.Do(d.before)
	}
	return d.OS.OpenIn(root, name)
}

// A file that is put in the place of one that is moved away, between the look at
// it and the reading, is no edit of that one: nobody could see what was there.
// The simulated world found it with seed 910000686.
func TestReplacedBetweenLookAndReading(t *testing.T) {
	_, a, b := pair(t)
	a.text("a/note", "the old note")
	a.text("b/list", "a list")
	a.text("note", "another note")
	round(t, a, b)
	a.text("a/note", "the old note, and more")
	a.cfg.Disk = openedDisk{at: filepath.Join("a", "note"), once: new(sync.Once), before: func() {
		a.move("a/note", "b/note")
		a.move("note", "a/note")
	}}
	a.restart()
	if sum := a.sync(); sum.Waiting != 1 {
		t.Errorf("a file that was replaced is taken in at once: %+v", sum)
	}
	if b.sync(); b.files()["a/note"] != "the old note" {
		t.Errorf("the other device has %v", b.files())
	}
	round(t, a, b)
	same(t, a, b)
	want := map[string]string{"a/": "", "a/note": "another note", "b/": "", "b/note": "the old note, and more", "b/list": "a list"}
	if !maps.Equal(b.files(), want) {
		t.Errorf("there is %v, want %v", b.files(), want)
	}
}

// A file that is put in the place of one that held the same is not the old one:
// where others have changed or deleted that, what this one holds must not go with
// it, for it may be the only one left. The simulated world found it with seed
// 20261124020019114.
func TestAnotherFileOfTheSameContentInItsPlace(t *testing.T) {
	for name, away := range map[string]func(*dev){
		"changed": func(b *dev) { b.text("a", "a new text") },
		"deleted": func(b *dev) { b.remove("a") },
		"moved":   func(b *dev) { b.move("a", "c"); b.text("c", "a new text") },
	} {
		for _, whole := range []bool{true, false} {
			_, a, b := pair(t)
			a.text("a", "the text")
			a.text("b", "the text")
			a.text("z", "more")
			round(t, a, b)
			away(b)
			b.sync()
			a.move("b", "a")
			if !whole {
				a.at(scan.Changes{Paths: map[string]bool{"a": false, "b": false}})
			}
			round(t, a, b)
			same(t, a, b)
			if have := slices.Collect(maps.Values(a.files())); !slices.Contains(have, "the text") {
				t.Errorf("%s, whole %v: the text is lost: %v", name, whole, a.files())
			}
			if _, there := a.files()["b"]; there {
				t.Errorf("%s, whole %v: what was moved away is back: %v", name, whole, a.files())
			}
		}
	}
}

// Where nobody else changed anything, a file in the place of one that held the
// same is that one, and nothing is sent.
func TestTheSameContentInItsPlaceIsNoNews(t *testing.T) {
	_, a, b := pair(t)
	a.text("a", "the text")
	a.text("b", "the text")
	round(t, a, b)
	a.move("b", "a")
	if sum := a.sync(); sum.Uploaded > 0 {
		t.Errorf("it is sent again: %+v", sum)
	}
	if b.sync(); !maps.Equal(b.files(), map[string]string{"a": "the text"}) {
		t.Errorf("there is %v", b.files())
	}
}

// stepsDisk cannot exchange two files, and runs something once when a file is
// about to come into the place of another one that was put aside.
type stepsDisk struct {
	disk.OS
	at     string
	before func()
	once   *sync.Once
}

func (stepsDisk) Exchange(_, _ string) (bool, error) { return false, nil }

func (d stepsDisk) RenameNew(from, to string) error {
	if to == d.at {
		d.once.Do(d.before)
	}
	return d.OS.RenameNew(from, to)
}

// A file that a person saves while another one is being replaced there is no
// edit of that: its text stays if others bring it back later. The simulated world
// found it with seed 20261124020031250.
func TestSavedWhileAnotherIsReplaced(t *testing.T) {
	_, a, b := pair(t)
	a.text("note", "the old text")
	round(t, a, b)
	a.text("note", "a new text")
	a.sync()
	b.cfg.Disk = stepsDisk{at: b.path("note"), once: new(sync.Once), before: func() { b.text("note", "a text of my own") }}
	b.restart()
	if sum := b.sync(); sum.Waiting != 1 {
		t.Fatalf("nothing has to wait: %+v", sum)
	}
	a.text("note", "the old text")
	a.sync()
	round(t, a, b)
	same(t, a, b)
	if have := slices.Sorted(maps.Values(b.files())); !slices.Equal(have, []string{"a text of my own", "the old text"}) {
		t.Errorf("there is %q", have)
	}
}
