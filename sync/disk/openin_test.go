package disk_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

func TestOpenInFollowsNothing(t *testing.T) {
	dir := t.TempDir()
	outside := t.TempDir()
	for _, d := range []string{filepath.Join(dir, "a", "b"), outside} {
		if err := errors.Join(os.MkdirAll(d, 0o755), os.WriteFile(filepath.Join(d, "f"), []byte("text"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	links := true // where the system has some
	for name, target := range map[string]string{"out": outside, "in": "a", "file": filepath.Join("a", "b", "f"), "gone": "nowhere"} {
		links = os.Symlink(target, filepath.Join(dir, name)) == nil && links
	}
	if _, err := os.Lstat(filepath.Join(dir, "in")); err != nil {
		links = false // Wine says that it made them
	}
	f, err := disk.OS{}.OpenIn(dir, filepath.Join("a", "b", "f"))
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(f); err != nil || string(body) != "text" || f.Close() != nil {
		t.Fatalf("%q, %v", body, err)
	}
	root := disk.OpenRoot(disk.OS{}, dir)
	defer root.Close()
	for name, want := range map[string]error{
		"out/f": disk.ErrNotRegular, "in/b/f": disk.ErrNotRegular, "file": disk.ErrNotRegular, "gone": disk.ErrNotRegular,
		"a": disk.ErrNotRegular, "a/b/f/g": disk.ErrNotRegular, "a/none": fs.ErrNotExist, "none/f": fs.ErrNotExist,
	} {
		if first, _, _ := strings.Cut(name, "/"); !links && (first == "out" || first == "in" || first == "file" || first == "gone") {
			continue
		}
		if f, err := (disk.OS{}).OpenIn(dir, filepath.FromSlash(name)); !errors.Is(err, want) || f != nil {
			t.Errorf("%s: %v, %v", name, f, err)
		}
		if f, info, err := root.Open(filepath.FromSlash(name)); !errors.Is(err, want) || f != nil || info != nil {
			t.Errorf("%s of an open folder: %v, %v, %v", name, f, info, err)
		}
	}
}
