package disk_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// TestInodeStaysWithItsFile: a file is known by its number in a listing, alone,
// while it is open, and under another name; another file has another number.
func TestInodeStaysWithItsFile(t *testing.T) {
	dir := t.TempDir()
	one, two := filepath.Join(dir, "one"), filepath.Join(dir, "two")
	for _, name := range []string{one, two} {
		if err := os.WriteFile(name, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	first, other := inodeOf(t, one), inodeOf(t, two)
	if first == other || first.Inode == 0 {
		t.Errorf("two files are %v and %v", first, other)
	}
	entries, err := disk.OS{}.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Fatal(entries, err)
	}
	info, err := entries[0].Info()
	if err != nil {
		t.Fatal(err)
	}
	if ino, dev := disk.Inode(info); (disk.Identity{Inode: ino, Dev: dev}) != first {
		t.Errorf("the listing says %d of %d, not %v", ino, dev, first)
	}
	if err := os.Rename(one, filepath.Join(dir, "three")); err != nil {
		t.Fatal(err)
	}
	if got := inodeOf(t, filepath.Join(dir, "three")); got != first {
		t.Errorf("a moved file is %v, was %v", got, first)
	}
}

func inodeOf(t *testing.T, name string) disk.Identity {
	t.Helper()
	f, err := disk.OS{}.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	opened, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	alone, err := disk.OS{}.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	ino, dev := disk.Inode(opened)
	if i, d := disk.Inode(alone); i != ino || d != dev {
		t.Errorf("%s is %d of %d, and %d of %d while it is open", name, i, d, ino, dev)
	}
	return disk.Identity{Inode: ino, Dev: dev}
}
