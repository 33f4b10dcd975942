package activity

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// history is a drive with a long past.
func history(n int) *fake.Backend {
	b := fake.Full()
	b.Changes = nil
	for i := range n {
		b.Changes = append(b.Changes, app.DriveChange{ID: fmt.Sprint(i), When: fake.Now.Add(-time.Duration(i) * time.Hour), Device: "Desk", Changed: 2})
	}
	return b
}

func TestALongHistoryIsReadInParts(t *testing.T) {
	p, _ := opened(t, history(2*perPage+50))
	if len(p.changes) != perPage {
		t.Fatalf("%d are read at first", len(p.changes))
	}
	for _, want := range []int{2 * perPage, 2*perPage + 50, 2*perPage + 50} {
		if p.past.Select(p.past.Len() - 1); len(p.changes) != want {
			t.Errorf("%d, want %d", len(p.changes), want)
		}
	}
	p.Follow(app.Event{Kind: app.SyncDone})
	if len(p.changes) != 2*perPage+50 {
		t.Error("what was scrolled to is gone after a sync")
	}
}

// A change that is chosen stays chosen, wherever it moves to, and is forgotten
// when it is gone.
func TestTheChoiceStaysWithItsChange(t *testing.T) {
	b := history(30)
	p, _ := opened(t, b)
	for _, at := range []int{0, 7, 29} {
		p.past.Select(lineOf(p, at))
		chosen, _ := p.selected()
		b.Changes = append([]app.DriveChange{{ID: fmt.Sprint("new", at), When: fake.Now, Changed: 1}}, b.Changes...)
		p.reload()
		if now, ok := p.selected(); !ok || now.ID != chosen.ID {
			t.Errorf("%s was chosen, now %s", chosen.ID, now.ID)
		}
	}
	chosen, _ := p.selected()
	b.Changes = slices.DeleteFunc(slices.Clone(b.Changes), func(c app.DriveChange) bool { return c.ID == chosen.ID })
	if p.reload(); !p.undo.Disabled() || p.past.Selected() >= 0 {
		t.Error("what is gone can be undone")
	}
}

// The keys of the page: Tab reaches its controls, arrows choose, Enter shows
// what a change did and Escape takes that away.
func TestActivityByKeyboard(t *testing.T) {
	p, _ := opened(t, fake.Full())
	p.past.Select(lineOf(p, 1))
	var reached []string
	for range 3 {
		p.host.Canvas().FocusNext()
		switch f := p.host.Canvas().Focused().(type) {
		case *widgets.Button:
			reached = append(reached, f.Text())
		case interface{ ScrollToTop() }:
			reached = append(reached, "list")
		}
	}
	if got := strings.Join(reached, "|"); got != "list|Undo|Pause" {
		t.Errorf("Tab reaches %s", got)
	}
	p.past.Focus()
	list := p.host.Canvas().Focused()
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	c, ok := p.selected()
	if list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}); !ok || p.dialog(t).Sheet().Title != headline(c) {
		t.Fatal("Enter does not show what it did")
	}
	p.host.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if p.host.Canvas().Overlays().Top() != nil || p.host.Canvas().Focused() != list {
		t.Error("the keyboard is not where it was")
	}
}

// The button of each problem is there, with its word, and does what it says.
func TestButtonsOfProblems(t *testing.T) {
	p, g, told := openedGone(t, troubled())
	for i, want := range []string{"I did this, go on", "Bring back the saved copy", "Show it"} {
		var buttons []*widgets.Button
		for _, o := range test.LaidOutObjects(p.care) {
			if b, ok := o.(*widgets.Button); ok {
				buttons = append(buttons, b)
			}
		}
		if len(buttons) != 3 || buttons[i].Text() != want {
			t.Fatalf("%d buttons, %d says %q", len(buttons), i, buttons[i].Text())
		}
		test.Tap(buttons[i])
	}
	if !slices.Equal(g.done, []string{"go on", "refetch Films/Lisbon harbour.mp4"}) || len(told.Routes) != 1 || told.Routes[0].Arg != "Work" {
		t.Errorf("%q, %v", g.done, told.Routes)
	}
}

// Long lists of what a change touched are cut, and the rest is counted.
func TestDetailsCountWhatTheyDoNotName(t *testing.T) {
	for _, c := range []struct {
		items, more int
		last        string
	}{{2, 0, ""}, {mostNamed, 0, ""}, {mostNamed + 1, 0, "and 1 more"}, {3, 1200, "and 1,200 more"}, {20, 5, "and 13 more"}} {
		p, _ := opened(t, fake.Full())
		change := app.DriveChange{ID: "x", When: fake.Now, Device: "Desk", More: c.more}
		for i := range c.items {
			change.Items = append(change.Items, app.Touched{Action: "added", Path: fmt.Sprint("file ", i)})
		}
		p.show(change)
		var lines []string
		for _, o := range test.LaidOutObjects(p.dialog(t).Sheet().Body) {
			if text, ok := o.(*widgets.Text); ok {
				lines = append(lines, text.Text())
			}
		}
		if n := min(c.items, mostNamed); len(lines) < n || c.last == "" && len(lines) != n || c.last != "" && lines[len(lines)-1] != c.last {
			t.Errorf("%+v: %q", c, lines)
		}
	}
}
