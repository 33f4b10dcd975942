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
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// program is a program that tells its version, and else does something.
func program(version, does string) string {
	return "#!/bin/sh\n[ \"$1\" = --version ] && echo " + version + " && exit\n" + does + "\n"
}

// oldFiles are a folder that a portable package made, with what its user put in.
func oldFiles() map[string]string {
	return map[string]string{
		"bin/stratosdrive": program("v1.1.0", `echo old >> "$0.ran"`), "bin/stos": "old stos", "LICENSE": "licence", "share/old.txt": "was left out",
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

// A disk without second names for files is served with copies.
func TestKeepingByCopy(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "text"})
	if err := copyFile(filepath.Join(dir, "a"), filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	is(t, "copied", dir, map[string]string{"a": "text", "b": "text"})
	if info, err := os.Stat(filepath.Join(dir, "b")); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// A new version that does not get as far as its window is given up.
func TestNewVersionThatDies(t *testing.T) {
	s := prepared(t, "exit 0")
	if err := s.Apply(); err != nil {
		t.Fatal(err)
	}
	for i := range mostStarts {
		if undone, err := s.Settle("v1.2.0"); undone || err != nil {
			t.Fatal(i, undone, err)
		}
	}
	if undone, err := s.Settle("v1.2.0"); !undone || err != nil {
		t.Fatal(undone, err)
	}
	is(t, "given up", s.Root, oldFiles())
}

// What was prepared and not begun is cleared away, nothing is undone.
func TestPreparedAndLeft(t *testing.T) {
	s := prepared(t, "exit 0")
	if undone, err := s.Settle("v1.1.0"); undone || err != nil {
		t.Fatal(undone, err)
	}
	is(t, "left", s.Root, oldFiles())
	if undone, err := s.Settle("v1.1.0"); undone || err != nil {
		t.Error("where nothing is:", undone, err)
	}
}

// While one program puts files in place, others keep off.
func TestOneAtATime(t *testing.T) {
	s := prepared(t, "exit 0")
	unlock, mine := s.lock()
	if !mine {
		t.Fatal("nobody has it")
	}
	if err := s.Apply(); err == nil {
		t.Error("two put files in place")
	}
	if undone, err := s.Settle("v1.1.0"); undone || err != nil {
		t.Error("undone while it goes on:", err)
	}
	unlock()
	if err := s.Apply(); err != nil {
		t.Error(err)
	}
	if err := s.Prepare(t.Context(), "", File{}, "", ""); err == nil {
		t.Error("a second swap begins upon the first")
	}
}

func TestRun(t *testing.T) {
	s := prepared(t, confirms)
	if err := s.Run(t.Context(), "--hidden"); err != nil {
		t.Fatal(err)
	}
	if got := read(t, s.Root); got["bin/stratosdrive"] != program("v1.2.0", confirms) {
		t.Error("the new version is not there")
	}
}

// A new version that ends before it has started makes room for the old one,
// which is started again.
func TestRunOfWhatDoesNotStart(t *testing.T) {
	s := prepared(t, "exit 3")
	err := s.Run(t.Context())
	if !errors.Is(err, ErrWontStart) || fault.Sentence(err) != "The new version did not start, so the old one was put back." {
		t.Error(err)
	}
	ran := filepath.Join(s.Root, "bin", "stratosdrive.ran")
	for end := time.Now().Add(time.Minute); !there(ran) && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
	}
	raw, err := os.ReadFile(ran)
	if string(raw) != "old\n" || err != nil {
		t.Errorf("the old program wrote %q, %v", raw, err)
	}
	_ = os.Remove(ran)
	is(t, "afterwards", s.Root, oldFiles())
}

// A journal that says nothing sensible is not followed.
func TestJournalsThatAreDamaged(t *testing.T) {
	for name, text := range map[string]string{
		"cut": `{"version":1`, "of another kind": `{"version":2,"stage":"trial"}`, "leads elsewhere": `{"version":1,"stage":"trial","files":[{"name":"../../x","had":false}]}`,
	} {
		s := prepared(t, "")
		outside := filepath.Join(s.Root, "..", "..", "x")
		write(t, s.Root, map[string]string{filepath.Join("..", "..", "x"): "not ours"})
		if err := os.WriteFile(journalPath(s.Root), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if undone, err := s.Settle("v1.2.0"); undone || err == nil || !there(outside) {
			t.Errorf("%s: %v, %v", name, undone, err)
		}
	}
}

func TestAppImage(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"Stratos.AppImage": program("v1.1.0", ""), "other": "the user's"})
	raw := []byte(program("v1.2.0", ""))
	pack := filepath.Join(t.TempDir(), "new.AppImage")
	if err := os.WriteFile(pack, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	f := fileOf("new.AppImage", raw)
	f.Kind = AppImage
	s := Swap{Root: dir, Program: "Stratos.AppImage"}
	if err := errors.Join(s.Prepare(t.Context(), pack, f, "v1.1.0", "v1.2.0"), s.Apply(), s.Confirm("v1.2.0")); err != nil {
		t.Fatal(err)
	}
	is(t, "afterwards", dir, map[string]string{"Stratos.AppImage": string(raw), "other": "the user's"})
}
