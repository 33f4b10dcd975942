package engine_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// clock is a time that tests move.
type clock struct{ now time.Time }

func newClock() *clock { return &clock{time.Date(2030, 5, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) pass(d time.Duration) time.Time {
	c.now = c.now.Add(d)
	return c.now
}

// timedDev is a device with a clock of its own.
func timedDev(t testing.TB, net *memremote.Net, name string, c *clock) *dev {
	t.Helper()
	d := newDev(t, net, name)
	d.cfg.Now = func() time.Time { return c.now }
	d.restart()
	return d
}

// day syncs, lets an hour pass, and returns a time in between.
func (d *dev) day(c *clock) time.Time {
	d.t.Helper()
	d.sync()
	at := c.pass(30 * time.Minute)
	c.pass(30 * time.Minute)
	return at
}

func read(t testing.TB, f engine.File, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size()))
	if err != nil {
		t.Fatal(err)
	}
	return string(p)
}

func TestVersionsFollowAFileThroughMoves(t *testing.T) {
	net, c := memremote.New(1), newClock()
	d := timedDev(t, net, "desk", c)
	d.text("a/note.txt", "one")
	d.text("other", "x")
	first := d.day(c)
	d.text("a/note.txt", "two, longer")
	d.day(c)
	d.move("a/note.txt", "b/c/renamed.txt")
	d.day(c)
	d.text("b/c/renamed.txt", "three")
	d.day(c)
	d.text("other", "y")
	d.day(c)
	versions, err := d.e.Versions(t.Context(), "b/c/renamed.txt")
	if err != nil || len(versions) != 3 {
		t.Fatal(versions, err)
	}
	for i, want := range []string{"three", "two, longer", "one"} {
		v := versions[i]
		f, item, err := d.e.OpenVersion(t.Context(), "b/c/renamed.txt", engine.Moment{Version: v.ID})
		if got := read(t, f, err); got != want || item.Size != int64(len(want)) || v.Device != "desk" || v.Current != (i == 0) {
			t.Errorf("version %d is %q: %+v", i, got, v)
		}
	}
	if versions[2].Path != "a/note.txt" || versions[1].Path != "a/note.txt" {
		t.Error("places of versions", versions)
	}
	f, _, err := d.e.OpenVersion(t.Context(), "b/c/renamed.txt", engine.Moment{At: first})
	if got := read(t, f, err); got != "one" {
		t.Errorf("at the first time it was %q", got)
	}
}

func TestDeletedFilesComeBack(t *testing.T) {
	net, c := memremote.New(1), newClock()
	a, b := timedDev(t, net, "desk", c), timedDev(t, net, "laptop", c)
	a.text("plans/one.txt", "1")
	a.text("plans/deep/two.txt", "22")
	a.text("keep.txt", "k")
	a.text("lone.txt", "lone")
	a.day(c)
	b.day(c)
	b.remove("plans")
	b.day(c)
	b.remove("lone.txt")
	b.day(c)
	a.day(c)
	gone, err := a.e.Deleted(t.Context(), "")
	if err != nil || len(gone) != 2 || gone[0].Path != "lone.txt" || gone[1].Path != "plans" || !gone[1].Folder || gone[0].Device != "laptop" {
		t.Fatal(gone, err)
	}
	if where, f, err := a.e.Restore(t.Context(), "plans", engine.Moment{}, false); err != nil || where != "plans" || f.Back != 2 {
		t.Fatal(where, f, err)
	}
	if where, _, err := a.e.Restore(t.Context(), "lone.txt", engine.Moment{}, false); err != nil || where != "lone.txt" {
		t.Fatal(where, err)
	}
	a.day(c)
	b.day(c)
	same(t, a, b)
	if got := b.files(); got["plans/deep/two.txt"] != "22" || got["lone.txt"] != "lone" || len(got) != 6 {
		t.Fatal(got)
	}
	if gone, err := b.e.Deleted(t.Context(), ""); err != nil || len(gone) != 0 {
		t.Fatal("still told as deleted", gone, err)
	}
	// One file of a folder that went as a whole.
	b.remove("plans")
	b.day(c)
	if where, _, err := b.e.Restore(t.Context(), "plans/deep/two.txt", engine.Moment{}, false); err != nil || where != "plans/deep/two.txt" {
		t.Fatal(where, err)
	}
	b.day(c)
	if got := b.files(); got["plans/deep/two.txt"] != "22" || got["plans/one.txt"] != "" {
		t.Fatal(got)
	}
}

