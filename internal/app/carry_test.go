package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// sampleFolder is a folder with all that a drive may hold: by path, what a file
// says, where a link leads ("-> x"), or nothing for an empty folder ("x/").
var sampleFolder = map[string]string{
	".stratos/drive":         "mark\nfolder\n",
	"Notes.txt":              "what I saw",
	"Empty/":                 "",
	"empty.txt":              "",
	"Films/2025/long.mp4":    strings.Repeat("frame", 200_000),
	"Films/shortcut":         "-> ../Notes.txt",
	"Films/nowhere":          "-> not there",
	"Ünïcode ☂/deep/er/a b":  "x",
	".hidden":                "dots are files too",
	"Films/2025/.stos-1.tmp": "half a file of some other program",
}

func makeFolder(t *testing.T, root string, what map[string]string) {
	t.Helper()
	for name, content := range what {
		p, err := filepath.Join(root, name), error(nil)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		target, link := strings.CutPrefix(content, "-> ")
		switch {
		case strings.HasSuffix(name, "/"):
			err = os.MkdirAll(p, 0o755)
		case link:
			err = os.Symlink(target, p)
		default:
			err = errors.Join(os.WriteFile(p, []byte(content), 0o640), os.Chtimes(p, time.Time{}, time.Unix(1_700_000_000, 5000)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// lying returns what a folder has, in the words of sampleFolder; nil for none.
func lying(t *testing.T, root string) map[string]string {
	t.Helper()
	var found map[string]string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if found == nil {
			found = map[string]string{}
		}
		rel, _ := filepath.Rel(root, p)
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(p)
			found[rel] = "-> " + target
			return err
		case d.IsDir():
			if list, err := os.ReadDir(p); err != nil || len(list) == 0 && p != root {
				found[rel+"/"] = ""
			}
			return nil
		}
		data, err := os.ReadFile(p)
		found[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func compareFolder(t *testing.T, root string, want map[string]string) {
	t.Helper()
	got := lying(t, root)
	for name, content := range want {
		if have, there := got[name]; !there || have != content {
			t.Errorf("%s: %d bytes there (%v), want %d", name, len(have), there, len(content))
		}
	}
	for name := range got {
		if _, wanted := want[name]; !wanted {
			t.Errorf("%s is there too", name)
		}
	}
}

// otherDisk is a rename between two disks.
func otherDisk(string, string) error { return syscall.EXDEV }

func places(t *testing.T) (from, to string) {
	t.Helper()
	dir := t.TempDir()
	from, to = filepath.Join(dir, "old"), filepath.Join(dir, "disk", "new")
	makeFolder(t, from, sampleFolder)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	return from, to
}

func TestFolderIsCarried(t *testing.T) {
	for name, rename := range map[string]func(string, string) error{"on one disk": os.Rename, "to another disk": otherDisk} {
		t.Run(name, func(t *testing.T) {
			from, to := places(t)
			var told []string
			c := newCarrier(from, to, func(step FolderStep, done, total int64) {
				if done == total && (len(told) == 0 || told[len(told)-1] != string(step)) {
					told = append(told, string(step))
				}
			})
			c.rename = rename
			if err := c.bring(t.Context()); err != nil {
				t.Fatal(err)
			}
			if left, err := c.clear(t.Context()); left != 0 || err != nil {
				t.Fatalf("%d left, %v", left, err)
			}
			compareFolder(t, to, sampleFolder)
			if found := lying(t, from); found != nil {
				t.Errorf("the old place has %d things", len(found))
			}
			info, err := os.Stat(filepath.Join(to, "Notes.txt"))
			if err != nil || info.Mode().Perm() != 0o640 || !info.ModTime().Equal(time.Unix(1_700_000_000, 5000)) {
				t.Errorf("%v, %v", info, err)
			}
			if want := map[bool]string{false: "", true: "copying clearing"}[len(told) > 0]; strings.Join(told, " ") != want {
				t.Errorf("told %q", told)
			}
		})
	}
}

// A file that a person changes between the copy and the emptying stays in the
// old place; one that changes while all is copied is copied again.
func TestFilesThatChangeMeanwhile(t *testing.T) {
	from, to := places(t)
	c := newCarrier(from, to, nil)
	c.rename = otherDisk
	edited := false
	c.tell = func(_ FolderStep, _, _ int64) {
		if at := filepath.Join(to, "Notes.txt"); !edited && isThere(at) {
			edited = true
			makeFolder(t, from, map[string]string{"Notes.txt": "what I saw, and more"})
		}
	}
	if err := c.bring(t.Context()); err != nil || !edited {
		t.Fatal(err, edited)
	}
	if got := lying(t, to)["Notes.txt"]; got != "what I saw, and more" {
		t.Errorf("copied %q", got)
	}
	makeFolder(t, from, map[string]string{".hidden": "changed too late", "New.txt": "made too late"})
	left, err := c.clear(t.Context())
	if left != 2 || err != nil {
		t.Errorf("%d left, %v", left, err)
	}
	compareFolder(t, from, map[string]string{".hidden": "changed too late", "New.txt": "made too late"})
}

func isThere(p string) bool { _, err := os.Lstat(p); return err == nil }

func TestRestlessFolderIsNotMoved(t *testing.T) {
	from, to := places(t)
	c, n := newCarrier(from, to, nil), 0
	c.rename = otherDisk
	c.tell = func(FolderStep, int64, int64) {
		n++
		makeFolder(t, from, map[string]string{"Notes.txt": strings.Repeat("x", n)})
	}
	if err := c.bring(t.Context()); !errors.Is(err, errRestless) {
		t.Error(err)
	}
}

// What somebody else put in the new place keeps its content.
func TestNothingInTheNewPlaceIsReplaced(t *testing.T) {
	from, to := places(t)
	makeFolder(t, to, map[string]string{"Notes.txt": "mine", "Films/shortcut": "mine too"})
	c := newCarrier(from, to, nil)
	c.rename = otherDisk
	if err := c.bring(t.Context()); err != nil {
		t.Fatal(err)
	}
	left, err := c.clear(t.Context())
	if got := lying(t, to); got["Notes 2.txt"] != "mine" || got["Notes.txt"] != "what I saw" || got["Films/shortcut"] != "mine too" {
		t.Errorf("%.80v", got)
	}
	if left != 1 || err != nil || lying(t, from)["Films/shortcut"] == "" {
		t.Errorf("%d left, %v", left, err)
	}
}

// A kill at any moment loses nothing: whoever goes on, or gives up, ends with
// every file in one place, whole.
func TestCarryingIsKilledAnywhere(t *testing.T) {
	for at := 1; ; at++ {
		from, to := places(t)
		ctx, kill := context.WithCancel(t.Context())
		c, steps := newCarrier(from, to, nil), 0
		c.rename = otherDisk
		c.step = func() error {
			if steps++; steps == at {
				kill()
			}
			return ctx.Err()
		}
		err := c.bring(ctx)
		bringing := err != nil
		if err == nil {
			_, err = c.clear(ctx)
		}
		kill()
		if steps < at {
			if err != nil || at < 10 {
				t.Fatalf("only %d steps: %v", steps, err)
			}
			return
		}
		everyFileIsSomewhere(t, from, to)
		if at%2 == 0 && bringing { // given up
			if err := newCarrier(from, to, nil).takeBack(t.Context()); err != nil {
				t.Fatal(err)
			}
			compareFolder(t, from, sampleFolder)
			if got := lying(t, to); len(got) > 0 {
				t.Errorf("killed at %d: %d things lie in the new place", at, len(got))
			}
			continue
		}
		again := newCarrier(from, to, nil)
		again.rename = otherDisk
		if bringing {
			if err := again.bring(t.Context()); err != nil {
				t.Fatalf("killed at %d: %v", at, err)
			}
		}
		if left, err := again.clear(t.Context()); left != 0 || err != nil {
			t.Fatalf("killed at %d: %d left, %v", at, left, err)
		}
		compareFolder(t, to, sampleFolder)
	}
}

func everyFileIsSomewhere(t *testing.T, from, to string) {
	t.Helper()
	old, now := lying(t, from), lying(t, to)
	for name, content := range sampleFolder {
		if old[name] != content && now[name] != content {
			t.Errorf("%s is lost", name)
		}
	}
}

func TestFilesAreCompared(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("x", 1<<18)
	makeFolder(t, dir, map[string]string{"a": long + "1", "b": long + "1", "c": long + "2", "d": long, "e": ""})
	at := func(name string) string { return filepath.Join(dir, name) }
	for pair, same := range map[string]bool{"ab": true, "ac": false, "ad": false, "da": false, "ee": true, "ea": false} {
		if err := sameBytes(t.Context(), at(pair[:1]), at(pair[1:])); (err == nil) != same {
			t.Errorf("%s: %v", pair, err)
		}
	}
	for _, pair := range []string{"az", "za"} {
		if err := sameBytes(t.Context(), at(pair[:1]), at(pair[1:])); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", pair, err)
		}
	}
}
