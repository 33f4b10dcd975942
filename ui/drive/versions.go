package drive

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// The list of versions has room for six.
const (
	versionsWidth  float32 = 440
	versionsHeight         = 6 * theme.RowHeight
)

// versionRow puts a version into a line of the list.
func versionRow(v app.DriveVersion, p *Page) widgets.TableRow {
	r := widgets.TableRow{Icon: "clock", Name: say.WhenTimed(v.Saved, p.host.Now()), Second: v.Device, Cells: []widgets.TableCell{{Text: say.Size(v.Size)}}}
	switch {
	case v.Current:
		r.Icon, r.IconTone, r.Second = "check", widgets.Good, lang.L("{{.Device}}, as it is now", map[string]any{"Device": v.Device})
	case v.Earlier:
		r.Second = lang.L("{{.Device}}, an earlier file of this name", map[string]any{"Device": v.Device})
	}
	return r
}

// versions shows the versions of a file, and brings one back.
type versions struct {
	page    *Page
	tasks   *page.Tasks // end with the dialog
	entry   app.Entry
	dialog  *widgets.Dialog
	list    []app.DriveVersion
	table   *widgets.Table
	body    *fyne.Container
	restore *widgets.Button
	beside  *widgets.Button
}

// showVersions opens the list of versions of a file.
func (p *Page) showVersions(e app.Entry) *versions {
	v := &versions{page: p, entry: e, dialog: widgets.NewDialog(p.host.Canvas()), body: container.NewStack()}
	v.tasks, v.dialog.OnClosed = p.tasks.Scope()
	v.table = widgets.NewTable([]widgets.TableColumn{{Width: 90, Trailing: true}})
	v.table.OnSelected = func(int) { v.allow() }
	v.restore = widgets.NewButton(widgets.Primary, lang.L("Bring back"), "", func() { v.bringBack(false) })
	v.beside = widgets.NewButton(widgets.Secondary, lang.L("As a copy"), "copy", func() { v.bringBack(true) })
	v.allow()
	v.dialog.Present(widgets.Sheet{
		Title: lang.L("Versions of {{.Name}}", map[string]any{"Name": e.Name}),
		Body:  widgets.Sized(versionsWidth, versionsHeight, v.body),
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Close"), "", v.dialog.Close), v.beside, v.restore,
		},
	})
	v.look()
	return v
}

// look asks for the versions.
func (v *versions) look() {
	v.put(widgets.NewText(lang.L("Looking for versions"), widgets.Second))
	page.Run(v.tasks, func(ctx context.Context) ([]app.DriveVersion, error) {
		return v.page.backend.Versions(ctx, v.entry.Path)
	}, v.loaded)
}

func (v *versions) loaded(list []app.DriveVersion, err error) {
	if err != nil {
		v.put(widgets.NewTrouble(err, v.look))
		return
	}
	v.list = list
	rows := make([]widgets.TableRow, len(list))
	for i, each := range list {
		rows[i] = versionRow(each, v.page)
	}
	v.table.SetRows(rows)
	if len(rows) == 0 {
		v.put(widgets.NewEmpty("clock", lang.L("No versions yet"), lang.L("Each time the file is saved and synced, its version is kept here."), nil))
		return
	}
	v.put(v.table)
}

func (v *versions) put(o fyne.CanvasObject) {
	v.body.Objects = []fyne.CanvasObject{o}
	v.body.Refresh()
}

func (v *versions) selected() (app.DriveVersion, bool) {
	if i := v.table.Selected(); i >= 0 && i < len(v.list) {
		return v.list[i], true
	}
	return app.DriveVersion{}, false
}

func (v *versions) allow() {
	chosen, ok := v.selected()
	v.restore.SetEnabled(ok && !chosen.Current)
	v.beside.SetEnabled(ok && !chosen.Current)
}

// bringBack makes the chosen version the present one, or puts it beside the
// file. The present one stays among the versions.
func (v *versions) bringBack(asCopy bool) {
	chosen, ok := v.selected()
	if !ok {
		return
	}
	v.dialog.Close()
	p := v.page
	page.Run(p.host.Tasks, func(ctx context.Context) (app.DriveEffect, error) {
		return p.backend.Restore(ctx, v.entry.Path, app.Moment{Version: chosen.ID}, asCopy)
	}, func(_ app.DriveEffect, err error) {
		if err == nil {
			p.host.Say(lang.L("The version of {{.When}} is back", map[string]any{"When": say.WhenTimed(chosen.Saved, p.host.Now())}))
		}
		p.host.Fail(err)
		p.reload()
	})
}
