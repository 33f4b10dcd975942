package onboard

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestWordsAreOffered(t *testing.T) {
	test.NewTempApp(t)
	field, focused := widgets.NewAreaField("", 4), 0
	h := NewWordHelp(field, fake.Full().HelpWords, func(fyne.Focusable) { focused++ })
	field.OnChanged = h.Follow
	for _, step := range []struct{ typed, press, want string }{
		{"Harbour vi", "violin", "harbour violin "},
		{"1. harbour 2. vi", "violin", "harbour violin "},
		{"harbour voilin meadow ", "violin", "harbour violin meadow "},
	} {
		field.SetText(step.typed)
		for _, o := range test.LaidOutObjects(h.Object()) {
			if l, ok := o.(*widgets.Link); ok && l.Text() == step.press {
				test.Tap(l)
			}
		}
		if field.Text != step.want {
			t.Errorf("%q became %q", step.typed, field.Text)
		}
	}
	if focused != 3 {
		t.Errorf("the field got the keyboard back %d times", focused)
	}
	for _, typed := range []string{"", "harbour ", "0x4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d", "{\"Crypto\": 1}"} {
		field.SetText(typed)
		if n := len(h.row.Objects); typed != "harbour " && n > 0 {
			t.Errorf("%q: something is offered", typed)
		}
	}
}
