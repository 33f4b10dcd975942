package viewer

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/picture"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestWhatIsShownOfAFolder(t *testing.T) {
	entries := []app.Entry{
		{Name: "b 10.jpg", Path: "x/b 10.jpg"},
		{Name: "b 2.PNG", Path: "x/b 2.PNG"},
		{Name: "film.mp4", Path: "x/film.mp4", Video: true},
		{Name: "folder.jpg", Path: "x/folder.jpg", Folder: true},
		{Name: "a.txt", Path: "x/a.txt"},
		{Name: "a.bin", Path: "x/a.bin"},
	}
	for name, want := range map[string]int{"x/a.txt": 0, "x/b 2.PNG": 1, "x/b 10.jpg": 2, "x/film.mp4": -1, "x/gone.jpg": -1, "": -1} {
		files, at := around(entries, name)
		if !slices.Equal(files, []string{"x/a.txt", "x/b 2.PNG", "x/b 10.jpg"}) || at != want {
			t.Errorf("%s: %d of %v", name, at, files)
		}
	}
	if files, at := around(nil, "a.txt"); len(files) != 0 || at != -1 {
		t.Errorf("%d of %v", at, files)
	}
	for name, want := range map[string]string{"a.txt": "", "x/a.txt": "x", "x/y/a.txt": "x/y"} {
		if got := folderOf(name); got != want {
			t.Errorf("%s lies in %q", name, got)
		}
	}
}

// tools are the words of the buttons above, "-" for those with a drawing only,
// in brackets those that cannot be pressed.
func tools(p *Page) string {
	var out []string
	for _, o := range test.LaidOutObjects(p.tools) {
		if b, ok := o.(*widgets.Button); ok {
			word := b.Text()
			if word == "" {
				word = "-"
			}
			if b.Disabled() {
				word = "[" + word + "]"
			}
			out = append(out, word)
		}
	}
	return strings.Join(out, " ")
}

func TestToolsOfEachKind(t *testing.T) {
	for name, want := range map[string]string{
		"Map scan.png":     "[-] - Open with another program", // the first, and it cannot be read
		"Notes.md":         "Copy - - Open with another program",
		"Roof at dawn.jpg": "- - - [-] Open with another program",
	} {
		p, _ := opened(t, name)
		if got := tools(p); got != want {
			t.Errorf("%s: %s", name, got)
		}
		p.Leave()
	}
}

func TestToolsDoWhatTheyShow(t *testing.T) {
	p, told := opened(t, "Roof at dawn.jpg")
	var all []*widgets.Button
	for _, o := range test.LaidOutObjects(p.tools) {
		if b, ok := o.(*widgets.Button); ok {
			all = append(all, b)
		}
	}
	test.Tap(all[1])
	if p.photo.zoom != zoomStep {
		t.Errorf("larger: %v", p.photo.zoom)
	}
	test.Tap(all[0])
	if p.photo.zoom != noZoom {
		t.Errorf("fitted: %v", p.photo.zoom)
	}
	test.Tap(all[4])
	if len(told.Opened) != 1 {
		t.Errorf("opened %q", told.Opened)
	}
	test.Tap(all[2])
	if p.what != folder+"Notes.md" {
		t.Errorf("before it comes %s", p.what)
	}
	p.Leave()
}

func TestEachKeyDoesOneThing(t *testing.T) {
	notes, map_, roof := folder+"Notes.md", folder+"Map scan.png", folder+"Roof at dawn.jpg"
	for key, want := range map[fyne.KeyName]string{
		fyne.KeyLeft: map_, fyne.KeyPageUp: map_, fyne.KeyRight: roof, fyne.KeyPageDown: roof, fyne.KeySpace: roof,
		fyne.KeyEscape: "back", fyne.KeyBackspace: "back", fyne.KeyPlus: notes, fyne.KeyMinus: notes, fyne.Key0: notes, fyne.KeyF5: notes,
	} {
		p, told := opened(t, "Notes.md")
		got := ""
		if press(p, key); told.Backs > 0 {
			got = "back"
		} else {
			got = p.what
		}
		if got != want {
			t.Errorf("%s: %s, want %s", key, got, want)
		}
		p.Leave()
	}
	p, _ := opened(t, "Roof at dawn.jpg")
	for _, c := range []struct {
		key  fyne.KeyName
		zoom float32
	}{{fyne.KeyPlus, zoomStep}, {fyne.KeyEqual, zoomStep * zoomStep}, {fyne.Key0, noZoom}, {fyne.KeyEqual, zoomStep}, {fyne.KeyMinus, noZoom}} {
		if press(p, c.key); !same(p.photo.zoom, c.zoom) {
			t.Errorf("%s: %v", c.key, p.photo.zoom)
		}
	}
	p.Leave()
}

