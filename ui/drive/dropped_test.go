package drive

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// inList is a place of the window: so far from the upper left corner of an item
// of the list.
func inList(p *Page, item int, dx, dy float32) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(p.list).AddXY(dx, float32(item)*48+dy)
}

// What is dropped goes where the pointer is.
func TestWhatIsDroppedLandsUnderThePointer(t *testing.T) {
	p, backend, told := opened(t)
	over := func(part int) fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(p.way.parts[part]).AddXY(4, 4)
	}
	for name, c := range map[string]struct {
		at   fyne.Position
		into string
		lit  int
	}{
		"a folder":           {inList(p, 1, 200, 20), "Work/Portugal/Travel 2026", 1},
		"another folder":     {inList(p, 0, 10, 47), "Work/Portugal/Invoices", 0},
		"a file":             {inList(p, 3, 200, 20), "Work/Portugal", -1},
		"below the items":    {inList(p, 9, 200, 20), "Work/Portugal", -1},
		"the title":          {fyne.NewPos(300, 5), "Work/Portugal", -1},
		"the way to the top": {over(0), "", -1},
		"the way up":         {over(1), "Work", -1},
		"outside":            {fyne.NewPos(-5, -5), "Work/Portugal", -1},
	} {
		p.list.Light(-1)
		told.Said = nil
		p.DropAt([]string{"/tmp/" + name}, c.at)
		if !backend.Asked("add /tmp/" + name + " to " + c.into) {
			t.Errorf("%s: %v", name, backend.Calls)
		}
		if len(told.Said) != 1 || !strings.HasPrefix(told.Said[0], "Adding to "+nameOf(c.into)) {
			t.Errorf("%s: said %q", name, told.Said)
		}
		if _, lit := p.folderAt(c.at); lit != c.lit {
			t.Errorf("%s: item %d is lit", name, lit)
		}
	}
	calls := len(backend.Calls)
	p.DropAt(nil, inList(p, 1, 200, 20))
	if len(backend.Calls) != calls {
		t.Error("nothing was dropped, and yet something was added")
	}
}

// Folders that a rule leaves out take nothing: it would not be synced.
func TestLeftOutFoldersTakeNothing(t *testing.T) {
	p, backend, _ := opened(t)
	list := fake.Portugal()
	list[0].Status = app.Ignored
	backend.Entries["Work/Portugal"] = list
	p.Follow(app.Event{Kind: app.DriveChanged})
	if into, item := p.folderAt(inList(p, 1, 200, 20)); into != "Work/Portugal" || item != -1 {
		t.Errorf("into %q, item %d", into, item)
	}
	backend.Entries["Work/Portugal"] = nil
	p.Follow(app.Event{Kind: app.DriveChanged})
	if into, item := p.folderAt(inList(p, 1, 200, 20)); into != "Work/Portugal" || item != -1 {
		t.Errorf("into %q, item %d of an empty folder", into, item)
	}
}

func TestDropPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		host, _ := stage.Host(t, 664, 400)
		p := New(host, fake.Full(), "Work/Portugal", true)
		stage.Put(host, p)
		p.DropAt([]string{"/tmp/a.txt"}, inList(p, 1, 200, 20))
		shots.Match(t, "dropped-"+mode, host.Window)
	})
}

// In a narrow window the way to the folder has room, and its end is seen.
func TestNarrowPagesShowTheFolder(t *testing.T) {
	for width, words := range map[float32]string{664: "", 720: "", 760: "Add files", 1200: "Add files"} {
		host, _ := stage.Host(t, width, 400)
		p := New(host, fake.Full(), "Work/Portugal", true)
		stage.Put(host, p)
		way := p.way.object
		if p.addFiles.Text() != words || way.Size().Width < 100 {
			t.Errorf("at %v the button says %q, and the way has %v", width, p.addFiles.Text(), way.Size().Width)
		}
		if end := way.Content.MinSize().Width; way.Offset.X+way.Size().Width < end && way.Size().Width < end {
			t.Errorf("at %v the folder is out of sight: %v of %v", width, way.Offset.X+way.Size().Width, end)
		}
	}
}
