//go:build unix

package update

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// program is a program that tells its version, and else does something.
func program(version, does string) string {
	return "#!/bin/sh\n[ \"$1\" = --version ] && echo " + version + " && exit\n" + does + "\n"
}

// oldFiles are a folder that a portable package made, with what its user put in.
func oldFiles() map[string]string {
	return map[string]string{
		"bin/stratosdrive": program("v1.1.0", `echo old >> "$0.new" && mv "$0.new" "$0.ran"`), "bin/stos": "old stos", "LICENSE": "licence", "share/old.txt": "was left out",
		"my notes.txt": "the user's", "bin/mine": "the user's too",
	}
}

func newFiles(does string) map[string]string {
	return map[string]string{
		"bin/stratosdrive": program("v1.2.0", does), "bin/stos": "new stos", "bin/stosnet": "new stosnet", "LICENSE": "licence", "share/man/stos.1": "manual",
	}
}

// after is what the folder holds with the new version in place.
func after(does string) map[string]string {
	all := oldFiles()
	maps.Copy(all, newFiles(does))
	return all
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o755)); err != nil {
			t.Fatal(err)
		}
	}
}

// read is what a folder holds.
func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[name] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func is(t *testing.T, what, dir string, want map[string]string) {
	t.Helper()
	if got := read(t, dir); !maps.Equal(got, want) {
		t.Errorf("%s: there are %v", what, slices.Sorted(maps.Keys(got)))
		for name, text := range want {
			if got[name] != text {
				t.Errorf("%s is %q", name, got[name])
			}
		}
	}
}

