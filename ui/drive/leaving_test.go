package drive

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

// changing is everything on the page that changes the drive: how it is begun,
// in which call it can be interrupted, and what was asked for when it is done.
var changing = map[string]struct {
	begin func(*testing.T, *Page)
	call  string
	asked []string
	said  string
	undo  bool
}{
	"drop": {func(_ *testing.T, p *Page) { p.Drop([]string{"/tmp/a", "/tmp/b"}) }, "add", []string{"add /tmp/a to Work/Portugal", "add /tmp/b to Work/Portugal"}, "Adding to Portugal", false},
	"rename": {
		func(_ *testing.T, p *Page) { p.askName(p.shown.at(3)); rename(p, "Other.pdf") }, "rename",
		[]string{"move " + in + "Contract draft.pdf to " + in + "Other.pdf"},
		"", false,
	},
	"folder": {func(_ *testing.T, p *Page) { p.askFolder(); rename(p, "Holiday") }, "folder", []string{"new folder " + in + "Holiday"}, "", false},
	"keep":   {func(_ *testing.T, p *Page) { p.keep(p.shown.all()[4:5], true) }, "keep", []string{"keep " + in + "Interview cut 3.mov"}, "Interview cut 3.mov is fetched to this computer", false},
	"free": {
		func(_ *testing.T, p *Page) { p.keep(p.shown.all()[2:4], false) }, "free",
		[]string{"free " + in + "Budget.xlsx", "free " + in + "Contract draft.pdf"},
		"2 items stay online and leave this computer", false,
	},
	"bring back": {
		func(t *testing.T, p *Page) {
			v := p.showVersions(p.shown.at(3))
			v.table.Select(1)
			test.Tap(v.restore)
		}, "restore",
		[]string{"restore " + in + "Contract draft.pdf v2 copy false"},
		"The version of Friday, 09:12 is back", false,
	},
	"delete one":     {func(_ *testing.T, p *Page) { p.remove(p.shown.all()[2:3]) }, "remove", []string{"remove " + in + "Budget.xlsx"}, "Deleted Budget.xlsx", true},
	"delete several": {func(_ *testing.T, p *Page) { p.remove(p.shown.all()[2:5]) }, "remove", []string{"remove " + in + "Interview cut 3.mov"}, "3 items deleted", true},
	"delete many":    {func(_ *testing.T, p *Page) { p.remove(p.shown.all()) }, "remove", []string{"remove " + in + "Roof at dawn.jpg"}, "9 items deleted", true},
	"move":           {func(_ *testing.T, p *Page) { p.move(p.shown.all()[2:4], "Music") }, "move", []string{"move " + in + "Budget.xlsx to Music/Budget.xlsx"}, "2 items moved to Music", true},
	"settle": {
		func(t *testing.T, p *Page) { p.showConflict(p.shown.at(2)); tap(t, dialogOf(t, p), "Keep both") }, "settle",
		[]string{"keep both of Budget.xlsx"},
		"Both versions of Budget.xlsx stay", true,
	},
}

// Whoever goes on to another page while something is done to the drive ends
// nothing: it comes to its end, is said, and can be taken back.
func TestChangesGoOnWithoutThePage(t *testing.T) {
	for name, c := range changing {
		p, backend, told := openedDuring(t)
		left := false
		backend.meanwhile = func(ctx context.Context, call string) {
			if call == c.call && !left {
				p.Leave()
				left = true
				if ctx.Err() != nil {
					t.Errorf("%s: leaving the page ends it", name)
				}
			}
		}
		c.begin(t, p)
		if !left {
			t.Fatalf("%s: nothing was begun", name)
		}
		for _, asked := range c.asked {
			if !backend.Asked(asked) {
				t.Errorf("%s: asked %q, not %q", name, backend.Calls, asked)
			}
		}
		if c.said != "" && last(told) != c.said || c.said == "" && len(told.Said) > 0 {
			t.Errorf("%s: said %q, not %q", name, told.Said, c.said)
		}
		if (len(told.Offers) == 1) != c.undo {
			t.Fatalf("%s: %d offers", name, len(told.Offers))
		}
		if c.undo {
			told.Offers[0]()
			if last(told) != "It is as it was before" {
				t.Errorf("%s: undo says %q", name, last(told))
			}
		}
		if p.host.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: a dialog stays", name)
		}
	}
}

