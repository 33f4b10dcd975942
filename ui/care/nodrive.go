package care

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// noDrive stands where files would be, while an address is watched that has
// none here.
type noDrive struct{ object fyne.CanvasObject }

// Object is the page.
func (n noDrive) Object() fyne.CanvasObject { return n.object }

// NoDrive is the page for files while an address is only watched; title is that
// of the page that it stands for.
func (c *Care) NoDrive(title string) page.Page {
	back := widgets.NewButton(widgets.Primary, lang.L("Choose a wallet"), "wallet", c.ManageWallets)
	return noDrive{widgets.NewPage(widgets.NewText(title, widgets.Title), nil, widgets.NewCard(container.NewCenter(
		widgets.NewEmpty("eye", lang.L("Only watching"), lang.L("A watched address has no files here. Your own are where you left them."), back))))}
}
