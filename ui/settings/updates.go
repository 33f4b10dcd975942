package settings

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Updater is what the card about newer versions needs of package app.
type Updater interface {
	Updates() app.Updates
	SetChecksUpdates(on bool) error
	CheckUpdates(ctx context.Context) (app.Updates, error)
	GetUpdate(ctx context.Context, tell func(done, total int64)) (app.UpdateOffer, error)
	BringUpdate(ctx context.Context) (app.UpdateOffer, error)
}

// release is a version as people write it.
func release(version string) string { return strings.TrimPrefix(version, "v") }

// updateWords say what is known of newer versions.
func (p *Page) updateWords(u app.Updates) string {
	own := map[string]any{"Own": release(u.Version)}
	switch {
	case u.Offer != nil:
		own["Version"] = release(u.Offer.Version)
		return strings.TrimSpace(lang.L("Version {{.Version}} is there. You have {{.Own}}.", own) + " " + wayWords(u.Offer.Way))
	case u.Looked.IsZero():
		return lang.L("You have version {{.Own}}.", own)
	}
	own["When"] = say.When(u.Looked, p.host.Now())
	return lang.L("You have version {{.Own}}, the newest. Looked: {{.When}}.", own)
}

// wayWords say why a version cannot be fetched here; nothing where it can.
func wayWords(way app.UpdateWay) string {
	switch way {
	case app.ByOthers:
		return lang.L("What installed this copy brings it too.")
	case app.ByNobody:
		return lang.L("It has no file for this computer yet.")
	}
	return ""
}

// comes tells whether a version can be fetched here.
func comes(o *app.UpdateOffer) bool {
	return o != nil && (o.Way == app.ByRestart || o.Way == app.ByOpening)
}

// updates is the card about newer versions.
func (p *Page) updates() fyne.CanvasObject {
	u, heading := p.backend.Updates(), widgets.NewText(lang.L("Updates"), widgets.Heading)
	if !u.Can {
		return widgets.NewCard(widgets.Column(4, heading, widgets.NewParagraph(lang.L("This build does not look for updates."), widgets.Second, wideWidth)))
	}
	auto := line(lang.L("Look for new versions"), lang.L("Once a day. Nothing about you is sent, and nothing is installed without you."),
		widgets.NewSwitch(u.Auto, p.lookByItself))
	return widgets.NewCard(widgets.Column(12, widgets.Column(4, heading,
		widgets.NewParagraph(p.updateWords(u), widgets.Second, wideWidth), widgets.Gap(0, 4), p.updateButtons(u.Offer)), auto))
}

func (p *Page) updateButtons(o *app.UpdateOffer) fyne.CanvasObject {
	if o == nil {
		look := widgets.NewButton(widgets.Secondary, lang.L("Look now"), "", p.lookNow)
		if p.looking {
			look.SetText(lang.L("Looking"))
			look.Disable()
		}
		return widgets.Row(8, look)
	}
	news := widgets.NewButton(widgets.Secondary, lang.L("What is new"), "", func() { p.showNews(*o) })
	if !comes(o) {
		return widgets.Row(8, news)
	}
	return widgets.Row(8, widgets.NewButton(widgets.Primary, updateTo(o), "", func() { p.update(*o) }), news)
}

func updateTo(o *app.UpdateOffer) string {
	return lang.L("Update to {{.Version}}", map[string]any{"Version": release(o.Version)})
}

// lookByItself keeps the choice, or shows what holds still.
func (p *Page) lookByItself(on bool) {
	if err := p.backend.SetChecksUpdates(on); err != nil {
		p.host.Fail(err)
		p.show()
	}
}

// lookNow asks whether there is a newer version.
func (p *Page) lookNow() {
	p.looking = true
	p.show()
	page.Run(p.tasks, p.backend.CheckUpdates, func(_ app.Updates, err error) {
		p.looking = false
		p.host.Fail(err)
		p.show()
	})
}

const (
	newsWidth  float32 = 460
	newsHeight float32 = 240
)

// updateSheet is the dialog that fetches a version and brings it in.
type updateSheet struct {
	p       *Page
	dialog  *widgets.Dialog
	offer   app.UpdateOffer
	stop    func()
	stopped bool

	bar   *widgets.Progress
	count *widgets.Text
}

func (p *Page) newUpdateSheet(o app.UpdateOffer) *updateSheet {
	return &updateSheet{p: p, dialog: widgets.NewDialog(p.host.Canvas()), offer: o}
}

// update fetches a version, or goes on where that is done.
func (p *Page) update(o app.UpdateOffer) *updateSheet {
	s := p.newUpdateSheet(o)
	if o.Path != "" {
		s.ready()
	} else {
		s.get()
	}
	return s
}

