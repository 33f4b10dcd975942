package viewer

import (
	"context"
	"path"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Page shows one file after the other of a folder.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks // of the page
	leave   func()
	loading *page.Tasks // of the file that is shown
	stop    func()
	before  func(*fyne.KeyEvent)

	what  string
	files []string // those before and after it
	at    int

	name, place *widgets.Text
	tools       *fyne.Container
	body        *fyne.Container
	object      fyne.CanvasObject
	photo       *photo    // while a picture is shown
	text        *textView // while a text is shown
}

// New returns the page of a file of the drive.
func New(host *page.Host, backend Backend, what string) *Page {
	p := &Page{host: host, backend: backend, what: what, at: -1, stop: func() {}}
	p.tasks, p.leave = host.Tasks.Scope()
	p.name, p.place = widgets.NewCutText("", widgets.Heading), widgets.NewText("", widgets.Small)
	p.tools, p.body = widgets.Row(8), container.NewStack()
	back := widgets.NewButton(widgets.Quiet, "", "chevron-left", host.Back)
	left := widgets.Edges(nil, nil, widgets.Pad(widgets.Insets{Right: 8}, back), widgets.Pad(widgets.Insets{Left: 12}, p.place), p.name)
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Even(1), p.body)
	p.object = widgets.NewPage(left, []fyne.CanvasObject{p.tools}, card)
	p.load()
	page.Run(p.tasks, func(ctx context.Context) ([]app.Entry, error) { return backend.List(ctx, folderOf(what)) }, p.neighbours)
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Immersive tells that the page wants the whole window.
func (p *Page) Immersive() bool { return true }

// Focus makes the keys of the page work.
func (p *Page) Focus() {
	p.before = p.host.Canvas().OnTypedKey()
	p.host.Canvas().SetOnTypedKey(p.key)
	for _, s := range textShortcuts() {
		p.host.Canvas().AddShortcut(s, p.shortcut)
	}
}

// textShortcuts are what the system calls copying and selecting all.
func textShortcuts() []fyne.Shortcut {
	return []fyne.Shortcut{&fyne.ShortcutCopy{}, &fyne.ShortcutSelectAll{}}
}

func (p *Page) shortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCopy:
		p.copy()
	case *fyne.ShortcutSelectAll:
		p.selectAll()
	}
}

// copy puts what is selected of a text on the clipboard, or all of it.
func (p *Page) copy() {
	if p.text != nil {
		p.host.Copy(p.text.Selected())
		p.host.Say(lang.L("Copied"))
	}
}

func (p *Page) selectAll() {
	if p.text != nil {
		p.text.SelectAll()
	}
}

// Leave ends what is being fetched.
func (p *Page) Leave() {
	p.stop()
	p.leave()
	p.host.Canvas().SetOnTypedKey(p.before)
	for _, s := range textShortcuts() {
		p.host.Canvas().RemoveShortcut(s)
	}
}

func (p *Page) neighbours(entries []app.Entry, err error) {
	if err != nil {
		return // the file itself shows as well alone
	}
	p.files, p.at = around(entries, p.what)
	p.showPlace()
	p.tooled()
}

func (p *Page) showPlace() {
	text := ""
	if len(p.files) > 1 && p.at >= 0 {
		text = lang.L("{{.N}} of {{.All}}", map[string]any{"N": p.at + 1, "All": len(p.files)})
	}
	p.place.SetText(text)
}

// step goes to the next file of the folder, or the one before.
func (p *Page) step(by int) {
	if next := p.at + by; p.at >= 0 && next >= 0 && next < len(p.files) {
		p.at, p.what = next, p.files[next]
		p.showPlace()
		p.load()
	}
}

// key are the keys of the page.
func (p *Page) key(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyEscape, fyne.KeyBackspace:
		p.host.Back()
	case fyne.KeyLeft, fyne.KeyPageUp:
		p.step(-1)
	case fyne.KeyRight, fyne.KeyPageDown, fyne.KeySpace:
		p.step(1)
	case fyne.KeyPlus, fyne.KeyEqual:
		p.zoom(zoomStep)
	case fyne.KeyMinus:
		p.zoom(1 / zoomStep)
	case fyne.Key0:
		p.zoom(noZoom)
	}
}

