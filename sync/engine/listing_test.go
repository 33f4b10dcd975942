package engine_test

import (
	"slices"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// listed are the items of a folder, each of which has to be what is said of it
// alone.
func (d *dev) listed(folder string) (names []string, l *engine.Listing) {
	d.t.Helper()
	l, err := d.e.Listing(d.t.Context(), folder)
	if err != nil {
		d.t.Fatal(err)
	}
	for i := range l.Len() {
		it := l.Item(i)
		alone, err := d.e.Stat(d.t.Context(), it.Path)
		name, isFolder := l.Name(i)
		if err != nil || it != alone || name != it.Name || isFolder != it.Folder || !l.Has(name) {
			d.t.Errorf("%s: listed as %+v, alone %+v, %v", name, it, alone, err)
		}
		names = append(names, name)
	}
	return names, l
}

func TestListingsSayWhatIsSaidOfEach(t *testing.T) {
	_, a, b, c := chosen(t)
	b.choose(c, "photos/old", false)
	b.sync()
	for _, d := range []*dev{a, b} {
		if got, l := d.listed("/photos/"); !slices.Equal(got, []string{"old", "one.jpg"}) || l.Has("note") {
			t.Errorf("%s has %q", d.cfg.Device, got)
		}
		if got, _ := d.listed(""); !slices.Equal(got, []string{"note", "photos"}) {
			t.Errorf("%s has %q", d.cfg.Device, got)
		}
		d.restart() // now it is what the last run knew
		if got, l := d.listed("photos/old"); !slices.Equal(got, []string{"two.jpg"}) || l.Item(0).Left != (d == b) {
			t.Errorf("%s has %q", d.cfg.Device, got)
		}
	}
	b.choose(c, "photos/old/two.jpg", true)
	b.sync()
	if _, l := b.listed("photos/old"); l.Item(0).Left || l.Item(0).Status != engine.Synced {
		t.Errorf("%+v", l.Item(0))
	}
	if _, err := a.e.Listing(t.Context(), "note"); err == nil {
		t.Error("a file was listed")
	}
}

// A listing tells what waits, and stays what it was when it was made.
func TestListingsTellWhatWaits(t *testing.T) {
	net, a, _ := pair(t)
	for _, name := range []string{"a", "b", "c", "d"} {
		a.text(name, "1")
	}
	a.sync()
	before := first(a.listed(""))
	net.SetFault(func(c memremote.Call, _ bool) error {
		if c.Method == "Upload" {
			return repo.ErrNoOzone
		}
		return nil
	})
	for _, name := range []string{"b", "c", "e"} {
		a.text(name, "22")
	}
	if _, err := a.e.SyncOnce(t.Context()); err == nil {
		t.Fatal("it was sent")
	}
	_, l := a.listed("")
	if got := l.Waiting(10); !slices.Equal(got, []int{1, 2, 4}) {
		t.Errorf("%v wait", got)
	}
	if got := l.Waiting(2); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("the first are %v", got)
	}
	if before.Len() != 4 || before.Waiting(10) != nil || before.Item(1).Size != 1 {
		t.Errorf("the old listing has %d, %+v", before.Len(), before.Item(1))
	}
}

func first(_ []string, l *engine.Listing) *engine.Listing { return l }
