package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// TestWindowsThatChangeUnderADialog: the dialog fits the window it has, when it
// is made smaller or larger too.
func TestWindowsThatChangeUnderADialog(t *testing.T) {
	dressed(t)
	w := shots.Window(t, container.NewStack(), 900, 700)
	d := ShowDialog(w.Canvas(), Sheet{Title: longName, Text: longName + longName, Body: Gap(DialogInner, 400), Buttons: []*Button{NewButton(Secondary, "Cancel", "", nil), NewButton(Primary, "Go", "", nil)}})
	for _, size := range []fyne.Size{{Width: 900, Height: 700}, {Width: 520, Height: 340}, {Width: 1400, Height: 900}, {Width: 853, Height: 533}} {
		w.Resize(size)
		d.Resize(w.Canvas().Size())
		objects := partsOf(d)
		if scrim := roomOf(objects[0]); scrim != (room{0, 0, size.Width, size.Height}) {
			t.Errorf("at %v the page is seen beside %+v", size, scrim)
		}
		at := roomOf(objects[1])
		if middle := at.x + at.width/2; !at.inside(size) || middle < size.Width/2-1 || middle > size.Width/2+1 {
			t.Errorf("at %v the dialog lies at %+v", size, at)
		}
		if room := d.box.MinSize().Height + 2*scrollEdge; at.height < min(room, size.Height-32) {
			t.Errorf("at %v the dialog has %v of %v", size, at.height, room)
		}
	}
}

// TestDialogsGrow with what they show: a sheet that needs more gets more.
func TestDialogsGrow(t *testing.T) {
	dressed(t)
	w := shots.Window(t, container.NewStack(), 1000, 800)
	d, before := NewDialog(w.Canvas()), float32(0)
	for i, s := range []Sheet{{Title: "One"}, {Title: "One", Text: longName}, {Title: "One", Text: longName, Body: Gap(0, 90)}, {Title: "One", Text: longName, Body: Gap(700, 90), Buttons: []*Button{NewButton(Primary, "Go", "", nil)}}} {
		d.Present(s)
		at := roomOf(partsOf(d)[1])
		if at.height <= before || at.width < DialogWidth {
			t.Errorf("sheet %d has %+v, the one before was %v high", i, at, before)
		}
		before = at.height
	}
	if at := roomOf(partsOf(d)[1]); at.width < 700 {
		t.Errorf("a wide sheet has %v", at.width)
	}
}

// TestDialogsTakeThePointer: nothing of the page below is pressed through a
// dialog, nor beside it.
func TestDialogsTakeThePointer(t *testing.T) {
	dressed(t)
	page := NewButton(Secondary, "page", "", func() { t.Error("the page was pressed") })
	w := shots.Window(t, container.NewStack(page), 800, 600)
	closed := 0
	d := NewDialog(w.Canvas())
	d.OnClosed = func() { closed++ }
	d.Present(Sheet{Title: "One"})
	for _, at := range []fyne.Position{{X: 5, Y: 5}, {X: 400, Y: 300}, {X: 795, Y: 595}} {
		test.TapCanvas(w.Canvas(), at)
	}
	if closed != 0 || !d.Open() {
		t.Error("a click beside a dialog took it away, with what was typed")
	}
	if d.Cursor() != desktop.DefaultCursor {
		t.Error("the pointer looks as over a field")
	}
}

// TestDialogPictures shows what dialogs look like: short, long, and too long for
// the window.
func TestDialogPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		w := shots.Window(t, ground(container.NewVBox(NewText("The page below", Title), NewNotice("A sentence.", Warn, 300))), 620, 400)
		cancel, remove := NewButton(Secondary, "Cancel", "", nil), NewButton(Dangerous, "Delete", "trash", nil)
		d := ShowDialog(w.Canvas(), Sheet{
			Title: "Delete " + longName, Text: "You can undo this for 30 days. " + longName + ".",
			Body:    Column(10, NewCheck("Also on other devices", nil), NewChoiceCard("globe", "Keep a copy", "It stays here.", nil), NewField("Name", ""), NewField("Note", "")),
			Buttons: []*Button{cancel, remove}, Focus: remove,
		})
		shots.Match(t, "dialog-"+mode, w)
		d.Close()
	})
}

// TestScrimsFollowTheLook: a dialog that is open when the look changes wears the
// new one.
func TestScrimsFollowTheLook(t *testing.T) {
	dressed(t)
	w := shots.Window(t, container.NewStack(), 600, 400)
	d := ShowDialog(w.Canvas(), Sheet{Title: "One", Text: "Two", Body: NewField("", "search")})
	before := w.Canvas().Capture()
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark))
	d.Refresh()
	dark := w.Canvas().Capture()
	if n := differing(before, dark); n < 600*400/2 {
		t.Errorf("%d pixels changed", n)
	}
	d.Close()
	ShowDialog(w.Canvas(), Sheet{Title: "One", Text: "Two", Body: NewField("", "search")})
	if n := differing(dark, w.Canvas().Capture()); n != 0 {
		t.Errorf("%d pixels are other than in a dialog that was made in the dark", n)
	}
}
