package confirm

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// check is the picture that says what will happen.
type check struct {
	preview  app.TxPreview
	fee      string // name of the chosen one
	facts    *widgets.Box
	password *widgets.Field
	notice   *fyne.Container
	sheet    widgets.Sheet
}

// confirm shows what will happen and asks for the password.
func (f *Flow) confirm(p app.TxPreview) {
	c := &check{preview: p, notice: hidden(), password: widgets.NewPasswordField(lang.L("Password"))}
	c.facts = widgets.NewBox(theme.Background, theme.Line, theme.CardRadius, widgets.Insets{Top: 14, Right: 16, Bottom: 14, Left: 16}, nil)
	send := widgets.NewButton(widgets.Primary, shortened(say.Words(p.Title)), "", func() { f.pay(c) })
	send.Disable()
	c.password.OnChanged = func(text string) { send.SetEnabled(text != "") }
	c.password.OnSubmitted = f.dialog.Submit
	c.show(f.order)
	body := widgets.Column(14, c.facts)
	if choice := f.feeChoice(c); choice != nil {
		body.Add(choice)
	}
	for _, warning := range p.Warnings {
		body.Add(widgets.NewNotice(say.Words(warning), widgets.Warn, widgets.DialogInner))
	}
	body.Add(c.password)
	body.Add(c.notice)
	word := lang.L("Back")
	if f.form == nil {
		word = lang.L("Cancel")
	}
	c.sheet = widgets.Sheet{
		Title: f.order.title(), Text: lang.L("Nothing has been sent yet."), Body: body, Focus: c.password,
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, word, "", f.back), send},
	}
	c.present(f)
}

func (c *check) present(f *Flow) {
	f.notice = c.notice
	f.notice.Hide()
	f.dialog.Present(c.sheet)
}

// show writes the facts, with the fee that is chosen now.
func (c *check) show(o Order) {
	column := widgets.Column(10)
	for _, r := range rows(c.preview, c.fee, o.Name) {
		column.Add(r.object(len(c.preview.Warnings) > 0))
	}
	c.facts.SetContent(column)
}

// feeChoice lets a person choose a fee, when there is a choice.
func (f *Flow) feeChoice(c *check) fyne.CanvasObject {
	names, words, normal := fees(c.preview)
	if len(names) < 2 {
		return nil
	}
	return widgets.Edges(nil, nil, widgets.Pad(widgets.Insets{Right: 12, Left: 16}, widgets.NewText(lang.L("Fee"), widgets.Second)), nil,
		widgets.NewSegments(words, normal, func(i int) {
			c.fee = names[i]
			c.show(f.order)
			f.dialog.Refresh()
		}))
}

const (
	addressWidth float32 = 260
	factsInner           = widgets.DialogInner - 32
)

// object is a row on the screen. Addresses are shown shortened, or whole when
// something is odd about them and they should be compared; words that are too
// long for a line take several.
func (r row) object(whole bool) fyne.CanvasObject {
	style := widgets.Body
	if r.strong {
		style = widgets.Strong
	}
	name := widgets.NewText(r.label, widgets.Second)
	label := container.NewVBox(name)
	if !r.address {
		value, room := widgets.NewText(r.value, style).Align(fyne.TextAlignTrailing), factsInner-name.MinSize().Width-16
		if value.MinSize().Width <= room {
			return widgets.NewKeyValueOf(r.label, value)
		}
		return widgets.Edges(nil, nil, label, widgets.NewParagraph(r.value, style, room).Align(fyne.TextAlignTrailing), nil)
	}
	var code fyne.CanvasObject = widgets.NewText(say.Address(r.value), widgets.Code).Align(fyne.TextAlignTrailing)
	if whole {
		code = widgets.Row(0, widgets.Spring(), widgets.NewParagraph(say.Groups(r.value), widgets.Code, addressWidth).Align(fyne.TextAlignTrailing))
	}
	if r.name == "" {
		return widgets.Edges(nil, nil, label, nil, code)
	}
	return widgets.Edges(nil, nil, label, nil, widgets.Column(2, widgets.NewCutText(r.name, widgets.Strong).Align(fyne.TextAlignTrailing), code))
}

// waiting shows that it is on its way.
func (f *Flow) waiting(p app.TxPreview) {
	f.dialog.Present(widgets.Sheet{
		Title: lang.L("On its way"), Text: lang.L("The network writes it down for good. This takes a few seconds. You may close this; it goes on."),
		Body: widgets.Column(12, container.NewCenter(widgets.NewTile("clock", theme.Accent, theme.Soft, 56)),
			widgets.NewCutText(say.Words(p.Title), widgets.Strong).Align(fyne.TextAlignCenter)),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Close"), "", f.dialog.Close)},
	})
}

// finished shows the good end.
func (f *Flow) finished(title, text string) {
	buttons := []*widgets.Button{widgets.NewButton(widgets.Primary, lang.L("Done"), "", f.dialog.Close)}
	if f.More != nil {
		if more := f.More(); more != nil {
			buttons = append([]*widgets.Button{more}, buttons...)
		}
	}
	f.dialog.Present(widgets.Sheet{
		Title: title, Text: text, Body: container.NewCenter(widgets.NewTile("check", theme.Good, theme.GoodSoft, 56)), Buttons: buttons,
	})
}

// unknown shows an end that nobody knows yet, and offers no second try.
func (f *Flow) unknown(err error) {
	f.dialog.Present(widgets.Sheet{
		Title: lang.L("Not known yet"), Text: lang.L("Do not send it again: your history says what became of it as soon as it is known. It can happen once at most."),
		Body: widgets.Column(16, container.NewCenter(widgets.NewTile("clock", theme.Warn, theme.WarnSoft, 56)),
			widgets.NewNotice(say.Trouble(err), widgets.Warn, widgets.DialogInner)),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Primary, lang.L("Close"), "", f.dialog.Close)},
	})
}
