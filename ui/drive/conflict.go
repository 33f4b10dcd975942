package drive

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const (
	sideWidth    float32 = 260
	conflictWide         = 2*sideWidth + 16
)

// conflictDialog shows both sides of a conflict, side by side.
type conflictDialog struct {
	page   *Page
	tasks  *page.Tasks
	entry  app.Entry
	dialog *widgets.Dialog
}

// showConflict lets a person choose what of a conflict is kept.
func (p *Page) showConflict(e app.Entry) {
	d := &conflictDialog{page: p, entry: e, dialog: widgets.NewDialog(p.host.Canvas())}
	var leave func()
	d.tasks, leave = p.tasks.Scope()
	d.dialog.OnClosed = leave
	d.look()
}

func (d *conflictDialog) look() {
	d.present(widgets.NewText(lang.L("Looking at both versions"), widgets.Second), d.cancel())
	page.Run(d.tasks, func(ctx context.Context) (app.ConflictSides, error) {
		return d.page.backend.ConflictSides(ctx, d.entry.Path)
	}, func(c app.ConflictSides, err error) {
		if err != nil {
			d.present(widgets.NewNotice(say.Trouble(err), widgets.Bad, widgets.DialogInner), d.cancel())
			return
		}
		d.show(c)
	})
}

func (d *conflictDialog) cancel() *widgets.Button {
	return widgets.NewButton(widgets.Secondary, lang.L("Decide later"), "", d.dialog.Close)
}

func (d *conflictDialog) present(body fyne.CanvasObject, buttons ...*widgets.Button) {
	d.dialog.Present(widgets.Sheet{
		Title: lang.L("Two versions of one file"), Text: lang.L("Two devices changed it without seeing each other. Both are safe."),
		Body: body, Buttons: buttons,
	})
}

// show shows the sides with a button under each, and one for both.
func (d *conflictDialog) show(c app.ConflictSides) {
	that := d.side(c.That, lang.L("From {{.Device}}", map[string]any{"Device": c.Device}),
		widgets.NewButton(widgets.Secondary, lang.L("Keep that"), "", func() { d.settle(c, app.KeepThat) }))
	if c.This.Name == "" {
		d.present(that, d.cancel())
		return
	}
	this := d.side(c.This, lang.L("The file itself"),
		widgets.NewButton(widgets.Secondary, lang.L("Keep this"), "", func() { d.settle(c, app.KeepThis) }))
	both := widgets.NewButton(widgets.Secondary, lang.L("Keep both"), "copy", func() { d.settle(c, app.KeepBoth) })
	d.present(widgets.Sized(conflictWide, 0, widgets.Row(16, this, that)), d.cancel(), both)
}

// side is one version: what it looks like, when it was changed, how large it
// is.
func (d *conflictDialog) side(e app.Entry, whose string, keep *widgets.Button) fyne.CanvasObject {
	thumb := widgets.NewThumb()
	thumb.Set(iconOf(e), nil)
	if app.HasThumbnail(e.Name) {
		page.Run(d.tasks, func(ctx context.Context) (image.Image, error) { return d.page.backend.Thumbnail(ctx, e) },
			func(m image.Image, err error) {
				if err == nil {
					thumb.Set(iconOf(e), m)
				}
			})
	}
	column := widgets.Column(8,
		widgets.Sized(sideWidth-24, 132, thumb),
		widgets.NewCutText(whose, widgets.Heading), widgets.NewCutText(e.Name, widgets.Small),
		widgets.NewKeyValue(lang.L("Changed"), say.WhenTimed(e.Changed, d.page.host.Now())),
		widgets.NewKeyValue(lang.L("Size"), say.Size(e.Size)),
		widgets.NewButton(widgets.Quiet, lang.L("Open"), "", func() { d.dialog.Close(); d.page.open(e) }), keep)
	return widgets.NewBox(theme.Background, theme.Line, theme.CardRadius, widgets.Even(12), widgets.Sized(sideWidth-24, 0, container.NewStack(column)))
}

// settle keeps what was chosen; it can be taken back.
func (d *conflictDialog) settle(c app.ConflictSides, keep app.Keep) {
	d.dialog.Close()
	p := d.page
	p.run(work{
		do: func(ctx context.Context, _ func(done, total int)) (app.Change, error) {
			return p.backend.SettleConflict(ctx, c, keep)
		},
		done: func(app.Change) string { return settled(c, keep) },
	})
}

// settled says what became of a conflict.
func settled(c app.ConflictSides, keep app.Keep) string {
	switch keep {
	case app.KeepThis:
		return lang.L("{{.Name}} stays as it is", map[string]any{"Name": c.Name})
	case app.KeepThat:
		return lang.L("{{.Name}} is now the version from {{.Device}}", map[string]any{"Name": c.Name, "Device": c.Device})
	}
	return lang.L("Both versions of {{.Name}} stay", map[string]any{"Name": c.Name})
}
