package page

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// buttons draws so many buttons into a page.
func buttons(into *fyne.Container, n int) []*widget.Button {
	list := make([]*widget.Button, n)
	into.Objects = nil
	for i := range list {
		list[i] = widget.NewButton("Change", nil)
		into.Add(list[i])
	}
	return list
}

func TestKeepLeavesTheKeyboard(t *testing.T) {
	test.NewTempApp(t)
	page := container.NewVBox()
	w := test.NewTempWindow(t, page)
	h := &Host{Window: w}
	before := buttons(page, 4)
	for from, want := range map[int]int{0: 0, 2: 2, 3: 3} {
		w.Canvas().Focus(before[from])
		h.Keep(func() { before = buttons(page, 4) })
		if w.Canvas().Focused() != fyne.Focusable(before[want]) {
			t.Errorf("from %d: %v has the keyboard", from, w.Canvas().Focused())
		}
	}
	w.Canvas().Unfocus()
	h.Keep(func() { before = buttons(page, 4) })
	if w.Canvas().Focused() != nil {
		t.Error("something has the keyboard that nobody gave it")
	}
	gone := before[0]
	w.Canvas().Focus(gone)
	buttons(page, 2) // drawn by somebody who does not care
	h.Keep(func() {})
	if f := w.Canvas().Focused(); f != nil {
		t.Errorf("%v has the keyboard of what is gone", f)
	}
}

// Under a dialog nothing is moved: the dialog has the keyboard.
func TestKeepUnderADialog(t *testing.T) {
	test.NewTempApp(t)
	page := container.NewVBox()
	w := test.NewTempWindow(t, page)
	before := buttons(page, 2)
	w.Canvas().Focus(before[1])
	over := widget.NewEntry()
	w.Canvas().Overlays().Add(over)
	w.Canvas().Focus(over)
	(&Host{Window: w}).Keep(func() { buttons(page, 2) })
	if w.Canvas().Focused() != fyne.Focusable(over) {
		t.Errorf("%v has the keyboard", w.Canvas().Focused())
	}
}
