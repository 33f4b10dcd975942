package disk_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// wrapped is a file system of a test's own.
type wrapped struct{ disk.OS }

// What an open folder says of a file is what the system says.
func TestRootTellsOfFiles(t *testing.T) {
	for name, fsys := range map[string]disk.FS{"system": disk.OS{}, "other": wrapped{}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			full := filepath.Join(dir, "f")
			if err := errors.Join(os.WriteFile(full, []byte("some text"), 0o640), os.Chtimes(full, time.Time{}, time.Unix(9, 7))); err != nil {
				t.Fatal(err)
			}
			root := disk.OpenRoot(fsys, dir)
			f, info, err := root.Open("f")
			if err != nil {
				t.Fatal(err)
			}
			sameFile(t, info, full)
			var p [8]byte
			if n, err := f.ReadAt(p[:], 5); string(p[:n]) != "text" || !errors.Is(err, io.EOF) {
				t.Errorf("%q, %v", p[:n], err)
			}
			if err := os.WriteFile(full, []byte("changed"), 0o600); err != nil {
				t.Fatal(err)
			}
			if info, err = f.Stat(); err != nil {
				t.Fatal(err)
			}
			sameFile(t, info, full)
			if err := errors.Join(f.Close(), root.Close()); err != nil {
				t.Error(err)
			}
		})
	}
}

func sameFile(t *testing.T, got fs.FileInfo, name string) {
	t.Helper()
	want, err := os.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	if got.Size() != want.Size() || got.Mode() != want.Mode() || !got.ModTime().Equal(want.ModTime()) || got.IsDir() || got.Name() != want.Name() {
		t.Errorf("%+v, want %+v", got, want)
	}
	ino, dev := disk.Inode(got)
	if wino, wdev := disk.Inode(want); ino != wino || dev != wdev {
		t.Errorf("inode %d on %d, want %d on %d", ino, dev, wino, wdev)
	}
}

// A folder that is gone holds no files, also where it was never opened.
func TestRootOfNothing(t *testing.T) {
	root := disk.OpenRoot(disk.OS{}, filepath.Join(t.TempDir(), "none"))
	defer root.Close()
	if _, _, err := root.Open("f"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
