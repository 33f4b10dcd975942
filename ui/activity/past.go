package activity

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// reload reads the history as far as it was read before.
func (p *Page) reload() {
	most := p.asked
	page.Run(p.tasks, func(ctx context.Context) ([]app.DriveChange, error) {
		return p.backend.DriveChanges(ctx, time.Time{}, most)
	}, p.loaded)
}

// more reads further back, while there is more.
func (p *Page) more() {
	if len(p.changes) == p.asked {
		p.asked += perPage
		p.reload()
	}
}

func (p *Page) loaded(list []app.DriveChange, err error) {
	switch {
	case err != nil && len(p.changes) > 0:
		p.host.Fail(err)
		return
	case err != nil:
		p.put(widgets.NewTrouble(err, p.reload))
		return
	case len(list) == 0:
		p.put(widgets.NewEmpty("activity", lang.L("Nothing has happened yet"),
			lang.L("What you and your other devices do to the drive is listed here, and can be undone."), nil))
		return
	}
	chosen := ""
	if c, ok := p.selected(); ok {
		chosen = c.ID
	}
	p.changes = list
	var rows []widgets.TableRow
	rows, p.at = byDay(list, p.report.Device, p.host.Now())
	p.past.SetRows(rows)
	p.past.Select(slices.IndexFunc(p.at, func(i int) bool { return i >= 0 && list[i].ID == chosen }))
	p.allow()
	p.put(p.past)
}

func (p *Page) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

func (p *Page) selected() (app.DriveChange, bool) {
	if i := p.past.Selected(); i >= 0 && i < len(p.at) && p.at[i] >= 0 {
		return p.changes[p.at[i]], true
	}
	return app.DriveChange{}, false
}

func (p *Page) with(do func(app.DriveChange)) {
	if c, ok := p.selected(); ok {
		do(c)
	}
}

func (p *Page) allow() {
	c, chosen := p.selected()
	p.undo.SetEnabled(chosen && !c.First)
}

// mostNamed is how many files the details of a change name.
const mostNamed = 12

// detailWidth is how wide the names in the details of a change may be.
const detailWidth = 420

// show says what a change did, file by file.
func (p *Page) show(c app.DriveChange) {
	d := widgets.NewDialog(p.host.Canvas())
	var lines []fyne.CanvasObject
	for _, t := range c.Items[:min(len(c.Items), mostNamed)] {
		lines = append(lines, widgets.Sized(detailWidth, 0, widgets.NewCutText(touched(t), widgets.Body)))
	}
	if more := len(c.Items) + c.More - len(lines); more > 0 {
		lines = append(lines, widgets.NewText(lang.L("and {{.N}} more", map[string]any{"N": say.Count(more)}), widgets.Small))
	}
	buttons := []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Close"), "", d.Close)}
	if !c.First {
		buttons = append(buttons, widgets.NewButton(widgets.Primary, lang.L("Undo"), "", func() { d.Close(); p.askUndo(c) }))
	}
	d.Present(widgets.Sheet{
		Title: headline(c), Text: c.Device + ", " + say.WhenTimed(c.When, p.host.Now()),
		Body: widgets.Column(6, lines...), Buttons: buttons,
	})
}

// askUndo shows what undoing a change would do, and asks. While that is being
// found out a second press changes nothing.
func (p *Page) askUndo(c app.DriveChange) {
	if p.asking {
		return
	}
	p.asking = true
	page.Run(p.tasks, func(ctx context.Context) (app.DriveEffect, error) { return p.backend.PreviewUndo(ctx, c.ID) },
		func(would app.DriveEffect, err error) {
			p.asking = false
			if err != nil {
				p.host.Fail(err)
				return
			}
			p.confirmUndo(c, would)
		})
}

func (p *Page) confirmUndo(c app.DriveChange, would app.DriveEffect) {
	d := widgets.NewDialog(p.host.Canvas())
	buttons := []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Leave it"), "", d.Close)}
	if would.Back+would.Changed+would.Moved+would.Gone > 0 {
		buttons = append(buttons, widgets.NewButton(widgets.Primary, lang.L("Undo"), "", func() {
			d.Close()
			p.takeBack(c)
		}))
	}
	d.Present(widgets.Sheet{
		Title: lang.L("Undo “{{.What}}”?", map[string]any{"What": headline(c)}), Text: undone(would), Buttons: buttons,
	})
}

// takeBack undoes a change, also when the page is left meanwhile.
func (p *Page) takeBack(c app.DriveChange) {
	page.Run(p.host.Tasks, func(ctx context.Context) (app.DriveEffect, error) { return p.backend.UndoChange(ctx, c.ID) },
		func(_ app.DriveEffect, err error) {
			p.host.Fail(err)
			if err == nil {
				p.host.Say(lang.L("Undone"))
			}
			p.reload()
		})
}
