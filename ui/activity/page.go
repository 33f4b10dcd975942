package activity

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Backend is what the page needs of package app.
type Backend interface {
	Report(ctx context.Context) (app.Report, error)
	DriveChanges(ctx context.Context, since time.Time, most int) ([]app.DriveChange, error)
	PreviewUndo(ctx context.Context, change string) (app.DriveEffect, error)
	UndoChange(ctx context.Context, change string) (app.DriveEffect, error)
	GoOnAnyway(ctx context.Context) error
	Refetch(ctx context.Context, path string) error
	HoldTransfer(ctx context.Context, path string) error
	ReleaseTransfer(ctx context.Context, path string) error
	FreeUp(ctx context.Context, path string) error
	AskAgain(ctx context.Context) error
	Pause()
	Resume()
}

const (
	perPage = 100 // changes that are read at a time
	shown   = 5   // files on their way that have room
)

// Page is the page.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()

	report  app.Report
	changes []app.DriveChange
	asked   int  // how many changes were asked for
	asking  bool // what undoing would do
	reading bool // the report is being read
	again   bool // and has to be read again after that

	pause, undo *widgets.Button
	flow        *widgets.Text
	bar         *widgets.Progress
	files       *transfers
	past        *widgets.Table
	at          []int // which change each line of past shows, -1 for the title of a day
	care, body  *fyne.Container
	object      fyne.CanvasObject
}

// New returns the page.
func New(host *page.Host, backend Backend) *Page {
	p := &Page{host: host, backend: backend, asked: perPage, care: container.NewVBox(), body: container.NewStack()}
	p.tasks, p.leave = host.Tasks.Scope()
	p.object = p.compose()
	p.look()
	p.reload()
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what is being read.
func (p *Page) Leave() { p.leave() }

// Follow shows what goes on.
func (p *Page) Follow(e app.Event) {
	switch e.Kind {
	case app.StatusChanged, app.ProblemArose:
		p.look()
	case app.SyncDone, app.SetupChanged:
		p.look()
		p.reload()
	}
}

func (p *Page) compose() fyne.CanvasObject {
	p.pause = widgets.NewButton(widgets.Secondary, lang.L("Pause"), "pause", p.togglePause)
	p.undo = widgets.NewButton(widgets.Secondary, lang.L("Undo"), "", func() { p.with(p.askUndo) })
	p.undo.SetEnabled(false)
	p.flow, p.bar = widgets.NewCutText("", widgets.Small), widgets.NewProgress()
	p.files = newTransfers(p)
	now := widgets.NewCard(widgets.Column(10, widgets.NewText(lang.L("Now"), widgets.Heading), p.flow, p.bar, p.files.room))
	p.past = widgets.NewTable([]widgets.TableColumn{{Width: 150, From: 560}, {Width: 60, Trailing: true}})
	p.past.OnSelected = func(int) { p.allow() }
	p.past.OnOpen = func(int) { p.with(p.show) }
	p.past.OnNearEnd = p.more
	history := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 14, Right: 8, Bottom: 8, Left: 8},
		widgets.Edges(widgets.Pad(widgets.Insets{Right: 8, Bottom: 8, Left: 12}, widgets.NewText(lang.L("History"), widgets.Heading)), nil, nil, nil, p.body))
	top := widgets.Pad(widgets.Insets{Bottom: theme.Between}, container.NewVBox(p.care, now))
	return widgets.NewPage(widgets.NewText(lang.L("Activity"), widgets.Title), []fyne.CanvasObject{p.undo, p.pause},
		widgets.Edges(top, nil, nil, nil, history))
}

// look reads where the drive stands. Events come quicker than that can be
// shown, so one answer serves all that came meanwhile.
func (p *Page) look() {
	if p.reading {
		p.again = true
		return
	}
	p.reading = true
	page.Run(p.tasks, p.backend.Report, func(r app.Report, err error) {
		p.reading = false
		if err != nil {
			p.flow.SetText(lang.L("Nobody can tell where the drive stands. Your files are safe."))
		} else {
			p.report = r
			p.showNow()
		}
		if p.again {
			p.again = false
			p.look()
		}
	})
}

func (p *Page) showNow() {
	s := p.report.Status
	p.flow.SetText(flow(s))
	p.bar.Hidden = s.Phase != app.PhaseSyncing || s.BytesTotal <= 0
	if !p.bar.Hidden {
		p.bar.Set(float64(s.BytesDone) / float64(s.BytesTotal))
	}
	p.files.show(p.report)
	p.pause.SetText(lang.L("Pause"))
	if s.Phase == app.PhasePaused {
		p.pause.SetText(lang.L("Resume"))
	}
	p.showCare()
	p.object.Refresh()
}

func (p *Page) showCare() {
	p.care.Objects = nil
	for _, c := range concerns(p.report) {
		button := widgets.NewButton(widgets.Secondary, c.remedy.label(), "", func() { p.solve(c) })
		p.care.Add(widgets.Pad(widgets.Insets{Bottom: theme.Inside}, widgets.NewAdvice(c.text, c.tone, adviceWidth, button)))
	}
}

// adviceWidth is where the sentence of a problem is broken: it has to fit a
// narrow window beside its button.
const adviceWidth = 440

// solve does the one thing that helps.
func (p *Page) solve(c concern) {
	switch c.remedy {
	case buyOzone:
		p.host.Go(page.Route{Page: page.Wallet, Arg: "ozone"})
	case resume:
		p.togglePause()
	case goOn:
		p.do(p.backend.GoOnAnyway)
	case askAgain:
		p.do(p.backend.AskAgain)
	case refetch:
		p.do(func(ctx context.Context) error { return p.backend.Refetch(ctx, c.path) })
	case showFile:
		p.host.Go(page.Route{Page: page.Drive, Arg: folderOf(c.path)})
	}
}

// do does what a person orders, also when the page is left meanwhile.
func (p *Page) do(work func(context.Context) error) {
	page.Do(p.host.Tasks, work, func(err error) {
		p.host.Fail(err)
		p.look()
	})
}

func (p *Page) togglePause() {
	turn := p.backend.Pause
	if p.report.Phase == app.PhasePaused {
		turn = p.backend.Resume
	}
	p.do(func(context.Context) error { turn(); return nil })
}
