package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// driveModel is what the test itself put into the folders of a drive. Each
// device edits below a folder of its own, so that nothing it does can be a
// conflict, and everything that differs in the end was lost or made up.
type driveModel struct {
	w     *crashWorld
	files map[string]sum // by path
	ever  map[sum]bool   // every content that was ever in a file
	count int
}

type sum [sha256.Size]byte

func newDriveModel(w *crashWorld) *driveModel {
	return &driveModel{w: w, files: map[string]sum{}, ever: map[sum]bool{}}
}

// edit makes a number of changes in a folder on the disk below top.
func (d *driveModel) edit(root, top string, changes int) {
	d.w.t.Helper()
	for range changes {
		mine := d.below(top)
		if len(mine) < 12 {
			d.write(root, d.newName(top))
			continue
		}
		switch some := mine[d.w.rand.IntN(len(mine))]; d.w.rand.IntN(6) {
		case 0, 1:
			d.write(root, d.newName(top))
		case 2, 3:
			d.write(root, some)
		case 4:
			d.rename(root, some, d.newName(top))
		case 5:
			d.remove(root, some)
		}
	}
	if d.w.rand.IntN(3) == 0 {
		d.renameFolder(root, top)
	}
}

func (d *driveModel) below(top string) []string {
	var paths []string
	for p := range d.files {
		if strings.HasPrefix(p, top+"/") {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	return paths
}

func (d *driveModel) newName(top string) string {
	d.count++
	return fmt.Sprintf("%s/folder %d/file %d.bin", top, d.w.rand.IntN(4), d.count)
}

// write gives a file new content, as editors do: in one step.
func (d *driveModel) write(root, path string) {
	d.w.t.Helper()
	content := d.w.bytes(1, 40_000)
	if d.w.rand.IntN(8) == 0 {
		content = d.w.bytes(1<<20, 4<<20)
	}
	place := filepath.Join(root, path)
	d.must(os.MkdirAll(filepath.Dir(place), 0o755))
	temp := filepath.Join(filepath.Dir(place), "being written.tmp")
	d.must(os.WriteFile(temp, content, 0o644))
	d.must(os.Rename(temp, place))
	d.files[path] = sha256.Sum256(content)
	d.w.t.Logf("write %s, %d bytes", path, len(content))
	d.ever[d.files[path]] = true
}

func (d *driveModel) rename(root, from, to string) {
	d.w.t.Helper()
	d.must(os.MkdirAll(filepath.Dir(filepath.Join(root, to)), 0o755))
	d.must(os.Rename(filepath.Join(root, from), filepath.Join(root, to)))
	d.w.t.Logf("move %s to %s", from, to)
	d.files[to] = d.files[from]
	delete(d.files, from)
}

func (d *driveModel) remove(root, path string) {
	d.w.t.Helper()
	d.w.t.Logf("remove %s", path)
	d.must(os.Remove(filepath.Join(root, path)))
	delete(d.files, path)
}

// renameFolder gives a folder with all that is in it another name.
func (d *driveModel) renameFolder(root, top string) {
	d.w.t.Helper()
	from := fmt.Sprintf("%s/folder %d", top, d.w.rand.IntN(4))
	d.count++
	to := fmt.Sprintf("%s/renamed %d", top, d.count)
	if _, err := os.Stat(filepath.Join(root, from)); err != nil {
		return
	}
	d.w.t.Logf("move %s to %s", from, to)
	d.must(os.Rename(filepath.Join(root, from), filepath.Join(root, to)))
	for p, content := range maps.Clone(d.files) {
		if rest, inside := strings.CutPrefix(p, from+"/"); inside {
			delete(d.files, p)
			d.files[to+"/"+rest] = content
		}
	}
}

func (d *driveModel) must(err error) {
	d.w.t.Helper()
	if err != nil {
		d.w.t.Fatal(err)
	}
}

// check fails the test unless a folder holds exactly what was put in, and
// nothing of the program's own work is left in it.
func (d *driveModel) check(root string) {
	d.w.t.Helper()
	got := d.read(root)
	for p, want := range d.files {
		if content, there := got[p]; !there {
			d.w.t.Errorf("%s: %s is missing", filepath.Base(root), p)
		} else if content != want {
			d.w.t.Errorf("%s: %s has other content", filepath.Base(root), p)
		}
	}
	for p := range got {
		if _, known := d.files[p]; !known {
			d.w.t.Errorf("%s: nobody made %s", filepath.Base(root), p)
		}
	}
	d.checkPrivate(root)
	if d.w.t.Failed() {
		d.w.t.FailNow()
	}
}

// checkPrivate fails the test if the program left something of its work behind.
func (d *driveModel) checkPrivate(root string) {
	d.w.t.Helper()
	for _, private := range []string{"tmp", "park", "old"} {
		left, err := os.ReadDir(filepath.Join(root, ".stratosdrive", private))
		if err != nil || len(left) > 0 {
			d.w.t.Errorf("%s: the private folder still holds %v, %v", filepath.Base(root), left, err)
		}
	}
}

// checkWhole fails the test if a file of a folder has a content that was never
// in any file: something half-written.
func (d *driveModel) checkWhole(root string) {
	d.w.t.Helper()
	for p, content := range d.read(root) {
		if !d.ever[content] {
			d.w.t.Fatalf("%s: %s is half-written", filepath.Base(root), p)
		}
	}
}

// read returns the files of a folder, without the private one.
func (d *driveModel) read(root string) map[string]sum {
	d.w.t.Helper()
	got := map[string]sum{}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path != root {
			return nil // a sync that runs has moved it meanwhile
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if e.IsDir() && rel == ".stratosdrive" {
			return filepath.SkipDir
		}
		if e.IsDir() {
			return nil
		}
		raw, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		got[filepath.ToSlash(rel)] = sha256.Sum256(raw)
		return err
	})
	d.must(err)
	return got
}

// sameFolders fails the test unless both have the same folders as well.
func sameFolders(t *testing.T, a, b string) {
	t.Helper()
	x, y := foldersOf(t, a), foldersOf(t, b)
	if !slices.Equal(x, y) {
		t.Fatalf("the folders are %q and %q", x, y)
	}
}

func foldersOf(t *testing.T, root string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path) // both begin with root
		if rel == ".stratosdrive" {
			return filepath.SkipDir
		}
		if err == nil && e.IsDir() {
			list = append(list, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
