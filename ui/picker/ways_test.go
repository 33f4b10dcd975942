package picker

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

// says tells whether a text is shown.
func says(in fyne.CanvasObject, text string) bool {
	return slices.ContainsFunc(test.LaidOutObjects(in), func(o fyne.CanvasObject) bool {
		switch w := o.(type) {
		case *widgets.Text:
			return strings.Contains(w.Text(), text)
		case *widgets.Paragraph:
			return strings.Contains(w.Text(), text)
		}
		return false
	})
}

// Files lie in the order that they have in the drive, whatever their names.
func TestOrderOfFiles(t *testing.T) {
	dir := fstest.MapFS{}
	for _, name := range []string{"IMG 10.jpg", "img 2.jpg", "IMG 1.jpg", "Été/x", "apple/x", "Zoo 10/x", "zoo 9/x", ".hidden/x"} {
		dir[name] = &fstest.MapFile{}
	}
	items, err := read(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, it := range items {
		names = append(names, it.name)
	}
	if got := strings.Join(names, "|"); got != "apple|zoo 9|Zoo 10|Été|IMG 1.jpg|img 2.jpg|IMG 10.jpg" {
		t.Error(got)
	}
}

// However items are tapped, what is chosen is what was tapped an odd number of
// times, and one file where one is wanted.
func TestWhatIsChosen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newModel("/home/ana", false)
		m.one = rapid.Bool().Draw(t, "one")
		for i := range rapid.IntRange(1, 6).Draw(t, "items") {
			m.items = append(m.items, item{name: fmt.Sprint("f", i), folder: rapid.Bool().Draw(t, "folder")})
		}
		odd := map[int]bool{}
		for _, i := range rapid.SliceOfN(rapid.IntRange(-1, 6), 0, 12).Draw(t, "taps") {
			m.toggle(i)
			switch {
			case i < 0 || i >= len(m.items) || m.one && m.items[i].folder:
			case m.one:
				on := !odd[i]
				clear(odd)
				odd[i] = on
			default:
				odd[i] = !odd[i]
			}
		}
		var want []string
		for i, on := range odd {
			if on {
				want = append(want, filepath.Join("/home/ana", fmt.Sprint("f", i)))
			}
		}
		slices.Sort(want)
		if got := m.result(); !slices.Equal(got, want) {
			t.Fatalf("%q, not %q", got, want)
		}
	})
}

// No name leads out of the folder, or hides the file.
func TestNamesOfFiles(t *testing.T) {
	for text, want := range map[string]string{
		"a.csv": "a.csv", " a b ": "a b", "../../etc/passwd": "-..-etc-passwd", ".profile": "profile", "a\\b": "a-b", "..": "", "\x00": "", "": "", "...": "", ". .": "", ".\v.x ": "x",
	} {
		if got := fileName(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		name := fileName(rapid.String().Draw(t, "name"))
		if strings.ContainsAny(name, "/\\\x00") || strings.HasPrefix(name, ".") || name != "" && filepath.Base(name) != name {
			t.Fatalf("%q", name)
		}
	})
}

// The whole of choosing by keyboard: down into a folder, up again, one chosen
// with Space, one more with Enter.
func TestChoosingByKeyboard(t *testing.T) {
	dir := tree(t)
	host, _ := stage.Host(t, 800, 600)
	var got []string
	p := open(host, newModel(dir, false), "Add files", "Add", func(paths []string) { got = paths })
	hands := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			host.Canvas().Focused().TypedKey(key(k))
		}
	}
	if host.Canvas().Focused() == nil {
		t.Fatal("nothing has the keyboard")
	}
	hands(fyne.KeyHome, fyne.KeyReturn)
	if p.model.dir != filepath.Join(dir, "Pictures") {
		t.Fatalf("Enter leads to %s", p.model.dir)
	}
	hands(fyne.KeyHome, fyne.KeySpace, fyne.KeyBackspace)
	if p.model.dir != dir || p.ok.Disabled() || p.ok.Text() != "Add" {
		t.Fatalf("in %s, the button says %q", p.model.dir, p.ok.Text())
	}
	hands(fyne.KeyHome, fyne.KeyDown, fyne.KeySpace)
	if p.ok.Text() != "Add 2" {
		t.Errorf("the button says %q", p.ok.Text())
	}
	hands(fyne.KeyEnd, fyne.KeyReturn)
	want := []string{filepath.Join(dir, "Letter.odt"), filepath.Join(dir, "Lisbon.mp4"), filepath.Join(dir, "Pictures", "sea.jpg")}
	if !slices.Equal(got, want) || p.dialog.Open() {
		t.Errorf("%q", got)
	}
}

// The button over the list leads up, to the top of the disk and no further.
func TestTheWayUp(t *testing.T) {
	dir := tree(t)
	host, _ := stage.Host(t, 800, 600)
	p := open(host, newModel(filepath.Join(dir, "Pictures"), true), "Folder", "Use", func([]string) {})
	test.Tap(p.parent)
	if p.model.dir != dir || !says(p.dialog, filepath.Base(dir)) {
		t.Errorf("up leads to %s", p.model.dir)
	}
	p.enter(string(filepath.Separator))
	if test.Tap(p.parent); p.model.dir != string(filepath.Separator) {
		t.Errorf("above the top lies %s", p.model.dir)
	}
	empty := filepath.Join(dir, "Pictures", "none")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	if p.enter(empty); !says(p.dialog, "This folder is empty") || p.ok.Disabled() {
		t.Error("an empty folder cannot be chosen")
	}
}

