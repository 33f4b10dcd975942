package engine_test

import (
	"context"
	"io/fs"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/names/kinddisk"
	"github.com/stratosdrive/stratosdrive/sync/scan"
)

// listedDisk notes which folders are listed.
type listedDisk struct {
	disk.FS
	mu     *sync.Mutex
	listed *[]string
}

func (d listedDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	d.mu.Lock()
	*d.listed = append(*d.listed, name)
	d.mu.Unlock()
	return d.FS.ReadDir(name)
}

func (d *dev) at(changes scan.Changes) {
	d.t.Helper()
	if _, err := d.e.SyncChanged(d.t.Context(), changes); err != nil {
		d.t.Fatal(err)
	}
}

// Where something is deleted or moved, and where the disk folds names, only what
// changed is looked at. What is gone is asked for once more, for the system tells
// of a move in two halves.
func TestOnlyWhatChangedIsLookedAt(t *testing.T) {
	for name, kind := range map[string]names.Disk{"unix": names.Unix(), "folds": names.APFS()} {
		t.Run(name, func(t *testing.T) {
			_, a, b := pair(t)
			var listed []string
			a.cfg.Disk = listedDisk{kinddisk.FS{FS: disk.OS{}, Root: a.root, Kind: kind}, new(sync.Mutex), &listed}
			a.restart()
			for _, p := range []string{"far/1", "far/2", "near/gone", "near/moved", "near/stays", "to/x"} {
				a.text(p, p)
			}
			round(t, a, b)
			a.sync()
			a.remove("near/gone")
			a.move("near/moved", "to/moved")
			a.text("near/stays", "edited")
			asked := 0
			listed = nil
			a.at(scan.Changes{
				Paths: map[string]bool{"near/gone": true, "near/moved": true, "near/stays": false},
				More: func(context.Context) scan.Changes {
					asked++
					return scan.Changes{Paths: map[string]bool{"to/moved": true}}
				},
			})
			if far := a.path("far"); slices.Contains(listed, far) {
				t.Error("the whole folder is looked at")
			}
			if asked != 2 {
				t.Errorf("asked %d times for more, want 2: a half of the move was missing, and then a file", asked)
			}
			if sum := b.sync(); sum.Downloaded != 1 || sum.Moved != 1 || sum.Deleted != 1 {
				t.Errorf("the other device sees %+v", sum)
			}
			same(t, a, b)
		})
	}
}

// A computer that falls asleep in the middle of a sync asks what others have done
// meanwhile before it says anything. The simulated world found with seeds
// 910002804 and 910003764 that it spoke of what was let go long ago.
func TestAsleepInASync(t *testing.T) {
	_, a, b := pair(t)
	a.text("note", "old")
	a.text("list", "a list")
	round(t, a, b)
	var slept atomic.Int64
	a.cfg.Now = func() time.Time { return time.Now().Add(time.Duration(slept.Load())) }
	a.cfg.Disk = openedDisk{at: "note", once: new(sync.Once), before: func() {
		b.remove("list")
		b.sync()
		slept.Store(int64(60 * 24 * time.Hour))
	}}
	a.restart()
	a.text("note", "new and longer")
	if sum := a.sync(); sum.Deleted != 1 || !sum.Published {
		t.Errorf("a sync after the sleep: %+v", sum)
	}
	if b.sync(); b.files()["note"] != "new and longer" {
		t.Errorf("the other device has %v", b.files())
	}
	same(t, a, b)
}
