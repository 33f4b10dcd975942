// Package stage puts one page into a window of the test driver.
package stage

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Told is what a page told its host.
type Told struct {
	Routes         []page.Route
	Said           []string
	Opened, Copied []string
	Backs          int
	Offers         []func() // what was offered, with the sentence in Said
}

// Host returns a host for one page in a window of a size, and what the page
// tells it. Work is done at once.
func Host(t *testing.T, width, height float32) (*page.Host, *Told) {
	told := &Told{}
	if _, dressed := fyne.CurrentApp().Settings().Theme().(*theme.Theme); !dressed {
		test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	}
	w := shots.Window(t, container.NewStack(), width, height)
	return &page.Host{
		Window: w, Tasks: page.InlineTasks(t.Context()), Now: func() time.Time { return fake.Now },
		Go:    func(r page.Route) { told.Routes = append(told.Routes, r) },
		Back:  func() { told.Backs++ },
		Say:   func(s string) { told.Said = append(told.Said, s) },
		Offer: func(s, _ string, do func()) { told.Said, told.Offers = append(told.Said, s), append(told.Offers, do) },
		Open:  func(path string) error { told.Opened = append(told.Opened, path); return nil },
		Copy:  func(text string) { told.Copied = append(told.Copied, text) },
		Video: func(address string) error { told.Opened = append(told.Opened, address); return nil },
	}, told
}

// Put shows a page in the window of its host, on the ground pages lie on.
func Put(h *page.Host, p page.Page) {
	size := h.Window.Canvas().Size()
	h.Window.SetContent(OnGround(p.Object()))
	h.Window.Resize(size)
}

// OnGround lays an object on the colour of the window.
func OnGround(o fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewBox(theme.Background, theme.Clear, 0, widgets.Insets{}, o)
}

// Cut names what of an object has less room than it needs, or lies outside of
// the window: lines of text, buttons and choices.
func Cut(c fyne.Canvas, o fyne.CanvasObject) (wrong []string) {
	for _, each := range test.LaidOutObjects(o) {
		word, is := worded(each)
		if !is || !each.Visible() {
			continue
		}
		const rounding = 0.5
		size, least := each.Size(), each.MinSize()
		if size.Width+rounding < least.Width || size.Height+rounding < least.Height {
			wrong = append(wrong, fmt.Sprintf("%q has %v and needs %v", word, size, least))
		}
		left := fyne.CurrentApp().Driver().AbsolutePositionForObject(each).X
		if left < 0 || left+size.Width > c.Size().Width+rounding {
			wrong = append(wrong, fmt.Sprintf("%q lies from %v to %v", word, left, left+size.Width))
		}
	}
	return wrong
}

// worded is the word on what must not be cut.
func worded(o fyne.CanvasObject) (word string, is bool) {
	switch w := o.(type) {
	case *widgets.Text:
		return w.Text(), true
	case *widgets.Button:
		return w.Text(), true
	case *widgets.Link:
		return w.Text(), true
	case *widgets.Paragraph:
		return w.Text(), true
	case *widgets.Segments:
		return "a choice", true
	}
	return "", false
}

// Find returns all of a kind that an object consists of, in the order in which
// they are drawn.
func Find[T any](o fyne.CanvasObject) []T {
	var found []T
	for _, each := range test.LaidOutObjects(o) {
		if w, ok := each.(T); ok {
			found = append(found, w)
		}
	}
	return found
}