// named are the values of sentences about the version.
func (s *updateSheet) named() map[string]any {
	return map[string]any{"Version": release(s.offer.Version)}
}

// get fetches the version. It goes on when the page is left, and is stopped by
// its button only.
func (s *updateSheet) get() {
	ctx, cancel := context.WithCancel(s.p.host.Tasks.Context())
	s.stopped, s.stop = false, cancel
	s.working()
	page.Run(s.p.host.Tasks, func(context.Context) (app.UpdateOffer, error) {
		defer cancel()
		return s.p.backend.GetUpdate(ctx, s.advance())
	}, s.fetched)
}

// working shows how far it is.
func (s *updateSheet) working() {
	s.bar, s.count = widgets.NewProgress(), widgets.NewText(lang.L("Getting ready"), widgets.Small)
	cancel := widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", nil)
	cancel.OnTapped = func() {
		cancel.Disable()
		s.stopped = true
		s.stop()
	}
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("Fetching version {{.Version}}", s.named()), Text: lang.L("It is proved before anything is done with it. What has come is kept when you stop."),
		Body:    widgets.Column(8, s.bar, s.count),
		Buttons: []*widgets.Button{cancel},
	})
}

// advance returns what is told beside the UI goroutine how many bytes are there;
// it shows each hundredth once.
func (s *updateSheet) advance() func(done, total int64) {
	last := int64(-1)
	return func(done, total int64) {
		part := done * 100 / max(total, 1)
		if part == last {
			return
		}
		last = part
		s.p.host.Tasks.Back(func() {
			s.bar.Set(float64(done) / float64(max(total, 1)))
			s.count.SetText(lang.L("{{.Used}} of {{.Limit}}", map[string]any{"Used": say.Size(done), "Limit": say.Size(total)}))
		})
	}
}

// fetched goes on where a person looks; else it only says how it ended.
func (s *updateSheet) fetched(o app.UpdateOffer, err error) {
	switch looks := s.dialog.Open(); {
	case s.stopped && errors.Is(err, context.Canceled):
		s.dialog.Close()
	case err != nil && looks:
		s.failed(err, s.get)
	case err != nil:
		s.p.host.Fail(err)
	case looks:
		s.offer = o
		s.ready()
	default:
		s.p.host.Say(lang.L("Version {{.Version}} is ready", s.named()))
	}
}

// failed says what went wrong, and offers to try again.
func (s *updateSheet) failed(err error, again func()) {
	s.dialog.Present(widgets.Sheet{
		Title: updateTo(&s.offer), Body: widgets.NewNotice(say.Trouble(err), widgets.Bad, widgets.DialogInner),
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Close"), "", s.dialog.Close),
			widgets.NewButton(widgets.Primary, lang.L("Try again"), "", again),
		},
	})
}

// readyWords say what bringing a version in does, and what the button is called.
func readyWords(way app.UpdateWay) (text, action string) {
	if way == app.ByOpening {
		return lang.L("It is what its makers signed. The installer of your system takes it from here."), lang.L("Open the installer")
	}
	return lang.L("It is what its makers signed. The window closes and opens again; syncing goes on then."), lang.L("Restart now")
}

// ready asks whether the version is to be brought in now.
func (s *updateSheet) ready() {
	text, action := readyWords(s.offer.Way)
	now := widgets.NewButton(widgets.Primary, action, "", nil)
	now.OnTapped = func() {
		now.SetText(lang.L("Getting ready"))
		now.Disable()
		s.bring()
	}
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("Version {{.Version}} is ready", s.named()), Text: text,
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Later"), "", s.dialog.Close), now},
	})
}

// bring prepares the version, unless the dialog is closed before that is done.
func (s *updateSheet) bring() {
	ctx, cancel := context.WithCancel(s.p.host.Tasks.Context())
	s.dialog.OnClosed = cancel
	page.Run(s.p.host.Tasks, func(context.Context) (app.UpdateOffer, error) {
		defer cancel()
		return s.p.backend.BringUpdate(ctx)
	}, s.brought)
}

// brought ends the program, or gives the file to the system. Who closed the
// dialog meanwhile wanted neither.
func (s *updateSheet) brought(o app.UpdateOffer, err error) {
	if !s.dialog.Open() {
		return
	}
	if err != nil {
		s.failed(err, s.get)
		return
	}
	s.dialog.Close()
	if o.Way == app.ByOpening {
		s.p.host.Fail(s.p.host.Open(o.Path))
		return
	}
	s.p.hooks.Quit()
}
