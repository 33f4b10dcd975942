package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// asked is a dialog with a field and two buttons, and what was pressed.
func asked(t *testing.T) (*Dialog, *Field, fyne.Window, *[]string) {
	t.Helper()
	dressed(t)
	w, pressed := shots.Window(t, container.NewStack(), 700, 500), &[]string{}
	button := func(kind Kind, name string) *Button {
		return NewButton(kind, name, "", func() { *pressed = append(*pressed, name) })
	}
	field := NewField("Name", "")
	d := NewDialog(w.Canvas())
	field.OnSubmitted = d.Submit
	d.OnClosed = func() { *pressed = append(*pressed, "closed") }
	d.Present(Sheet{Title: "Rename", Text: "A sentence.", Body: field, Buttons: []*Button{button(Secondary, "Cancel"), button(Primary, "Rename")}, Focus: field})
	return d, field, w, pressed
}

func typed(w fyne.Window, keys ...fyne.KeyName) {
	for _, k := range keys {
		if f := w.Canvas().Focused(); f != nil {
			f.TypedKey(key(k))
			continue
		}
		w.Canvas().OnTypedKey()(key(k))
	}
}

// TestDialogsByKeyboard: Enter finishes from the field and from nowhere, a
// button with the focus is the one that is pressed, and Escape leaves from
// anywhere.
func TestDialogsByKeyboard(t *testing.T) {
	for name, c := range map[string]struct {
		keys []fyne.KeyName
		tabs int
		want []string
	}{
		"Enter in the field":        {[]fyne.KeyName{fyne.KeyReturn}, 0, []string{"Rename"}},
		"Enter twice":               {[]fyne.KeyName{fyne.KeyReturn, fyne.KeyReturn}, 0, []string{"Rename", "Rename"}},
		"Escape in the field":       {[]fyne.KeyName{fyne.KeyEscape}, 0, []string{"closed"}},
		"Enter on Cancel":           {[]fyne.KeyName{fyne.KeyReturn}, 1, []string{"Cancel"}},
		"Space on Rename":           {[]fyne.KeyName{fyne.KeySpace}, 2, []string{"Rename"}},
		"Escape on a button":        {[]fyne.KeyName{fyne.KeyEscape}, 2, []string{"closed"}},
		"round and Enter":           {[]fyne.KeyName{fyne.KeyReturn}, 3, []string{"Rename"}},
		"an arrow does not press":   {[]fyne.KeyName{fyne.KeyDown}, 1, []string{}},
		"letters stay in the field": {[]fyne.KeyName{fyne.KeyA, fyne.KeyLeft}, 0, []string{}},
	} {
		_, _, w, pressed := asked(t)
		for range c.tabs {
			w.Canvas().FocusNext()
		}
		if typed(w, c.keys...); !slices.Equal(*pressed, c.want) {
			t.Errorf("%s: %q, want %q", name, *pressed, c.want)
		}
	}
}

// TestTheFocusStaysInADialog: Tab never leads to the page below.
func TestTheFocusStaysInADialog(t *testing.T) {
	dressed(t)
	below := NewButton(Secondary, "below", "", nil)
	w := shots.Window(t, container.NewCenter(below), 700, 500)
	d := ShowDialog(w.Canvas(), Sheet{Title: "One", Buttons: []*Button{NewButton(Secondary, "no", "", nil), NewButton(Primary, "yes", "", nil)}})
	for range 5 {
		w.Canvas().FocusNext()
		if w.Canvas().Focused() == fyne.Focusable(below) {
			t.Fatal("the page below has the focus")
		}
	}
	d.Close()
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(below) {
		t.Error("the page did not get its focus back")
	}
}

// TestDialogsChangeWhatTheyShow: a flow goes on in the same dialog.
func TestDialogsChangeWhatTheyShow(t *testing.T) {
	d, _, w, pressed := asked(t)
	d.Present(Sheet{Title: "Done"})
	if d.Sheet().Title != "Done" || w.Canvas().Focused() != nil || !d.Open() || len(w.Canvas().Overlays().List()) != 1 {
		t.Errorf("%q, focus on %v", d.Sheet().Title, w.Canvas().Focused())
	}
	typed(w, fyne.KeyReturn) // there is no button
	d.Close()
	d.Close()
	if !slices.Equal(*pressed, []string{"closed"}) {
		t.Error(*pressed)
	}
	d.Present(Sheet{Title: "Again"})
	if !d.Open() {
		t.Error("a dialog can be shown again")
	}
}

