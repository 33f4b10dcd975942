package drive

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// The list of folders has room for six.
const (
	foldersWidth  float32 = 424
	foldersHeight         = 6 * theme.RowHeight
)

// foldersIn are the folders that what is picked may be moved into or through,
// in order: not those that are moved themselves.
func foldersIn(entries []app.Entry, picked []app.Entry) []app.Entry {
	list := slices.DeleteFunc(Ordered(entries), func(e app.Entry) bool {
		return !e.Folder || !inDrive(e) || slices.ContainsFunc(picked, func(m app.Entry) bool { return m.Path == e.Path })
	})
	return list
}

// mover is the dialog that asks for the folder to move to: a person goes into
// it, and moves there.
type mover struct {
	page    *Page
	tasks   *page.Tasks
	picked  []app.Entry
	at      string // the folder that is shown
	folders []app.Entry
	turn    int

	dialog *widgets.Dialog
	way    *fyne.Container
	body   *fyne.Container
	table  *widgets.Table
	move   *widgets.Button
}

// askFolderToMove asks where to move what is picked.
func (p *Page) askFolderToMove(picked []app.Entry) *mover {
	m := &mover{page: p, picked: picked, dialog: widgets.NewDialog(p.host.Canvas()), way: container.NewStack(), body: container.NewStack()}
	var leave func()
	m.tasks, leave = p.tasks.Scope()
	m.dialog.OnClosed = leave
	m.table = widgets.NewTable([]widgets.TableColumn{{Width: 90, Trailing: true}})
	m.table.OnOpen = func(i int) { m.enter(m.folders[i].Path) }
	m.table.OnTapped = m.table.OnOpen
	m.table.OnKey = func(key *fyne.KeyEvent) bool {
		if key.Name != fyne.KeyBackspace || m.at == "" {
			return false
		}
		m.enter(parent(m.at))
		return true
	}
	m.move = widgets.NewButton(widgets.Primary, lang.L("Move here"), "", m.finish)
	m.dialog.Present(widgets.Sheet{
		Title: lang.L("Move {{.Name}}", map[string]any{"Name": itemWords(picked)}),
		Body:  widgets.Column(8, m.way, widgets.Sized(foldersWidth, foldersHeight, m.body)),
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", m.dialog.Close), m.move,
		},
	})
	m.enter(p.folder)
	return m
}

// enter shows the folders of a folder.
func (m *mover) enter(folder string) {
	m.at = folder
	m.turn++
	turn := m.turn
	m.way.Objects = []fyne.CanvasObject{m.crumbs()}
	m.way.Refresh()
	m.move.SetEnabled(mayDrop(m.picked, folder))
	m.dialog.Refresh()
	page.Run(m.tasks, func(ctx context.Context) ([]app.Entry, error) {
		list, err := m.page.backend.List(ctx, folder)
		return foldersIn(list, m.picked), err
	}, func(list []app.Entry, err error) {
		if turn == m.turn {
			m.show(list, err)
		}
	})
}

func (m *mover) crumbs() fyne.CanvasObject {
	row := widgets.Row(0)
	way := crumbs(m.at)
	for i, c := range way {
		if i == len(way)-1 {
			row.Add(widgets.NewText(c.name, widgets.Heading))
			break
		}
		row.Add(widgets.NewLink(c.name, func() { m.enter(c.path) }))
		row.Add(widgets.NewText(" / ", widgets.Second.At(theme.NameText)))
	}
	return container.NewHScroll(row)
}

func (m *mover) show(list []app.Entry, err error) {
	m.folders = list
	rows := make([]widgets.TableRow, len(list))
	for i, e := range list {
		rows[i] = widgets.TableRow{Icon: "folder", Name: e.Name, Cells: []widgets.TableCell{{Text: say.Items(e.Items)}}}
	}
	m.table.Select(-1)
	m.table.SetRows(rows)
	m.table.Exchanged()
	var content fyne.CanvasObject = m.table
	switch {
	case err != nil:
		content = widgets.NewTrouble(err, func() { m.enter(m.at) })
	case len(list) == 0:
		content = widgets.NewEmpty("folder", lang.L("No folders in here"), "", nil)
	}
	m.body.Objects = []fyne.CanvasObject{content}
	m.body.Refresh()
	if content == fyne.CanvasObject(m.table) {
		m.table.Focus()
	}
}

func (m *mover) finish() {
	m.dialog.Close()
	m.page.move(m.picked, m.at)
}
