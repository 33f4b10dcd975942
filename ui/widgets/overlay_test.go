package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

// stacked are dialogs over a page with a button, the last on top, each with a
// field that has the focus; told gets what is pressed and closed.
func stacked(t *testing.T, n int) (w fyne.Window, dialogs []*Dialog, fields []*Field, told *[]string) {
	t.Helper()
	dressed(t)
	told = &[]string{}
	page := NewButton(Secondary, "page", "", nil)
	w = shots.Window(t, container.NewCenter(page), 700, 500)
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { *told = append(*told, "page "+string(k.Name)) })
	w.Canvas().Focus(page)
	for i := range n {
		field := NewField("", "")
		d := NewDialog(w.Canvas())
		d.OnClosed = func() { *told = append(*told, fmt.Sprint("closed ", i)) }
		d.Present(Sheet{Title: fmt.Sprint("Dialog ", i), Body: field, Focus: field, Buttons: []*Button{
			NewButton(Primary, "Do", "", func() { *told = append(*told, fmt.Sprint("done ", i)) }),
		}})
		dialogs, fields = append(dialogs, d), append(fields, field)
	}
	return w, dialogs, fields, told
}

// TestADialogUnderAnotherIsClosed by an answer that came late: the one on top
// stays with its focus and its keys, and then the page has its own again.
func TestADialogUnderAnotherIsClosed(t *testing.T) {
	w, d, fields, told := stacked(t, 3)
	test.Type(fields[2], "ab")
	d[1].Close()
	if list := w.Canvas().Overlays().List(); len(list) != 2 || list[0] != fyne.CanvasObject(d[0]) || list[1] != fyne.CanvasObject(d[2]) {
		t.Fatalf("%d dialogs are shown", len(list))
	}
	if w.Canvas().Focused() != fyne.Focusable(fields[2]) || !d[2].Open() || d[1].Open() {
		t.Errorf("the focus is on %T", w.Canvas().Focused())
	}
	d[0].Close()
	typed(w, fyne.KeyEscape)
	for range 2 {
		w.Canvas().OnTypedKey()(key(fyne.KeyF5))
	}
	if want := []string{"closed 1", "closed 0", "closed 2", "page F5", "page F5"}; !slices.Equal(*told, want) {
		t.Errorf("%q, want %q", *told, want)
	}
	if w.Canvas().Overlays().Top() != nil {
		t.Error("something lies over the page")
	}
	if b, ok := w.Canvas().Focused().(*Button); !ok || b.Text() != "page" {
		t.Errorf("the page did not get its focus back: %T", w.Canvas().Focused())
	}
}

// In whatever order dialogs are opened and closed, keys go to the one on top,
// what is shown is what is open, and at last the page has its keys.
func TestDialogsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w, dialogs, _, told := stacked(t, 0)
		var open []*Dialog
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			if len(open) == 0 || rapid.Bool().Draw(r, "open") {
				d := ShowDialog(w.Canvas(), Sheet{Title: "One"})
				open, dialogs = append(open, d), append(dialogs, d)
			} else {
				i := rapid.IntRange(0, len(open)-1).Draw(r, "closed")
				open[i].Close()
				open = slices.Delete(open, i, i+1)
			}
			if shown := len(w.Canvas().Overlays().List()); shown != len(open) {
				r.Fatalf("%d are shown, %d are open", shown, len(open))
			}
		}
		w.Canvas().OnTypedKey()(key(fyne.KeyF5))
		if len(open) == 0 != slices.Equal(*told, []string{"page F5"}) {
			r.Fatalf("with %d open the page got %q", len(open), *told)
		}
		for n := len(open); n > 0; n-- {
			w.Canvas().OnTypedKey()(key(fyne.KeyEscape))
			if left := len(w.Canvas().Overlays().List()); left != n-1 || open[n-1].Open() {
				r.Fatalf("Escape left %d of %d", left, n)
			}
		}
		*told = nil
		w.Canvas().OnTypedKey()(key(fyne.KeyF6))
		if !slices.Equal(*told, []string{"page F6"}) {
			r.Fatalf("at last the page got %q", *told)
		}
	})
}