// TestAButtonThatIsOffIsNotPressedByEnter: also as the last of a dialog.
func TestAButtonThatIsOffIsNotPressedByEnter(t *testing.T) {
	dressed(t)
	w := shots.Window(t, container.NewStack(), 700, 500)
	off := NewButton(Primary, "Send", "", func() { t.Error("pressed") })
	off.Disable()
	d := ShowDialog(w.Canvas(), Sheet{Title: "Send", Buttons: []*Button{off}})
	typed(w, fyne.KeyReturn, fyne.KeyEnter)
	d.Submit("")
}

// TestDialogsFitAnyWindow: a dialog is in the window with a rim around it, and
// what has no room is scrolled to.
func TestDialogsFitAnyWindow(t *testing.T) {
	dressed(t)
	for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 853, Height: 533}, {Width: 500, Height: 320}, {Width: 400, Height: 260}} {
		w := shots.Window(t, container.NewStack(), size.Width, size.Height)
		d := ShowDialog(w.Canvas(), Sheet{Title: longName, Text: longName, Body: Gap(100, 700), Buttons: []*Button{NewButton(Primary, "Go", "", nil)}})
		for _, o := range test.WidgetRenderer(d).Objects()[1:] {
			if r := roomOf(o); !r.inside(size) {
				t.Errorf("in %v the dialog lies at %+v", size, r)
			}
		}
		d.Close()
	}
}

// TestFieldsByKeyboard: what is typed is text, and keys that a page asked for
// come to it first.
func TestFieldsByKeyboard(t *testing.T) {
	dressed(t)
	f := NewField("Search", "search")
	w := shots.Window(t, f, 300, 60)
	var asked, window []fyne.KeyName
	f.OnKey = func(k *fyne.KeyEvent) bool { asked = append(asked, k.Name); return k.Name == fyne.KeyDown }
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { window = append(window, k.Name) })
	w.Canvas().Focus(f)
	test.Type(f, "Größe大小")
	typed(w, fyne.KeyDown, fyne.KeyBackspace, fyne.KeyEscape)
	if f.Text != "Größe大" || !slices.Equal(asked, []fyne.KeyName{fyne.KeyDown, fyne.KeyBackspace}) || !slices.Equal(window, []fyne.KeyName{fyne.KeyEscape}) {
		t.Errorf("%q, asked %v, window %v", f.Text, asked, window)
	}
	f.TypedShortcut(&fyne.ShortcutSelectAll{})
	if f.SelectedText() != f.Text {
		t.Errorf("%q is selected", f.SelectedText())
	}
}

// TestFieldsShowTheirState: with the focus an edge of the accent, else a line.
func TestFieldsShowTheirState(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		f := NewField("Search", "search")
		w := shots.Window(t, f, 300, 36)
		r := test.WidgetRenderer(f).(*fieldRenderer)
		for name, c := range map[string]struct {
			do    func()
			want  fyne.ThemeColorName
			width float32
		}{
			"plain": {func() { w.Canvas().Unfocus() }, theme.Line, 1}, "focused": {func() { w.Canvas().Focus(f) }, theme.Accent, 2},
		} {
			c.do()
			f.Refresh()
			if r.ground.StrokeColor != theme.Color(c.want) || r.ground.StrokeWidth != c.width || r.edge.Visible() {
				t.Errorf("%s, %s: the edge is %v wide", name, mode, r.ground.StrokeWidth)
			}
		}
		w.Canvas().Unfocus()
		f.Disable()
		f.Refresh()
		if r.ground.StrokeColor != theme.Color(theme.Line) {
			t.Errorf("%s: a field that is off has an edge of its own", mode)
		}
	})
}

// TestSelectShowsItsWords: with the chosen one ticked, and choosing tells.
func TestSelectShowsItsWords(t *testing.T) {
	dressed(t)
	var told []int
	s := NewSelect([]string{"a", "b", "c"}, 1, func(i int) { told = append(told, i) })
	w := shots.Window(t, container.NewCenter(s), 300, 300)
	test.Tap(s)
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no words")
	}
	for _, i := range []int{-1, 1, 3, 2, 2, 0} { // outside, chosen, outside, another, the same, another
		s.Choose(i)
	}
	if !slices.Equal(told, []int{2, 0}) || s.Chosen() != 0 {
		t.Errorf("told %v, chosen %d", told, s.Chosen())
	}
}
