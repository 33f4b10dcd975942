package engine_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// parkingDisk is a disk under a program that is killed when it has moved a file
// aside.
type parkingDisk struct {
	disk.OS
	killed *bool
}

func (d parkingDisk) Rename(from, to string) error {
	if *d.killed {
		return errCrash
	}
	*d.killed = filepath.Base(filepath.Dir(to)) == "park"
	return d.OS.Rename(from, to)
}

func (d parkingDisk) RenameNew(from, to string) error {
	if *d.killed {
		return errCrash
	}
	return d.OS.RenameNew(from, to)
}

// A device may be killed while files are moved to each other's places, and
// somebody may put a file where one of them lay before it is started again: that
// is another file, and the one that was on its way stays.
func TestStrangerWhereAParkedFileLay(t *testing.T) {
	_, a, b := pair(t)
	a.text("one", "first")
	a.text("two", "second")
	round(t, a, b)
	for _, move := range [][2]string{{"one", "aside"}, {"two", "one"}, {"aside", "two"}} {
		a.move(move[0], move[1])
		a.sync()
	}
	killed := false
	b.cfg.Disk = parkingDisk{killed: &killed}
	b.restart()
	if _, err := b.e.SyncOnce(t.Context()); err == nil || !killed {
		t.Fatal("no file was moved aside:", err)
	}
	b.cfg.Disk = nil
	b.restart()
	for _, name := range []string{"one", "two"} {
		if _, err := os.Lstat(b.path(name)); os.IsNotExist(err) {
			b.text(name, "of a stranger")
		}
	}
	round(t, a, b)
	same(t, a, b)
	has := slices.Sorted(maps.Values(b.files()))
	if !slices.Equal(has, []string{"first", "of a stranger", "second"}) {
		t.Errorf("the folder has %q", has)
	}
}