func TestPicturesThatAreNotShown(t *testing.T) {
	for part, raw := range map[string][]byte{"cannot be read": []byte("no picture")} {
		if _, err := decode(raw); err == nil || !strings.Contains(fault.Sentence(err), part) {
			t.Errorf("%q: %v", raw, err)
		}
	}
	huge := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00\x00\x01\x00\x00\x08\x06\x00\x00\x00"), 0x1D, 0x90, 0x1E, 0x62)
	if _, err := decode(huge); err == nil || errors.Is(err, picture.ErrHuge) != strings.Contains(fault.Sentence(err), "too large") {
		t.Errorf("%v", err)
	}
}

func TestWhatCannotBeFetchedCanBeTriedAgain(t *testing.T) {
	host, told := stage.Host(t, 900, 600)
	b := backend(t)
	b.Err = fake.ErrOffline
	p := New(host, b, folder+"Notes.md")
	stage.Put(host, p)
	p.Focus()
	if p.text != nil || len(p.files) != 0 || p.place.Text() != "" {
		t.Fatal("something is shown")
	}
	p.elsewhere()
	if len(told.Said) != 1 || told.Said[0] != fault.Sentence(fake.ErrOffline) || len(told.Opened) != 0 {
		t.Errorf("said %q", told.Said)
	}
	b.Err = nil
	for _, o := range test.LaidOutObjects(p.body) {
		if again, ok := o.(*widgets.Button); ok {
			test.Tap(again)
		}
	}
	if p.text == nil {
		t.Error("it is not tried again")
	}
	p.Leave()
}

// What was being fetched for a file that was left is not shown for the next.
func TestLateFilesAreNotShown(t *testing.T) {
	host, _ := stage.Host(t, 900, 600)
	p := New(host, backend(t), folder+"Notes.md")
	stage.Put(host, p)
	p.Focus()
	old := p.loading
	p.step(1)
	if old.Context().Err() == nil {
		t.Error("the first is still being fetched")
	}
	late := false
	if page.Run(old, func(ctx context.Context) (int, error) { return 0, nil }, func(int, error) { late = true }); late {
		t.Error("a late answer is taken")
	}
	if p.loading.Context().Err() != nil {
		t.Error("the second is not fetched")
	}
	p.Leave()
	if p.loading.Context().Err() == nil {
		t.Error("it is fetched although the page was left")
	}
}

// loadingBackend looks at the page while it fetches.
type loadingBackend struct {
	*fake.Backend
	during func()
}

func (b loadingBackend) ReadFile(ctx context.Context, path string, limit int64, progress func(done, total int64)) ([]byte, error) {
	progress(1, 0) // a length that is not known
	progress(30, 100)
	b.during()
	return b.Backend.ReadFile(ctx, path, limit, progress)
}

func TestLoadingPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		host, told := stage.Host(t, 900, 600)
		var p *Page
		b := loadingBackend{backend(t), func() {}}
		p = New(host, &b, folder+"Map scan.png")
		stage.Put(host, p)
		b.during = func() {
			shots.Match(t, "loading-"+mode, host.Window)
			for _, o := range test.LaidOutObjects(p.body) {
				if cancel, ok := o.(*widgets.Button); ok {
					test.Tap(cancel)
				}
			}
		}
		p.Focus()
		p.step(1)
		if told.Backs != 1 {
			t.Error("Cancel does not go back")
		}
		p.Leave()
	})
}

func TestEmptyFilesAreTexts(t *testing.T) {
	host, _ := stage.Host(t, 900, 600)
	b := backend(t)
	b.Files[folder+"Notes.md"] = []byte{}
	p := New(host, b, folder+"Notes.md")
	stage.Put(host, p)
	p.Focus()
	if p.text == nil || len(p.text.shown) != 1 || p.text.Selected() != "" {
		t.Error("an empty text is not shown")
	}
	p.text.SelectAll()
	line(p, 0).DoubleTapped(&fyne.PointEvent{})
	line(p, 0).Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(40, 400)}})
	if p.text.Selected() != "" {
		t.Error("something of nothing")
	}
	p.Leave()
}
