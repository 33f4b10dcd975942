package picker

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const (
	pickerWidth  float32 = 600
	pickerHeight float32 = 336
)

// picker is the dialog.
type picker struct {
	host  *page.Host
	model *model
	done  func([]string)
	word  string

	dialog *widgets.Dialog
	place  *widgets.Text
	list   *widgets.FileList
	body   *fyne.Container
	ok     *widgets.Button
	parent *widgets.Button
}

// Files lets a person choose files and folders, and gives their paths to done.
func Files(host *page.Host, start string, done func(paths []string)) {
	open(host, newModel(start, false), lang.L("Add files"), lang.L("Add"), done)
}

// Folder lets a person choose a folder, and gives its path to done.
func Folder(host *page.Host, start string, done func(path string)) {
	open(host, newModel(start, true), lang.L("Choose a folder"), lang.L("Use this folder"), func(p []string) { done(p[0]) })
}

func open(host *page.Host, m *model, title, word string, done func([]string)) *picker {
	p := &picker{host: host, model: m, done: done, word: word, dialog: widgets.NewDialog(host.Canvas())}
	p.place = widgets.NewCutText("", widgets.Name)
	p.list = widgets.NewFileList()
	p.list.OnTapped = func(i int) { p.model.toggle(i); p.show() }
	p.list.OnOpen = p.open
	p.list.OnKey = p.key
	p.parent = widgets.NewButton(widgets.Secondary, "", "arrow-up", func() { p.enter(p.model.up()) })
	p.ok = widgets.NewButton(widgets.Primary, word, "", p.accept)
	p.body = container.NewStack()
	p.dialog.Present(widgets.Sheet{
		Title: title,
		Body: widgets.Sized(pickerWidth, pickerHeight+54, widgets.Edges(
			widgets.Pad(widgets.Insets{Bottom: 12}, widgets.Edges(nil, nil, widgets.Pad(widgets.Insets{Right: 12}, p.parent), nil, p.place)),
			nil, nil, nil,
			widgets.NewBox(theme.Background, theme.Line, theme.CardRadius, widgets.Even(6), p.body))),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", p.dialog.Close), p.ok},
	})
	p.enter(m.dir)
	return p
}

// enter reads a folder beside the UI goroutine: disks may be slow.
func (p *picker) enter(dir string) {
	m := p.model
	page.Run(p.host.Tasks, func(context.Context) (*model, error) {
		next := &model{dir: m.dir, folders: m.folders, chosen: m.chosen}
		return next, next.enter(dir)
	}, func(next *model, err error) {
		if err != nil {
			p.put(widgets.NewTrouble(fault.Say(err, "%s", lang.L("This folder cannot be opened.")), func() { p.enter(dir) }))
			return
		}
		p.model = next
		p.list.Select(-1)
		p.list.ScrollToTop()
		p.show()
		p.list.Focus()
	})
}

func (p *picker) show() {
	rows := make([]widgets.FileView, len(p.model.items))
	for i, it := range p.model.items {
		rows[i] = p.row(it)
		if p.model.chosen[p.model.path(i)] {
			rows[i].Mark, rows[i].MarkTone = "check", widgets.Active
		}
	}
	p.place.SetText(p.model.dir)
	p.list.SetRows(rows)
	p.put(p.list)
	if len(rows) == 0 {
		p.put(container.NewCenter(widgets.NewText(lang.L("This folder is empty"), widgets.Second)))
	}
	n := len(p.model.result())
	p.ok.SetEnabled(n > 0)
	if !p.model.folders && n > 1 {
		p.ok.SetText(lang.L("Add {{.N}}", map[string]any{"N": n}))
	} else {
		p.ok.SetText(p.word)
	}
	p.dialog.Refresh()
}

func (p *picker) row(it item) widgets.FileView {
	v := widgets.FileView{Icon: "file", Name: it.name, Size: say.Size(it.size), Changed: say.When(it.changed, p.host.Now())}
	if it.folder {
		v.Icon, v.Size = "folder", ""
	}
	return v
}

func (p *picker) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// open enters a folder, or takes a file.
func (p *picker) open(index int) {
	if p.model.items[index].folder {
		delete(p.model.chosen, p.model.path(index)) // it was tapped to be entered
		p.enter(p.model.path(index))
		return
	}
	p.model.chosen[p.model.path(index)] = true
	p.accept()
}

func (p *picker) key(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyBackspace:
		p.enter(p.model.up())
	case fyne.KeySpace:
		p.model.toggle(p.list.Selected())
		p.show()
	default:
		return false
	}
	return true
}

func (p *picker) accept() {
	p.dialog.Close()
	p.done(p.model.result())
}