// What goes wrong is said once, in a sentence, and the list is read again.
func TestChangesThatFail(t *testing.T) {
	for name, c := range changing {
		p, backend, told := openedDuring(t)
		read := 0
		backend.meanwhile = func(_ context.Context, call string) {
			switch call {
			case c.call:
				backend.Err = fake.ErrOffline
			case "list":
				backend.Err = nil
				read++
			}
		}
		c.begin(t, p)
		wrong := 0
		for _, s := range told.Said {
			if strings.HasPrefix(s, "The network does not answer") {
				wrong++
			}
		}
		if wrong != 1 || read != 1 {
			t.Errorf("%s: said %q, read %d times", name, told.Said, read)
		}
	}
}

// Of many, those that were done before it was stopped, or before it went wrong,
// can be taken back; what went wrong is said with it.
func TestHalfOfItCanBeTakenBack(t *testing.T) {
	for name, c := range map[string]struct {
		do        func(p *Page)
		meanwhile func(t *testing.T, p *Page, b *during)
		said      string
		undone    string
	}{
		"deleting is stopped": {
			func(p *Page) { p.remove(p.shown.all()) },
			func(t *testing.T, p *Page, _ *during) { tap(t, dialogOf(t, p), "Stop") }, "3 items deleted", "take back 3 removed, 0 moved",
		},
		"Escape stops it too": {
			func(p *Page) { p.remove(p.shown.all()) },
			func(_ *testing.T, p *Page, _ *during) { p.host.Canvas().OnTypedKey()(key(fyne.KeyEscape)) }, "3 items deleted", "take back 3 removed, 0 moved",
		},
		"moving is stopped": {
			func(p *Page) { p.move(p.shown.all()[2:], "Music") },
			func(t *testing.T, p *Page, _ *during) { tap(t, dialogOf(t, p), "Stop") }, "3 items moved to Music", "take back 0 removed, 3 moved",
		},
		"deleting goes wrong": {
			func(p *Page) { p.remove(p.shown.all()) },
			func(_ *testing.T, _ *Page, b *during) { b.Err = fake.ErrOffline }, "The network does not answer. Your files are safe; it is tried again by itself.", "take back 3 removed, 0 moved",
		},
		"moving goes wrong": {
			func(p *Page) { p.move(p.shown.all()[2:6], "Music") },
			func(_ *testing.T, _ *Page, b *during) { b.Err = fake.ErrOffline }, "The network does not answer. Your files are safe; it is tried again by itself.", "take back 0 removed, 3 moved",
		},
	} {
		p, backend, told := openedDuring(t)
		backend.pieces = 3
		backend.meanwhile = func(_ context.Context, call string) {
			if call == "remove" || call == "move" {
				c.meanwhile(t, p, backend)
			}
		}
		c.do(p)
		backend.Err = nil
		if len(told.Offers) != 1 || !slices.Equal(told.Said, []string{c.said}) {
			t.Errorf("%s: said %q, %d offers", name, told.Said, len(told.Offers))
			continue
		}
		told.Offers[0]()
		if !backend.Asked(c.undone) {
			t.Errorf("%s: %q", name, backend.Calls)
		}
		if p.host.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: its dialog stays", name)
		}
	}
}

