package gallery

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// tones are all tones with their words.
var tones = []struct {
	tone widgets.Tone
	word string
}{
	{widgets.Neutral, "Practice"}, {widgets.Active, "Open for votes"}, {widgets.Good, "In service"}, {widgets.Warn, "Slow"}, {widgets.Bad, "Offline"},
}

func marks() []fyne.CanvasObject {
	pills, tiles := widgets.Row(8), widgets.Row(8)
	for _, each := range tones {
		pills.Add(widgets.NewPill(each.word, each.tone))
	}
	for _, icon := range []string{"folder", "file", "film", "wallet", "chart", "activity", "gear"} {
		tiles.Add(widgets.NewTile(icon, theme.Muted, theme.Thumb, theme.TileSize))
		tiles.Add(widgets.NewIcon(icon, theme.Accent))
	}
	list := []fyne.CanvasObject{pills, tiles, container.NewCenter(widgets.NewSteps([]string{"Wallet", "Network", "Folder"}, 1))}
	for _, part := range []float64{0, 0.42, 1} {
		bar := widgets.NewProgress()
		bar.Set(part)
		list = append(list, bar)
	}
	return list
}

func notices() (list []fyne.CanvasObject) {
	for _, each := range tones {
		list = append(list, widgets.NewNotice("A notice says what happened, what is safe and what to do, in a sentence or two.", each.tone, 480))
	}
	do := func() *widgets.Button { return widgets.NewButton(widgets.Secondary, "Do it", "", nil) }
	return append(list, widgets.NewBanner("A banner has one button.", widgets.Warn, do()),
		widgets.NewAdvice("Advice is a notice with the one thing to do about it at its right.", widgets.Bad, 380, do()))
}

func figures() []fyne.CanvasObject {
	staked, earned := widgets.NewStat("Staked"), widgets.NewStat("Rewards")
	staked.Set("40", "STOS", "with 2 validators")
	earned.Set("0.123456789", "STOS", "can be claimed at any time")
	return []fyne.CanvasObject{
		widgets.NewMetrics(staked, earned), widgets.NewChart([]float64{1, 3, 2, 5, 4, 6}, 80),
		widgets.NewMeter("Deposit", "12 of 40 STOS", 0.3, widgets.Active), widgets.NewKeyValue("Network fee", "0.00013 STOS"),
		widgets.NewKeyValueOf("State", widgets.Row(0, widgets.Spring(), widgets.NewPill("Done", widgets.Good))), widgets.Line(),
		widgets.Row(16, widgets.NewQR("st1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", 140)),
	}
}

// files are a list or a grid with files in each state, the second of them
// selected.
func files(grid bool) fyne.CanvasObject {
	views := []widgets.FileView{
		{Icon: "folder", Name: "Letters", Mark: "check", MarkTone: widgets.Good, Changed: "Today, 10:47", Size: "2 items"},
		{Icon: "film", Name: "Harbour.mp4", Second: "Video", Mark: "check", MarkTone: widgets.Good, Changed: "Yesterday", Size: "1.3 MB"},
		{Icon: "image", Name: "Ferry.jpg", StatusText: "Uploading 42 %", Changed: "Yesterday", Size: "812 KB"},
		{Icon: "file", Name: "Plan.pdf", Mark: "cloud", MarkTone: widgets.Neutral, Changed: "3 May", Size: "264 KB"},
		{Icon: "file", Name: "List.txt", Second: "Changed on two devices", Mark: "warning", MarkTone: widgets.Warn, Changed: "3 May", Size: "1 KB"},
		{Icon: "file", Name: "Draft.tmp", Second: "Not synced: a rule leaves it out", Faint: true, Changed: "3 May", Size: "1 KB"},
	}
	list := widgets.NewFiles(func(i int) widgets.FileView { return views[i] })
	list.SetGrid(grid)
	list.SetItems(len(views), []int{1}, 1)
	if grid {
		return widgets.Sized(0, 330, list)
	}
	head, short := widgets.NewFilesHead([4]string{"Name", "Status", "Changed", "Size"}), widgets.NewFileList()
	head.OnSort = func(int) {}
	short.SetRows(views[:2])
	panel := widgets.NewPanel(widgets.NewParagraph("A panel says more about what is selected.", widgets.Second, 180),
		widgets.NewButtonRow(widgets.NewButton(widgets.Secondary, "Open", "", nil), widgets.NewButton(widgets.Secondary, "Share", "", nil)))
	return widgets.Column(8, head, widgets.Sized(0, 330, list), widgets.Edges(nil, nil, nil, widgets.Sized(220, 110, panel), short))
}

