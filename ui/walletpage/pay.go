package walletpage

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// payment is a dialog in three pictures: what to pay, what will happen with the
// password, and what happened.
type payment struct {
	page   *Page
	dialog *widgets.Dialog
	form   widgets.Sheet

	formNotice *fyne.Container // of the first picture
	onward     *widgets.Button // of the picture that is shown
	notice     *fyne.Container
}

func newPayment(p *Page) *payment {
	return &payment{page: p, dialog: widgets.NewDialog(p.host.Canvas()), notice: hidden()}
}

// hidden is a place for a notice that may come.
func hidden() *fyne.Container {
	c := container.NewStack()
	c.Hide()
	return c
}

// fail shows why it does not go on, in the picture that is shown.
func (f *payment) fail(err error, word string) {
	f.onward.Enable()
	f.onward.SetText(word)
	f.notice.Objects = []fyne.CanvasObject{widgets.NewNotice(fault.Sentence(err), widgets.Bad, widgets.DialogInner)}
	f.notice.Show()
	f.dialog.Refresh()
}

func (f *payment) busy(word string) {
	f.notice.Hide()
	f.onward.Disable()
	f.onward.SetText(word)
	f.dialog.Refresh()
}

// check is the second picture.
type check struct {
	title string
	rows  []fyne.CanvasObject
	warn  string
	word  string
	pay   func(ctx context.Context, password []byte) (app.TxResult, error)
	done  func(app.TxResult) (title, text string)
}

// confirm shows what will happen and asks for the password.
func (f *payment) confirm(c check) {
	f.notice = hidden()
	password := widgets.NewPasswordField(lang.L("Password"))
	f.onward = widgets.NewButton(widgets.Primary, c.word, "", nil)
	f.onward.Disable()
	password.OnChanged = func(text string) { f.onward.SetEnabled(text != "") }
	password.OnSubmitted = f.dialog.Submit
	f.onward.OnTapped = func() { f.pay(c, password) }
	back := widgets.NewButton(widgets.Secondary, lang.L("Back"), "", func() { f.showForm() })
	facts := widgets.NewBox(theme.Background, theme.Line, theme.CardRadius,
		widgets.Insets{Top: 14, Right: 16, Bottom: 14, Left: 16}, widgets.Column(10, c.rows...))
	body := widgets.Column(14, facts)
	if c.warn != "" {
		body.Add(widgets.NewNotice(c.warn, widgets.Warn, widgets.DialogInner))
	}
	body.Add(password)
	body.Add(f.notice)
	f.dialog.Present(widgets.Sheet{
		Title: c.title, Text: lang.L("Nothing has been sent yet."), Body: body,
		Buttons: []*widgets.Button{back, f.onward}, Focus: password,
	})
}

func (f *payment) pay(c check, password *widgets.Field) {
	secret := []byte(password.Text)
	f.busy(lang.L("Sending"))
	page.Run(f.page.tasks, func(ctx context.Context) (app.TxResult, error) {
		defer clear(secret)
		return c.pay(ctx, secret)
	}, func(result app.TxResult, err error) {
		f.page.reload()
		if err != nil {
			f.fail(err, c.word)
			return
		}
		password.SetText("")
		title, text := c.done(result)
		f.dialog.Present(widgets.Sheet{
			Title: title, Text: text, Body: container.NewCenter(widgets.NewTile("check", theme.Good, theme.GoodSoft, 56)),
			Buttons: []*widgets.Button{widgets.NewButton(widgets.Primary, lang.L("Done"), "", f.dialog.Close)},
		})
	})
}

// showForm shows the first picture, with what was typed before.
func (f *payment) showForm() {
	f.notice = f.formNotice
	f.notice.Hide()
	f.onward = f.form.Buttons[len(f.form.Buttons)-1]
	f.onward.Enable()
	f.onward.SetText(lang.L("Continue"))
	f.dialog.Present(f.form)
}

