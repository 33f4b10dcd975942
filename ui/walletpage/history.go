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

// cards lays out the page: the total, the side card at its right, and the
// history below: beside the side card, or under both where it is narrow.
type cards struct{}

const (
	totalHeight float32 = 128
	narrowBelow float32 = 860
)

// Layout places the cards.
func (*cards) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	total, side, recent := objects[0], objects[1], objects[2]
	set := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
	left, top, sideHeight := size.Width-sideWidth-theme.Between, totalHeight, side.MinSize().Height
	width := left
	if size.Width < narrowBelow {
		top, width = max(totalHeight, sideHeight), size.Width
	}
	set(total, 0, 0, left, top)
	set(side, left+theme.Between, 0, sideWidth, sideHeight)
	set(recent, 0, top+theme.Between, width, max(0, size.Height-top-theme.Between))
}

// MinSize is small: the history scrolls.
func (*cards) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 320) }