// Few things are done without a dialog, and of many it says how far they are.
func TestHowFarManyThingsAre(t *testing.T) {
	for count, dialog := range map[int]bool{1: false, manyItems - 1: false, manyItems: true, 9: true} {
		p, backend, _ := openedDuring(t)
		backend.pieces = 1
		backend.meanwhile = func(_ context.Context, call string) {
			if call == "remove" && (p.host.Canvas().Overlays().Top() != nil) != dialog {
				t.Errorf("%d things: a dialog is %v", count, !dialog)
			}
		}
		p.remove(p.shown.all()[:count])
	}
	p, backend, told := openedDuring(t)
	backend.meanwhile = func(_ context.Context, call string) {
		if call == "remove" {
			if d := dialogOf(t, p); d.Sheet().Title != "Deleting 9 items" || len(d.Sheet().Buttons) != 1 {
				t.Errorf("%q", d.Sheet().Title)
			}
		}
	}
	p.remove(p.shown.all())
	before := len(told.Said)
	backend.Err = fake.ErrOffline
	told.Offers[0]()
	if said := told.Said[before:]; len(said) != 1 || !strings.HasPrefix(said[0], "The network does not answer") {
		t.Errorf("undo that fails says %q", said)
	}
}

// Nothing comes back to a page that was left: not its list, nor what a dialog
// of it asked for.
func TestAnswersThatComeLate(t *testing.T) {
	for call, ask := range map[string]func(*Page){
		"list":      func(p *Page) { p.reload() },
		"facts":     func(p *Page) { p.list.Pick(3) },
		"thumbnail": func(p *Page) { p.list.Pick(item(t, p, "Lisbon harbour.mp4")) },
		"versions":  func(p *Page) { p.showVersions(p.shown.at(3)) },
		"sides":     func(p *Page) { p.showConflict(p.shown.at(2)) },
		"cost":      func(p *Page) { p.share(p.shown.at(7)) },
	} {
		p, backend, told := openedDuring(t)
		happened := false
		backend.meanwhile = func(ctx context.Context, now string) {
			if now != call || happened {
				return
			}
			happened = true
			backend.Entries["Work/Portugal"] = nil
			p.Leave()
			if ctx.Err() == nil {
				t.Errorf("%s goes on for a page that was left", call)
			}
		}
		ask(p)
		if !happened || p.list.Len() != 9 || len(told.Said) > 0 || p.detail.known {
			t.Errorf("%s: happened %v, %d items, said %q", call, happened, p.list.Len(), told.Said)
		}
	}
}

// A dialog that was closed ends what it asked for, and stays closed.
func TestDialogsEndWhatTheyAsked(t *testing.T) {
	for call, open := range map[string]func(*Page){
		"versions": func(p *Page) { p.showVersions(p.shown.at(3)) },
		"sides":    func(p *Page) { p.showConflict(p.shown.at(2)) },
		"cost":     func(p *Page) { p.share(p.shown.at(7)) },
		"share":    func(p *Page) { p.share(p.shown.at(7)); dialogOf(t, p).Submit("") },
		"list":     func(p *Page) { p.askFolderToMove(p.shown.all()[3:4]) },
	} {
		p, backend, told := openedDuring(t)
		happened := false
		backend.meanwhile = func(ctx context.Context, now string) {
			if now != call || happened {
				return
			}
			happened = true
			dialogOf(t, p).Close()
			if ctx.Err() == nil {
				t.Errorf("%s goes on for a dialog that was closed", call)
			}
		}
		open(p)
		if !happened || p.host.Canvas().Overlays().Top() != nil || len(told.Said) > 0 {
			t.Errorf("%s: happened %v, said %q", call, happened, told.Said)
		}
	}
}

// What is read while the page is left is not shown as a trouble of another one.
func TestAPageThatWasLeftIsSilent(t *testing.T) {
	p, backend, told := openedDuring(t)
	p.Leave()
	backend.Err = fake.ErrOffline
	for _, kind := range []app.EventKind{app.DriveChanged, app.StatusChanged, app.LinksChanged, app.SetupChanged} {
		p.Follow(app.Event{Kind: kind})
	}
	p.search.SetText("x")
	if p.list.Len() != 9 || len(told.Said) > 0 {
		t.Errorf("%d items, said %q", p.list.Len(), told.Said)
	}
}
