//go:build unix

package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// Where the system cannot open a file below a folder in one step, it is opened
// folder by folder, with the same answers.
func TestOpenInSteps(t *testing.T) {
	dir := t.TempDir()
	err := errors.Join(os.MkdirAll(filepath.Join(dir, "a", "b"), 0o755), os.WriteFile(filepath.Join(dir, "a", "b", "f"), []byte("text"), 0o600),
		os.Symlink("a", filepath.Join(dir, "in")), os.Symlink(filepath.Join("a", "b", "f"), filepath.Join(dir, "file")))
	if err != nil {
		t.Skip(err)
	}
	at, err := unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(at)
	for name, want := range map[string]error{
		"a/b/f": nil, "in/b/f": ErrNotRegular, "file": ErrNotRegular, "a/b/f/g": ErrNotRegular, "a/none": fs.ErrNotExist, "none/f": fs.ErrNotExist,
	} {
		for way, open := range map[string]func(int, string, int) (int, error){"below": openBelow, "in steps": openInSteps} {
			fd, err := open(at, name, unix.O_NOFOLLOW|unix.O_NONBLOCK)
			if !errors.Is(notRegular(err), want) || (err != nil) != (want != nil) {
				t.Errorf("%s, %s: %v, want %v", name, way, err, want)
			}
			if err == nil {
				readText(t, fd)
			}
		}
	}
}

func readText(t *testing.T, fd int) {
	t.Helper()
	f, err := regular(fd, "f")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if body, err := io.ReadAll(f); err != nil || string(body) != "text" {
		t.Errorf("%q, %v", body, err)
	}
}
