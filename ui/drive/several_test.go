package drive

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

func TestDeletingSeveralIsOneUndo(t *testing.T) {
	p, backend, told := opened(t)
	p.list.PickAll()
	p.key(key(fyne.KeyDelete))
	if !backend.Asked("remove Work/Portugal/Budget.xlsx") || !backend.Asked("remove Work/Portugal/Invoices") {
		t.Fatalf("%v", backend.Calls)
	}
	if len(told.Offers) != 1 || told.Said[0] != "9 items deleted" {
		t.Fatalf("said %q", told.Said)
	}
	if p.host.Canvas().Overlays().Top() != nil {
		t.Error("the dialog that shows how far it is stays")
	}
	told.Offers[0]()
	if !backend.Asked("take back 9 removed, 0 moved") {
		t.Error("it was not taken back")
	}
	p.remove(p.shown.all()[2:3])
	if got := told.Said[len(told.Said)-1]; got != "Deleted Budget.xlsx" {
		t.Error(got)
	}
}

func TestDeletingThatFails(t *testing.T) {
	p, backend, told := opened(t)
	shown := p.shown.all()
	backend.Err = fake.ErrOffline
	p.remove(shown)
	if len(told.Offers) != 0 || len(told.Said) != 1 || !strings.HasPrefix(told.Said[0], "The network does not answer") {
		t.Errorf("said %q", told.Said)
	}
}

func TestMovingByDropping(t *testing.T) {
	p, backend, told := opened(t)
	p.list.Pick(2)
	if p.list.MayDrop(2) || p.list.MayDrop(3) || !p.list.MayDrop(0) {
		t.Error("files are dropped onto folders")
	}
	p.list.OnDropped(0)
	if !backend.Asked("move Work/Portugal/Budget.xlsx to Work/Portugal/Invoices/Budget.xlsx") || told.Said[0] != "Budget.xlsx moved to Invoices" {
		t.Fatalf("%v, said %q", backend.Calls, told.Said)
	}
	told.Offers[0]()
	if !backend.Asked("take back 0 removed, 1 moved") {
		t.Error("it was not taken back")
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.way.parts[1]).AddXY(3, 3)
	p.list.OnOutside(at, false)
	p.list.OnOutside(at, true)
	if !backend.Asked("move Work/Portugal/Budget.xlsx to Work/Budget.xlsx") {
		t.Error("the way to the folder takes files too")
	}
	p.move(p.shown.all()[:1], "Work/Portugal/Invoices/Deep")
	if len(told.Offers) != 2 {
		t.Error("a folder was moved into itself")
	}
}

func TestMovingByDialog(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Entries["Work"] = []app.Entry{{Name: "Portugal", Path: "Work/Portugal", Folder: true}, {Name: "a.txt", Path: "Work/a.txt"}}
	p.list.Pick(2)
	p.key(key(fyne.KeyF6))
	d := dialogOf(t, p)
	move := d.Sheet().Buttons[1]
	if !move.Disabled() {
		t.Error("it lies here already")
	}
	d.Close()
	m := p.askFolderToMove(p.picked())
	m.table.OnKey(key(fyne.KeyBackspace))
	if m.at != "Work" || len(m.folders) != 1 || m.move.Disabled() {
		t.Fatalf("at %q, %v", m.at, m.folders)
	}
	m.table.OnOpen(0)
	if m.at != "Work/Portugal" {
		t.Error(m.at)
	}
	m.enter("")
	if m.table.OnKey(key(fyne.KeyBackspace)) {
		t.Error("there is nothing above the top")
	}
	test.Tap(m.move)
	if !backend.Asked("move Work/Portugal/Budget.xlsx to Budget.xlsx") {
		t.Errorf("%v", backend.Calls)
	}
}

func TestSettlingAConflict(t *testing.T) {
	p, backend, told := opened(t)
	p.take(toCompare, p.shown.all()[2:3])
	d := dialogOf(t, p)
	test.Tap(d.Sheet().Buttons[1]) // both
	if d.Open() || !backend.Asked("keep both of Budget.xlsx") || told.Said[0] != "Both versions of Budget.xlsx stay" || len(told.Offers) != 1 {
		t.Errorf("%v, said %q", backend.Calls, told.Said)
	}
}

func TestSearchBeginsWithALetter(t *testing.T) {
	p, _, _ := opened(t)
	p.Focus()
	p.host.Canvas().Focused().TypedRune('l')
	if p.search.Text != "l" || p.host.Canvas().Focused() != fyne.Focusable(p.search) {
		t.Errorf("%q", p.search.Text)
	}
}

func TestLookIsKept(t *testing.T) {
	p, backend, _ := opened(t)
	p.head.OnSort(3)
	if backend.Drive != (app.DriveLook{Sort: app.BySize, Down: true}) || p.shown.at(2).Name != "Interview cut 3.mov" {
		t.Errorf("%+v, %s", backend.Drive, names(p.shown.all()))
	}
	p.head.OnSort(1) // the status is not sorted by
	test.Tap(p.asGrid)
	if !p.list.Grid() || !backend.Drive.Grid {
		t.Error("no grid")
	}
	host, _ := stage.Host(t, 720, 620)
	again := New(host, backend, "Work/Portugal", true)
	if !again.list.Grid() || names(again.shown.all()) != names(p.shown.all()) {
		t.Error("another page looks otherwise")
	}
	p.sortMenu(p.asGrid)
	if p.host.Canvas().Overlays().Top() == nil {
		t.Error("no menu")
	}
}

func TestEverythingOfferedDoesSomething(t *testing.T) {
	p, backend, told := opened(t)
	for o := toOpen; o <= toRemove; o++ {
		calls, said, routes := len(backend.Calls), len(told.Said), len(told.Routes)
		p.take(o, p.shown.all()[5:6])
		if top := p.host.Canvas().Overlays().Top(); top != nil {
			p.host.Canvas().Overlays().Remove(top)
			continue
		}
		if len(backend.Calls) == calls && len(told.Said) == said && len(told.Routes) == routes {
			t.Errorf("offer %d does nothing", o)
		}
	}
}

// Only what is in sight is put into words, however large the folder is.
func TestLargeFolders(t *testing.T) {
	backend := fake.Full()
	backend.Entries["Work/Portugal"] = many(100_000)
	host, _ := stage.Host(t, 720, 620)
	p := New(host, backend, "Work/Portugal", true)
	stage.Put(host, p)
	p.list.PickAll()
	p.search.SetText("IMG_7 ")
	if p.list.Len() == 0 || p.list.Len() == 100_000 {
		t.Errorf("%d found", p.list.Len())
	}
	p.search.SetText("")
	if p.list.Len() != 100_000 || !p.list.Sees(0) {
		t.Errorf("%d shown", p.list.Len())
	}
}
