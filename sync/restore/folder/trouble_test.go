package folder_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/restore"
	"github.com/stratosdrive/stratosdrive/sync/restore/folder"
	"github.com/stratosdrive/stratosdrive/sync/testdrive"
)

// small is a drive of a few files, each in a file of its own on the network.
func small(t testing.TB) (*memremote.Net, *testdrive.Device) {
	t.Helper()
	net := memremote.New(1)
	a := testdrive.New(t, net, "laptop")
	a.Write("one.bin", testdrive.Noise(1, 300_000))
	a.Sync()
	a.Write("sub/two.bin", testdrive.Noise(2, 300_000))
	a.Sync()
	a.Text("note.txt", "small")
	a.Sync()
	return net, a
}

// A run that is cut off after any number of downloads is gone on with.
func TestGoesOnWhereItWasCutOff(t *testing.T) {
	net, a := small(t)
	for n, done := 1, false; !done; n++ {
		dir := filepath.Join(t.TempDir(), "back")
		var left atomic.Int64
		left.Store(int64(n))
		net.SetFault(func(memremote.Call, bool) error {
			if left.Add(-1) < 0 {
				return repo.ErrOffline
			}
			return nil
		})
		d, err := restore.Open(t.Context(), folder.Cached(reader{net}, 1), testdrive.Secret())
		if err == nil {
			_, err = folder.Write(t.Context(), d, dir, nil)
		}
		if done = err == nil; !done && !errors.Is(err, repo.ErrOffline) {
			t.Fatal(err)
		}
		net.SetFault(nil)
		clean(t, write(t, net, dir))
		testdrive.Same(t, a.Root, dir)
	}
}

// What the network has lost is named; all else is restored, and a later run
// adds what came back.
func TestLossIsNamed(t *testing.T) {
	net, a := small(t)
	for id, body := range net.Files() {
		if len(body) < 300_000 {
			continue
		}
		net.Spoil(id, func(p []byte) { p[1000] ^= 1 })
		dir := t.TempDir()
		r := write(t, net, dir)
		if len(r.Missing) != 1 || r.Files != 2 || r.AllFiles != 3 || !strings.HasSuffix(r.Missing[0], ".bin") {
			t.Fatalf("%+v", r)
		}
		if _, err := os.Stat(filepath.Join(dir, r.Missing[0])); err == nil {
			t.Fatal("a damaged file was written")
		}
		net.Spoil(id, func(p []byte) { p[1000] ^= 1 })
		if r = write(t, net, dir); r.Had != 2 {
			t.Fatalf("%+v", r)
		}
		clean(t, r)
		testdrive.Same(t, a.Root, dir)
	}
}

// Two devices that never heard of each other: the newest state is written, and
// what the other has besides lies in a folder beside it.
func TestTwoTips(t *testing.T) {
	net, a := small(t)
	b := testdrive.New(t, net, "desk")
	b.Sync()
	b.Text("sub/desk.txt", "from desk")
	a.Text("laptop.txt", "from laptop")
	hideHeads(t, net, func() { a.Sync() })
	b.Sync()
	unhide(t, net)
	dir := t.TempDir()
	r := write(t, net, dir)
	if len(r.Beside) != 1 || !strings.HasPrefix(r.Beside[0], "Only on laptop, ") || r.Files != r.AllFiles || r.AllFiles != 5 {
		t.Fatalf("%+v", r)
	}
	all := testdrive.Listing(t, dir)
	if len(all) != 7 || all["sub/desk.txt"] == "" || all[r.Beside[0]+"/laptop.txt"] == "" {
		t.Fatal(all)
	}
	if r = write(t, net, dir); r.Had != 5 {
		t.Fatalf("%+v", r)
	}
}

// hideHeads lets do work while nobody else sees what it shares.
func hideHeads(t testing.TB, net *memremote.Net, do func()) {
	t.Helper()
	before := net.Files()
	do()
	for id := range net.Files() {
		if before[id] == nil {
			net.Hide(id, true)
		}
	}
}

