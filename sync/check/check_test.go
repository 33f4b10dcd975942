package check_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/check"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/testdrive"
)

// world is a drive with a past, on a laptop.
func world(t testing.TB) (*memremote.Net, *testdrive.Device) {
	t.Helper()
	net := memremote.New(1)
	a := testdrive.New(t, net, "laptop")
	a.Write("big.bin", testdrive.Noise(1, 2<<20))
	a.Write("sub/other.bin", testdrive.Noise(2, 700_000))
	a.Text("note.txt", "first")
	a.Sync()
	for i := range 10 { // so that metadata gets packs of its own
		a.Text("note.txt", strings.Repeat("more ", i+1))
		a.Sync()
	}
	a.Write("sub/old.bin", testdrive.Noise(3, 400_000))
	a.Sync()
	a.Remove("sub/old.bin")
	a.Sync()
	return net, a
}

func run(t testing.TB, d *testdrive.Device, o check.Options) check.Report {
	t.Helper()
	r, err := d.Engine.Check(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSoundDrive(t *testing.T) {
	net, a := world(t)
	r := run(t, a, check.Options{ReadData: 100})
	if !r.Sound() || r.Files != 3 || r.Heads != 1 || r.Commits != 13 || r.PacksRead != r.Packs || r.BytesRead != r.Bytes || r.Packs < 4 {
		t.Fatalf("%+v", r)
	}
	before := net.Calls()
	if r = run(t, a, check.Options{}); !r.Sound() || r.PacksRead >= r.Packs || r.PacksRead == 0 {
		t.Fatalf("%+v", r)
	}
	if net.Sent() == 0 || net.Calls()-before > r.PacksRead+3 {
		t.Fatal(net.Calls() - before)
	}
	some := run(t, a, check.Options{ReadData: 50, Seed: 3})
	again := run(t, a, check.Options{ReadData: 50, Seed: 3})
	if some.PacksRead != again.PacksRead {
		t.Fatal("the same seed reads other packs")
	}
}

// harm is what a network may do to a file.
var harm = map[string]func(t testing.TB, net *memremote.Net, id string){
	"deleted": func(t testing.TB, net *memremote.Net, id string) {
		if err := net.Delete(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	},
	"changed": func(_ testing.TB, net *memremote.Net, id string) { net.Spoil(id, func(p []byte) { p[len(p)/2] ^= 1 }) },
	"cut":     func(_ testing.TB, net *memremote.Net, id string) { net.Cut(id, 100) },
	"swapped": func(_ testing.TB, net *memremote.Net, id string) { net.Spoil(id, func(p []byte) { copy(p, "STPK") }) },
}

// Whatever file the network loses, in whatever way: the check names what is
// hit, and a device that has all of it makes the drive whole again.
func TestEveryLossIsFoundAndRepaired(t *testing.T) {
	for i, how := range slices.Sorted(maps.Keys(harm)) {
		net, a := world(t)
		do := harm[how]
		for n, id := range slices.Sorted(maps.Keys(net.Files())) {
			if n%6 != i && os.Getenv("STOS_NIGHTLY") == "" {
				continue
			}
			heads, _ := net.Shares(t.Context())
			do(t, net, id)
			r := run(t, a, check.Options{ReadData: 100})
			if len(r.Lost) > 0 { // all that is needed now lies in this folder
				t.Fatalf("%s: %+v", how, r)
			}
			wasNeeded := len(r.Repairable) > 0
			r = run(t, a, check.Options{ReadData: 100, Repair: true})
			if wasNeeded && len(r.Repaired) == 0 {
				t.Fatalf("%s: nothing was repaired: %+v", how, r)
			}
			if heads[0].FileID == id {
				a.Text("note.txt", "a new head for the one that is lost "+how)
				a.Sync()
			}
			b := testdrive.New(t, net, "new")
			b.Sync()
			testdrive.Same(t, a.Root, b.Root)
			if t.Failed() {
				t.Fatal(how, id)
			}
		}
	}
}

// What no device has any more is named, file by file, and nothing is said to be
// whole.
func TestLossIsNamed(t *testing.T) {
	net, a := world(t)
	for id, body := range net.Files() {
		if len(body) > 300_000 {
			if err := net.Delete(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.RemoveAll(filepath.Join(a.Dir, "cache")); err != nil {
		t.Fatal(err)
	}
	b := testdrive.New(t, net, "desk")
	r := run(t, b, check.Options{Repair: true})
	if r.Sound() || !slices.Equal(r.Lost, []string{"big.bin", "sub/other.bin"}) || !slices.Equal(r.LostOld, []string{"note.txt", "sub/old.bin"}) {
		t.Fatalf("%+v", r)
	}
	r = run(t, a, check.Options{Repair: true})
	if !slices.Equal(r.Repaired, []string{"big.bin", "sub/other.bin"}) || !slices.Equal(r.LostOld, []string{"note.txt", "sub/old.bin"}) {
		t.Fatalf("%+v", r)
	}
	b.Sync()
	testdrive.Same(t, a.Root, b.Root)
}

// A head that is hidden is a reason to look.
func TestHiddenHead(t *testing.T) {
	net, a := world(t)
	b := testdrive.New(t, net, "desk")
	testdrive.Round(t, a, b)
	before := net.Files()
	b.Text("desk.txt", "x")
	b.Sync()
	said := net.Files()
	a.Sync()
	a.Text("laptop.txt", "y")
	a.Sync()
	for id := range said {
		if before[id] == nil {
			if err := net.Delete(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
	}
	c := testdrive.New(t, net, "phone")
	if r := run(t, c, check.Options{}); r.Sound() {
		t.Fatalf("%+v", r)
	}
}
