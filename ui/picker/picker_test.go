package picker

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestListing(t *testing.T) {
	dir := fstest.MapFS{
		"b.txt": {Data: []byte("four")}, "A.txt": {}, ".hidden": {}, "music/song.mp3": {}, "Books/one": {},
	}
	items, err := read(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, it := range items {
		names = append(names, it.name)
	}
	if want := []string{"Books", "music", "A.txt", "b.txt"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
	if only, _ := read(dir, true); len(only) != 2 {
		t.Errorf("where a folder is wanted, %d items", len(only))
	}
}

// tree makes files to choose from, with a fixed time.
func tree(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, size := range map[string]int{"Pictures/sea.jpg": 10, "Letter.odt": 4000, "Lisbon.mp4": 120_000} {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, make([]byte, size), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	then := fake.Now.Add(-30 * time.Minute)
	for _, name := range []string{"Pictures", "Letter.odt", "Lisbon.mp4"} {
		if err := os.Chtimes(filepath.Join(dir, name), then, then); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestChoosingAcrossFolders(t *testing.T) {
	dir := tree(t)
	host, _ := stage.Host(t, 800, 600)
	var got []string
	p := open(host, newModel(dir, false), "Add files", "Add", func(paths []string) { got = paths })
	if !p.ok.Disabled() {
		t.Error("nothing is chosen, and yet it can be added")
	}
	p.list.OnTapped(1) // Letter.odt
	p.open(0)          // into Pictures
	p.list.OnTapped(0) // sea.jpg
	if p.ok.Text() != "Add 2" {
		t.Errorf("the button says %q", p.ok.Text())
	}
	p.key(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if p.model.dir != dir {
		t.Errorf("back in %s", p.model.dir)
	}
	p.accept()
	want := []string{filepath.Join(dir, "Letter.odt"), filepath.Join(dir, "Pictures", "sea.jpg")}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if p.dialog.Open() {
		t.Error("the dialog is still there")
	}
}

func TestChoosingAFolder(t *testing.T) {
	dir := tree(t)
	host, _ := stage.Host(t, 800, 600)
	var got []string
	p := open(host, newModel(dir, true), "Folder", "Use", func(paths []string) { got = paths })
	p.list.OnTapped(0)
	p.open(0)
	p.accept()
	if len(got) != 1 || got[0] != filepath.Join(dir, "Pictures") {
		t.Errorf("%q", got)
	}
}

func TestFolderThatCannotBeRead(t *testing.T) {
	dir := tree(t)
	host, _ := stage.Host(t, 800, 600)
	p := open(host, newModel(dir, false), "Add files", "Add", func([]string) { t.Error("nothing was chosen") })
	p.enter(filepath.Join(dir, "gone"))
	if p.model.dir != dir {
		t.Error("the old folder was lost")
	}
	p.dialog.Close()
}

func TestKeysToggleAndTapsUntoggle(t *testing.T) {
	dir := tree(t)
	host, _ := stage.Host(t, 800, 600)
	p := open(host, newModel(dir, false), "Add files", "Add", func([]string) {})
	p.list.Select(2)
	p.key(&fyne.KeyEvent{Name: fyne.KeySpace})
	if len(p.model.result()) != 1 {
		t.Error("Space did not choose")
	}
	p.list.OnTapped(2)
	if len(p.model.result()) != 0 || p.key(&fyne.KeyEvent{Name: fyne.KeyF1}) {
		t.Error("a second tap takes the choice back; other keys are not ours")
	}
	p.model.toggle(99)
}

func TestPicture(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		dir := tree(t)
		host, _ := stage.Host(t, 760, 560)
		p := open(host, newModel(dir, false), "Add files", "Add", func([]string) {})
		p.list.OnTapped(2)
		p.place.SetText("/home/ana") // the folder of a test has another name each time
		shots.Match(t, "files-"+mode, host.Window)
	})
}

func TestChoosingOneFile(t *testing.T) {
	dir := tree(t)
	host, _ := stage.Host(t, 800, 600)
	got := ""
	File(host, "Choose", dir, func(p string) { got = p })
	m := newModel(dir, false)
	m.one = true
	p := open(host, m, "Choose", "Choose", func(paths []string) { got = paths[0] })
	p.list.OnTapped(0) // a folder is no file
	if !p.ok.Disabled() {
		t.Error("a folder was chosen")
	}
	p.list.OnTapped(1)
	p.list.OnTapped(2) // in place of the first
	p.accept()
	if got != filepath.Join(dir, "Lisbon.mp4") || len(p.model.result()) != 1 {
		t.Errorf("%q of %q", got, p.model.result())
	}
	p.open(1)
	if got != filepath.Join(dir, "Letter.odt") {
		t.Error(got)
	}
}

func TestSaving(t *testing.T) {
	dir := tree(t)
	host, _ := stage.Host(t, 800, 600)
	var got []string
	Save(host, "Save", dir, "x", func(string) {})
	p := save(host, "Save", dir, "history.csv", func(path string) { got = append(got, path) })
	p.accept()
	p = save(host, "Save", dir, "../Letter.odt", func(path string) { got = append(got, path) })
	p.accept()
	p = save(host, "Save", dir, "Letter.odt", func(path string) { got = append(got, path) })
	p.accept()
	if len(got) != 2 {
		t.Fatalf("a file was replaced without asking: %q", got)
	}
	ask := host.Canvas().Overlays().Top().(*widgets.Dialog)
	test.Tap(ask.Sheet().Buttons[0])
	want := []string{filepath.Join(dir, "history.csv"), filepath.Join(dir, "-Letter.odt"), filepath.Join(dir, "Letter.odt")}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if p = save(host, "Save", dir, " . ", nil); !p.ok.Disabled() {
		t.Error("a file needs a name")
	}
}