// send is the way to pay someone.
func (p *Page) send() {
	f := newPayment(p)
	to := widgets.NewField(lang.L("An address that begins with st1 or 0x"), "")
	amount := widgets.NewField("0", "")
	memo := widgets.NewField(lang.L("Everyone can read it"), "")
	problem := widgets.NewText("", widgets.Small.In(theme.Bad))
	onward := widgets.NewButton(widgets.Primary, lang.L("Continue"), "", nil)
	onward.Disable()
	changed := func(string) {
		wrong, _ := amountProblem(amount.Text)
		problem.SetText(wrong)
		onward.SetEnabled(canSend(to.Text, amount.Text))
	}
	to.OnChanged, amount.OnChanged = changed, changed
	to.OnSubmitted, amount.OnSubmitted, memo.OnSubmitted = f.dialog.Submit, f.dialog.Submit, f.dialog.Submit
	onward.OnTapped = func() {
		f.busy(lang.L("Checking"))
		page.Run(p.tasks, func(ctx context.Context) (app.SendPreview, error) {
			return p.backend.PreviewSend(ctx, strings.TrimSpace(to.Text), strings.TrimSpace(amount.Text), strings.TrimSpace(memo.Text))
		}, func(preview app.SendPreview, err error) {
			if err != nil {
				f.fail(err, lang.L("Continue"))
				return
			}
			f.confirm(p.checkSend(preview))
		})
	}
	f.form = widgets.Sheet{
		Title: lang.L("Send STOS"), Text: free(p.balance),
		Body: widgets.Column(14,
			widgets.Labelled(lang.L("To"), to),
			widgets.Column(2, widgets.Labelled(lang.L("Amount in STOS"), amount), problem),
			widgets.Labelled(lang.L("Note"), memo), f.notice),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", f.dialog.Close), onward},
		Focus:   to,
	}
	f.onward, f.formNotice = onward, f.notice
	f.dialog.Present(f.form)
}

// free says how much can be spent.
func free(b app.Balance) string {
	return lang.L("{{.Amount}} are free to use.", map[string]any{"Amount": say.Rest(b.Spendable)})
}

func strong(text string) fyne.CanvasObject {
	return widgets.NewText(text, widgets.Strong).Align(fyne.TextAlignTrailing)
}

func plain(text string) fyne.CanvasObject {
	return widgets.NewText(text, widgets.Body).Align(fyne.TextAlignTrailing)
}

func address(text string) fyne.CanvasObject {
	return widgets.NewText(say.Address(text), widgets.Code).Align(fyne.TextAlignTrailing)
}

func (p *Page) checkSend(preview app.SendPreview) check {
	c := check{
		title: lang.L("Check before you send"), word: sendWords(preview),
		rows: []fyne.CanvasObject{
			widgets.NewKeyValueOf(lang.L("You send"), strong(say.STOS(preview.Amount))),
			widgets.NewKeyValueOf(lang.L("To"), address(preview.To)),
			widgets.NewKeyValueOf(lang.L("Network fee"), plain(say.Fee(preview.Fee))),
			widgets.NewKeyValueOf(lang.L("Left after this"), plain(say.Rest(preview.Left))),
		},
		pay: func(ctx context.Context, password []byte) (app.TxResult, error) {
			return p.backend.Send(ctx, preview, password)
		},
		done: func(app.TxResult) (string, string) {
			return lang.L("Sent"), lang.L("{{.Amount}} went to {{.To}}.", map[string]any{
				"Amount": say.STOS(preview.Amount), "To": say.Brief(preview.To),
			})
		},
	}
	if preview.Memo != "" {
		c.rows = append(c.rows, widgets.NewKeyValueOf(lang.L("Note"), plain(preview.Memo)))
	}
	if preview.FirstTime {
		c.warn = lang.L("You have never sent to this address before.")
	}
	return c
}