func rows() fyne.CanvasObject {
	columns := []widgets.TableColumn{{Title: "State", Width: 120}, {Title: "Amount", Width: 110, Trailing: true}}
	table := widgets.NewTable(columns)
	var list []widgets.TableRow
	for _, each := range tones {
		list = append(list, widgets.TableRow{
			Icon: "chart", IconTone: each.tone, Name: each.word, Second: "Second line",
			Cells: []widgets.TableCell{{Text: each.word, Tone: each.tone, Pill: true}, {Text: "+ 40 STOS", Good: each.tone == widgets.Good}},
		})
	}
	table.SetRows(list)
	table.Select(1)
	return widgets.Edges(widgets.NewTableHead("Name", columns, 0, true), nil, nil, nil, widgets.Sized(0, 250, table))
}

func tree() fyne.CanvasObject {
	t := widgets.NewCheckTree()
	t.SetRows([]widgets.TreeRow{
		{Name: "All of the drive", Tick: widgets.TickPart, Folds: true, Open: true},
		{Name: "Letters", Second: "2 files, 80 KB", Depth: 1, Tick: widgets.TickAll},
		{Name: "Films", Second: "9 files, 12 GB", Depth: 1, Tick: widgets.TickNone, Folds: true},
	})
	return widgets.Sized(0, 150, t)
}

// sidebar is one with a status in each tone beside it.
func sidebar() fyne.CanvasObject {
	active := widgets.NewNavItem("folder", "Active", nil)
	active.SetActive(true)
	items := []*widgets.NavItem{active, widgets.NewNavItem("share", "Shared", nil), hovered(widgets.NewNavItem("play", "Under the pointer", nil)), focused(widgets.NewNavItem("wallet", "With focus", nil))}
	states := widgets.Column(8)
	for i, each := range tones {
		states.Add(widgets.Sized(200, 76, widgets.NewStatus(widgets.StatusView{
			Tone: each.tone, Headline: each.word, Detail: "3 of 120 files, about 2 min left", Fraction: float64(i)/4 - 0.25,
		})))
	}
	status := widgets.NewStatus(widgets.StatusView{Tone: widgets.Good, Headline: "Up to date", Detail: "9 files, 3.9 MB", Fraction: -1})
	bar := widgets.NewSidebar(items, status, []*widgets.NavItem{widgets.NewNavItem("gear", "Settings", nil)})
	return widgets.Row(24, widgets.Sized(theme.SidebarWidth, 420, bar), states)
}

func empty() fyne.CanvasObject {
	return widgets.NewEmpty("film", "Nothing here", "An empty page says what comes here, and how.", widgets.NewButton(widgets.Secondary, "Go to my drive", "folder", nil))
}

func trouble() fyne.CanvasObject {
	return widgets.NewTrouble(fault.Say(nil, "The network does not answer. Your files are safe; it is tried again by itself."), nil)
}

// over shows what lies over a page.
func over(window fyne.Window) fyne.CanvasObject {
	dialog := widgets.NewButton(widgets.Secondary, "Open a dialog", "", func() {
		d := widgets.NewDialog(window.Canvas())
		d.Present(widgets.Sheet{
			Title: "Title of a dialog", Text: "What it is about.", Body: widgets.NewField("A field", ""),
			Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, "Cancel", "", d.Close), widgets.NewButton(widgets.Primary, "Do it", "", d.Close)},
		})
	})
	menu := widgets.NewButton(widgets.Secondary, "Open a menu", "", nil)
	menu.OnTapped = func() {
		chosen, off := fyne.NewMenuItem("Chosen", nil), fyne.NewMenuItem("Cannot be done now", nil)
		chosen.Checked, off.Disabled = true, true
		widgets.NewMenu(window.Canvas(), nil, chosen, fyne.NewMenuItem("Not chosen", nil), fyne.NewMenuItemSeparator(), off).
			ShowAt(fyne.CurrentApp().Driver().AbsolutePositionForObject(menu), widgets.MenuWidth)
	}
	said := widgets.NewToasts(func(time.Duration, func()) {}) // it stays, to be looked at
	said.Offer("3 items deleted", "Undo", nil)
	return widgets.Column(0, widgets.Row(8, dialog, menu), widgets.Sized(0, 90, said))
}
