package shared

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// Nothing on the page or in its dialogs is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		p, _, _ := withLinks(t, over())
		p.host.Window.Resize(fyne.NewSize(width, height))
		for i := range p.shown {
			p.list.Select(i)
			stage.Fits(t, p.shown[i].Name, p.host.Window)
		}
		for name, open := range map[string]func(){"stop": func() { p.askStop(p.shown[0]) }, "link": p.askLink, "again": func() { p.shareAgain(p.shown[1]) }} {
			open()
			stage.Fits(t, name, p.host.Window)
			dialog(t, p).Close()
		}
		p, _, _ = withLinks(t, nil)
		p.host.Window.Resize(fyne.NewSize(width, height))
		stage.Fits(t, "nothing", p.host.Window)
	})
}
