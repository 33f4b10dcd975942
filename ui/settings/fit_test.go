package settings

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Nothing on the page or in its dialogs is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		p, b, _ := openedIn(t, width, height)
		b.Epoch = fake.SampleEpoch()
		stage.Fits(t, "the page", p.host.Window)
		p.scroll.ScrollToBottom()
		stage.Fits(t, "its end", p.host.Window)
		for title, show := range map[string]func(){
			"folders": func() { p.chooseFolders() }, "speed": p.askSpeed, "devices": func() { p.showDevices().table.Select(2) },
			"stolen": func() { p.showStolen() }, "servers": p.askServers, "network": p.askNetwork,
			"report": func() { p.makeReport() }, "storage": func() { p.showStorage() }, "move": func() { p.changeFolder(usb) },
			"moving": func() { p.changeFolder(usb).working() }, "chain": func() {
				p.askServers()
				openDialog(p).Close()
				(&serverSheet{p: p, dialog: openedSheet(p)}).changeChain(app.Servers{})
			},
		} {
			show()
			stage.Fits(t, title, p.host.Window)
			openDialog(p).Close()
		}
	})
}

func openedSheet(p *Page) *widgets.Dialog { return widgets.NewDialog(p.host.Canvas()) }
