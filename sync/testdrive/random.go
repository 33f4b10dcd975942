package testdrive

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Noise returns bytes that do not compress and follow from the seed.
func Noise(seed int64, n int) []byte {
	p := make([]byte, n)
	rand.New(rand.NewSource(seed)).Read(p)
	return p
}

// Editor works in the folder of a device like a person without a plan.
type Editor struct{ Rand *rand.Rand }

var (
	names = []string{"note.txt", "Ümläut & Co.md", "photo 1.jpg", "x", "日本語", "a b.c.d", "-dash", "LOUD.TXT", "café", strings.Repeat("long ", 40)}
	dirs  = []string{"", "docs/", "docs/deep/er/", "Photos 2026/", "empty/", "docs/" + strings.Repeat("d/", 20)}
	modes = []fs.FileMode{0o644, 0o600, 0o755, 0o444}
)

func pick[T any](e *Editor, from []T) T { return from[e.Rand.Intn(len(from))] }

func (e *Editor) name() string { return pick(e, dirs) + pick(e, names) }

// Edit makes n random changes: files, folders, links, moves and deletions.
func (e *Editor) Edit(d *Device, n int) {
	d.t.Helper()
	for range n {
		name := e.name()
		switch k := e.Rand.Intn(10); {
		case k < 5:
			e.write(d, name)
		case k < 6:
			d.must(os.MkdirAll(d.Path(name+" folder"), 0o755))
		case k < 7:
			_ = os.MkdirAll(filepath.Dir(d.Path(name)), 0o755)
			_ = os.Symlink(pick(e, names), d.Path(name+" link"))
		case k < 9:
			if _, err := os.Lstat(d.Path(name)); err == nil {
				d.Move(name, e.name()+fmt.Sprint(" moved ", e.Rand.Intn(4)))
			}
		default:
			d.Remove(name)
		}
	}
}

// write makes a file of some size, kind, mode and time.
func (e *Editor) write(d *Device, name string) {
	size := pick(e, []int{0, 1, 100, 5000, 200_000, 300_000})
	if e.Rand.Intn(12) == 0 {
		size = 3 << 20
	}
	body := Noise(e.Rand.Int63n(20), size)
	if e.Rand.Intn(3) == 0 {
		body = []byte(strings.Repeat("compressible text ", size/18))
	}
	d.Remove(name)
	d.Write(name, body)
	d.must(os.Chmod(d.Path(name), pick(e, modes)))
	at := time.Unix(1_600_000_000+e.Rand.Int63n(1e8), e.Rand.Int63n(1e9))
	d.must(os.Chtimes(d.Path(name), at, at))
}

// private is what the program keeps in a synced folder.
const private = ".stratosdrive"

// Listing describes everything in a folder: kinds, contents, modes, times.
func Listing(t testing.TB, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, p)
		if err != nil || rel == "." {
			return err
		}
		if rel == private {
			return fs.SkipDir
		}
		out[filepath.ToSlash(rel)], err = describe(p, e)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return out
}

func describe(p string, e fs.DirEntry) (string, error) {
	info, err := e.Info()
	switch {
	case err != nil:
		return "", err
	case e.IsDir():
		return fmt.Sprintf("folder %o", info.Mode().Perm()), nil
	case e.Type()&fs.ModeSymlink != 0:
		target, err := os.Readlink(p)
		return "link to " + target, err
	}
	body, err := os.ReadFile(p)
	return fmt.Sprintf("file %o %s %d %s", info.Mode().Perm(), info.ModTime().UTC().Format(time.RFC3339Nano), len(body), body), err
}

// Same fails the test unless two folders hold the same, bytes, modes and times
// included.
func Same(t testing.TB, a, b string) {
	t.Helper()
	one, two := Listing(t, a), Listing(t, b)
	for name, want := range one {
		if got, there := two[name]; got != want {
			t.Errorf("%s: %.80q, want %.80q (there: %v)", name, got, want, there)
		}
	}
	for name := range two {
		if _, there := one[name]; !there {
			t.Errorf("%s is too much", name)
		}
	}
}