// TestTheFocusComesBack: after a dialog and after a menu it is where it was.
func TestTheFocusComesBack(t *testing.T) {
	for name, over := range map[string]func(w fyne.Window) (leave func()){
		"dialog": func(w fyne.Window) func() {
			d := ShowDialog(w.Canvas(), Sheet{Title: "One", Buttons: []*Button{NewButton(Primary, "Go", "", nil)}})
			return func() { typed(w, fyne.KeyEscape); _ = d }
		},
		"menu": func(w fyne.Window) func() {
			ShowMenu(w.Canvas(), fyne.NewPos(20, 20), fyne.NewMenuItem("Open", nil), fyne.NewMenuItem("Share", nil))
			return func() { typed(w, fyne.KeyEscape) }
		},
		"words of a choice": func(w fyne.Window) func() {
			typed(w, fyne.KeySpace)
			return func() { typed(w, fyne.KeyDown, fyne.KeyReturn) }
		},
	} {
		dressed(t)
		choice := NewSelect([]string{"a", "b"}, 1, nil)
		w := shots.Window(t, container.NewCenter(choice), 600, 400)
		w.Canvas().Focus(choice)
		leave := over(w)
		if w.Canvas().Overlays().Top() == nil || w.Canvas().Focused() == fyne.Focusable(choice) {
			t.Fatalf("%s: nothing lies over the page", name)
		}
		leave()
		if w.Canvas().Overlays().Top() != nil || w.Canvas().Focused() != fyne.Focusable(choice) {
			t.Errorf("%s: the focus is on %T", name, w.Canvas().Focused())
		}
	}
}

// menuOf is the menu that is shown, and its place in the window.
func menuOf(t *testing.T, w fyne.Window) room {
	t.Helper()
	m, ok := w.Canvas().Overlays().Top().(*Menu)
	if !ok {
		t.Fatal("no menu")
	}
	return roomOf(m.Frame())
}

// TestMenusLieInTheWindow: wherever a menu is asked for, and however many words
// it has.
func TestMenusLieInTheWindow(t *testing.T) {
	for _, n := range []int{1, 3, 40} {
		for _, at := range []fyne.Position{{}, {X: 490, Y: 390}, {X: -50, Y: 20}, {X: 250, Y: 399}, {X: 499, Y: 0}} {
			dressed(t)
			size := fyne.NewSize(500, 400)
			w := shots.Window(t, container.NewStack(), size.Width, size.Height)
			var items []*fyne.MenuItem
			for i := range n {
				items = append(items, fyne.NewMenuItem(fmt.Sprint("Word ", i), nil))
			}
			ShowMenu(w.Canvas(), at, items...)
			r := menuOf(t, w)
			if !r.inside(size) || r.width < MenuWidth || r.x < menuEdge || n < 40 && r.y < menuEdge {
				t.Errorf("with %d words asked for at %v it lies at %+v", n, at, r)
			}
			if free := at.X >= menuEdge && at.X+r.width+menuEdge <= size.Width && at.Y >= menuEdge && at.Y+r.height+menuEdge <= size.Height; free && (r.x != at.X || r.y != at.Y) {
				t.Errorf("asked for at %v it lies at %+v", at, r)
			}
		}
	}
}

// TestMenusByKeyboard: arrows choose a word, Enter takes it, Escape none; a
// word that is off does nothing.
func TestMenusByKeyboard(t *testing.T) {
	for name, c := range map[string]struct {
		keys []fyne.KeyName
		want string
	}{
		"first":  {[]fyne.KeyName{fyne.KeyDown, fyne.KeyReturn}, "open"},
		"third":  {[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn}, "delete"},
		"off":    {[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn}, ""},
		"back":   {[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyUp, fyne.KeySpace}, "open"},
		"Escape": {[]fyne.KeyName{fyne.KeyDown, fyne.KeyEscape}, ""},
	} {
		dressed(t)
		w, got := shots.Window(t, container.NewStack(), 500, 400), ""
		item := func(word string) *fyne.MenuItem { return fyne.NewMenuItem(word, func() { got += word }) }
		off := item("share")
		off.Disabled = true
		ShowMenu(w.Canvas(), fyne.NewPos(50, 50), item("open"), off, item("delete"))
		typed(w, c.keys...)
		if got != c.want || w.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: %q, want %q; something is shown: %v", name, got, c.want, w.Canvas().Overlays().Top() != nil)
		}
	}
}

// TestChoicesByTheirWords: the words of a choice are chosen by pointer and keys,
// the chosen one has a tick, and the menu hangs under it.
func TestChoicesByTheirWords(t *testing.T) {
	dressed(t)
	var told []int
	s := NewSelect([]string{"a", "b", "c"}, 1, func(i int) { told = append(told, i) })
	w := shots.Window(t, container.NewWithoutLayout(s), 400, 400)
	place(s, 40, 60, 120, 36)
	test.Tap(s)
	if m := menuOf(t, w); m.x != 40 || m.y != 100 {
		t.Errorf("the words hang at %+v", m)
	}
	menu := w.Canvas().Focused().(*widget.PopUpMenu)
	if items := menu.Items; len(items) != 3 {
		t.Errorf("%d words", len(items))
	}
	typed(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if !slices.Equal(told, []int{2}) || s.Chosen() != 2 || s.AccessibilityLabel() != "c" {
		t.Errorf("told %v, %d is chosen", told, s.Chosen())
	}
}
