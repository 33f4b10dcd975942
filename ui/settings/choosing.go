package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const (
	treeWidth  float32 = 520
	treeHeight float32 = 8 * 36
)

func (p *Page) selective() fyne.CanvasObject {
	return section(lang.L("Folders on this computer"), lang.L("All of the drive, or only some folders. What is left out stays online and opens when you need it."),
		widgets.NewButton(widgets.Secondary, lang.L("Choose"), "folder", func() { p.chooseFolders() }))
}

// chooseSheet is the dialog in which folders are chosen.
type chooseSheet struct {
	p      *Page
	dialog *widgets.Dialog
	top    *branch // nil until it was read
	tree   *widgets.CheckTree
	body   *fyne.Container
	say    *widgets.Text
	use    *widgets.Button
	busy   bool // the choice is being told
}

// chooseFolders shows the folders of the drive with their boxes.
func (p *Page) chooseFolders() *chooseSheet {
	s := &chooseSheet{p: p, dialog: widgets.NewDialog(p.host.Canvas()), tree: widgets.NewCheckTree(), body: container.NewStack()}
	s.say = widgets.NewText(lang.L("Looking"), widgets.Second)
	s.tree.OnTick = s.turn
	s.tree.OnFold = s.fold
	s.use = widgets.NewButton(widgets.Primary, lang.L("Use this choice"), "", s.apply)
	s.use.Disable()
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("Folders on this computer"), Text: lang.L("Nothing is deleted: what you leave out makes room here as soon as the network has all of it."),
		Body:    widgets.Column(12, widgets.Sized(treeWidth, treeHeight, s.body), s.say),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", s.dialog.Close), s.use},
	})
	s.load()
	return s
}

// weighed is what is known of a folder.
type weighed struct {
	all    app.FolderWeight
	inside []app.FolderWeight
}

func (s *chooseSheet) weigh(folder string, done func(weighed, error)) {
	page.Run(s.p.tasks, func(ctx context.Context) (w weighed, err error) {
		w.all, w.inside, err = s.p.backend.Weigh(ctx, folder)
		return w, err
	}, done)
}

func (s *chooseSheet) load() {
	s.weigh("", func(w weighed, err error) {
		if err != nil {
			s.put(widgets.NewTrouble(err, s.load))
			s.say.SetText("")
			return
		}
		s.top = &branch{FolderWeight: w.all, open: true}
		s.top.fill(w.inside)
		s.put(s.tree)
		s.show()
		s.tree.Focus()
	})
}

func (s *chooseSheet) put(o fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{o}
	s.body.Refresh()
}

// show puts the tree and what it would change into words.
func (s *chooseSheet) show() {
	var rows []widgets.TreeRow
	for _, r := range s.top.rows(0, nil) {
		rows = append(rows, treeRow(r))
	}
	s.tree.SetRows(rows)
	s.say.SetText(differenceWords(s.top.difference(nil)))
	s.use.SetEnabled(len(s.top.orders()) > 0 && !s.busy)
}

// treeRow puts a folder into words.
func treeRow(r shown) widgets.TreeRow {
	name := r.name()
	if r.Path == "" {
		name = lang.L("All of the drive")
	}
	return widgets.TreeRow{
		Name: name, Second: say.Size(r.Bytes), Depth: r.depth, Tick: widgets.Tick(r.state(r.above)),
		Folds: !r.read || len(r.inside) > 0, Open: r.open,
	}
}

// differenceWords say what a choice would fetch and free.
func differenceWords(fetch, free int64) string {
	values := map[string]any{"Fetch": say.Size(fetch), "Free": say.Size(free)}
	switch {
	case fetch > 0 && free > 0:
		return lang.L("Fetches {{.Fetch}} to this computer and frees {{.Free}} on it.", values)
	case fetch > 0:
		return lang.L("Fetches {{.Fetch}} to this computer.", values)
	case free > 0:
		return lang.L("Frees {{.Free}} on this computer.", values)
	}
	return lang.L("Nothing changes on this computer.")
}

// turn turns the box of a row: what is not all here will be.
func (s *chooseSheet) turn(index int) {
	r := s.top.rows(0, nil)[index]
	r.choose(r.state(r.above) != boxFull)
	s.show()
}

// fold opens or closes a folder, and reads it the first time.
func (s *chooseSheet) fold(index int, open bool) {
	b := s.top.rows(0, nil)[index].branch
	b.open = open
	if b.read {
		s.show()
		return
	}
	s.weigh(b.Path, func(w weighed, err error) {
		switch {
		case b.read: // it was asked twice, and something may have been chosen inside by now
			return
		case err != nil:
			b.open = false
			s.p.host.Fail(err)
			return
		}
		b.fill(w.inside)
		s.show()
	})
}

// apply tells package app what was chosen, also when the page is left meanwhile.
func (s *chooseSheet) apply() {
	s.busy = true
	s.use.Disable()
	orders := s.top.orders()
	page.Do(s.p.host.Tasks, func(ctx context.Context) error {
		for _, o := range orders {
			do := s.p.backend.FreeUp
			if o.keep {
				do = s.p.backend.KeepHere
			}
			if err := do(ctx, o.path); err != nil {
				return err
			}
		}
		return nil
	}, s.applied)
}

func (s *chooseSheet) applied(err error) {
	s.busy = false
	switch {
	case err == nil:
		s.dialog.Close()
		s.p.host.Say(lang.L("Your choice is carried out with the next sync."))
	case !s.dialog.Open():
		s.p.host.Fail(err)
	default:
		s.say.SetText(say.Trouble(err))
		s.use.Enable()
		s.use.SetText(lang.L("Try again"))
		s.dialog.Refresh()
	}
}
