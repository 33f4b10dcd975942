package repo_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

func TestOtherDeviceReadsWhatOneWrote(t *testing.T) {
	net := memremote.New(1)
	a := device(t, net, t.TempDir(), "a")
	files := sample()
	if err := commit(t, a, files); err != nil {
		t.Fatal(err)
	}
	b := device(t, net, t.TempDir(), "b")
	check(t, b, files)
	before := net.Sent()
	files["note.txt"] = []byte("a note, edited")
	if err := commit(t, b, files); err != nil {
		t.Fatal(err)
	}
	if n := net.Sent() - before; n > 64<<10 {
		t.Error("editing a note sent", n, "bytes")
	}
	check(t, a, files)
	check(t, device(t, net, t.TempDir(), "c"), files)
}

func TestManySmallCommits(t *testing.T) {
	net := memremote.New(1)
	a, b := device(t, net, t.TempDir(), "a"), device(t, net, t.TempDir(), "b")
	files := map[string][]byte{}
	for i := range 60 {
		files[fmt.Sprintf("f%d", i%7)] = noise(int64(i), 300)
		dev := a
		if i%5 == 0 {
			dev = b
		}
		if _, err := dev.Pull(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := commit(t, dev, files); err != nil {
			t.Fatal(err)
		}
	}
	check(t, a, files)
	check(t, b, files)
	check(t, device(t, net, t.TempDir(), "c"), files)
	net.DropShares()
	check(t, device(t, net, t.TempDir(), "d"), files)
}

func TestLoneReaderHidesNothing(t *testing.T) {
	net, head := followed(t)
	net.Hide(head, true)
	dir := t.TempDir()
	c := device(t, net, dir, "c")
	net.SetFault(func(c memremote.Call, _ bool) error {
		if c.Method == "Download" && c.Name == head {
			return repo.ErrNotFound // hidden in earnest
		}
		return nil
	})
	check(t, c, map[string][]byte{"x": []byte("2")})
	if v, _ := c.View(context.Background()); len(v.Hidden) != 1 {
		t.Fatal("hidden head not noticed", v.Hidden)
	}
	net.SetFault(nil)
	d := device(t, net, t.TempDir(), "d")
	check(t, d, map[string][]byte{"x": []byte("2")})
	if v, _ := d.View(context.Background()); len(v.Hidden) != 0 {
		t.Fatal("head was not found in the listing", v.Hidden)
	}
}

// However many small changes were made, a new device needs few files before it
// can show the tree, and few more for the content.
func TestNewDeviceReadsFewFiles(t *testing.T) {
	net := memremote.New(1)
	a := device(t, net, t.TempDir(), "a")
	files := map[string][]byte{}
	for i := range 130 {
		files[fmt.Sprintf("f%d", i)] = noise(int64(i), 300)
		if err := commit(t, a, files); err != nil {
			t.Fatal(err)
		}
		if i%20 != 9 {
			continue
		}
		before := net.Calls()
		b := device(t, net, t.TempDir(), "b")
		if _, err := b.Pull(t.Context()); err != nil {
			t.Fatal(err)
		}
		v, err := b.View(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		c, err := b.Commit(t.Context(), v.Tips[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Tree(t.Context(), c.Root); err != nil {
			t.Fatal(err)
		}
		shown := net.Calls() - before
		check(t, b, files)
		if all := net.Calls() - before; shown > 20 || all > 90 {
			t.Errorf("after %d commits: %d calls for the tree, %d for all", i+1, shown, all)
		}
	}
}

func TestSpoiledHeadIsIgnored(t *testing.T) {
	net := memremote.New(1)
	a := device(t, net, t.TempDir(), "a")
	if err := commit(t, a, map[string][]byte{"x": []byte("1")}); err != nil {
		t.Fatal(err)
	}
	for id := range net.Files() {
		net.Spoil(id, func(p []byte) { p[len(p)/2] ^= 4 })
	}
	b := device(t, net, t.TempDir(), "b")
	if _, err := b.Pull(t.Context()); err == nil {
		v, err := b.View(t.Context())
		if err != nil || len(v.Tips) != 0 {
			t.Fatal("a spoiled head was believed", v.Tips, err)
		}
	}
}

// A disk that was copied, or an old one that came back, does not speak under
// the id of the other.
func TestCopiedDiskTakesANewID(t *testing.T) {
	net := memremote.New(1)
	dir, copied := t.TempDir(), t.TempDir()
	a := device(t, net, dir, "a")
	if err := commit(t, a, map[string][]byte{"x": []byte("1")}); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(filepath.Join(dir, "state.db-wal"))
	if err != nil {
		t.Fatal(err)
	}
	main, err := os.ReadFile(filepath.Join(dir, "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(copied, "state.db"), main, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(copied, "state.db-wal"), body, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := commit(t, a, map[string][]byte{"x": []byte("2")}); err != nil {
		t.Fatal(err)
	}
	b := device(t, net, copied, "copy")
	if b.Device() != a.Device() {
		t.Fatal("the copy is none")
	}
	check(t, b, map[string][]byte{"x": []byte("2")})
	if b.Device() == a.Device() {
		t.Fatal("two disks speak under one id")
	}
	if err := commit(t, b, map[string][]byte{"x": []byte("3")}); err != nil {
		t.Fatal(err)
	}
	check(t, a, map[string][]byte{"x": []byte("3")})
}

// A player needs the first pack of a film only to begin; no pack of it is
// large.
func TestPacksOfMediaAreSmall(t *testing.T) {
	net := memremote.New(1)
	if err := commit(t, device(t, net, t.TempDir(), "a"), map[string][]byte{"film.mkv": noise(1, 13<<20)}); err != nil {
		t.Fatal(err)
	}
	first := 0
	for _, body := range net.Files() {
		if len(body) > 6<<20 {
			t.Error("pack of", len(body))
		}
		if len(body) > 100<<10 && len(body) <= 512<<10 {
			first++
		}
	}
	if first != 1 {
		t.Error(first, "first packs")
	}
}