func (p *Page) zoom(by float32) {
	if p.photo != nil {
		p.photo.Zoom(by)
	}
}

// load fetches the file and shows it; what was being fetched before ends.
func (p *Page) load() {
	p.stop()
	p.loading, p.stop = p.tasks.Scope()
	p.photo, p.text = nil, nil
	p.name.SetText(path.Base(p.what))
	p.tooled()
	tasks, what := p.loading, p.what
	bar := widgets.NewProgress()
	p.put(container.NewCenter(widgets.Column(12,
		widgets.NewText(lang.L("Fetching {{.Name}}", map[string]any{"Name": path.Base(what)}), widgets.Second),
		widgets.Sized(260, 8, bar),
		widgets.Row(0, widgets.Spring(), widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", p.host.Back), widgets.Spring()))))
	page.Run(tasks, func(ctx context.Context) (fyne.CanvasObject, error) {
		return p.read(ctx, what, func(done, total int64) {
			if total > 0 {
				tasks.Back(func() { bar.Set(float64(done) / float64(total)) })
			}
		})
	}, p.show)
}

// read fetches and unpacks a file, beside the window's own work.
func (p *Page) read(ctx context.Context, what string, progress func(done, total int64)) (fyne.CanvasObject, error) {
	if app.ViewKindOf(what) == app.Words {
		raw, err := p.backend.ReadFile(ctx, what, mostWordBytes, progress)
		if err != nil {
			return nil, err
		}
		lines, err := readWords(raw)
		if err != nil {
			return nil, err
		}
		return newTextView(lines), nil
	}
	raw, err := p.backend.ReadFile(ctx, what, mostPictureBytes, progress)
	if err != nil {
		return nil, err
	}
	picture, err := decode(raw)
	if err != nil {
		return nil, err
	}
	return newPhoto(picture), nil
}

func (p *Page) show(o fyne.CanvasObject, err error) {
	if err != nil {
		p.put(widgets.NewTrouble(err, p.load))
		return
	}
	switch o := o.(type) {
	case *photo:
		p.photo = o
	case *textView:
		p.text = o
	}
	p.tooled()
	p.put(o)
}

func (p *Page) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// tooled shows the buttons that what is shown has use for.
func (p *Page) tooled() {
	p.tools.Objects = nil
	add := func(icon string, tap func(), on bool) {
		b := widgets.NewButton(widgets.Secondary, "", icon, tap)
		b.SetEnabled(on)
		p.tools.Add(widgets.Sized(46, 0, b))
	}
	switch {
	case p.photo != nil:
		add("fullscreen-exit", func() { p.zoom(noZoom) }, true)
		add("plus", func() { p.zoom(zoomStep) }, true)
	case p.text != nil:
		field := widgets.NewField(lang.L("Find"), "search")
		text := p.text
		field.OnChanged = func(s string) { text.Find(s) }
		field.OnSubmitted = func(string) { text.Next() }
		p.tools.Add(widgets.Sized(180, 0, field))
		p.tools.Add(widgets.NewButton(widgets.Secondary, lang.L("Copy"), "copy", p.copy))
	}
	if len(p.files) > 1 {
		add("chevron-left", func() { p.step(-1) }, p.at > 0)
		add("chevron-right", func() { p.step(1) }, p.at >= 0 && p.at < len(p.files)-1)
	}
	p.tools.Add(widgets.NewButton(widgets.Secondary, lang.L("Open with another program"), "", p.elsewhere))
	p.tools.Refresh()
}

// elsewhere gives the file to the system's program for it.
func (p *Page) elsewhere() {
	what := p.what
	page.Run(p.tasks, func(ctx context.Context) (string, error) { return p.backend.LocalPath(ctx, what) },
		func(local string, err error) {
			if err == nil {
				err = p.host.Open(local)
			}
			p.host.Fail(err)
		})
}