// What cannot be read is said, asked for again, and left by the way up.
func TestAFolderThatIsGone(t *testing.T) {
	dir := tree(t)
	host, _ := stage.Host(t, 800, 600)
	p := open(host, newModel(dir, false), "Add files", "Add", func([]string) {})
	gone := filepath.Join(dir, "gone")
	p.enter(gone)
	if !says(p.dialog, "This folder cannot be opened.") || says(p.dialog, "no such file") {
		t.Error("it is not said in a sentence")
	}
	if err := os.Mkdir(gone, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, o := range test.LaidOutObjects(p.body) {
		if b, ok := o.(*widgets.Button); ok {
			test.Tap(b)
			break
		}
	}
	if p.model.dir != gone {
		t.Errorf("in %s", p.model.dir)
	}
}

// Closing leaves nothing behind: what is read then is not shown, and Escape
// chooses nothing.
func TestClosingChoosesNothing(t *testing.T) {
	dir := tree(t)
	for name, shut := range map[string]func(p *picker){
		"Escape": func(p *picker) { p.host.Canvas().OnTypedKey()(key(fyne.KeyEscape)) },
		"Cancel": func(p *picker) { test.Tap(p.dialog.Sheet().Buttons[0]) },
	} {
		host, _ := stage.Host(t, 800, 600)
		p := open(host, newModel(dir, false), "Add files", "Add", func([]string) { t.Errorf("%s chooses", name) })
		p.list.OnTapped(1)
		reading := false
		end := p.leave
		p.leave = func() { reading = true; end() }
		if shut(p); p.dialog.Open() || !reading {
			t.Errorf("%s: open %v, reading was ended %v", name, p.dialog.Open(), reading)
		}
	}
}

// Whoever holds Enter too long replaces nothing, and the question can be closed.
func TestEnterReplacesNothing(t *testing.T) {
	dir := tree(t)
	for name, c := range map[string]struct {
		answer func(d *widgets.Dialog)
		saved  bool
	}{
		"Enter":      {func(d *widgets.Dialog) { d.Submit("") }, false},
		"Escape":     {func(d *widgets.Dialog) { d.Close() }, false},
		"Keep it":    {func(d *widgets.Dialog) { test.Tap(d.Sheet().Buttons[1]) }, false},
		"Replace it": {func(d *widgets.Dialog) { test.Tap(d.Sheet().Buttons[0]) }, true},
	} {
		host, _ := stage.Host(t, 800, 600)
		saved := ""
		p := save(host, "Save", dir, "Letter.odt", func(path string) { saved = path })
		p.dialog.Submit("")
		ask := host.Canvas().Overlays().Top().(*widgets.Dialog)
		if ask.Sheet().Title != "Replace Letter.odt?" || saved != "" {
			t.Fatalf("%s: nobody is asked", name)
		}
		c.answer(ask)
		if (saved == filepath.Join(dir, "Letter.odt")) != c.saved || ask.Open() {
			t.Errorf("%s: saved %q", name, saved)
		}
	}
}

// Double clicks and Enter on a file take it, and what was chosen before.
func TestOpeningAFileTakesIt(t *testing.T) {
	dir := tree(t)
	host, _ := stage.Host(t, 800, 600)
	var got []string
	p := open(host, newModel(dir, false), "Add files", "Add", func(paths []string) { got = paths })
	p.list.OnTapped(1)
	p.list.OnTapped(2)
	p.list.OnOpen(2)
	if want := []string{filepath.Join(dir, "Letter.odt"), filepath.Join(dir, "Lisbon.mp4")}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// In every language and at large text, nothing of the dialog is cut off.
func TestPickersInOtherLanguages(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	dir := tree(t)
	for _, code := range []string{"en", "de", "fr", "es", "zh"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		host, _ := stage.Host(t, 700, 400)
		for _, show := range []func(){
			func() { Files(host, dir, nil) }, func() { Folder(host, dir, nil) }, func() { File(host, "x", dir, nil) },
			func() { Save(host, "x", dir, "a.csv", nil) },
		} {
			show()
			d := host.Canvas().Overlays().Top().(*widgets.Dialog)
			for _, wrong := range stage.Cut(host.Canvas(), d) {
				t.Errorf("%s: %s", code, wrong)
			}
			d.Close()
		}
	}
}

// Saving, choosing a folder, one that is gone and the question before a file is
// replaced.
func TestStatePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		dir := tree(t)
		for name, show := range map[string]func(p *picker){
			"save":    func(*picker) {},
			"gone":    func(p *picker) { p.enter(filepath.Join(dir, "gone")) },
			"replace": func(p *picker) { p.accept() },
		} {
			host, _ := stage.Host(t, 760, 620)
			p := save(host, "Save the history", dir, "Letter.odt", func(string) {})
			p.place.SetText("/home/ana")
			show(p)
			shots.Match(t, name+"-"+mode, host.Window)
		}
	})
}
