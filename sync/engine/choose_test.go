package engine_test

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// choosy lets a device choose what lies on its disk.
func (d *dev) choosy() *engine.Choice {
	choice := &engine.Choice{}
	d.cfg.Choice = func() (engine.Choice, error) { return *choice, nil }
	d.restart()
	return choice
}

func (d *dev) choose(c *engine.Choice, name string, keep bool) {
	d.t.Helper()
	next, err := d.e.Choose(d.t.Context(), *c, name, keep)
	if err != nil {
		d.t.Fatal(err)
	}
	*c = next
}

// has fails unless the folder holds exactly these files.
func (d *dev) has(want ...string) {
	d.t.Helper()
	got := slices.DeleteFunc(slices.Sorted(maps.Keys(d.files())), func(p string) bool { return strings.HasSuffix(p, "/") })
	slices.Sort(want)
	if !slices.Equal(got, want) {
		d.t.Fatalf("%s has %q, want %q", d.cfg.Device, got, want)
	}
}

func (d *dev) read(name string) string {
	d.t.Helper()
	f, err := d.e.Open(d.t.Context(), name)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	body, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size()))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(body)
}

// chosen is a drive of two devices of which b has a choice.
func chosen(t *testing.T) (net *memremote.Net, a, b *dev, c *engine.Choice) {
	net, a, b = pair(t)
	c = b.choosy()
	a.text("note", "n")
	a.text("photos/one.jpg", "1")
	a.text("photos/old/two.jpg", "2")
	round(t, a, b)
	return net, a, b, c
}

func TestFolderMakesRoomAndComesBack(t *testing.T) {
	_, a, b, c := chosen(t)
	b.choose(c, "photos", false)
	if s := b.sync(); s.Freed != 4 || s.Deleted != 0 || s.Published {
		t.Errorf("%+v", s)
	}
	b.has("note")
	round(t, a, b)
	a.has("note", "photos/one.jpg", "photos/old/two.jpg")
	it, err := b.e.Stat(t.Context(), "photos/one.jpg")
	if err != nil || it.Status != engine.OnlineOnly || !it.Left {
		t.Error(it, err)
	}
	if got := b.read("photos/one.jpg"); got != "1" {
		t.Error(got)
	}
	if x, err := b.e.Chosen(t.Context(), *c); err != nil || len(x) != 1 || x[0] != (engine.Chosen{Path: "photos", Folder: true, Files: 2, Bytes: 2}) {
		t.Error(x, err)
	}
	a.text("photos/one.jpg", "changed") // what is left out follows without being fetched
	a.move("photos/old", "photos/older")
	a.text("photos/three.jpg", "3")
	round(t, a, b)
	b.has("note")
	b.choose(c, "photos/older", true)
	round(t, a, b)
	b.has("note", "photos/older/two.jpg")
	b.choose(c, "photos", true)
	if round(t, a, b); len(*c) != 0 {
		t.Error(*c)
	}
	same(t, a, b)
}

func TestLeftFolderIsFollowedByItsId(t *testing.T) {
	_, a, b, c := chosen(t)
	b.choose(c, "photos", false)
	round(t, a, b)
	a.move("photos", "pictures")
	a.move("note", "pictures/note")
	round(t, a, b)
	b.has() // the note went where nothing is kept
	a.move("pictures/one.jpg", "one.jpg")
	round(t, a, b)
	b.has("one.jpg")
	a.remove("pictures")
	round(t, a, b)
	b.has("one.jpg")
	if _, err := b.e.Stat(t.Context(), "pictures"); !errors.Is(err, engine.ErrNoSuchFile) {
		t.Error(err)
	}
}