func TestRestoreOfAVersion(t *testing.T) {
	net, c := memremote.New(1), newClock()
	d := timedDev(t, net, "desk", c)
	d.text("note.txt", "old")
	at := d.day(c)
	d.text("note.txt", "newer text")
	d.day(c)
	where, _, err := d.e.Restore(t.Context(), "note.txt", engine.Moment{At: at}, true)
	if err != nil || !strings.HasPrefix(where, "note (from 2030-") {
		t.Fatal(where, err)
	}
	d.day(c)
	if got := d.files(); got["note.txt"] != "newer text" || got[where] != "old" {
		t.Fatal(got)
	}
	if _, f, err := d.e.Restore(t.Context(), "note.txt", engine.Moment{At: at}, false); err != nil || f.Changed != 1 {
		t.Fatal(f, err)
	}
	d.day(c)
	if got := d.files(); got["note.txt"] != "old" {
		t.Fatal(got)
	}
	for _, m := range []engine.Moment{{}, {Version: "abcdef012345"}, {At: at.AddDate(-1, 0, 0)}} {
		if _, _, err := d.e.Restore(t.Context(), "note.txt", m, false); fault.ExitCode(err) != 2 {
			t.Errorf("%+v: %v", m, err)
		}
	}
	if _, _, err := d.e.Restore(t.Context(), "never.txt", engine.Moment{}, false); !errors.Is(err, engine.ErrNoSuchFile) {
		t.Error(err)
	}
}

// A rewind brings everything back, is undone by another, and leaves alone what
// was not synced yet.
func TestRewindOfTheWholeDrive(t *testing.T) {
	net, c := memremote.New(1), newClock()
	a, b := timedDev(t, net, "desk", c), timedDev(t, net, "laptop", c)
	a.text("a.txt", "1")
	a.text("dir/b.txt", "2")
	a.text("dir/c.txt", "3")
	before := a.files
	then := before()
	at := a.day(c)
	a.text("a.txt", "1 spoiled")
	a.move("dir/b.txt", "moved.txt")
	a.remove("dir/c.txt")
	a.text("new.txt", "n")
	late := a.day(c)
	b.day(c)
	after := b.files()
	b.text("unsynced.txt", "mine")
	b.text("a.txt", "1 edited here only")
	f, err := a.e.Rewind(t.Context(), "", at, true)
	if err != nil || f.Back != 1 || f.Changed != 1 || f.Moved < 1 || f.Gone != 1 {
		t.Fatal(f, err)
	}
	if a.day(c); len(a.files()) != len(after) {
		t.Fatal("a preview changed something", a.files())
	}
	if _, err := a.e.Rewind(t.Context(), "", at, false); err != nil {
		t.Fatal(err)
	}
	a.e.Allow()
	a.day(c)
	if got := a.files(); len(got) != len(then) || got["a.txt"] != "1" || got["dir/b.txt"] != "2" || got["dir/c.txt"] != "3" {
		t.Fatal(got)
	}
	b.e.Allow()
	b.day(c)
	a.day(c)
	same(t, a, b)
	if got := b.files(); got["unsynced.txt"] != "mine" || !holds(got, "1 edited here only") || !holds(got, "1") {
		t.Fatal("what was not synced is lost", got)
	}
	if _, err := a.e.Rewind(t.Context(), "", late, false); err != nil {
		t.Fatal(err)
	}
	a.e.Allow()
	a.day(c)
	if got := a.files(); len(got) != len(after) || got["moved.txt"] != "2" || got["a.txt"] != "1 spoiled" {
		t.Fatal("the rewind cannot be undone", got)
	}
}

func holds(files map[string]string, text string) bool {
	for _, s := range files {
		if s == text {
			return true
		}
	}
	return false
}

func TestRewindOfAFolder(t *testing.T) {
	net, c := memremote.New(1), newClock()
	d := timedDev(t, net, "desk", c)
	d.text("work/x.txt", "x")
	d.text("work/sub/y.txt", "y")
	d.text("home/z.txt", "z")
	at := d.day(c)
	d.move("work/x.txt", "home/x.txt")
	d.text("work/sub/y.txt", "y2")
	d.text("home/z.txt", "z2")
	d.text("work/new.txt", "n")
	d.day(c)
	items, _, err := d.e.ListAt(t.Context(), "work", engine.Moment{At: at})
	if err != nil || len(items) != 2 || items[1].Name != "x.txt" {
		t.Fatal(items, err)
	}
	if _, err := d.e.Rewind(t.Context(), "work", at, false); err != nil {
		t.Fatal(err)
	}
	d.e.Allow()
	d.day(c)
	got := d.files()
	if got["work/x.txt"] != "x" || got["home/x.txt"] != "x" || got["work/sub/y.txt"] != "y" || got["home/z.txt"] != "z2" {
		t.Fatal(got)
	}
	if _, there := got["work/new.txt"]; there {
		t.Fatal(got)
	}
}
