package engine_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/scan"
)

// unplugged is a disk that goes away before a folder is listed; the place where
// it was is an empty folder then.
type unplugged struct {
	disk.OS
	root string
	away func()
}

// ReadDir implements disk.FS.
func (u unplugged) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == u.root {
		u.away()
	}
	return u.OS.ReadDir(name)
}

// unplug takes the folder away, and leaves an empty one if its place remains.
func (d *dev) unplug(place bool) {
	d.t.Helper()
	err := os.Rename(d.root, d.root+" away")
	if place {
		err = errors.Join(err, os.Mkdir(d.root, 0o755))
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// plugIn brings the folder back.
func (d *dev) plugIn() {
	d.t.Helper()
	if err := errors.Join(os.RemoveAll(d.root), os.Rename(d.root+" away", d.root)); err != nil {
		d.t.Fatal(err)
	}
}

// When the disk of the folder goes away in the middle of a sync, nothing of what
// seems to be gone then is taken for deleted.
func TestDiskThatGoesAwayInASync(t *testing.T) {
	for name, place := range map[string]bool{"with its place": false, "an empty place remains": true} {
		t.Run("part, "+name, func(t *testing.T) {
			_, a, b := pair(t)
			for _, p := range []string{"near/gone", "near/stays", "far"} {
				a.text(p, p)
			}
			round(t, a, b)
			a.remove("near/gone")
			gone := false
			_, err := a.e.SyncChanged(t.Context(), scan.Changes{
				Paths: map[string]bool{"near/gone": true, "near/stays": false},
				More: func(context.Context) scan.Changes {
					if !gone {
						a.unplug(place)
					}
					gone = true
					return scan.Changes{}
				},
			})
			comesBack(t, a, b, err)
		})
	}
	t.Run("whole", func(t *testing.T) {
		_, a, b := pair(t)
		for _, p := range []string{"near/gone", "near/stays", "far"} {
			a.text(p, p)
		}
		round(t, a, b)
		a.remove("near/gone")
		gone := false
		a.cfg.Disk = unplugged{root: a.root, away: func() {
			if !gone {
				a.unplug(true)
			}
			gone = true
		}}
		a.restart()
		_, err := a.e.SyncOnce(t.Context())
		comesBack(t, a, b, err)
	})
}

// comesBack plugs the disk of a in again, which failed a sync.
func comesBack(t *testing.T, a, b *dev, err error) {
	t.Helper()
	if !errors.Is(err, scan.ErrRoot) {
		t.Errorf("a sync without its disk: %v", err)
	}
	if b.sync(); b.files()["near/stays"] == "" || b.files()["far"] == "" {
		t.Errorf("the other device has %v", keys(b.files()))
	}
	a.plugIn()
	round(t, a, b)
	if files := b.files(); len(files) != 3 {
		t.Errorf("at the end there are %v", keys(files))
	}
	same(t, a, b)
}
