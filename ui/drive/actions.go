package drive

import (
	"context"
	"path"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// menu shows what may be done with an entry.
func (p *Page) menu(e app.Entry, at fyne.Position) {
	widgets.ShowMenu(p.host.Canvas(), at, p.actions(e)...)
}

func (p *Page) actions(e app.Entry) []*fyne.MenuItem {
	word, _, _ := mainAction(e)
	items := []*fyne.MenuItem{fyne.NewMenuItem(word, func() { p.open(e) })}
	if e.Video {
		items = append(items, fyne.NewMenuItem(lang.L("Open with another program"), func() {
			e.Video = false
			p.open(e)
		}))
	}
	if canShare(e) {
		items = append(items, fyne.NewMenuItem(lang.L("Share"), func() { p.share(e) }))
	}
	if canPublish(e) {
		items = append(items, fyne.NewMenuItem(lang.L("Publish as a video"), func() {
			ShowPublish(p.host, p.tasks, p.backend, e, p.practice)
		}))
	}
	items = append(items, fyne.NewMenuItem(lang.L("Rename"), func() { p.askName(e) }))
	if !e.Folder {
		items = append(items, fyne.NewMenuItem(lang.L("Versions"), func() { p.showVersions(e) }))
	}
	if e.Left || e.Status == app.OnlyOnline {
		items = append(items, fyne.NewMenuItem(lang.L("Keep on this computer"), func() { p.keep(e, true) }))
	} else {
		items = append(items, fyne.NewMenuItem(lang.L("Free up space"), func() { p.keep(e, false) }))
	}
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.L("Delete"), func() { p.askRemove(e) }))
}

// askFolder asks for the name of a new folder.
func (p *Page) askFolder() {
	d := widgets.NewDialog(p.host.Canvas())
	name := widgets.NewField(lang.L("Name"), "folder")
	problem := widgets.NewText("", widgets.Small.In(theme.Bad))
	create := widgets.NewButton(widgets.Primary, lang.L("Make folder"), "", nil)
	create.Disable()
	name.OnChanged = func(text string) {
		wrong := folderProblem(text, p.entries)
		create.SetEnabled(wrong == "")
		if text == "" {
			wrong = ""
		}
		problem.SetText(wrong)
	}
	name.OnSubmitted = d.Submit
	create.OnTapped = func() {
		folder := path.Join(p.folder, strings.TrimSpace(name.Text))
		d.Close()
		p.do(func(ctx context.Context) error { return p.backend.NewFolder(ctx, folder) })
	}
	d.Present(widgets.Sheet{
		Title: lang.L("New folder"), Body: widgets.Column(6, name, problem), Focus: name,
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", d.Close), create},
	})
}

// askFiles lets a person choose what to add.
func (p *Page) askFiles() { picker.Files(p.host, p.host.Home(), p.add) }

// removal says what deleting an entry does.
func removal(e app.Entry) string {
	if e.Folder {
		return lang.L("The folder and everything in it ({{.Items}}) is deleted on all your machines.",
			map[string]any{"Items": say.Items(e.Items)})
	}
	return lang.L("It is deleted on all your machines.")
}

// askRemove deletes an entry after asking.
func (p *Page) askRemove(e app.Entry) {
	d := widgets.NewDialog(p.host.Canvas())
	remove := widgets.NewButton(widgets.Dangerous, lang.L("Delete"), "trash", func() {
		d.Close()
		page.Do(p.tasks, func(ctx context.Context) error { return p.backend.Remove(ctx, e.Path) },
			func(err error) {
				if err == nil {
					p.host.Say(lang.L("Deleted {{.Name}}", map[string]any{"Name": e.Name}))
				}
				p.host.Fail(err)
				p.reload()
			})
	})
	d.Present(widgets.Sheet{
		Title: lang.L("Delete {{.Name}}?", map[string]any{"Name": e.Name}), Text: removal(e),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Keep it"), "", d.Close), remove},
	})
}

// share shows the dialog that makes a link.
func (p *Page) share(e app.Entry) {
	ShowShare(p.host, p.tasks, p.backend, e, p.practice)
}

// sentence is what to say about an error in a dialog, empty for none.
func sentence(err error) string { return say.Trouble(err) }
