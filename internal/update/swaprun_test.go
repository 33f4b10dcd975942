//go:build unix

package update

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

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

// What another start looks at is confirmed by the next one.
func TestConfirmingOneAtATime(t *testing.T) {
	s := prepared(t, "exit 0")
	if err := s.Apply(); err != nil {
		t.Fatal(err)
	}
	unlock, mine := s.lock()
	if !mine {
		t.Fatal("nobody has it")
	}
	if err := s.Confirm("v1.2.0"); err != nil || !there(journalPath(s.Root)) || !there(s.kept("bin/stratosdrive")) {
		t.Error("confirmed while another looks at it:", err)
	}
	unlock()
	if err := s.Confirm("v1.2.0"); err != nil || there(journalPath(s.Root)) {
		t.Error("not confirmed:", err)
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
