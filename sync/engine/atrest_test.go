package engine_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// tables counts how often all of what lies on the disk was read from the state.
type tables struct {
	engine.Notes
	read *int
}

func (n tables) Disk(ctx context.Context) (map[tree.ID]tree.OnDisk, error) {
	*n.read++
	return n.Notes.Disk(ctx)
}

// shown makes a device whose drive is listed as soon as it is open, and returns
// how often it read its tables.
func (d *dev) shown() *int {
	read := new(int)
	d.cfg.Shown = true
	d.cfg.OpenState = func(ctx context.Context) (engine.Notes, error) {
		st, err := state.Open(ctx, d.cfg.StateFile)
		return tables{st, read}, err
	}
	d.restart()
	return read
}

func (d *dev) restFile() string { return filepath.Join(d.dir, "at-rest") }

// wants fails unless a start read the tables so often, and disk and network are
// the same after a sync that sent so many files.
func (d *dev) wants(read *int, times, sent int) {
	d.t.Helper()
	*read = 0
	d.restart()
	d.listed("")
	if *read != times {
		d.t.Errorf("read the tables %d times, want %d", *read, times)
	}
	if s := d.sync(); s.Uploaded != sent {
		d.t.Errorf("sent %d, want %d", s.Uploaded, sent)
	}
}

func TestWhatIsKnownAtRestIsReadAtOnce(t *testing.T) {
	_, a, b := pair(t)
	read := a.shown()
	for _, name := range []string{"one", "two", "in/three", "in/deep/four"} {
		a.text(name, name)
	}
	a.sync()
	before, _ := a.listed("in")
	a.wants(read, 0, 0)
	if after, l := a.listed("in"); len(after) != len(before) || l.Item(1).Status != engine.Synced || l.Item(1).By != "laptop" {
		t.Errorf("%q, was %q: %+v", after, before, l.Item(1))
	}
	// What happens while nobody looks is found.
	mustDo(t, a.e.Close())
	a.text("one", "other")
	a.text("five", "new")
	a.remove("two")
	a.open()
	a.wants(read, 0, 2)
	a.wants(read, 0, 0)
	b.sync()
	if got, want := b.files(), a.files(); !maps.Equal(got, want) || got["one"] != "other" || got["two"] != "" {
		t.Errorf("%q and %q", got, want)
	}
	// So is what others do.
	b.text("six", "of b")
	b.sync()
	a.sync()
	a.wants(read, 0, 0)
	if a.files()["six"] != "of b" {
		t.Errorf("%q", a.files())
	}
}

// What the tables say counts: a file that is damaged, gone or older than they
// is not used.
func TestWhatIsKnownAtRestIsNeverOld(t *testing.T) {
	_, a, _ := pair(t)
	read := a.shown()
	a.text("one", "1")
	a.sync()
	mustDo(t, a.e.Close())
	old, err := os.ReadFile(a.restFile())
	mustDo(t, err)
	a.open()
	a.text("two", "2")
	a.sync()
	a.remove("one")
	a.sync()
	for name, spoil := range map[string]func() error{
		"older":   func() error { return os.WriteFile(a.restFile(), old, 0o600) },
		"gone":    func() error { return os.Remove(a.restFile()) },
		"damaged": func() error { return spoilByte(a.restFile()) },
		"short":   func() error { return os.Truncate(a.restFile(), 7) },
	} {
		mustDo(t, a.e.Close())
		if err := spoil(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		a.open()
		a.wants(read, 1, 0)
		if got := a.files(); len(got) != 1 || got["two"] != "2" {
			t.Errorf("%s: %q", name, got)
		}
		a.text("two", "2"+name) // so that it is written anew
		a.sync()
		a.wants(read, 0, 0)
		a.text("two", "2")
		a.sync()
	}
}

// A process that ends in the middle of something leaves no file that is believed.
func TestWhatIsKnownAtRestIsForgottenWithTheFirstChange(t *testing.T) {
	net, a, _ := pair(t)
	read := a.shown()
	a.text("one", "1")
	a.sync()
	a.wants(read, 0, 0)
	a.text("two", "2")
	net.SetFault(func(c memremote.Call, _ bool) error {
		if c.Method == "Upload" {
			return errors.New("gone away")
		}
		return nil
	})
	if _, err := a.e.SyncOnce(t.Context()); err == nil {
		t.Fatal("it was sent")
	}
	net.SetFault(nil)
	a.wants(read, 1, 0)
	if got := a.files(); got["two"] != "2" {
		t.Errorf("%q", got)
	}
}

func spoilByte(path string) error {
	raw, err := os.ReadFile(path)
	if err == nil {
		raw[len(raw)/2] ^= 1
		err = os.WriteFile(path, raw, 0o600)
	}
	return err
}

func mustDo(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
