package repo_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// A folder that is larger than the disk has room for can be taken in: what was
// sent does not stay in the spool until the commit.
func TestSpoolStaysSmall(t *testing.T) {
	const file, files = 600 << 10, 60
	dir, spool := t.TempDir(), 0
	r := device(t, memremote.New(1), dir, "a")
	in, err := r.NewIngest(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for i := range files { // media files have packs of their own
		if _, err := in.Add(t.Context(), fmt.Sprintf("%d.mp4", i), bytes.NewReader(noise(int64(i), file)), file); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(filepath.Join(dir, "spool"))
		if err != nil {
			t.Fatal(err)
		}
		spool = max(spool, len(entries))
	}
	const most = 20 // packs that are open, being made ready, queued or on their way
	if spool > most {
		t.Errorf("%d packs in the spool", spool)
	}
}

// The file of a pack of content is not made to last: a loss of power may leave
// half of one whose arrival is noted. It is not read then.
func TestHalfOfASentPackInTheSpool(t *testing.T) {
	files := map[string][]byte{"a.mp4": noise(1, 600<<10)}
	dir, net := t.TempDir(), memremote.New(1)
	halves := []string{}
	for _, p := range brokenOff(t, net, dir, files) {
		if p.Use != pack.Content {
			continue // what is read again soon lasts
		}
		halves = append(halves, filepath.Join(dir, "spool", p.Name))
		if err := os.WriteFile(halves[len(halves)-1], noise(2, 1000), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sent := net.Sent()
	r := device(t, net, dir, "a")
	for _, half := range halves {
		if _, err := os.Lstat(half); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("half a pack can be read: %v", err)
		}
	}
	if err := commit(t, r, files); err != nil {
		t.Fatal(err)
	}
	if more := net.Sent() - sent; more > 100<<10 {
		t.Errorf("%d bytes were sent again", more)
	}
	check(t, r, files)
}

// brokenOff stops a commit before its head is known and returns the packs that
// have arrived.
func brokenOff(t *testing.T, net repo.Remote, dir string, files map[string][]byte) []state.Pack {
	t.Helper()
	db, err := state.Open(t.Context(), filepath.Join(dir, "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	stop := errors.New("power is gone")
	r, err := repo.Open(t.Context(), repo.Config{
		Secret: secret, Remote: net, State: db, Device: "a", SpoolDir: filepath.Join(dir, "spool"), CacheDir: filepath.Join(dir, "cache"),
		Step: func(name string) error {
			if name == "head built" {
				return stop
			}
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := commit(t, r, files); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	packs, err := db.Packs(t.Context(), state.Sent)
	if err != nil || len(packs) == 0 {
		t.Fatal(packs, err)
	}
	return packs
}