// packed is a package of these files.
func packed(t *testing.T, files map[string]string, more ...tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		err := w.WriteHeader(&tar.Header{Name: "stratosdrive-1.2.0/" + name, Typeflag: tar.TypeReg, Mode: 0o755, Size: int64(len(files[name]))})
		if _, werr := w.Write([]byte(files[name])); errors.Join(err, werr) != nil {
			t.Fatal(err, werr)
		}
	}
	for _, h := range more {
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpacked is a portable program in a folder, and a package of a newer version
// that does something when it runs.
func unpacked(t *testing.T, files map[string]string) (s Swap, pack string, f File) {
	t.Helper()
	dir := t.TempDir()
	s = Swap{Root: filepath.Join(dir, "Stratos Drive"), Program: "bin/stratosdrive"}
	write(t, s.Root, oldFiles())
	raw := packed(t, files)
	pack = filepath.Join(dir, "package.tar.gz")
	if err := os.WriteFile(pack, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return s, pack, fileOf("package.tar.gz", raw)
}

func prepared(t *testing.T, does string) Swap {
	t.Helper()
	return preparedOf(t, newFiles(does))
}

func preparedOf(t *testing.T, files map[string]string) Swap {
	t.Helper()
	s, pack, f := unpacked(t, files)
	if err := s.Prepare(t.Context(), pack, f, "v1.1.0", "v1.2.0"); err != nil {
		t.Fatal(err)
	}
	return s
}

// confirms is what a program does that starts well.
const confirms = `rm "$(dirname "$0")/../.stratosdrive-update/journal.json"; exec sleep 0.1`

func TestSwap(t *testing.T) {
	s := prepared(t, "exit 0")
	if err := s.Apply(); err != nil {
		t.Fatal(err)
	}
	if undone, err := s.Settle("v1.2.0"); undone || err != nil {
		t.Error(undone, err)
	}
	if err := s.Confirm("v1.1.0"); err != nil || !there(s.kept("bin/stratosdrive")) {
		t.Errorf("another version confirmed it: %v", err)
	}
	if err := s.Confirm("v1.2.0"); err != nil {
		t.Fatal(err)
	}
	is(t, "afterwards", s.Root, after("exit 0"))
	if err := s.Apply(); err == nil {
		t.Error("it was put in place twice")
	}
}

// Nothing of the running version is touched before all of the new one is known
// to work.
func TestPackagesThatAreNotTaken(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		spoil func(t *testing.T, pack string)
		want  string
	}{
		"it does not start":     {map[string]string{"bin/stratosdrive": "#!/bin/sh\nexit 127\n"}, nil, "does not start on this computer"},
		"for another processor": {map[string]string{"bin/stratosdrive": "\x7fELF\x02\x01\x01 of another kind"}, nil, "does not start on this computer"},
		"another version":       {map[string]string{"bin/stratosdrive": program("v1.0.0", "")}, nil, "does not start on this computer"},
		"no program in it":      {map[string]string{"stratosdrive": program("v1.2.0", "")}, nil, "does not start on this computer"},
		"it changed on the disk": {newFiles(""), func(t *testing.T, pack string) {
			if err := os.WriteFile(pack, packed(t, map[string]string{"bin/stratosdrive": "evil"}), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "has changed since it was fetched"},
		"it is gone": {newFiles(""), func(t *testing.T, pack string) {
			if err := os.Remove(pack); err != nil {
				t.Fatal(err)
			}
		}, "could not be saved"},
	} {
		s, pack, f := unpacked(t, c.files)
		if c.spoil != nil {
			c.spoil(t, pack)
		}
		if err := s.Prepare(t.Context(), pack, f, "v1.1.0", "v1.2.0"); err == nil || !strings.Contains(fault.Sentence(err), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		is(t, name, s.Root, oldFiles())
	}
}

// A package that was signed and is evil still writes nothing elsewhere.
func TestPackagesThatReachOut(t *testing.T) {
	for _, h := range []tar.Header{
		{Name: "top/../../evil", Typeflag: tar.TypeReg},
		{Name: "/evil", Typeflag: tar.TypeReg},
		{Name: "top//../../evil", Typeflag: tar.TypeReg},
		{Name: "evil", Typeflag: tar.TypeReg},
		{Name: "top/link", Typeflag: tar.TypeSymlink, Linkname: "/etc"},
		{Name: "top/hard", Typeflag: tar.TypeLink, Linkname: "/etc/passwd"},
		{Name: "top/pipe", Typeflag: tar.TypeFifo},
		{Name: "top/" + workFolder + "/journal.json", Typeflag: tar.TypeReg},
		{Name: "top/bin/stos", Typeflag: tar.TypeReg}, // a second time
	} {
		dir := t.TempDir()
		inside := filepath.Join(dir, "a", "b")
		if err := os.MkdirAll(inside, 0o755); err != nil {
			t.Fatal(err)
		}
		names, err := unpack(bytes.NewReader(packed(t, newFiles(""), h)), inside)
		if found, _ := os.ReadDir(dir); err == nil || len(found) != 1 {
			t.Errorf("%s was unpacked as %q: %v, %v", h.Name, names, found, err)
		}
	}
	for _, raw := range [][]byte{nil, []byte("no package"), packed(t, newFiles(""))[:200]} {
		if _, err := unpack(bytes.NewReader(raw), t.TempDir()); err == nil {
			t.Errorf("%d bytes are no package", len(raw))
		}
	}
}

// Wherever the power goes while files are put in place, and again while they are
// put back, the next start finds the old version, whole.
func TestSwapThatIsCutOff(t *testing.T) {
	few := map[string]string{"bin/stratosdrive": program("v1.2.0", ""), "bin/stos": "new", "bin/stosnet": "new"}
	pieces := len(few)
	for cut := range 2*pieces + 1 {
		for again := range pieces + 1 {
			s := preparedOf(t, few)
			s.applyUntil(t, cut)
			s.undoUntil(t, again)
			if undone, err := s.Settle("v1.1.0"); !undone || err != nil {
				t.Fatal(undone, err)
			}
			is(t, fmt.Sprintf("cut at %d and %d", cut, again), s.Root, oldFiles())
		}
	}
}

// applyUntil does so many half steps of Apply: a file is kept, then replaced.
func (s Swap) applyUntil(t *testing.T, steps int) {
	t.Helper()
	j, _, err := readJournal(s.Root)
	if err = errors.Join(err, j.at(s.Root, begun)); err != nil {
		t.Fatal(err)
	}
	for i, p := range j.Files {
		switch {
		case 2*i+1 < steps:
			err = s.replace(p)
		case 2*i < steps && p.Had:
			err = keep(filepath.Join(s.Root, p.Name), s.kept(p.Name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// undoUntil puts so many files back.
func (s Swap) undoUntil(t *testing.T, steps int) {
	t.Helper()
	j, _, err := readJournal(s.Root)
	if steps == 0 {
		return
	}
	if err = errors.Join(err, j.at(s.Root, undone)); err != nil {
		t.Fatal(err)
	}
	for _, p := range slices.Collect(reversed(j.Files))[:steps] {
		if err := s.putBack(p); err != nil {
			t.Fatal(err)
		}
	}
}

func reversed(list []piece) func(func(piece) bool) {
	return func(yield func(piece) bool) {
		for _, p := range slices.Backward(list) {
			if !yield(p) {
				return
			}
		}
	}
}
