package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

func TestLayouts(t *testing.T) {
	dressed(t)
	wide, narrow := NewBox(theme.Surface, theme.Line, 0, Insets{}, nil), Sized(100, 80, NewBox(theme.Surface, theme.Line, 0, Insets{}, nil))
	wanted := true
	both := Beside(wide, narrow, 300, 760, func() bool { return wanted })
	both.Resize(fyne.NewSize(1000, 500))
	if wide.Size().Width != 684 || narrow.Position().X != 700 || !narrow.Visible() {
		t.Errorf("%v, %v", wide.Size(), narrow.Position())
	}
	both.Resize(fyne.NewSize(500, 500))
	if wide.Size().Width != 500 || narrow.Visible() {
		t.Error("there is no room for both")
	}
	wanted = false
	both.Resize(fyne.NewSize(1001, 500))
	if wide.Size().Width != 1001 || narrow.Visible() {
		t.Error("it is not wanted")
	}
	if both.MinSize() != wide.MinSize() {
		t.Errorf("both need %v", both.MinSize())
	}
	box := func(w, h float32) fyne.CanvasObject { return Gap(w, h) }
	e := Edges(box(10, 20), box(10, 30), box(40, 5), box(50, 5), box(60, 70))
	if e.MinSize() != fyne.NewSize(150, 120) {
		t.Errorf("edges need %v", e.MinSize())
	}
	e.Resize(fyne.NewSize(300, 200))
	if middle := e.Objects[0]; middle.Size() != fyne.NewSize(210, 150) || middle.Position() != fyne.NewPos(40, 20) {
		t.Errorf("the middle is %v at %v", middle.Size(), middle.Position())
	}
}

func TestDialogKeys(t *testing.T) {
	dressed(t)
	w := shots.Window(t, container.NewStack(), 600, 400)
	before := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { before++ })
	pressed, closed := 0, 0
	d := NewDialog(w.Canvas())
	d.OnClosed = func() { closed++ }
	d.Present(Sheet{Title: "One", Text: "A sentence.", Buttons: []*Button{NewButton(Primary, "Go", "", func() { pressed++ })}})
	w.Canvas().OnTypedKey()(key(fyne.KeyReturn))
	d.Present(Sheet{Title: "Two"})
	w.Canvas().OnTypedKey()(key(fyne.KeyEnter)) // no button, nothing to press
	w.Canvas().OnTypedKey()(key(fyne.KeyEscape))
	d.Close()
	if pressed != 1 || closed != 1 || d.Open() || w.Canvas().Overlays().Top() != nil {
		t.Errorf("pressed %d, closed %d", pressed, closed)
	}
	w.Canvas().OnTypedKey()(key(fyne.KeyF1))
	if before != 1 {
		t.Error("the window did not get its keys back")
	}
	if d = ShowDialog(w.Canvas(), Sheet{Title: "Three"}); !d.Open() {
		t.Error("not shown")
	}
}

func TestDialogFitsASmallWindow(t *testing.T) {
	dressed(t)
	w := shots.Window(t, container.NewStack(), 420, 300)
	d := ShowDialog(w.Canvas(), Sheet{Title: "Long", Body: Gap(100, 900)})
	if s := d.Size(); s.Width > 420 || s.Height > 300 {
		t.Errorf("the dialog is %v", s)
	}
}
