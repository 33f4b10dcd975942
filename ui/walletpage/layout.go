package walletpage

import (
	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// cards lays out the page: a line to be reminded of something, which may be
// hidden, then the total at the left with the history under it, and at the
// right where the money is and the ozone. Where it is narrow, the ozone stands
// under the total and the history under all of them.
type cards struct {
	charted func() bool // the total has a chart under it
}

const (
	sideWidth   float32 = 328
	totalHeight float32 = 128
	totalTall   float32 = 236 // with a chart
	chartNeeds  float32 = 64
	tallFrom    float32 = 600 // the height of the page from which there is room for it
	narrowBelow float32 = 860
)

// Layout places the cards.
func (c *cards) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	line, total, side, ozone, recent := objects[0], objects[1], objects[2], objects[3], objects[4]
	set := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, max(0, height)))
	}
	top := float32(0)
	if line.Visible() {
		height := line.MinSize().Height
		set(line, 0, 0, size.Width, height)
		top = height + theme.Between
	}
	left, right := size.Width-sideWidth-theme.Between, size.Width-sideWidth
	sideHeight, ozoneHeight := side.MinSize().Height, ozone.MinSize().Height
	if size.Width < narrowBelow {
		first := max(totalHeight+theme.Between+ozoneHeight, sideHeight)
		set(total, 0, top, left, first-ozoneHeight-theme.Between)
		set(ozone, 0, top+first-ozoneHeight, left, ozoneHeight)
		set(side, right, top, sideWidth, first)
		set(recent, 0, top+first+theme.Between, size.Width, size.Height-top-first-theme.Between)
		return
	}
	high := totalHeight
	if size.Height >= tallFrom && c.charted() {
		high = max(high, min(totalTall, sideHeight))
	}
	set(total, 0, top, left, high)
	set(side, right, top, sideWidth, sideHeight)
	set(ozone, right, top+sideHeight+theme.Between, sideWidth, ozoneHeight)
	set(recent, 0, top+high+theme.Between, left, size.Height-top-high-theme.Between)
}

// MinSize is small: the history scrolls.
func (*cards) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 320) }

// roomy shows its object where there is room for it.
type roomy struct{}

// Layout gives the object all the room, or hides it.
func (*roomy) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
		if size.Height < chartNeeds {
			o.Hide()
		} else {
			o.Show()
		}
	}
}

// MinSize asks for nothing.
func (*roomy) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
