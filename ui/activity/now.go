package activity

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// flowing is a file on its way, or one that is held back.
type flowing struct {
	app.Transfer
	held bool
}

// flowingNow are the files that have room: those held back first, for they wait
// for a person.
func flowingNow(r app.Report) []flowing {
	var list []flowing
	for _, p := range r.Held {
		list = append(list, flowing{app.Transfer{Path: p}, true})
	}
	for _, t := range r.Moving {
		list = append(list, flowing{t, false})
	}
	return list[:min(len(list), shown)]
}

// canHold tells whether a file can be held back or let go on; what is published
// is stopped elsewhere.
func (f flowing) canHold() bool { return f.Stage == "" }

// canCancel tells whether a file can stay online instead of coming here.
func (f flowing) canCancel() bool { return !f.held && !f.Up && f.Stage == "" }

// transfers shows the files on their way, with what can be done about the one
// that is chosen.
type transfers struct {
	page         *Page
	paces        paces
	list         []flowing
	chosen       string // its path
	table        *widgets.Table
	hold, cancel *widgets.Button
	room         *fyne.Container
	buttons      *fyne.Container
}

func newTransfers(p *Page) *transfers {
	t := &transfers{page: p, paces: paces{}, room: container.NewStack()}
	t.table = widgets.NewTable([]widgets.TableColumn{{Width: 70, Trailing: true}, {Width: 90, Trailing: true, From: 480}})
	t.table.OnSelected = func(i int) { t.choose(i) }
	t.table.OnOpen = func(i int) { t.choose(i); t.holdOrGo() }
	t.hold = widgets.NewButton(widgets.Secondary, lang.L("Pause this file"), "pause", t.holdOrGo)
	t.cancel = widgets.NewButton(widgets.Secondary, lang.L("Leave it online"), "cloud", t.leaveOnline)
	t.buttons = widgets.Row(8, t.hold, t.cancel)
	return t
}

// show shows how far files are.
func (t *transfers) show(r app.Report) {
	t.paces.look(r.Moving, t.page.host.Now())
	t.list = flowingNow(r)
	rows, at := make([]widgets.TableRow, len(t.list)), -1
	for i, f := range t.list {
		rows[i] = flowingRow(f, t.paces)
		if f.Path == t.chosen {
			at = i
		}
	}
	t.table.SetRows(rows)
	t.table.Select(at)
	t.room.Objects = nil
	if len(rows) > 0 {
		t.room.Objects = []fyne.CanvasObject{widgets.Column(10, widgets.Sized(0, float32(len(rows))*theme.RowHeight, t.table), t.buttons)}
	}
	t.allow()
}

func (t *transfers) choose(i int) {
	t.chosen = ""
	if i >= 0 && i < len(t.list) {
		t.chosen = t.list[i].Path
	}
	t.allow()
}

// selected is the file that is chosen.
func (t *transfers) selected() (flowing, bool) {
	for _, f := range t.list {
		if f.Path == t.chosen {
			return f, true
		}
	}
	return flowing{}, false
}

func (t *transfers) allow() {
	f, ok := t.selected()
	t.hold.SetEnabled(ok && f.canHold())
	t.cancel.SetEnabled(ok && f.canCancel())
	t.hold.SetText(lang.L("Pause this file"))
	t.hold.SetIcon("pause")
	if f.held {
		t.hold.SetText(lang.L("Go on with it"))
		t.hold.SetIcon("play")
	}
}

// holdOrGo holds the chosen file back, or lets it go on.
func (t *transfers) holdOrGo() {
	f, ok := t.selected()
	if !ok || !f.canHold() {
		return
	}
	change := t.page.backend.HoldTransfer
	if f.held {
		change = t.page.backend.ReleaseTransfer
	}
	t.page.do(func(ctx context.Context) error { return change(ctx, f.Path) })
}

// leaveOnline ends a download for good: the file stays on the network, and is
// fetched when somebody asks for it.
func (t *transfers) leaveOnline() {
	f, ok := t.selected()
	if !ok || !f.canCancel() {
		return
	}
	page.Do(t.page.host.Tasks, func(ctx context.Context) error { return t.page.backend.FreeUp(ctx, f.Path) }, func(err error) {
		if err == nil {
			t.page.host.Say(lang.L("{{.Name}} stays online and leaves this computer", map[string]any{"Name": nameOf(f.Path)}))
		}
		t.page.host.Fail(err)
		t.page.look()
	})
}