func unhide(t testing.TB, net *memremote.Net) {
	t.Helper()
	for id := range net.Files() {
		net.Hide(id, false)
	}
}

// Nothing that lies in the folder is overwritten, and no other folder is taken.
func TestNothingIsOverwritten(t *testing.T) {
	net, a := small(t)
	dir := t.TempDir()
	clean(t, write(t, net, dir))
	for name, body := range map[string]string{"note.txt": "mine", "sub/two.bin": "mine too"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := write(t, net, dir)
	if len(r.Renamed) != 2 || r.Files != 3 {
		t.Fatalf("%+v", r)
	}
	all, was := testdrive.Listing(t, dir), testdrive.Listing(t, a.Root)
	if !strings.HasSuffix(all["note.txt"], " mine") || all["note (2).txt"] != was["note.txt"] || all["sub/two (2).bin"] != was["sub/two.bin"] {
		t.Fatal(all)
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "x"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{other, a.Root} {
		before := testdrive.Listing(t, dir)
		if _, err := folder.Write(t.Context(), open(t, net), dir, nil); !errors.Is(err, folder.ErrNotEmpty) {
			t.Fatal(dir, err)
		}
		if len(testdrive.Listing(t, dir)) != len(before) {
			t.Fatal("something was written into", dir)
		}
	}
}

// A run goes on with the state that the first one began with.
func TestOneRunOneState(t *testing.T) {
	net, a := small(t)
	dir := t.TempDir()
	first := write(t, net, dir)
	if err := os.Remove(filepath.Join(dir, "note.txt")); err != nil {
		t.Fatal(err)
	}
	before := testdrive.Listing(t, a.Root)
	a.Text("note.txt", "changed since")
	a.Text("new.txt", "new")
	a.Sync()
	r := write(t, net, dir)
	if !r.Date.Equal(first.Date) || !r.Newest.After(r.Date) {
		t.Fatalf("%+v", r)
	}
	all := testdrive.Listing(t, dir)
	if all["note.txt"] != before["note.txt"] || all["new.txt"] != "" {
		t.Fatal(all)
	}
}

// Without any share, heads are found in the listing; a head that others have
// seen and nobody shows is told.
func TestHiddenHeads(t *testing.T) {
	net, a := small(t)
	net.DropShares()
	dir := t.TempDir()
	clean(t, write(t, net, dir))
	testdrive.Same(t, a.Root, dir)

	b := testdrive.New(t, net, "desk")
	b.Sync()
	b.Text("desk.txt", "x")
	b.Sync()
	a.Sync()
	a.Text("laptop.txt", "y")
	before := net.Files()
	a.Sync() // has seen the desk's head
	for id, body := range before {
		if _, err := net.Shares(context.Background()); err != nil || len(body) > 20_000 {
			continue
		}
		if err := net.Delete(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	d := open(t, net)
	if len(d.Warnings) == 0 {
		t.Fatal("nobody was told that a device's head is hidden")
	}
}

func TestNoDrive(t *testing.T) {
	d := open(t, memremote.New(1))
	if _, err := folder.Write(t.Context(), d, t.TempDir(), nil); !errors.Is(err, folder.ErrNoDrive) {
		t.Fatal(err)
	}
}

// Names that a disk cannot have are changed, and told.
func TestNamesThatCannotBe(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the engine cannot make them here")
	}
	for name, want := range map[string]string{
		"CON": "_CON", "a:b?.txt": "a_b_.txt", "dot. ": "dot", "com1.x.txt": "_com1.x.txt", strings.Repeat("ä", 200) + ".txt": strings.Repeat("ä", 118) + ".txt",
		".hidden": ".hidden", "plain.txt": "plain.txt",
	} {
		if got := folder.Candidate(name, 1); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	if got := folder.Candidate("a.txt", 3); got != "a (3).txt" {
		t.Error(got)
	}
}
