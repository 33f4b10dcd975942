package settings

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Epochs is what the page about a stolen device needs of package app.
type Epochs interface {
	Unlock(ctx context.Context, password []byte) error
	PreviewEpoch(ctx context.Context, o app.EpochOptions) (app.NewEpoch, error)
	NewEpoch(ctx context.Context, o app.EpochOptions) (app.NewEpoch, error)
	CancelEpoch(ctx context.Context) (app.NewEpoch, error)
}

const stolenWidth float32 = 520

func (p *Page) stolen() fyne.CanvasObject {
	return section(lang.L("A device was stolen"), lang.L("Puts the drive under new keys, which the lost device does not have. You see first what that costs."),
		widgets.NewButton(widgets.Secondary, lang.L("Look at it"), "shield", func() { p.showStolen() }))
}

// stolenSheet is the dialog that puts the drive under new keys.
type stolenSheet struct {
	p       *Page
	dialog  *widgets.Dialog
	tasks   *page.Tasks // of the questions; they end with the dialog
	plan    app.NewEpoch
	stop    func() // what is being done
	running bool

	password *widgets.Field
	trouble  *fyne.Container
	count    *widgets.Text
	bar      *widgets.Progress
}

func (p *Page) showStolen() *stolenSheet {
	s := &stolenSheet{p: p, dialog: widgets.NewDialog(p.host.Canvas()), stop: func() {}}
	s.tasks, s.dialog.OnClosed = p.tasks.Scope()
	s.look()
	return s
}

// look finds out what it takes.
func (s *stolenSheet) look() {
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("A device was stolen"), Text: lang.L("Finding out what it takes"),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", s.dialog.Close)},
	})
	page.Run(s.tasks, func(ctx context.Context) (app.NewEpoch, error) {
		return s.p.backend.PreviewEpoch(ctx, app.EpochOptions{})
	}, s.looked)
}

func (s *stolenSheet) looked(e app.NewEpoch, err error) {
	if err != nil {
		s.dialog.Present(widgets.Sheet{
			Title: lang.L("A device was stolen"), Body: widgets.NewNotice(say.Trouble(err), widgets.Bad, widgets.DialogInner),
			Buttons: []*widgets.Button{
				widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", s.dialog.Close),
				widgets.NewButton(widgets.Primary, lang.L("Try again"), "", s.look),
			},
		})
		return
	}
	s.plan = e
	s.ask(nil)
}

// ask says what it costs and what it is good for, and asks for the password.
func (s *stolenSheet) ask(problem error) {
	e := s.plan
	body := widgets.Column(10)
	if state := epochState(e); state != "" {
		body.Add(widgets.NewNotice(state, widgets.Active, stolenWidth))
	}
	for _, text := range thief() {
		body.Add(widgets.NewParagraph(text, widgets.Second, stolenWidth))
	}
	body.Add(widgets.Line())
	for _, line := range epochCosts(e) {
		body.Add(widgets.NewKeyValue(line[0], line[1]))
	}
	s.password, s.trouble = widgets.NewPasswordField(lang.L("Password of your wallet")), container.NewStack()
	showTrouble(s.trouble, problem, stolenWidth)
	body.Add(s.password)
	body.Add(s.trouble)
	begin := widgets.NewButton(widgets.Primary, s.word(), "", s.begin)
	begin.Disable()
	s.password.OnChanged = func(text string) { begin.SetEnabled(text != "") }
	s.password.OnSubmitted = s.dialog.Submit
	buttons := []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", s.dialog.Close)}
	if canGiveUp(e) {
		buttons = append(buttons, widgets.NewButton(widgets.Dangerous, lang.L("Give it up"), "", s.giveUp))
	}
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("A device was stolen"), Body: widgets.Sized(stolenWidth, 0, body), Focus: s.password, Buttons: append(buttons, begin),
	})
}

func (s *stolenSheet) word() string {
	if s.plan.Resumed {
		return lang.L("Go on")
	}
	return lang.L("Put it under new keys")
}

