package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// sharedModel is what people know of a drive in which all devices work in the
// same places.
type sharedModel struct {
	driveModel
	gone  map[sum]bool // contents that somebody let go
	saved map[sum]int  // contents that a sync reported as saved, and their sizes
	sizes map[sum]int
}

func newSharedModel(w *crashWorld) *sharedModel {
	s := &sharedModel{driveModel: *newDriveModel(w), gone: map[sum]bool{}, saved: map[sum]int{}, sizes: map[sum]int{}}
	s.ever[sha256.Sum256(nil)] = true
	return s
}

// saw notes what a sync of a device has reported as saved: what lay there when
// it began and does so still.
func (s *sharedModel) saw(v *device, before map[string]sum) {
	now := s.read(v.folder)
	for p, content := range before {
		if now[p] == content {
			s.saved[content] = s.sizes[content]
		}
	}
}

// edit makes some changes anywhere in a folder. While a sync runs only changes
// are made of which it is known what they replace.
func (s *sharedModel) edit(v *device, changes int, running bool) {
	s.w.t.Helper()
	for range changes {
		all := s.read(v.folder)
		paths := make([]string, 0, len(all))
		for p := range all {
			paths = append(paths, p)
		}
		slices.Sort(paths)
		if len(paths) < 8 {
			s.save(v, s.name())
			continue
		}
		some := paths[s.w.rand.IntN(len(paths))]
		switch s.w.rand.IntN(7) {
		case 0, 1:
			s.save(v, s.name())
		case 2, 3:
			s.save(v, some)
		case 4:
			s.moveTo(v, some, s.name())
		case 5:
			s.letGo(v, some)
		default:
			if !running {
				s.moveTo(v, filepath.Dir(some), fmt.Sprint("moved ", s.w.rand.IntN(4)))
			}
		}
	}
}

// name draws one of few names.
func (s *sharedModel) name() string {
	return fmt.Sprintf("folder %d/file %d.bin", s.w.rand.IntN(3), s.w.rand.IntN(8))
}

// aside is where a device's person puts files for a moment.
func (s *sharedModel) aside(v *device) string { return filepath.Join(v.folder, v.profile+" aside.tmp") }

// save writes a file in one step, and looks at what had its place.
func (s *sharedModel) save(v *device, path string) {
	s.w.t.Helper()
	body := s.w.bytes(1, 40_000)
	if s.w.rand.IntN(12) == 0 {
		body = s.w.bytes(1<<20, 3<<20)
	}
	place, temp := filepath.Join(v.folder, path), s.aside(v)
	content := sha256.Sum256(body)
	s.ever[content], s.sizes[content] = true, len(body)
	if os.MkdirAll(filepath.Dir(place), 0o755) != nil || os.WriteFile(temp, body, 0o644) != nil {
		return
	}
	defer os.Remove(temp)
	if err := (disk.OS{}).RenameNew(temp, place); err == nil {
		s.w.t.Logf("%s saves %s, %d bytes", v.profile, path, len(body))
		return
	}
	swapped, err := disk.OS{}.Exchange(temp, place)
	if err != nil || !swapped {
		s.gone[content] = true // what was to be replaced was moved meanwhile
		return
	}
	s.w.t.Logf("%s saves %s again, %d bytes", v.profile, path, len(body))
	s.noteGone(temp)
}

// noteGone notes that a person lets a file go.
func (s *sharedModel) noteGone(path string) {
	s.w.t.Helper()
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	s.must(err)
	s.gone[sha256.Sum256(raw)] = true
}

// letGo deletes a file.
func (s *sharedModel) letGo(v *device, path string) {
	s.w.t.Helper()
	temp := s.aside(v)
	if os.Rename(filepath.Join(v.folder, path), temp) != nil {
		return // it was moved meanwhile
	}
	s.w.t.Logf("%s deletes %s", v.profile, path)
	s.noteGone(temp)
	s.must(os.Remove(temp))
}

// moveTo moves a file or a folder to where nothing is.
func (s *sharedModel) moveTo(v *device, from, to string) {
	s.w.t.Helper()
	if from == "." || strings.HasPrefix(to, from+"/") || os.MkdirAll(filepath.Dir(filepath.Join(v.folder, to)), 0o755) != nil {
		return
	}
	if (disk.OS{}).RenameNew(filepath.Join(v.folder, from), filepath.Join(v.folder, to)) == nil {
		s.w.t.Logf("%s moves %s to %s", v.profile, from, to)
	}
}

// check fails the test if a folder lacks what somebody wrote and nobody let go.
func (s *sharedModel) check(root string) {
	s.w.t.Helper()
	s.checkWhole(root)
	have := map[sum]bool{}
	for _, content := range s.read(root) {
		have[content] = true
	}
	for content, size := range s.sizes {
		if !have[content] && !s.gone[content] {
			s.w.t.Errorf("%s: a file of %d bytes is missing", filepath.Base(root), size)
		}
	}
	s.checkPrivate(root)
	if s.w.t.Failed() {
		s.w.t.FailNow()
	}
}

// same fails the test unless two folders hold the same.
func (s *sharedModel) same(a, b string) {
	s.w.t.Helper()
	x, y := s.read(a), s.read(b)
	for p, content := range x {
		if y[p] != content {
			s.w.t.Errorf("%s of %s is not in %s", p, filepath.Base(a), filepath.Base(b))
		}
	}
	for p := range y {
		if _, there := x[p]; !there {
			s.w.t.Errorf("%s of %s is not in %s", p, filepath.Base(b), filepath.Base(a))
		}
	}
	sameFolders(s.w.t, a, b)
}

// versionOf is a version of a file as the command line names it.
type versionOf struct{ path, id string }

// versions lists what can be brought back, by size: the versions of all files
// there are, what was deleted, and the versions of that.
func (s *sharedModel) versions(v *device) map[int][]versionOf {
	s.w.t.Helper()
	paths := map[string]bool{}
	for p := range s.read(v.folder) {
		paths[p] = true
	}
	out := map[int][]versionOf{}
	s.deleted(v, "", paths, out)
	for p := range paths {
		for _, x := range s.list(v, "versions", p) {
			size, _ := x["size"].(float64)
			id, _ := x["version"].(string)
			out[int(size)] = append(out[int(size)], versionOf{p, id})
		}
	}
	return out
}

// deleted notes what was deleted in a folder, and the paths of the files.
func (s *sharedModel) deleted(v *device, folder string, paths map[string]bool, out map[int][]versionOf) {
	s.w.t.Helper()
	for _, x := range s.list(v, "deleted", folder) {
		p, _ := x["path"].(string)
		size, _ := x["size"].(float64)
		id, _ := x["version"].(string)
		switch {
		case x["folder"] != true:
			paths[p] = true
			out[int(size)] = append(out[int(size)], versionOf{p, id})
		case p != folder:
			s.deleted(v, p, paths, out)
		}
	}
}

// list runs a command of the drive that lists what was.
func (s *sharedModel) list(v *device, command, path string) []map[string]any {
	s.w.t.Helper()
	list, _ := s.w.must(v.profile, "drive", command, path).out[command].([]any)
	out := make([]map[string]any, len(list))
	for i, x := range list {
		out[i], _ = x.(map[string]any)
	}
	return out
}
