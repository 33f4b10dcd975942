package walletpage

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// mostEntries is how many transactions the page lists; the rest is history.
const mostEntries = 50

// newHistory lists transactions.
func newHistory(past []app.HistoryEntry, w app.WalletInfo, now time.Time) fyne.CanvasObject {
	column := widgets.Column(4)
	for i, h := range past {
		if i == mostEntries {
			break
		}
		column.Add(entryRow(entryOf(h, w, now)))
	}
	return container.NewVScroll(column)
}

func entryRow(e entry) fyne.CanvasObject {
	icon, front, ground, style := e.icon, theme.Muted, theme.Thumb, widgets.Strong
	switch {
	case e.failed:
		icon, front, ground = "warning", theme.Bad, theme.BadSoft
		style = widgets.Second
	case e.incoming:
		style = widgets.Strong.In(theme.Good)
	}
	names := container.New(&twoLines{}, widgets.NewCutText(e.title, widgets.Name), widgets.NewCutText(e.second, widgets.Small))
	amount := widgets.NewText(e.amount, style).Align(fyne.TextAlignTrailing)
	when := widgets.Sized(110, 0, widgets.NewText(e.when, widgets.Small).Align(fyne.TextAlignTrailing))
	return widgets.Sized(0, theme.RowHeight, widgets.Edges(nil, nil,
		widgets.Pad(widgets.Insets{Right: 12}, widgets.NewTile(icon, front, ground, theme.TileSize)),
		widgets.Row(0, amount, when), names))
}

// twoLines centres a name and, unless it is empty, a second line under it.
type twoLines struct{}

// Layout places the lines.
func (*twoLines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	first, second := objects[0], objects[1]
	middle := size.Height / 2
	width := max(0, size.Width-12)
	if second.(*widgets.Text).Text() == "" {
		first.Move(fyne.NewPos(0, 0))
		first.Resize(fyne.NewSize(width, size.Height))
		second.Hide()
		return
	}
	first.Move(fyne.NewPos(0, middle-18))
	first.Resize(fyne.NewSize(width, 19))
	second.Move(fyne.NewPos(0, middle+1))
	second.Resize(fyne.NewSize(width, 16))
}

// MinSize leaves the width to others.
func (*twoLines) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(80, 36) }

// cards lays out the page: total over history at the left, the side card at the
// right, or everything below each other where it is narrow.
type cards struct{}

const (
	totalHeight  float32 = 128
	narrowBelow  float32 = 760
	leastHistory float32 = 240
)

// Layout places the cards.
func (*cards) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	total, side, recent := objects[0], objects[1], objects[2]
	set := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
	if size.Width < narrowBelow {
		below := side.MinSize().Height
		set(total, 0, 0, size.Width, totalHeight)
		set(side, 0, totalHeight+16, size.Width, below)
		set(recent, 0, totalHeight+below+32, size.Width, max(leastHistory, size.Height-totalHeight-below-32))
		return
	}
	left := size.Width - sideWidth - theme.Between
	set(total, 0, 0, left, totalHeight)
	set(side, left+theme.Between, 0, sideWidth, side.MinSize().Height)
	set(recent, 0, totalHeight+theme.Between, left, size.Height-totalHeight-theme.Between)
}

// MinSize is small: the history scrolls.
func (*cards) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(420, 320) }