// begin does it. It goes on when the dialog is closed, and after a restart.
func (s *stolenSheet) begin() {
	if s.running {
		return
	}
	s.running = true
	secret := []byte(s.password.Text)
	s.run(lang.L("This goes on when you close this, and you can go on with it after a restart. Until it is complete, the drive stays as it was."),
		func(ctx context.Context) (app.NewEpoch, error) {
			defer clear(secret)
			if err := s.p.backend.Unlock(ctx, secret); err != nil {
				return app.NewEpoch{}, err
			}
			return s.p.backend.NewEpoch(ctx, app.EpochOptions{Progress: s.advance})
		})
}

// run shows how far something is while it is done, also behind a dialog that
// was closed.
func (s *stolenSheet) run(text string, do func(ctx context.Context) (app.NewEpoch, error)) {
	s.working(text)
	ctx, stop := context.WithCancel(s.p.host.Tasks.Context())
	s.stop = stop
	page.Run(s.p.host.Tasks, func(context.Context) (app.NewEpoch, error) {
		defer stop()
		return do(ctx)
	}, s.ended)
}

// askToDelete asks about old files among which there is something that another
// device has sent meanwhile.
func (s *stolenSheet) askToDelete(problem error) {
	body := widgets.Column(10,
		widgets.NewNotice(say.Trouble(problem), widgets.Warn, stolenWidth),
		widgets.NewParagraph(lang.L("If you delete them anyway, what that device has sent since is lost, for all of your devices. Do so if it is the stolen one."), widgets.Second, stolenWidth))
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("The old files are still there"), Body: widgets.Sized(stolenWidth, 0, body),
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Dangerous, lang.L("Delete them anyway"), "", s.deleteAnyway),
			widgets.NewButton(widgets.Primary, lang.L("Not now"), "", s.dialog.Close),
		},
	})
}

// deleteAnyway deletes the old files with all that was sent to them.
func (s *stolenSheet) deleteAnyway() {
	if s.running {
		return
	}
	s.running = true
	s.run(lang.L("The drive has its new keys. What is left is to delete the old files."), func(ctx context.Context) (app.NewEpoch, error) {
		return s.p.backend.NewEpoch(ctx, app.EpochOptions{Force: true, Progress: s.advance})
	})
}

// working shows how far it is.
func (s *stolenSheet) working(text string) {
	s.count, s.bar = widgets.NewText(lang.L("Getting ready"), widgets.Small), widgets.NewProgress()
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("Putting the drive under new keys"), Text: text, Body: widgets.Column(8, s.bar, s.count),
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Stop for now"), "", func() { s.stop() }),
			widgets.NewButton(widgets.Primary, lang.L("Close"), "", s.dialog.Close),
		},
	})
}

// advance is called beside the UI goroutine.
func (s *stolenSheet) advance(step app.EpochStep, done, total int64) {
	s.p.host.Tasks.Back(func() {
		if s.bar.Set(float64(done) / float64(max(total, 1))); s.running {
			s.count.SetText(epochStep(step, done, total))
		}
	})
}

func (s *stolenSheet) ended(e app.NewEpoch, err error) {
	if !s.running {
		return
	}
	s.running = false
	switch {
	case !s.dialog.Open() && err == nil:
		s.p.host.Say(epochDone(e))
	case !s.dialog.Open():
		s.p.host.Fail(err)
	case errors.Is(err, context.Canceled):
		s.look() // it stands where it was stopped
	case errors.Is(err, app.ErrSentMeanwhile):
		s.askToDelete(err)
	case err != nil:
		s.ask(err)
	default:
		s.finish(lang.L("The drive has new keys"), epochDone(e))
	}
}

// giveUp takes back what was stored for the new keys.
func (s *stolenSheet) giveUp() {
	s.working(lang.L("What was stored for the new keys is deleted. The drive stays as it was."))
	s.dialog.Sheet().Buttons[0].Disable()
	page.Run(s.p.host.Tasks, s.p.backend.CancelEpoch, func(_ app.NewEpoch, err error) {
		switch {
		case err != nil && s.dialog.Open():
			s.ask(err)
		case err != nil:
			s.p.host.Fail(err)
		case s.dialog.Open():
			s.finish(lang.L("Given up"), givenUp())
		default:
			s.p.host.Say(givenUp())
		}
	})
}

func (s *stolenSheet) finish(title, text string) {
	s.dialog.Present(widgets.Sheet{
		Title: title, Text: text, Buttons: []*widgets.Button{widgets.NewButton(widgets.Primary, lang.L("Done"), "", s.dialog.Close)},
	})
}
