package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// counter is a window's content that counts how often somebody was there.
type counter struct {
	widget.BaseWidget
	inside fyne.CanvasObject
	times  int
}

func (c *counter) Attend() { c.times++ }

func (c *counter) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.inside) }

// TestDialogsTellThatSomebodyIsThere: whatever a person does in a dialog puts
// off the locking of the wallet.
func TestDialogsTellThatSomebodyIsThere(t *testing.T) {
	dressed(t)
	c := &counter{inside: container.NewStack()}
	c.ExtendBaseWidget(c)
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(800, 600))
	field, button := NewField("", ""), NewButton(Primary, "Go", "", func() {})
	d := ShowDialog(w.Canvas(), Sheet{Title: "A question", Body: field, Buttons: []*Button{button}, Focus: field})
	defer d.Close()
	for name, do := range map[string]func(){
		"typing":              func() { test.Type(field, "a") },
		"a key":               func() { field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace}) },
		"pasting":             func() { field.TypedShortcut(&fyne.ShortcutSelectAll{}) },
		"clicking a field":    func() { field.MouseDown(&desktop.MouseEvent{}) },
		"moving over a field": func() { field.Cursor() },
		"moving":              func() { d.Cursor() },
		"pressing a button":   func() { test.Tap(button) },
		"a key of the dialog": func() { d.key(&fyne.KeyEvent{Name: fyne.KeyDown}) },
		"a key on a button":   func() { button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) },
	} {
		before := c.times
		do()
		if c.times == before {
			t.Errorf("%s is not noticed", name)
		}
	}
}

// TestSpaceThatLedToAFieldIsNotTyped: the toolkit tells of a key first and then
// of its letter, which goes to whatever has the focus by then.
func TestSpaceThatLedToAFieldIsNotTyped(t *testing.T) {
	test.NewTempApp(t)
	field := NewPasswordField("")
	button := NewButton(Primary, "Go on", "", nil)
	w := test.NewTempWindow(t, container.NewVBox(field, button))
	button.OnTapped = func() { w.Canvas().Focus(field) }
	w.Canvas().Focus(button)
	space := &fyne.KeyEvent{Name: fyne.KeySpace}
	button.TypedKey(space)
	w.Canvas().Focused().TypedRune(' ')
	if field.Text != "" {
		t.Fatalf("it holds %q", field.Text)
	}
	for _, r := range "a b" {
		field.KeyDown(space)
		field.TypedRune(r)
	}
	field.KeyDown(space)
	field.TypedRune(' ')
	if field.Text != "a b " {
		t.Errorf("typed, and it holds %q", field.Text)
	}
}
