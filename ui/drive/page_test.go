package drive

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, backend := range map[string]*fake.Backend{"full": fake.Full(), "empty": fake.Empty(), "error": fake.Broken()} {
			host, _ := stage.Host(t, 1064, 800)
			p := New(host, backend, "Work/Portugal", true)
			stage.Put(host, p)
			if name == "full" {
				p.list.Pick(5)
			}
			shots.Match(t, name+"-"+mode, host.Window)
		}
	})
}

func TestGridAndSeveralPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		backend := fake.Full()
		backend.Drive = app.DriveLook{Sort: app.BySize, Down: true}
		host, _ := stage.Host(t, 1064, 640)
		p := New(host, backend, "Work/Portugal", true)
		stage.Put(host, p)
		p.list.Pick(1)
		p.list.Focus()
		p.list.PickAll()
		shots.Match(t, "several-"+mode, host.Window)
		p.look.Grid = true
		p.dress()
		p.list.Pick(2)
		shots.Match(t, "grid-"+mode, host.Window)
	})
}

func TestDialogPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, open := range map[string]func(*Page){
			"share":    func(p *Page) { p.share(p.shown.at(5)) },
			"link":     func(p *Page) { p.share(p.shown.at(5)); dialogOf(t, p).Submit("") },
			"folder":   func(p *Page) { p.askFolder() },
			"move":     func(p *Page) { p.askFolderToMove(p.shown.all()[4:6]) },
			"conflict": func(p *Page) { p.showConflict(p.shown.at(2)) },
			"gone":     func(p *Page) { p.backend.(*fake.Backend).Err = fake.ErrOffline; p.showConflict(p.shown.at(2)) },
		} {
			p, _, _ := opened(t)
			open(p)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
	})
}

func TestOpening(t *testing.T) {
	p, _, told := opened(t)
	p.open(p.shown.at(0)) // Invoices
	p.open(p.shown.at(5)) // Lisbon harbour.mp4
	p.open(p.shown.at(2)) // Budget.xlsx
	want := []page.Route{{Page: page.Drive, Arg: "Work/Portugal/Invoices"}, {Page: page.Play, Arg: "Work/Portugal/Lisbon harbour.mp4"}}
	if !slices.Equal(told.Routes, want) {
		t.Errorf("went to %v", told.Routes)
	}
	if len(told.Opened) != 1 || told.Opened[0] != "/home/ana/Stratos Drive/Work/Portugal/Budget.xlsx" {
		t.Errorf("opened %v", told.Opened)
	}
}

func TestOpeningThatFailsIsSaid(t *testing.T) {
	p, backend, told := opened(t)
	backend.Err = fake.ErrOffline
	p.open(p.shown.at(2))
	if len(told.Opened) != 0 || !slices.Contains(told.Said, "The network does not answer. Your files are safe; it is tried again by itself.") {
		t.Errorf("said %q", told.Said)
	}
}

func TestKeys(t *testing.T) {
	p, backend, told := opened(t)
	p.list.Pick(2)
	if p.key(key(fyne.KeyF5)) {
		t.Error("a key without meaning was taken")
	}
	p.key(key(fyne.KeyBackspace))
	if len(told.Routes) != 1 || told.Routes[0].Arg != "Work" {
		t.Errorf("went to %v", told.Routes)
	}
	p.key(key(fyne.KeyDelete))
	if !backend.Asked("remove Work/Portugal/Budget.xlsx") {
		t.Error("nothing was removed")
	}
}

func TestSearchKeepsTheSelection(t *testing.T) {
	p, _, _ := opened(t)
	p.Search()
	if p.host.Canvas().Focused() != fyne.Focusable(p.search) {
		t.Error("the search has no focus")
	}
	p.list.Pick(5)
	p.search.SetText("lisbon")
	if p.list.Len() != 1 || len(p.picked()) != 1 || p.picked()[0].Name != "Lisbon harbour.mp4" {
		t.Errorf("%d rows, picked %v", p.list.Len(), p.picked())
	}
	p.search.SetText("nothing like it")
	if p.list.Len() != 0 || len(p.picked()) != 0 || p.detail.card.Visible() {
		t.Error("nothing is found, and yet something is selected")
	}
}

func TestChangesAreFollowed(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Entries["Work/Portugal"] = fake.Portugal()[:3]
	p.Follow(app.Event{Kind: app.DriveChanged, Path: "Music"})
	if p.list.Len() != 9 {
		t.Error("a change elsewhere was read")
	}
	p.Follow(app.Event{Kind: app.DriveChanged, Path: "Work/Portugal"})
	if p.list.Len() != 3 {
		t.Errorf("%d rows", p.list.Len())
	}
	p.Follow(app.Event{Kind: app.WalletChanged})
	p.Leave()
	backend.Entries["Work/Portugal"] = nil
	p.Follow(app.Event{Kind: app.StatusChanged})
	if p.list.Len() != 3 {
		t.Error("a page that was left goes on")
	}
}

