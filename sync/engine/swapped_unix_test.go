//go:build unix

package engine_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// swapping is a disk on which somebody comes between the look at a file and
// the reading of it.
type swapping struct {
	disk.FS
	file string
	once *sync.Once
	swap func()
}

// OpenIn implements disk.FS.
func (s swapping) OpenIn(dir, name string) (disk.File, error) {
	if name == s.file {
		s.once.Do(s.swap)
	}
	return s.FS.OpenIn(dir, name)
}

// What comes into the place of a file, or of a folder above it, after it was
// looked at is not taken for the file: nothing from elsewhere is sent, and
// nothing is waited for.
func TestSwappedWhileLooking(t *testing.T) {
	secrets := t.TempDir()
	swaps := map[string]func(a *dev) error{
		"folder for a link out": func(a *dev) error { return swapFor(a, "docs", secrets) },
		"folder for a link in":  func(a *dev) error { return swapFor(a, "docs", "other") },
		"file for a link":       func(a *dev) error { return swapFor(a, "docs/f", filepath.Join(secrets, "f")) },
		"file for a pipe": func(a *dev) error {
			return errors.Join(os.Remove(a.path("docs/f")), syscall.Mkfifo(a.path("docs/f"), 0o600))
		},
		"rules for a pipe": func(a *dev) error {
			return errors.Join(os.Remove(a.path("docs/.stosignore")), syscall.Mkfifo(a.path("docs/.stosignore"), 0o600))
		},
	}
	if err := os.WriteFile(filepath.Join(secrets, "f"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, swap := range swaps {
		t.Run(name, func(t *testing.T) { swappedWhileLooking(t, strings.HasPrefix(name, "rules"), swap) })
	}
}

// swapFor puts a link in the place of a file or folder.
func swapFor(a *dev, name, target string) error {
	return errors.Join(os.Rename(a.path(name), filepath.Join(a.dir, "aside")), os.Symlink(target, a.path(name)))
}

func swappedWhileLooking(t *testing.T, rules bool, swap func(a *dev) error) {
	_, a, b := pair(t)
	a.text("docs/.stosignore", "*.tmp\n")
	a.text("docs/f", "first")
	a.text("other/f", "of the other folder")
	round(t, a, b)
	a.text("docs/f", "second, longer")
	var once sync.Once
	file := map[bool]string{false: "docs/f", true: "docs/.stosignore"}[rules]
	a.cfg.Disk = swapping{disk.OS{}, file, &once, func() {
		if err := swap(a); err != nil {
			t.Error(err)
		}
	}}
	a.restart()
	if sum, err := a.e.SyncOnce(t.Context()); err != nil || sum.Uploaded != 0 || sum.Waiting+sum.Unread == 0 {
		t.Fatalf("%+v, %v", sum, err)
	}
	checkFirst(t, b)
}

// checkFirst makes sure that a device has what was there before.
func checkFirst(t *testing.T, b *dev) {
	t.Helper()
	if sum := b.sync(); sum != (engine.Summary{}) {
		t.Errorf("the other device did %+v", sum)
	}
	if got := b.files()["docs/f"]; got != "first" {
		t.Errorf("the other device has %q", got)
	}
}
