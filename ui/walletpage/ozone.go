package walletpage

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// buyOzone is the way to turn STOS into ozone.
func (p *Page) buyOzone() {
	f := newPayment(p)
	amount := widgets.NewField("10", "")
	problem := widgets.NewText("", widgets.Small.In(theme.Bad))
	onward := widgets.NewButton(widgets.Primary, lang.L("Continue"), "", nil)
	onward.Disable()
	amount.OnChanged = func(text string) {
		wrong, enough := amountProblem(text)
		problem.SetText(wrong)
		onward.SetEnabled(enough)
	}
	amount.OnSubmitted = f.dialog.Submit
	onward.OnTapped = func() {
		f.busy(lang.L("Asking for the price"))
		page.Run(p.tasks, func(ctx context.Context) (app.OzoneQuote, error) {
			return p.backend.QuoteOzone(ctx, strings.TrimSpace(amount.Text))
		}, func(q app.OzoneQuote, err error) {
			if err != nil {
				f.fail(err, lang.L("Continue"))
				return
			}
			f.confirm(p.checkOzone(q))
		})
	}
	f.form = widgets.Sheet{
		Title: lang.L("Buy ozone"), Text: lang.L("Ozone pays for uploads and downloads. Bought ozone cannot be turned back into STOS."),
		Body: widgets.Column(14,
			widgets.Column(2, widgets.Labelled(lang.L("For how many STOS"), amount), problem),
			widgets.NewText(free(p.balance), widgets.Small), f.notice),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", f.dialog.Close), onward},
		Focus:   amount,
	}
	f.onward, f.formNotice = onward, f.notice
	f.dialog.Present(f.form)
}

func (p *Page) checkOzone(q app.OzoneQuote) check {
	return check{
		title: lang.L("Check before you buy"), word: buyWords(q),
		rows: []fyne.CanvasObject{
			widgets.NewKeyValueOf(lang.L("You pay"), strong(say.STOS(q.Amount))),
			widgets.NewKeyValueOf(lang.L("You get about"), strong(say.OzoneNamed(q.Noz))),
			widgets.NewKeyValueOf(lang.L("Network fee"), plain(say.Fee(q.Fee))),
			widgets.NewKeyValueOf(lang.L("Left after this"), plain(say.Rest(q.Left))),
		},
		pay: func(ctx context.Context, password []byte) (app.TxResult, error) {
			return p.backend.BuyOzone(ctx, q, password)
		},
		done: func(r app.TxResult) (string, string) {
			return lang.L("Bought"), lang.L("{{.Ozone}} arrived and can be used now.", map[string]any{"Ozone": say.OzoneNamed(r.Noz)})
		},
	}
}
