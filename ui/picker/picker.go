package picker

import (
	"context"
	"os"
	"path/filepath"

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
	valid func() bool // something can be done with what is chosen

	leave  func() // ends reading a folder
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

// File lets a person choose one file, and gives its path to done.
func File(host *page.Host, title, start string, done func(path string)) {
	m := newModel(start, false)
	m.one = true
	open(host, m, title, lang.L("Choose"), func(p []string) { done(p[0]) })
}

// Save lets a person choose a folder and a name for a new file, and gives its
// path to done. A file of that name is asked about before it is replaced.
func Save(host *page.Host, title, start, name string, done func(path string)) {
	save(host, title, start, name, done)
}

func save(host *page.Host, title, start, name string, done func(path string)) *picker {
	field := widgets.NewField("", "file")
	field.SetText(name)
	p := prepare(host, newModel(start, true), lang.L("Save"), nil)
	p.done = func(dirs []string) { p.keep(filepath.Join(dirs[0], fileName(field.Text)), done) }
	p.valid = func() bool { return fileName(field.Text) != "" }
	field.OnChanged = func(string) { p.ok.SetEnabled(p.valid()) }
	field.OnSubmitted = p.dialog.Submit
	p.present(title, widgets.Pad(widgets.Insets{Top: 12}, widgets.Labelled(lang.L("Name"), field)))
	return p
}

// keep gives a path to done, after asking when there is such a file. The Enter
// that saved, held too long, must not answer: it keeps what is there.
func (p *picker) keep(path string, done func(string)) {
	page.Run(p.host.Tasks, func(context.Context) (bool, error) {
		_, err := os.Stat(path)
		return err == nil, nil
	}, func(exists bool, _ error) {
		if !exists {
			done(path)
			return
		}
		d := widgets.NewDialog(p.host.Canvas())
		replace := widgets.NewButton(widgets.Dangerous, lang.L("Replace it"), "", func() { d.Close(); done(path) })
		d.Present(widgets.Sheet{
			Title:   lang.L("Replace {{.Name}}?", map[string]any{"Name": filepath.Base(path)}),
			Text:    lang.L("There is a file of this name. What is in it now will be gone."),
			Buttons: []*widgets.Button{replace, widgets.NewButton(widgets.Secondary, lang.L("Keep it"), "", d.Close)},
		})
	})
}

func open(host *page.Host, m *model, title, word string, done func([]string)) *picker {
	p := prepare(host, m, word, done)
	p.present(title, nil)
	return p
}

func prepare(host *page.Host, m *model, word string, done func([]string)) *picker {
	p := &picker{host: host, model: m, done: done, word: word, leave: func() {}, dialog: widgets.NewDialog(host.Canvas())}
	p.dialog.OnClosed = func() { p.leave() }
	p.valid = func() bool { return len(p.model.result()) > 0 }
	p.place = widgets.NewCutText("", widgets.Name)
	p.list = widgets.NewFileList()
	p.list.OnTapped = func(i int) { p.model.toggle(i); p.show() }
	p.list.OnOpen = p.open
	p.list.OnKey = p.key
	p.parent = widgets.NewButton(widgets.Secondary, "", "arrow-up", func() { p.enter(p.model.up()) })
	p.ok = widgets.NewButton(widgets.Primary, word, "", p.accept)
	p.body = container.NewStack()
	return p
}

// present shows the dialog; under stands below the list and may be nil.
func (p *picker) present(title string, under fyne.CanvasObject) {
	p.dialog.Present(widgets.Sheet{
		Title: title,
		Body: widgets.Sized(pickerWidth, pickerHeight+54, widgets.Edges(
			widgets.Pad(widgets.Insets{Bottom: 12}, widgets.Edges(nil, nil, widgets.Pad(widgets.Insets{Right: 12}, p.parent), nil, p.place)),
			under, nil, nil,
			widgets.NewBox(theme.Background, theme.Line, theme.CardRadius, widgets.Even(6), p.body))),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", p.dialog.Close), p.ok},
	})
	p.enter(p.model.dir)
}

// enter reads a folder beside the UI goroutine: disks may be slow. Only the
// folder that was entered last is shown.
func (p *picker) enter(dir string) {
	m := p.model
	p.leave()
	var tasks *page.Tasks
	tasks, p.leave = p.host.Tasks.Scope()
	page.Run(tasks, func(context.Context) (*model, error) {
		next := &model{dir: m.dir, folders: m.folders, one: m.one, chosen: m.chosen}
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
	p.ok.SetEnabled(p.valid())
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
	if p.model.one {
		clear(p.model.chosen)
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