func TestUnsentChangesAreSentBeforeTheyMakeRoom(t *testing.T) {
	net, a, b, c := chosen(t)
	b.text("photos/one.jpg", "edited here")
	b.text("photos/new.jpg", "made here")
	b.choose(c, "photos", false)
	net.SetFault(func(memremote.Call, bool) error { return repo.ErrOffline })
	b.fails(repo.ErrOffline)
	b.has("note", "photos/one.jpg", "photos/new.jpg", "photos/old/two.jpg")
	net.SetFault(func(k memremote.Call, _ bool) error {
		if k.Method == "Upload" {
			return repo.ErrNoOzone
		}
		return nil
	})
	b.fails(repo.ErrNoOzone)
	b.has("note", "photos/one.jpg", "photos/new.jpg") // the network has the other one
	net.SetFault(nil)
	round(t, b, a)
	b.has("note")
	if f := a.files(); f["photos/one.jpg"] != "edited here" || f["photos/new.jpg"] != "made here" {
		t.Error(keys(f))
	}
}

func TestWhatIsMadeInALeftFolderIsSentAndStays(t *testing.T) {
	_, a, b, c := chosen(t)
	b.choose(c, "photos", false)
	round(t, a, b)
	b.text("photos/new.jpg", "new")
	b.text("photos/one.jpg", "another one")
	round(t, a, b)
	got := a.files()
	var ones []string
	for name, body := range got {
		if strings.HasPrefix(name, "photos/one") {
			ones = append(ones, body)
		}
	}
	slices.Sort(ones)
	if !slices.Equal(ones, []string{"1", "another one"}) || got["photos/new.jpg"] != "new" || got["photos/old/two.jpg"] != "2" {
		t.Fatal(keys(got))
	}
	if f := b.files(); f["photos/new.jpg"] != "new" || f["photos/old/two.jpg"] != "" {
		t.Error(keys(f))
	}
	b.choose(c, "photos", false) // asked again, it makes room again
	round(t, a, b)
	b.has("note")
}

func TestFileInThePlaceOfALeftFolder(t *testing.T) {
	_, a, b, c := chosen(t)
	b.choose(c, "photos", false)
	round(t, a, b)
	b.text("photos", "a list of photos")
	round(t, a, b)
	got := a.files()
	if got["photos/one.jpg"] != "1" || len(got) != 6 {
		t.Fatal(keys(got))
	}
	for name, body := range got {
		if strings.HasPrefix(name, "photos (conflict") && body != "a list of photos" {
			t.Error(keys(got))
		}
	}
}

func TestDeletingAroundALeftFolderKeepsIt(t *testing.T) {
	_, a, b, c := chosen(t)
	b.choose(c, "photos/old", false)
	round(t, a, b)
	b.has("note", "photos/one.jpg")
	b.remove("photos")
	round(t, a, b)
	a.has("note", "photos/old/two.jpg")
	b.has("note")
	if err := b.e.RemoveOnline(t.Context(), "photos/old"); err != nil {
		t.Fatal(err)
	}
	b.restart() // it is not forgotten
	round(t, b, a)
	a.has("note")
}

// A file that made room is never taken for one that a person deleted, wherever
// the program is killed.
func TestCrashWhileMakingRoom(t *testing.T) {
	for _, step := range []string{"remove", "save"} {
		for n := 1; n <= 4; n++ {
			t.Run(fmt.Sprint(step, n), func(t *testing.T) {
				_, a, b, c := chosen(t)
				b.choose(c, "photos", false)
				count := 0
				b.cfg.Step = func(name string) error {
					if name == step {
						count++
					}
					if count >= n && (name == step || name == "save") {
						return errCrash
					}
					return nil
				}
				b.restart()
				_, _ = b.e.SyncOnce(t.Context())
				b.cfg.Step = nil
				b.restart()
				round(t, b, a)
				b.has("note")
				a.has("note", "photos/one.jpg", "photos/old/two.jpg")
			})
		}
	}
}

func TestLostStateDeletesNothingThatWasLeftOut(t *testing.T) {
	_, a, b, c := chosen(t)
	b.choose(c, "photos", false)
	round(t, a, b)
	b.e.Close()
	for _, p := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(b.cfg.StateFile + p)
	}
	b.open()
	round(t, b, a)
	b.has("note")
	a.has("note", "photos/one.jpg", "photos/old/two.jpg")
}

func TestUnreadableChoiceStopsTheSync(t *testing.T) {
	_, _, b, _ := chosen(t)
	bad := errors.New("damaged")
	b.cfg.Choice = func() (engine.Choice, error) { return nil, bad }
	b.restart()
	b.fails(bad)
}
