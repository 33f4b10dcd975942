package folder_test

import (
	"context"
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/restore"
	"github.com/stratosdrive/stratosdrive/sync/restore/folder"
	"github.com/stratosdrive/stratosdrive/sync/testdrive"
)

// reader is a network in memory as the reader needs it.
type reader struct{ repo.Remote }

// Shares implements [restore.Network].
func (r reader) Shares(ctx context.Context) ([]restore.File, error) {
	all, err := r.Remote.Shares(ctx)
	var out []restore.File
	for _, s := range all {
		out = append(out, restore.File{ID: s.FileID, Name: s.Name, Size: s.Size})
	}
	return out, err
}

// List implements [restore.Network].
func (r reader) List(ctx context.Context) ([]restore.File, error) {
	all, err := r.Remote.List(ctx)
	var out []restore.File
	for _, f := range all {
		out = append(out, restore.File{ID: f.ID, Name: f.Name, Size: f.Size, Created: f.Created})
	}
	return out, err
}

type memory []byte

// WriteAt implements [io.WriterAt].
func (m memory) WriteAt(p []byte, off int64) (int, error) { return copy(m[off:], p), nil }

// Download implements [restore.Network]. What a file must not be it is not: a
// file whose bytes are others has another id.
func (r reader) Download(ctx context.Context, id string, size int64) ([]byte, error) {
	m := make(memory, size)
	err := r.Remote.Download(ctx, id, size, m)
	if err != nil && !errors.Is(err, repo.ErrOffline) && ctx.Err() == nil {
		err = restore.ErrLost
	}
	return m, err
}

func open(t testing.TB, net repo.Remote) *restore.Drive {
	t.Helper()
	d, err := restore.Open(t.Context(), folder.Cached(reader{net}, 64<<20), testdrive.Secret())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func write(t testing.TB, net repo.Remote, dir string) folder.Report {
	t.Helper()
	r, err := folder.Write(t.Context(), open(t, net), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func clean(t testing.TB, r folder.Report) {
	t.Helper()
	if len(r.Missing)+len(r.Renamed)+len(r.Warnings)+len(r.Beside) > 0 || r.Files != r.AllFiles || r.Bytes != r.AllBytes {
		t.Fatalf("%+v", r)
	}
}

// What devices wrote in many rounds of random work comes back, byte for byte.
func TestRandomDrivesComeBack(t *testing.T) {
	seeds := 2
	if os.Getenv("STOS_NIGHTLY") != "" {
		seeds = 200
	}
	for seed := range int64(seeds) {
		rng := rand.New(rand.NewSource(seed))
		net := memremote.New(seed)
		devices := []*testdrive.Device{testdrive.New(t, net, "laptop"), testdrive.New(t, net, "desk"), testdrive.New(t, net, "phone")}
		for range 3 {
			for _, d := range devices {
				(&testdrive.Editor{Rand: rng}).Edit(d, 8)
				d.Engine.Allow()
				d.Sync()
			}
		}
		for _, d := range devices {
			d.Engine.Allow()
		}
		testdrive.Round(t, devices...)
		dir := filepath.Join(t.TempDir(), "restored")
		clean(t, write(t, net, dir))
		testdrive.Same(t, devices[0].Root, dir)
		if t.Failed() {
			t.Fatal("seed", seed)
		}
		if r := write(t, net, dir); r.Had != r.AllFiles {
			t.Fatalf("seed %d: a second run has work: %+v", seed, r)
		}
	}
}

// A folder of more than 512 entries, and files of many chunks and of media.
func TestLargeThingsComeBack(t *testing.T) {
	net := memremote.New(1)
	a := testdrive.New(t, net, "laptop")
	for i := range 600 {
		a.Text("many/"+strings.Repeat("n", i%7)+string(rune('a'+i%26))+filepath.Base(t.Name())+strings.Repeat("x", i/26), "content")
	}
	a.Write("big.bin", testdrive.Noise(1, 20<<20))
	a.Write("film.mp4", testdrive.Noise(2, 6<<20))
	a.Sync()
	dir := t.TempDir()
	clean(t, write(t, net, dir))
	testdrive.Same(t, a.Root, dir)
	if n := len(testdrive.Listing(t, filepath.Join(dir, "many"))); n != 600 {
		t.Fatal(n)
	}
}
