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

// menu shows what may be done with what is picked.
func (p *Page) menu(at fyne.Position) {
	if items := p.items(p.picked()); len(items) > 0 {
		widgets.ShowMenu(p.host.Canvas(), at, items...)
	}
}

// items are the lines of the menu.
func (p *Page) items(picked []app.Entry) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, o := range offersFor(picked) {
		if o == toRemove && len(items) > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		item := fyne.NewMenuItem(offerWord(o, picked), func() { p.take(o, picked) })
		if k, has := offerKeys[o]; has {
			item.Shortcut = &k
		}
		items = append(items, item)
	}
	return items
}

// take does what was offered, to something.
func (p *Page) take(o offer, picked []app.Entry) {
	if len(picked) == 0 {
		return
	}
	e := picked[0]
	switch o {
	case toOpen:
		p.open(e)
	case toOpenElsewhere:
		p.openElsewhere(e)
	case toShare:
		p.share(e)
	case toPublish:
		ShowPublish(p.host, p.tasks, p.backend, e, p.practice)
	case toRename:
		p.askName(e)
	case toMove:
		p.askFolderToMove(picked)
	case toCompare:
		p.showConflict(e)
	case toVersions:
		p.showVersions(e)
	case toKeep, toFree:
		p.keep(picked, o == toKeep)
	case toRemove:
		p.remove(picked)
	}
}

// typed begins to search with a letter.
func (p *Page) typed(r rune) {
	p.Search()
	p.search.TypedRune(r)
}

// open enters a folder, plays a video, and gives other files to the system.
func (p *Page) open(e app.Entry) {
	_, _, plays := mainAction(e)
	switch {
	case e.Folder:
		p.enter(e.Path)
	case plays:
		p.host.Go(page.Route{Page: page.Play, Arg: e.Path})
	case app.ViewKindOf(e.Name) != app.NotViewed:
		p.host.Go(page.Route{Page: page.View, Arg: e.Path})
	default:
		p.openElsewhere(e)
	}
}

// openElsewhere gives a file to the system's program for it.
func (p *Page) openElsewhere(e app.Entry) {
	p.host.Say(lang.L("Opening {{.Name}}", map[string]any{"Name": e.Name}))
	page.Run(p.tasks, func(ctx context.Context) (string, error) {
		return p.backend.LocalPath(ctx, e.Path)
	}, func(local string, err error) {
		if err == nil {
			err = p.host.Open(local)
		}
		p.host.Fail(err)
	})
}

// askFiles lets a person choose what to add.
func (p *Page) askFiles() { picker.Files(p.host, p.host.Home(), p.add) }

// askFolder asks for the name of a new folder.
func (p *Page) askFolder() {
	d := widgets.NewDialog(p.host.Canvas())
	name := widgets.NewField(lang.L("Name"), "folder")
	problem := widgets.NewText("", widgets.Small.In(theme.Bad))
	create := widgets.NewButton(widgets.Primary, lang.L("Make folder"), "", nil)
	create.Disable()
	name.OnChanged = func(text string) {
		wrong := folderProblem(text, p.entries, "")
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

// share shows the dialog that makes a link.
func (p *Page) share(e app.Entry) {
	ShowShare(p.host, p.tasks, p.backend, e, p.practice)
}

// sentence is what to say about an error in a dialog, empty for none.
func sentence(err error) string { return say.Trouble(err) }
