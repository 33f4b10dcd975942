package confirm

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

// Form is what is asked before there is anything to show.
type Form struct {
	Title, Text string
	Body        fyne.CanvasObject
	Focus       fyne.Focusable
	Busy        string // said on the button while the preview is made; empty is "Checking"
}

// Flow is the dialog of one order.
type Flow struct {
	// More is an extra button beside Done at the good end; may be nil.
	More func() *widgets.Button

	host   *page.Host
	dialog *widgets.Dialog
	order  Order
	tasks  *page.Tasks // of the questions; they end with the dialog
	stop   func()
	paying bool

	form   *widgets.Sheet // nil when nothing is asked
	busy   string
	asked  *fyne.Container // the notice of the form
	notice *fyne.Container // that of the picture that is shown
}

// New returns the dialog of an order that is not shown yet.
func New(host *page.Host, o Order) *Flow {
	f := &Flow{host: host, dialog: widgets.NewDialog(host.Canvas()), order: o, asked: hidden()}
	f.notice = f.asked
	f.tasks, f.stop = host.Tasks.Scope()
	f.dialog.OnClosed = f.stop
	return f
}

// Show asks for nothing but the password: it shows an order at once.
func Show(host *page.Host, o Order) *Flow {
	f := New(host, o)
	f.look()
	return f
}

// Ask shows the form first. Its button is off until Ready says otherwise.
func (f *Flow) Ask(form Form) {
	f.busy = form.Busy
	if f.busy == "" {
		f.busy = lang.L("Checking")
	}
	onward := widgets.NewButton(widgets.Primary, lang.L("Continue"), "", f.preview)
	onward.Disable()
	f.form = &widgets.Sheet{
		Title: form.Title, Text: form.Text, Body: widgets.Column(14, form.Body, f.asked), Focus: form.Focus,
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", f.dialog.Close), onward},
	}
	f.dialog.Present(*f.form)
}

// Ready tells whether the form is filled in far enough.
func (f *Flow) Ready(on bool) { f.formButton().SetEnabled(on) }

// Submit goes on as the button does, for fields whose Enter does it.
func (f *Flow) Submit(text string) { f.dialog.Submit(text) }

// Refresh lays the dialog out anew after its form changed.
func (f *Flow) Refresh() { f.dialog.Refresh() }

// Dialog is what is shown.
func (f *Flow) Dialog() *widgets.Dialog { return f.dialog }

// Tell shows a sentence in the picture that is shown.
func (f *Flow) Tell(err error) {
	f.notice.Objects = []fyne.CanvasObject{widgets.NewNotice(say.Trouble(err), widgets.Bad, widgets.DialogInner)}
	f.notice.Show()
	f.dialog.Refresh()
}

func (f *Flow) formButton() *widgets.Button { return f.form.Buttons[len(f.form.Buttons)-1] }

// hidden is a place for a notice that may come.
func hidden() *fyne.Container {
	c := container.NewStack()
	c.Hide()
	return c
}

// look makes the preview of an order without a form.
func (f *Flow) look() {
	f.dialog.Present(widgets.Sheet{
		Title: f.order.title(), Text: lang.L("Asking the network what this costs."),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", f.dialog.Close)},
	})
	page.Run(f.tasks, f.order.Preview, func(p app.TxPreview, err error) {
		if err != nil {
			f.refused(err)
			return
		}
		f.confirm(p)
	})
}

// refused shows why there is no preview.
func (f *Flow) refused(err error) {
	f.dialog.Present(widgets.Sheet{
		Title: lang.L("This does not work now"), Body: widgets.NewNotice(say.Trouble(err), widgets.Bad, widgets.DialogInner),
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Close"), "", f.dialog.Close),
			widgets.NewButton(widgets.Primary, lang.L("Try again"), "", f.look),
		},
	})
}

// preview makes the preview of what the form says.
func (f *Flow) preview() {
	button := f.formButton()
	f.notice.Hide()
	button.Disable()
	button.SetText(f.busy)
	f.dialog.Refresh()
	page.Run(f.tasks, f.order.Preview, func(p app.TxPreview, err error) {
		button.Enable()
		button.SetText(lang.L("Continue"))
		if err != nil {
			f.Tell(err)
			return
		}
		f.confirm(p)
	})
}

// back shows the form with what was typed before, or leaves.
func (f *Flow) back() {
	if f.form == nil {
		f.dialog.Close()
		return
	}
	f.notice = f.asked
	f.notice.Hide()
	f.dialog.Present(*f.form)
}

// pay signs and sends. It goes on when the page or the dialog is left: a
// payment must not end half way because someone looked elsewhere.
func (f *Flow) pay(c *check) {
	if f.paying {
		return
	}
	f.paying = true
	secret := []byte(c.password.Text)
	c.password.SetText("")
	f.waiting(c.preview)
	page.Run(f.host.Tasks, func(ctx context.Context) (app.TxResult, error) {
		defer clear(secret)
		return f.order.Pay(ctx, c.preview, c.fee, secret)
	}, func(r app.TxResult, err error) {
		f.paying = false
		f.end(c, r, err)
		f.order.moved()
	})
}

// end shows how it went, or says it when the dialog was closed meanwhile.
func (f *Flow) end(c *check, r app.TxResult, err error) {
	title, text := f.order.words(c.preview, r)
	switch end := endingOf(err); {
	case !f.dialog.Open() && end == done:
		f.host.Say(text)
	case !f.dialog.Open():
		f.host.Fail(err)
	case end == done:
		f.finished(title, text)
	case end == unclear:
		f.unknown(err)
	default:
		c.present(f)
		f.Tell(err)
	}
}
