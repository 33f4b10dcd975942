package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

const (
	// MenuWidth is the least width of a menu.
	MenuWidth float32 = 208
	menuEdge  float32 = 8 // to the edge of the window
)

// ShowMenu shows a menu with its upper left corner at a place, moved as far as
// it needs to lie inside the window.
func ShowMenu(c fyne.Canvas, at fyne.Position, items ...*fyne.MenuItem) {
	attendOn(c)
	for _, item := range items {
		if item.Disabled {
			item.Action = nil // or keys would do it
		}
	}
	m := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	size := m.MinSize().Max(fyne.NewSize(MenuWidth, 0))
	m.Resize(size)
	m.ShowAtPosition(fyne.NewPos(
		max(menuEdge, min(at.X, c.Size().Width-size.Width-menuEdge)),
		max(menuEdge, min(at.Y, c.Size().Height-size.Height-menuEdge)),
	))
}
