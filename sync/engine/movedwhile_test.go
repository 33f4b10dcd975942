package engine_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// seenDisk runs something in the middle of a look: when one folder was listed,
// and before another one is.
type seenDisk struct {
	disk.OS
	first, last string
	between     func()
	once        *sync.Once
	seen        chan struct{}
}

func (d seenDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == d.last {
		<-d.seen
	}
	all, err := d.OS.ReadDir(name)
	if name == d.first {
		d.once.Do(func() {
			d.between()
			close(d.seen)
		})
	}
	return all, err
}

// A folder that is moved while the look at the whole lasts, to where it was
// already, is moved and not deleted.
func TestMovedDuringALook(t *testing.T) {
	net := memremote.New(1)
	a, b := newDev(t, net, "desk"), newDev(t, net, "laptop")
	a.text("a/x", "1")
	a.text("z/photos/1.jpg", "one")
	a.text("z/photos/2.jpg", "two")
	round(t, a, b)
	a.cfg.Disk = seenDisk{
		first: filepath.Join(a.root, "a"), last: filepath.Join(a.root, "z"), once: new(sync.Once), seen: make(chan struct{}),
		between: func() {
			if err := os.Rename(filepath.Join(a.root, "z/photos"), filepath.Join(a.root, "a/photos")); err != nil {
				t.Error(err)
			}
		},
	}
	a.restart()
	if sum := a.sync(); sum.Uploaded > 0 {
		t.Errorf("files are sent again: %+v", sum)
	}
	if sum := b.sync(); sum.Deleted > 0 || sum.Downloaded > 0 || sum.Moved != 1 {
		t.Errorf("others see something else than a move: %+v", sum)
	}
	same(t, a, b)
}
