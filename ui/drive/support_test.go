package drive

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// opened shows the folder of the drawing.
func opened(t *testing.T) (*Page, *fake.Backend, *stage.Told) {
	t.Helper()
	backend := fake.Full()
	host, told := stage.Host(t, 720, 620)
	p := New(host, backend, "Work/Portugal", true)
	stage.Put(host, p)
	return p, backend, told
}

func dialogOf(t *testing.T, p *Page) *widgets.Dialog {
	t.Helper()
	d, ok := p.host.Canvas().Overlays().Top().(*widgets.Dialog)
	if !ok {
		t.Fatal("no dialog is open")
	}
	return d
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

// segmentsOf finds the nth choice in what a dialog shows.
func segmentsOf(o fyne.CanvasObject, n int) (found *widgets.Segments) {
	var look func(fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		if s, ok := o.(*widgets.Segments); ok {
			if n == 0 {
				found = s
			}
			n--
			return
		}
		if c, ok := o.(*fyne.Container); ok {
			for _, each := range c.Objects {
				look(each)
			}
		}
	}
	look(o)
	return found
}

// item is the number of an entry in the list.
func item(t *testing.T, p *Page, name string) int {
	t.Helper()
	i := slices.IndexFunc(p.shown.all(), func(e app.Entry) bool { return e.Name == name })
	if i < 0 {
		t.Fatalf("%s is not shown", name)
	}
	return i
}

// pickNamed picks entries by their names.
func pickNamed(t *testing.T, p *Page, names ...string) {
	t.Helper()
	var list []int
	for _, name := range names {
		list = append(list, item(t, p, name))
	}
	p.list.SetItems(p.shown.len(), list, -1)
}

// outcome is what a page did: what it asked the program for, where it went, and
// the title of the dialog it opened.
type outcome struct {
	asked, opened, title string
	route                page.Route
}

func check(t *testing.T, what string, p *Page, backend *fake.Backend, told *stage.Told, want outcome) {
	t.Helper()
	if want.asked != "" && !backend.Asked(want.asked) {
		t.Errorf("%s: asked %v, not %q", what, backend.Calls, want.asked)
	}
	if want.opened != "" && !slices.Contains(told.Opened, want.opened) {
		t.Errorf("%s: opened %v, not %q", what, told.Opened, want.opened)
	}
	if want.route != (page.Route{}) && !slices.Contains(told.Routes, want.route) {
		t.Errorf("%s: went to %v, not %v", what, told.Routes, want.route)
	}
	title := ""
	if d, ok := p.host.Canvas().Overlays().Top().(*widgets.Dialog); ok {
		title = d.Sheet().Title
		d.Close()
	}
	if title != want.title {
		t.Errorf("%s: the dialog is %q, not %q", what, title, want.title)
	}
}

const in = "Work/Portugal/" // where everything lies

func last(told *stage.Told) string {
	if len(told.Said) == 0 {
		return ""
	}
	return told.Said[len(told.Said)-1]
}

// rename types a name into the dialog that is open, and submits it.
func rename(p *Page, name string) {
	d := p.host.Canvas().Overlays().Top().(*widgets.Dialog)
	d.Sheet().Focus.(*widgets.Field).SetText(name)
	test.Tap(d.Sheet().Buttons[1])
}

func names(entries []app.Entry) string {
	var list []string
	for _, e := range entries {
		list = append(list, e.Name)
	}
	return strings.Join(list, "|")
}

// openedDuring shows the folder of the drawing, with a program that things
// happen in the middle of.
func openedDuring(t *testing.T) (*Page, *during, *stage.Told) {
	t.Helper()
	backend := &during{Backend: fake.Full()}
	host, told := stage.Host(t, 1100, 700)
	p := New(host, backend, "Work/Portugal", true)
	stage.Put(host, p)
	return p, backend, told
}

// buttonNamed is a button that is shown somewhere, by its word.
func buttonNamed(t *testing.T, in fyne.CanvasObject, word string) *widgets.Button {
	t.Helper()
	for _, o := range test.LaidOutObjects(in) {
		if b, ok := o.(*widgets.Button); ok && b.Visible() && b.Text() == word {
			return b
		}
	}
	t.Fatalf("there is no button %q", word)
	return nil
}

// says tells whether a text is shown somewhere.
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

func tap(t *testing.T, in fyne.CanvasObject, word string) {
	t.Helper()
	test.Tap(buttonNamed(t, in, word))
}
