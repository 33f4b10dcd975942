package settings

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Mover is what changing the folder needs of package app.
type Mover interface {
	Folder() string
	ChooseFolder(ctx context.Context, path string) error
	PreviewFolder(ctx context.Context, dir string) (app.FolderMove, error)
	MoveFolder(ctx context.Context, dir string, tell func(step app.FolderStep, done, total int64)) (app.FolderMove, error)
	KeepFolder(ctx context.Context) error
}

// moveSheet is the dialog that changes the folder, with its files or without.
type moveSheet struct {
	p       *Page
	dialog  *widgets.Dialog
	plan    app.FolderMove
	dir     string // that was chosen
	stop    func()
	stopped bool // by a person, who wants the old folder

	keep  *widgets.Button
	bar   *widgets.Progress
	count *widgets.Text
}

func (p *Page) chooseMove() {
	picker.Folder(p.host, p.host.Home(), func(dir string) { p.changeFolder(dir) })
}

// changeFolder asks what becomes of the files; where there are none it changes
// the folder at once.
func (p *Page) changeFolder(dir string) *moveSheet {
	s := &moveSheet{p: p, dialog: widgets.NewDialog(p.host.Canvas()), dir: dir, stop: func() {}}
	page.Run(p.tasks, func(ctx context.Context) (app.FolderMove, error) { return p.backend.PreviewFolder(ctx, dir) },
		func(m app.FolderMove, err error) {
			switch s.plan = m; {
			case err != nil:
				s.refused(err)
			case m.Files == 0:
				s.without()
			default:
				s.ask()
			}
		})
	return s
}

// withWords say what moving the files does, withoutWords what not moving them.
func withWords(m app.FolderMove) string {
	return lang.L("They go to {{.Folder}}. The old folder is removed.", map[string]any{"Folder": m.To})
}

func withoutWords(m app.FolderMove, dir string) string {
	return lang.L("{{.Old}} stays as it is and is not synced any more. {{.New}} takes its place.", map[string]any{"Old": m.From, "New": dir})
}

func (s *moveSheet) ask() {
	with := widgets.NewChoiceCard("folder", lang.L("Move my files there"), say.Files(s.plan.Files)+", "+say.Size(s.plan.Bytes), nil)
	without := widgets.NewChoiceCard("cloud", lang.L("Begin there without them"), lang.L("The new folder is filled from the network."), nil)
	said := widgets.NewParagraph("", widgets.Second, cardsWidth)
	use := widgets.NewButton(widgets.Primary, "", "", nil)
	choose := func(all bool) {
		with.SetChosen(all)
		without.SetChosen(!all)
		use.OnTapped = s.without
		said.SetText(withoutWords(s.plan, s.dir))
		if all {
			use.OnTapped = s.move
			said.SetText(withWords(s.plan))
		}
		use.SetText(map[bool]string{true: lang.L("Move the folder"), false: lang.L("Use this folder")}[all])
		s.dialog.Refresh()
	}
	with.OnChosen, without.OnChosen = func() { choose(true) }, func() { choose(false) }
	choose(true)
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("Change the folder"), Body: widgets.Sized(cardsWidth, 0, widgets.Column(10, with, without, said)),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", s.dialog.Close), use},
	})
}

// refused says why the files cannot go there.
func (s *moveSheet) refused(err error) {
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("Change the folder"), Body: widgets.NewNotice(say.Trouble(err), widgets.Bad, widgets.DialogInner),
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", s.dialog.Close),
			widgets.NewButton(widgets.Primary, lang.L("Choose another folder"), "", func() {
				s.dialog.Close()
				s.p.chooseMove()
			}),
		},
	})
}

// without makes the new folder the synced one and leaves the files behind.
func (s *moveSheet) without() {
	s.dialog.Close()
	page.Do(s.p.host.Tasks, func(ctx context.Context) error { return s.p.backend.ChooseFolder(ctx, s.dir) }, func(err error) {
		s.p.host.Fail(err)
		s.p.show()
	})
}

// working shows how far it is.
func (s *moveSheet) working() {
	s.bar, s.count = widgets.NewProgress(), widgets.NewText(lang.L("Getting ready"), widgets.Small)
	s.keep = widgets.NewButton(widgets.Secondary, lang.L("Keep the old folder"), "", func() {
		s.keep.Disable()
		s.stopped = true
		s.stop()
	})
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("Moving your folder"), Text: lang.L("This goes on when you close this, and after a restart. No file is removed before its copy was compared."),
		Body:    widgets.Column(8, s.bar, s.count),
		Buttons: []*widgets.Button{s.keep, widgets.NewButton(widgets.Primary, lang.L("Close"), "", s.dialog.Close)},
	})
}

// move moves the files. It goes on when the dialog or the page is left.
func (s *moveSheet) move() {
	s.working()
	ctx, cancel := context.WithCancel(s.p.host.Tasks.Context())
	s.stop = cancel
	page.Run(s.p.host.Tasks, func(context.Context) (app.FolderMove, error) {
		defer cancel()
		return s.p.backend.MoveFolder(ctx, s.dir, s.advance)
	}, s.ended)
}

// stepWords say how far it is.
func stepWords(step app.FolderStep, done, total int64) string {
	values := map[string]any{"Done": say.Size(done), "Total": say.Size(total)}
	if step == app.FolderClearing {
		return lang.L("Emptying the old folder: {{.Done}} of {{.Total}}", values)
	}
	return lang.L("Copying: {{.Done}} of {{.Total}}", values)
}

// advance is called beside the UI goroutine.
func (s *moveSheet) advance(step app.FolderStep, done, total int64) {
	s.p.host.Tasks.Back(func() {
		if step == app.FolderClearing { // everything is in the new one
			s.keep.Disable()
		}
		s.bar.Set(float64(done) / float64(max(total, 1)))
		s.count.SetText(stepWords(step, done, total))
	})
}

// movedWords say how it ended.
func movedWords(m app.FolderMove) string {
	values := map[string]any{"New": m.To, "Old": m.From, "Files": say.Files(m.Left)}
	if m.Left > 0 {
		return lang.L("Your files are in {{.New}} now. {{.Files}} changed meanwhile and are still in {{.Old}}.", values)
	}
	return lang.L("Your files are in {{.New}} now.", values)
}

func (s *moveSheet) ended(m app.FolderMove, err error) {
	if errors.Is(err, context.Canceled) && s.stopped {
		page.Do(s.p.host.Tasks, s.p.backend.KeepFolder, func(err error) {
			s.dialog.Close()
			s.p.host.Fail(err)
			s.p.show()
		})
		return
	}
	s.dialog.Close()
	if m.Done {
		s.p.host.Say(movedWords(m))
	}
	s.p.host.Fail(err)
	s.p.show()
}
