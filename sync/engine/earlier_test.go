package engine_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// A file that had a name earlier is found by it, and every version brings back
// exactly what was listed.
func TestEarlierFilesOfAName(t *testing.T) {
	net, c := memremote.New(1), newClock()
	d := timedDev(t, net, "desk", c)
	d.text("first.txt", "one")
	d.day(c)
	d.move("first.txt", "note.txt")
	d.day(c)
	d.text("note.txt", "one, changed")
	d.day(c)
	d.remove("note.txt")
	d.day(c)
	d.text("note.txt", "another")
	d.day(c)
	versions, err := d.e.Versions(t.Context(), "note.txt")
	if err != nil || len(versions) != 3 || !versions[0].Current || versions[0].Earlier || !versions[1].Earlier || versions[2].Path != "first.txt" {
		t.Fatal(versions, err)
	}
	for i, want := range []string{"another", "one, changed", "one"} {
		f, _, err := d.e.OpenVersion(t.Context(), "note.txt", engine.Moment{Version: versions[i].ID})
		if got := read(t, f, err); got != want {
			t.Errorf("version %d is %q", i, got)
		}
	}
	gone, err := d.e.Deleted(t.Context(), "")
	if err != nil || len(gone) != 1 || gone[0].Path != "note.txt" {
		t.Fatal(gone, err)
	}
	where, _, err := d.e.Restore(t.Context(), "note.txt", engine.Moment{Version: gone[0].Version}, false)
	if err != nil || !strings.HasPrefix(where, "note (from 2030-") {
		t.Fatal(where, err)
	}
	d.day(c)
	if got := d.files(); got["note.txt"] != "another" || got[where] != "one, changed" {
		t.Fatal(got)
	}
	if _, _, err := d.e.Restore(t.Context(), "other.txt", engine.Moment{Version: gone[0].Version}, false); fault.ExitCode(err) != 2 {
		t.Error("a version of another file is taken", err)
	}
}

// What lay in a deleted folder is listed when the folder is asked for.
func TestInsideADeletedFolder(t *testing.T) {
	net, c := memremote.New(1), newClock()
	d := timedDev(t, net, "desk", c)
	d.text("plans/deep/two.txt", "22")
	d.text("plans/one.txt", "1")
	d.day(c)
	d.remove("plans")
	d.day(c)
	for folder, want := range map[string][]string{"": {"plans"}, "plans": {"plans", "plans/deep", "plans/one.txt"}, "plans/deep": {"plans/deep", "plans/deep/two.txt"}} {
		gone, err := d.e.Deleted(t.Context(), folder)
		var got []string
		for _, g := range gone {
			got = append(got, g.Path)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Error(folder, got, err)
		}
	}
}
