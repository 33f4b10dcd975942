package scan

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// folder is a folder on disk together with what is known of it.
type folder struct {
	t     *testing.T
	root  string
	known *tree.Disk
	next  byte
}

func newFolder(t *testing.T) *folder {
	return &folder{t: t, root: t.TempDir(), known: tree.NewDisk()}
}

func (f *folder) path(name string) string { return filepath.Join(f.root, name) }

func (f *folder) write(name, body string) {
	f.t.Helper()
	if err := os.MkdirAll(filepath.Dir(f.path(name)), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(f.path(name), []byte(body), 0o644); err != nil {
		f.t.Fatal(err)
	}
}

func (f *folder) do(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *folder) fresh() tree.ID {
	f.next++
	return tree.ID{f.next}
}

func nothing(tree.ID, *Item) (tree.ID, bool) { return tree.ID{}, false }

// look scans, takes what it finds for known, and returns the ids by path.
func (f *folder) look() map[string]tree.ID {
	f.t.Helper()
	res, err := Walk(f.t.Context(), disk.OS{}, names.Unix(), f.root)
	f.do(err)
	ids := map[string]tree.ID{}
	known := tree.NewDisk()
	for _, x := range Identify(names.Unix(), res, f.known, nothing, f.fresh) {
		if known.Has(x.ID) {
			f.t.Fatal("one id for two items", x.Path)
		}
		ids[x.Path] = x.ID
		n := tree.OnDisk{Stat: x.Stat}
		n.ID, n.Parent, n.Name, n.Kind = x.ID, x.Parent, x.Name, x.Kind
		known.Set(n)
	}
	f.known = known
	return ids
}

func TestMovedThingsKeepTheirIDs(t *testing.T) {
	f := newFolder(t)
	f.write("a/x", "1")
	f.write("a/deep/y", "22")
	f.write("b/z", "333")
	f.write("top", "4444")
	old := f.look()
	f.do(os.Rename(f.path("a"), f.path("b/a2")))
	f.do(os.Rename(f.path("top"), f.path("b/bottom")))
	f.do(os.Mkdir(f.path("a"), 0o755))
	f.write("a/x", "another")
	now := f.look()
	for from, to := range map[string]string{"a": "b/a2", "a/x": "b/a2/x", "a/deep": "b/a2/deep", "a/deep/y": "b/a2/deep/y", "top": "b/bottom", "b/z": "b/z"} {
		if old[from] != now[to] {
			t.Errorf("%s is not %s", to, from)
		}
	}
	if now["a"] == old["a"] || now["a/x"] == old["a/x"] {
		t.Error("a new folder took an old id")
	}
}

func TestSavedByRenameIsTheSameFile(t *testing.T) {
	f := newFolder(t)
	f.write("note", "old")
	old := f.look()
	f.write("note.new", "new")
	f.do(os.Rename(f.path("note.new"), f.path("note")))
	if now := f.look(); now["note"] != old["note"] {
		t.Error("an editor's save made another file")
	}
}

func TestBackupOnSaveKeepsTheName(t *testing.T) {
	f := newFolder(t)
	f.write("note", "old")
	old := f.look()
	f.do(os.Rename(f.path("note"), f.path("note~")))
	f.write("note", "new")
	if now := f.look(); now["note"] != old["note"] {
		t.Error("the note is another file now")
	}
}

func TestFileBecomesFolder(t *testing.T) {
	f := newFolder(t)
	f.write("x", "file")
	old := f.look()
	f.do(os.Remove(f.path("x")))
	f.write("x/y", "inside")
	if now := f.look(); now["x"] == old["x"] {
		t.Error("a file became a folder under one id")
	}
}

func TestHardLinksAreTwoFiles(t *testing.T) {
	f := newFolder(t)
	f.write("a", "1")
	f.do(os.Link(f.path("a"), f.path("b")))
	old := f.look()
	f.do(os.Rename(f.path("a"), f.path("c")))
	now := f.look()
	if now["b"] != old["b"] || now["c"] == old["b"] {
		t.Error(old, now)
	}
}

func TestIgnoredAndPrivate(t *testing.T) {
	f := newFolder(t)
	for _, name := range []string{".DS_Store", "sub/Thumbs.db", "~$doc.docx", ".~lock.a.odt#", "x.part", Private + "/drive", "sub/" + Private, "keep.txt"} {
		f.write(name, "x")
	}
	var got []string
	for p := range f.look() {
		got = append(got, p)
	}
	slices.Sort(got)
	if want := []string{"keep.txt", "sub", "sub/" + Private}; !slices.Equal(got, want) {
		t.Error(got)
	}
}

func TestWalkEndsWithItsContext(t *testing.T) {
	f := newFolder(t)
	f.write("a", "1")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Walk(ctx, disk.OS{}, names.Unix(), f.root); err == nil {
		t.Error("no error")
	}
	if _, err := Walk(t.Context(), disk.OS{}, names.Unix(), f.path("none")); err == nil {
		t.Error("missing root is no error")
	}
}

func waitFor(t *testing.T, w *Watcher, what string) {
	t.Helper()
	select {
	case <-w.Changed:
	case <-time.After(10 * time.Second):
		t.Fatal("not told of ", what)
	}
}

// drain waits until no more changes are told, so that the next one is new.
func drain(w *Watcher) {
	for {
		select {
		case <-w.Changed:
		case <-time.After(50 * time.Millisecond):
			return
		}
	}
}

func TestWatcherSeesNewFolders(t *testing.T) {
	f := newFolder(t)
	f.write("old/a", "1")
	w, err := Watch(f.root, ignore.BuiltIn)
	f.do(err)
	defer w.Close()
	go w.Run(t.Context())
	f.write("old/b", "2")
	waitFor(t, w, "a file in a folder")
	f.write("new/deep/c", "3")
	waitFor(t, w, "a new folder")
	drain(w)
	f.write("new/deep/c", "44")
	waitFor(t, w, "a change in a new folder")
	drain(w)
	f.do(os.Rename(f.path("new"), f.path("moved")))
	waitFor(t, w, "a rename")
	drain(w)
	f.write("moved/deep/d", "5")
	waitFor(t, w, "a change in a renamed folder")
	drain(w)
	f.write(Private+"/tmp/x", "6")
	f.write("x.part", "7")
	select {
	case <-w.Changed:
		t.Error("told of files that are not synced")
	case <-time.After(100 * time.Millisecond):
	}
}
