// Package palette is the one field that finds everything: pages, things to do,
// people of the address book, and files of the drive. What is found and in
// which order is in model.go, which knows no window.
package palette

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Backend is what the palette needs of package app.
type Backend interface {
	Find(ctx context.Context, words string, most int) ([]app.Entry, error)
	Contacts() ([]app.Contact, error)
}

const (
	width  float32 = 520
	height float32 = 8 * theme.RowHeight

	mostFiles = 50
	// usualPause is how long typing has to rest before files are looked for.
	usualPause = 120 * time.Millisecond
)

// Palette is the field with what it finds.
type Palette struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()

	known   []Entry // what is there without looking for it
	people  []Entry
	found   []Entry // files
	shown   []Entry
	pause   time.Duration // before files are looked for
	looking bool          // for files
	forget  func()        // ends that

	dialog *widgets.Dialog
	field  *widgets.Field
	list   *widgets.Table
	body   *fyne.Container
}

// Show opens the palette. actions are what can be done besides going to pages.
func Show(host *page.Host, backend Backend, actions []Entry) *Palette {
	p := &Palette{
		host: host, backend: backend, known: append(pages(), actions...), body: container.NewStack(),
		pause: usualPause, forget: func() {},
	}
	p.tasks, p.leave = host.Tasks.Scope()
	p.dialog = widgets.NewDialog(host.Canvas())
	p.dialog.OnClosed = p.leave
	p.field = widgets.NewField(lang.L("Find files, pages, people, or something to do"), "search")
	p.field.OnChanged = p.typed
	p.field.OnKey = p.key
	p.field.OnSubmitted = func(string) { p.choose(p.list.Selected()) }
	p.list = widgets.NewTable(nil)
	p.list.OnOpen = p.choose
	p.list.OnTapped = p.choose
	p.dialog.Present(widgets.Sheet{
		Title: lang.L("Find"), Body: widgets.Column(10, p.field, widgets.Sized(width, height, p.body)), Focus: p.field,
	})
	page.Run(p.tasks, func(context.Context) ([]app.Contact, error) { return p.backend.Contacts() }, func(c []app.Contact, err error) {
		if err == nil { // without the address book the rest is found all the same
			p.people = people(c)
			p.showMore()
		}
	})
	p.show()
	return p
}

// typed shows at once what is known, and looks for files when typing rests:
// only the words that were typed last are looked for.
func (p *Palette) typed(words string) {
	p.forget()
	p.found, p.looking = nil, strings.TrimSpace(words) != ""
	p.show()
	if !p.looking {
		return
	}
	var tasks *page.Tasks
	tasks, p.forget = p.tasks.Scope()
	page.Run(tasks, func(ctx context.Context) ([]app.Entry, error) {
		if !rests(ctx, p.pause) {
			return nil, ctx.Err()
		}
		return p.backend.Find(ctx, words, mostFiles)
	}, func(list []app.Entry, err error) {
		p.looking = false
		if err == nil { // without an answer the rest is found all the same
			p.found = files(list)
		}
		p.showMore()
	})
}

// rests lets a moment pass, and tells whether ctx still goes on then.
func rests(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// showMore shows what came later; what was selected stays so.
func (p *Palette) showMore() {
	before, at := p.shown, p.list.Selected()
	p.show()
	if at > 0 {
		was := before[at]
		p.list.Select(slices.IndexFunc(p.shown, func(e Entry) bool {
			return e.Name == was.Name && e.Second == was.Second && e.Route == was.Route
		}))
	}
}

// show shows what is there, with the first line selected.
func (p *Palette) show() {
	words := p.field.Text
	p.shown = matching(p.known, words)
	if strings.TrimSpace(words) != "" {
		p.shown = append(p.shown, matching(p.people, words)...)
		p.shown = append(p.shown, p.found...)
	}
	p.list.SetRows(rows(p.shown))
	p.list.Select(min(0, len(p.shown)-1))
	p.body.Objects = []fyne.CanvasObject{p.list}
	if len(p.shown) == 0 && !p.looking {
		p.body.Objects[0] = widgets.NewEmpty("search", lang.L("Nothing found"), lang.L("Try a part of a name."), nil)
	}
	p.body.Refresh()
	p.list.ScrollToTop() // a list that had no height yet does not know where its first line is
}

// key moves the selection while the field keeps the focus.
func (p *Palette) key(key *fyne.KeyEvent) bool {
	at, last := p.list.Selected(), len(p.shown)-1
	switch key.Name {
	case fyne.KeyDown:
		at = min(at+1, last)
	case fyne.KeyUp:
		at = max(at-1, min(0, last))
	default:
		return false
	}
	p.list.Select(at)
	return true
}

// choose goes to what was found, or does it.
func (p *Palette) choose(index int) {
	if index < 0 || index >= len(p.shown) {
		return
	}
	e := p.shown[index]
	p.dialog.Close()
	if e.Do != nil {
		e.Do()
		return
	}
	p.host.Go(e.Route)
}
