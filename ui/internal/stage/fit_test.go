package stage

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestMisfitsAreSeen(t *testing.T) {
	host, _ := Host(t, 300, 200)
	placed := func(o fyne.CanvasObject, x, y, width float32) fyne.CanvasObject {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, 36))
		return o
	}
	button := func(text string) *widgets.Button { return widgets.NewButton(widgets.Secondary, text, "", nil) }
	hidden := button("Hidden")
	hidden.Hide()
	for name, c := range map[string]struct {
		objects []fyne.CanvasObject
		want    []string
	}{
		"all is well":  {[]fyne.CanvasObject{placed(button("A"), 0, 0, 100), placed(button("B"), 100, 0, 100)}, nil},
		"hidden":       {[]fyne.CanvasObject{placed(button("A"), 0, 0, 100), placed(hidden, 0, 0, 100)}, nil},
		"over another": {[]fyne.CanvasObject{placed(button("A"), 0, 0, 100), placed(button("B"), 90, 0, 100)}, []string{"the button B lies over the button A"}},
		"outside":      {[]fyne.CanvasObject{placed(button("A"), 250, 0, 100)}, []string{"the button A reaches from 250 to 350"}},
		"cut":          {[]fyne.CanvasObject{placed(button("A long word"), 0, 0, 40)}, []string{"the button A long word is 40 wide and wants 111"}},
	} {
		host.Window.SetContent(container.NewWithoutLayout(c.objects...))
		host.Window.Resize(fyne.NewSize(300, 200))
		if got := Misfits(host.Window); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// What is scrolled out of sight lies over nothing, and a dialog is looked at
// instead of what lies below it.
func TestMisfitsOfWhatIsSeen(t *testing.T) {
	host, _ := Host(t, 300, 200)
	far := container.NewVScroll(widgets.Column(0, widgets.Gap(0, 300), widgets.NewButton(widgets.Secondary, "Far", "", nil)))
	far.Resize(fyne.NewSize(300, 100))
	near := widgets.NewButton(widgets.Secondary, "Near", "", nil)
	near.Move(fyne.NewPos(0, 120))
	near.Resize(fyne.NewSize(300, 200))
	host.Window.SetContent(container.NewWithoutLayout(far, near))
	host.Window.Resize(fyne.NewSize(300, 200))
	if got := Misfits(host.Window); len(got) != 0 {
		t.Errorf("%q", got)
	}
	widgets.ShowDialog(host.Canvas(), widgets.Sheet{Title: "Ask", Buttons: []*widgets.Button{widgets.NewButton(widgets.Primary, "An answer that needs all of the room there is and more of it", "", nil)}})
	if got := Misfits(host.Window); len(got) == 0 {
		t.Error("the dialog is not looked at")
	}
}
