package received

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// Nothing on the page is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	poor := func(i *app.LinkInfo) { i.Have = "5" }
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		none := fake.Full()
		none.Err = noOzone()
		for name, c := range map[string]struct {
			b    *fake.Backend
			link string
		}{"folder": {folder(nil), fake.FolderLink}, "short": {folder(poor), fake.FolderLink}, "file": {fake.Full(), link}, "no ozone": {none, link}, "broken": {fake.Broken(), link}} {
			p, _ := opened(t, c.b, c.link, false)
			p.host.Window.Resize(fyne.NewSize(width, height))
			p.list.Select(1)
			stage.Fits(t, name, p.host.Window)
		}
	})
}
