package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

// long is a page of cards with a button each, of which few are in sight.
func long(t *testing.T, n int) (w fyne.Window, scroll *container.Scroll, buttons []*Button) {
	t.Helper()
	dressed(t)
	column := Column(16)
	for range n {
		b := NewButton(Secondary, "Change", "", nil)
		buttons = append(buttons, b)
		column.Add(NewCard(Row(8, b)))
	}
	scroll = container.NewVScroll(column)
	return shots.Window(t, NewBox("surface", "clear", 0, Insets{}, Edges(Gap(0, 40), nil, nil, nil, scroll)), 400, 300), scroll, buttons
}

// inSight tells whether all of a control of a scrolled page is seen.
func inSight(scroll *container.Scroll, o fyne.CanvasObject) bool {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(scroll).Y
	return top >= 0 && top+o.Size().Height <= scroll.Size().Height
}

// Whoever goes through a page by Tab sees where the keyboard is, down and up.
func TestTabScrollsIntoSight(t *testing.T) {
	w, scroll, buttons := long(t, 12)
	for i, b := range buttons {
		w.Canvas().FocusNext()
		if w.Canvas().Focused() != fyne.Focusable(b) || !inSight(scroll, b) {
			t.Fatalf("button %d is not seen: the page begins at %v", i, scroll.Offset.Y)
		}
	}
	for i := len(buttons) - 2; i >= 0; i-- {
		if w.Canvas().FocusPrevious(); !inSight(scroll, buttons[i]) {
			t.Fatalf("button %d is not seen on the way back: the page begins at %v", i, scroll.Offset.Y)
		}
	}
}

// What is in sight stays where it is, and so does what the pointer is over: a
// button must not go away from under a finger that presses it.
func TestNothingMovesWithoutNeed(t *testing.T) {
	w, scroll, buttons := long(t, 12)
	w.Canvas().Focus(buttons[0])
	w.Canvas().Focus(buttons[1])
	if scroll.Offset.Y != 0 {
		t.Errorf("the page was scrolled to %v for what is seen", scroll.Offset.Y)
	}
	buttons[9].MouseIn(&desktop.MouseEvent{})
	if w.Canvas().Focus(buttons[9]); scroll.Offset.Y != 0 {
		t.Errorf("the page was scrolled to %v from under the pointer", scroll.Offset.Y)
	}
	w.Canvas().Focus(buttons[10])
	if !inSight(scroll, buttons[10]) {
		t.Error("another one is not seen")
	}
}

// A dialog that is higher than the window follows the keyboard too.
func TestDialogsScrollToTheKeyboard(t *testing.T) {
	dressed(t)
	w := shots.Window(t, container.NewStack(), 500, 240)
	var fields []*Field
	column := Column(12)
	for range 6 {
		f := NewField("Name", "")
		fields = append(fields, f)
		column.Add(f)
	}
	d := ShowDialog(w.Canvas(), Sheet{Title: "Ask", Body: column, Focus: fields[0]})
	if d.scroll.Offset.Y != 0 {
		t.Error("the title is not seen at first")
	}
	w.Canvas().Focus(fields[5])
	if !inSight(d.scroll, fields[5]) {
		t.Errorf("the last field is not seen: the dialog begins at %v", d.scroll.Offset.Y)
	}
}

func TestWhereAViewBegins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := func(name string, least, most int) float32 { return float32(rapid.IntRange(least, most).Draw(t, name)) }
		view, offset := length("view", 100, 900), length("offset", 0, 2000)
		top, height := length("top", 0, 3000), length("height", 10, 60)
		to, moves := scrolledTo(offset, view, top, height)
		middle := top + height/2
		if !moves && (to != offset || middle < offset || middle > offset+view) {
			t.Fatalf("stays at %v for %v", to, middle)
		}
		if moves && (middle >= offset && middle <= offset+view || top < to || top+height > to+view) {
			t.Fatalf("from %v to %v for %v to %v", offset, to, top, top+height)
		}
	})
}

// What is drawn anew under a dialog has the keyboard again when it closes: the
// button of the same word that is nearest to where it was.
func TestTheKeyboardComesBackToItsPlace(t *testing.T) {
	dressed(t)
	page := container.NewStack()
	var buttons []*Button
	draw := func(words ...string) {
		buttons = nil
		column := Column(10)
		for _, word := range words {
			buttons = append(buttons, NewButton(Secondary, word, "", nil))
			column.Add(buttons[len(buttons)-1])
		}
		page.Objects = []fyne.CanvasObject{column}
		page.Refresh()
	}
	w := shots.Window(t, page, 400, 400)
	for name, c := range map[string]struct {
		before, after []string
		from, to      int // -1 is none
	}{
		"as it was":           {[]string{"Stake", "Move"}, []string{"Stake", "Move"}, 1, 1},
		"one more before it":  {[]string{"Stake", "Move"}, []string{"Stake", "Unstake", "Move"}, 1, 2},
		"several of one word": {[]string{"Change", "Open", "Change"}, []string{"Change", "Open", "Change"}, 2, 2},
		"gone":                {[]string{"Stake", "Claim"}, []string{"Stake"}, 1, -1},
	} {
		draw(c.before...)
		w.Canvas().Focus(buttons[c.from])
		d := ShowDialog(w.Canvas(), Sheet{Title: "Sure?"})
		draw(c.after...)
		d.Close()
		var want fyne.Focusable
		if c.to >= 0 {
			want = buttons[c.to]
		}
		if got := w.Canvas().Focused(); got != want {
			t.Errorf("%s: %v has the keyboard", name, got)
		}
	}
}
