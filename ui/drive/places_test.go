package drive

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
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// The list of versions says what went wrong, and its button asks again.
func TestVersionsAreAskedForAgain(t *testing.T) {
	p, backend, told := opened(t)
	backend.Err = fake.ErrOffline
	v := p.showVersions(p.shown.at(3))
	if !says(v.dialog, "The network does not answer") || len(v.list) != 0 || len(told.Said) > 0 {
		t.Error("what went wrong is not said in the dialog")
	}
	tap(t, v.dialog, "Try again")
	if !says(v.dialog, "The network does not answer") {
		t.Error("once more it goes wrong, and nobody says so")
	}
	backend.Err = nil
	tap(t, v.dialog, "Try again")
	if len(v.list) != 3 || !strings.Contains(v.table.Row(0).Second, "as it is now") {
		t.Errorf("%d versions", len(v.list))
	}
	v.table.Select(2)
	if row := v.table.Row(2); !strings.Contains(row.Second, "an earlier file of this name") || v.restore.Disabled() || v.beside.Disabled() {
		t.Errorf("%+v", row)
	}
	backend.Err = fake.ErrOffline
	test.Tap(v.restore)
	if !strings.HasPrefix(last(told), "The network does not answer") || v.dialog.Open() {
		t.Errorf("said %q", told.Said)
	}
	p, backend, _ = opened(t)
	backend.Entries = nil
	if v = p.showVersions(app.Entry{Name: "x.txt", Path: "x.txt"}); !says(v.dialog, "No versions yet") {
		t.Error("a file without versions looks broken")
	}
}

// A person goes through the folders by the way over them, by keys and by
// pointer; what cannot be read is said, and asked for again.
func TestFindingAFolderToMoveTo(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Entries[""] = []app.Entry{{Name: "Work", Path: "Work", Folder: true, Items: 2}, {Name: "Music", Path: "Music", Folder: true}, {Name: "a.txt", Path: "a.txt"}}
	backend.Entries["Work"] = []app.Entry{{Name: "Portugal", Path: "Work/Portugal", Folder: true}}
	m := p.askFolderToMove(p.shown.all()[2:3])
	for step, c := range []struct {
		do     func()
		at     string
		count  int
		moving bool
	}{
		{func() {}, "Work/Portugal", 2, false},
		{func() { tapLink(t, m.dialog, "Work") }, "Work", 1, true},
		{func() { tapLink(t, m.dialog, "Drive") }, "", 2, true},
		{func() { m.table.Select(1); m.table.OnOpen(1) }, "Work", 1, true},
		{func() { m.table.OnKey(key(fyne.KeyBackspace)) }, "", 2, true},
		{func() { m.table.OnTapped(0) }, "Music", 0, true},
		{func() { m.table.OnKey(key(fyne.KeyF1)) }, "Music", 0, true},
	} {
		c.do()
		if m.at != c.at || len(m.folders) != c.count || m.move.Disabled() == c.moving {
			t.Errorf("step %d: at %q with %d folders, may move %v", step, m.at, len(m.folders), !m.move.Disabled())
		}
	}
	if !says(m.dialog, "No folders in here") {
		t.Error("a folder without folders looks broken")
	}
	backend.Err = fake.ErrOffline
	tapLink(t, m.dialog, "Drive")
	if !says(m.dialog, "The network does not answer") {
		t.Error("what went wrong is not said")
	}
	backend.Err = nil
	tap(t, m.dialog, "Try again")
	if len(m.folders) != 2 || m.at != "" {
		t.Errorf("%d folders", len(m.folders))
	}
	m.dialog.Submit("")
	if !backend.Asked("move "+in+"Budget.xlsx to Budget.xlsx") || m.dialog.Open() {
		t.Errorf("%q", backend.Calls)
	}
}

func tapLink(t *testing.T, in fyne.CanvasObject, word string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(in) {
		if l, ok := o.(*widgets.Link); ok && l.Text() == word {
			test.Tap(l)
			return
		}
	}
	t.Fatalf("there is no link %q", word)
}

// The answer about a folder that was left does not replace that of the one that
// is looked at.
func TestFoldersThatAnswerLate(t *testing.T) {
	p, backend, _ := openedDuring(t)
	backend.Entries["Work"] = []app.Entry{{Name: "Portugal", Path: "Work/Portugal", Folder: true}, {Name: "Spain", Path: "Work/Spain", Folder: true}, {Name: "Wales", Path: "Work/Wales", Folder: true}}
	m := p.askFolderToMove(p.shown.all()[2:3])
	gone := false
	backend.meanwhile = func(_ context.Context, call string) {
		if call == "list" && !gone {
			gone = true
			m.enter("Work")
		}
	}
	m.enter("Work/Portugal")
	if !gone || m.at != "Work" || len(m.folders) != 3 {
		t.Errorf("at %q, %d folders", m.at, len(m.folders))
	}
}

// The name of a new folder is judged while it is typed, and Enter makes only
// what can be made, once.
func TestTypingTheNameOfAFolder(t *testing.T) {
	p, backend, _ := opened(t)
	p.askFolder()
	d := dialogOf(t, p)
	name, create := d.Sheet().Focus.(*widgets.Field), d.Sheet().Buttons[1]
	for _, c := range []struct {
		text, problem string
	}{
		{"a/b", "Leave out"},
		{"Invoices", "already something"},
		{"invoices ", "already something"},
		{strings.Repeat("x", 201), "too long"},
		{"   ", "Give the folder a name."},
		{"a:", "Leave out"},
	} {
		name.SetText(c.text)
		name.OnSubmitted(c.text)
		if !says(d, c.problem) || !create.Disabled() || !d.Open() {
			t.Errorf("%q: says %q is %v", c.text, c.problem, says(d, c.problem))
		}
	}
	if name.SetText(""); says(d, "Give the folder a name.") || !create.Disabled() {
		t.Error("an empty field is no mistake yet, and no name")
	}
	name.SetText("Summer")
	name.OnSubmitted("Summer")
	made := slices.DeleteFunc(slices.Clone(backend.Calls), func(c string) bool { return strings.HasPrefix(c, "thumbnail ") })
	if d.Open() || !slices.Equal(made, []string{"new folder " + in + "Summer"}) {
		t.Errorf("%q", made)
	}
}

// Opening a file with its program, with what may go wrong.
func TestOpeningElsewhere(t *testing.T) {
	p, backend, told := opened(t)
	p.host.Open = func(string) error { return fault.Say(errors.New("exec: no such file"), "No program opens it.") }
	p.openElsewhere(p.shown.at(2))
	if !slices.Equal(told.Said, []string{"Opening Budget.xlsx", "No program opens it."}) {
		t.Errorf("said %q", told.Said)
	}
	p.Leave()
	backend.Err = fake.ErrOffline
	p.openElsewhere(p.shown.at(2))
	if len(told.Said) != 3 {
		t.Errorf("said %q", told.Said)
	}
	if len(told.Routes) != 0 {
		t.Errorf("went to %v", told.Routes)
	}
}
