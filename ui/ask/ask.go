// Package ask shows dialogs that ask for something and do it. The button of one
// is off while something is missing and while it works; what goes wrong is said
// in the dialog, which keeps what was typed.
package ask

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Form is a dialog that asks for something and does it.
type Form struct {
	// Dialog is what the form is shown in. Who closes it while the form works
	// does not stop the work.
	Dialog *widgets.Dialog

	host   *page.Host
	do     *widgets.Button
	notice *fyne.Container
	word   string
	ready  func() bool
	busy   bool
	fields []*widgets.Field
}

// Show shows a form with a button called word. The button is on while ready
// says that nothing is missing; work runs beside the UI goroutine, also when the
// page is left meanwhile, and the button is called busy then. done is called when
// it went well, also when the dialog was closed by then.
func Show(host *page.Host, s widgets.Sheet, word, busy string, ready func() bool, work func(ctx context.Context) error, done func(f *Form)) *Form {
	f := &Form{Dialog: widgets.NewDialog(host.Canvas()), host: host, notice: container.NewStack(), word: word, ready: ready}
	f.notice.Hide()
	f.do = widgets.NewButton(widgets.Primary, word, "", func() {
		f.work(true)
		f.notice.Hide()
		f.do.SetText(busy)
		f.Check("")
		f.Dialog.Refresh()
		page.Do(host.Tasks, work, func(err error) { f.ended(err, done) })
	})
	s.Body = widgets.Column(14, s.Body, f.notice)
	s.Buttons = []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", f.Dialog.Close), f.do}
	f.Check("")
	f.Dialog.Present(s)
	return f
}

// Check switches the button; it is the OnChanged of what a form is filled in
// with.
func (f *Form) Check(string) { f.do.SetEnabled(f.ready() && !f.busy) }

// work begins or ends what the form does. Meanwhile its fields stay as they are:
// they are read beside the UI goroutine.
func (f *Form) work(on bool) {
	f.busy = on
	for _, field := range f.fields {
		field.Hold(on)
	}
}

func (f *Form) ended(err error, done func(f *Form)) {
	f.work(false)
	f.do.SetText(f.word)
	f.Check("")
	switch {
	case err == nil:
		done(f)
	case f.Dialog.Open():
		f.Tell(say.Trouble(err), widgets.Bad)
	default:
		f.host.Fail(err)
	}
}

// Tell shows a sentence in the form.
func (f *Form) Tell(sentence string, tone widgets.Tone) {
	f.notice.Objects = []fyne.CanvasObject{widgets.NewNotice(sentence, tone, widgets.DialogInner)}
	f.notice.Show()
	f.Dialog.Refresh()
}

// Follow makes fields switch the button of the form, and those of one line
// press it with Enter. What they did before when they changed they go on doing.
func (f *Form) Follow(fields ...*widgets.Field) {
	f.fields = append(f.fields, fields...)
	for _, field := range fields {
		before := field.OnChanged
		field.OnChanged = func(text string) {
			if before != nil {
				before(text)
			}
			f.Check(text)
		}
		if !field.MultiLine {
			field.OnSubmitted = f.Dialog.Submit
		}
	}
}