// A thousand changes while a list is being read are one more reading.
func TestReadingIsNotPiledUp(t *testing.T) {
	p, _, _ := opened(t)
	p.loading = true
	for range 1000 {
		p.Follow(app.Event{Kind: app.StatusChanged})
	}
	if !p.again {
		t.Fatal("the change was forgotten")
	}
	p.loaded(app.ListingOf(fake.Portugal()), nil)
	if p.again || p.loading {
		t.Error("it was not read once more")
	}
}

func TestDropAddsHere(t *testing.T) {
	p, backend, told := opened(t)
	p.Drop([]string{"/tmp/a.txt", "/tmp/b"})
	p.Drop(nil)
	if !backend.Asked("add /tmp/a.txt to Work/Portugal") || !backend.Asked("add /tmp/b to Work/Portugal") || len(told.Said) != 1 {
		t.Errorf("%v, said %q", backend.Calls, told.Said)
	}
}

func TestNewFolder(t *testing.T) {
	p, backend, _ := opened(t)
	p.askFolder()
	d := dialogOf(t, p)
	create := d.Sheet().Buttons[1]
	if !create.Disabled() {
		t.Error("a folder needs a name")
	}
	name := p.host.Canvas().Focused().(*widgets.Field)
	name.SetText("Budget.xlsx")
	if !create.Disabled() {
		t.Error("the name is taken")
	}
	name.SetText(" Summer ")
	test.Tap(create)
	if d.Open() || !backend.Asked("new folder Work/Portugal/Summer") {
		t.Errorf("%v", backend.Calls)
	}
}

func TestMenuFitsTheEntry(t *testing.T) {
	p, _, _ := opened(t)
	p.list.Pick(5)
	p.list.OnMenu(fyne.NewPos(700, 600))
	if p.host.Canvas().Overlays().Top() == nil {
		t.Error("no menu")
	}
}

// TestADriveThatOpensIsNoTrouble: until it is open, the page shows the shape of
// a list.
func TestADriveThatOpensIsNoTrouble(t *testing.T) {
	backend := fake.Full()
	backend.Err, backend.Now = app.ErrNotReady, app.Status{Phase: app.PhaseStarting}
	host, _ := stage.Host(t, 1064, 800)
	p := New(host, backend, "Work/Portugal", true)
	stage.Put(host, p)
	if p.body.Objects[0] != p.shape {
		t.Fatal("something else than the shape of a list is shown")
	}
	backend.Now.Phase = app.PhaseOff
	p.Follow(app.Event{Kind: app.StatusChanged})
	if p.body.Objects[0] == p.shape {
		t.Fatal("a drive that did not open is waited for")
	}
	backend.Now.Phase = app.PhaseStarting
	p.Follow(app.Event{Kind: app.StatusChanged})
	if p.body.Objects[0] != p.shape {
		t.Fatal("a drive that opens again looks broken")
	}
	backend.Err, backend.Now.Phase = nil, app.PhaseUpToDate
	p.Follow(app.Event{Kind: app.StatusChanged})
	if p.body.Objects[0] != p.full {
		t.Error("the files are not shown once they are known")
	}
}

// TestAListThatGrowsHasRoom: what lies below it moves down.
func TestAListThatGrowsHasRoom(t *testing.T) {
	backend := fake.Full()
	all := backend.Entries["Work/Portugal"]
	backend.Entries["Work/Portugal"] = all[:2]
	host, _ := stage.Host(t, 1064, 800)
	p := New(host, backend, "Work/Portugal", true)
	stage.Put(host, p)
	zone := func() float32 { return p.full.(*fyne.Container).Objects[1].Position().Y }
	before := zone()
	backend.Entries["Work/Portugal"] = all
	p.Follow(app.Event{Kind: app.DriveChanged, Path: "Work/Portugal"})
	if now := zone(); now != before+7*48 {
		t.Errorf("the zone below %d files lies at %v, below two at %v", len(all), now, before)
	}
}

// TestACalmDriveIsNotReadAgain: looking around costs the more the larger a
// folder is.
func TestACalmDriveIsNotReadAgain(t *testing.T) {
	p := &Page{read: true, status: app.Status{Phase: app.PhaseUpToDate}}
	for _, step := range []struct {
		to   app.Status
		news bool
	}{
		{app.Status{Phase: app.PhaseSyncing}, false},
		{app.Status{Phase: app.PhaseUpToDate}, false},
		{app.Status{Phase: app.PhaseSyncing, FilesTotal: 2}, true},
		{app.Status{Phase: app.PhaseUpToDate}, true},
		{app.Status{Phase: app.PhaseUpToDate}, false},
		{app.Status{Phase: app.PhaseOffline}, true},
		{app.Status{Phase: app.PhaseUpToDate}, true},
	} {
		if got := p.news(step.to); got != step.news {
			t.Errorf("%+v: %v", step.to, got)
		}
	}
}
