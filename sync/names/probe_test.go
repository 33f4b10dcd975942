package names_test

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/names/kinddisk"
)

func TestProbeLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	d, err := names.Probe(disk.OS{}, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", d)
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Error(left, err)
	}
	if d.MaxPath < 1023 || d.MaxBytes == 0 && d.MaxUnits == 0 {
		t.Errorf("%+v", d)
	}
}

// Trying tells the kind of a disk, whatever the system is.
func TestProbeTellsTheKind(t *testing.T) {
	for name, kind := range map[string]names.Disk{
		"Windows": names.NTFS(), "macOS": names.APFS(), "a stick": {FoldsCase: true, Windows: true, MaxUnits: 255, NoLinks: true},
	} {
		dir := t.TempDir()
		got, err := names.Probe(kinddisk.FS{FS: disk.OS{}, Root: dir, Kind: kind}, dir)
		if err != nil {
			t.Fatal(err)
		}
		// The names here are still those of this system: at most 255 bytes.
		got.MaxPath, kind.MaxPath = 0, 0
		got.MaxBytes, got.MaxUnits, kind.MaxBytes, kind.MaxUnits = 0, 0, 0, 0
		if got != kind {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestFullDiskIsNoKind(t *testing.T) {
	dir := t.TempDir()
	if _, err := names.Probe(full{disk.OS{}}, dir); !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
}

// full is a disk without room.
type full struct{ disk.OS }

func (full) OpenFile(string, int, fs.FileMode) (disk.File, error) { return nil, syscall.ENOSPC }
