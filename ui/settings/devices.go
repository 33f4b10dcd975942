package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const (
	devicesWidth  float32 = 460
	devicesHeight         = 5 * theme.RowHeight
)

func (p *Page) devices() fyne.CanvasObject {
	return section(lang.L("Devices"), lang.L("All computers that have this drive. Give them names, or say that one is not coming back."),
		widgets.NewButton(widgets.Secondary, lang.L("Show"), "computer", func() { p.showDevices() }))
}

// deviceSheet is the dialog that lists the devices.
type deviceSheet struct {
	p      *Page
	dialog *widgets.Dialog
	list   []app.DriveDevice
	table  *widgets.Table
	body   *fyne.Container

	rename, hide, retire *widgets.Button
}

func (p *Page) showDevices() *deviceSheet {
	s := &deviceSheet{p: p, dialog: widgets.NewDialog(p.host.Canvas()), body: container.NewStack()}
	s.table = widgets.NewTable([]widgets.TableColumn{{Width: 130, Trailing: true}})
	s.table.OnSelected = func(int) { s.allow() }
	s.rename = widgets.NewButton(widgets.Secondary, lang.L("Rename"), "edit", s.askName)
	s.hide = widgets.NewButton(widgets.Secondary, lang.L("Hide"), "", func() {
		s.change(func(ctx context.Context, d app.DriveDevice) error {
			_, err := p.backend.HideDevice(ctx, d.ID, !d.Hidden)
			return err
		})
	})
	s.retire = widgets.NewButton(widgets.Secondary, lang.L("Not coming back"), "", func() {
		s.change(func(ctx context.Context, d app.DriveDevice) error {
			_, err := p.backend.RetireDevice(ctx, d.ID, !d.Retired)
			return err
		})
	})
	s.present()
	s.load()
	return s
}

func (s *deviceSheet) present() {
	s.dialog.Present(widgets.Sheet{
		Title:   lang.L("Devices"),
		Text:    lang.L("Old versions and deleted files are kept until every device has seen the change. One that is not coming back is not waited for."),
		Body:    widgets.Sized(devicesWidth, devicesHeight, s.body),
		Buttons: []*widgets.Button{s.retire, s.hide, s.rename, widgets.NewButton(widgets.Primary, lang.L("Done"), "", s.dialog.Close)},
	})
	s.allow()
}

func (s *deviceSheet) load() {
	page.Run(s.p.tasks, s.p.backend.DriveDevices, func(list []app.DriveDevice, err error) {
		if err != nil {
			s.put(widgets.NewTrouble(err, s.load))
			return
		}
		s.list = list
		rows := make([]widgets.TableRow, len(list))
		for i, d := range list {
			rows[i] = deviceRow(d, s.p)
		}
		s.table.SetRows(rows)
		s.put(s.table)
		s.allow()
	})
}

// deviceRow puts a device into words.
func deviceRow(d app.DriveDevice, p *Page) widgets.TableRow {
	r := widgets.TableRow{Icon: "computer", Name: d.Name, Cells: []widgets.TableCell{{Text: say.When(d.Seen, p.host.Now())}}}
	var about []string
	if d.This {
		r.IconTone, about = widgets.Active, append(about, lang.L("This computer"))
	}
	if d.Silent && !d.Retired {
		r.IconTone, about = widgets.Warn, append(about, lang.L("Not seen for a long time"))
	}
	if d.Retired {
		about = append(about, lang.L("Not waited for"))
	}
	if d.Hidden {
		about = append(about, lang.L("Hidden"))
	}
	r.Second = strings.Join(about, ", ")
	return r
}

func (s *deviceSheet) put(o fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{o}
	s.body.Refresh()
}

func (s *deviceSheet) selected() (app.DriveDevice, bool) {
	if i := s.table.Selected(); i >= 0 && i < len(s.list) {
		return s.list[i], true
	}
	return app.DriveDevice{}, false
}

func (s *deviceSheet) allow() {
	d, chosen := s.selected()
	s.rename.SetEnabled(chosen)
	s.hide.SetEnabled(chosen && !d.This)
	s.retire.SetEnabled(chosen && !d.This)
	s.hide.SetText(map[bool]string{false: lang.L("Hide"), true: lang.L("Show again")}[d.Hidden])
	s.retire.SetText(map[bool]string{false: lang.L("Not coming back"), true: lang.L("Wait for it again")}[d.Retired])
	s.dialog.Refresh() // the words are longer or shorter
}

// change changes the chosen device, for all devices to see, also when the page
// is left meanwhile.
func (s *deviceSheet) change(work func(context.Context, app.DriveDevice) error) {
	d, chosen := s.selected()
	if !chosen {
		return
	}
	page.Do(s.p.host.Tasks, func(ctx context.Context) error { return work(ctx, d) }, func(err error) {
		s.p.host.Fail(err)
		s.load()
	})
}

func (s *deviceSheet) askName() {
	d, chosen := s.selected()
	if !chosen {
		return
	}
	s.dialog.Close()
	name := widgets.NewField(lang.L("Name"), "computer")
	name.SetText(d.Name)
	f := ask.Show(s.p.host, widgets.Sheet{Title: lang.L("Rename {{.Name}}", map[string]any{"Name": d.Name}), Body: name, Focus: name},
		lang.L("Rename"), lang.L("Renaming"), func() bool {
			text := strings.TrimSpace(name.Text)
			return text != "" && text != d.Name && len(text) <= 60
		}, func(ctx context.Context) error {
			_, err := s.p.backend.RenameDevice(ctx, d.ID, strings.TrimSpace(name.Text))
			return err
		}, func(f *ask.Form) {
			if f.Dialog.Open() { // else a person is done with devices
				f.Dialog.Close()
				s.p.showDevices()
			}
		})
	f.Follow(name)
}
