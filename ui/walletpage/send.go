package walletpage

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/confirm"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// payment is the form of a payment.
type payment struct {
	page   *Page
	flow   *confirm.Flow
	to     *widgets.Field
	memo   *widgets.Field
	amount *confirm.Amount
	hint   *widgets.Text
}

// send is the way to pay someone; to may be known already.
func (p *Page) send(to *app.Contact) *payment {
	p.readPeople()
	f := &payment{page: p, amount: confirm.NewAmount(lang.L("Amount in STOS"))}
	f.to = widgets.NewField(lang.L("An address or a name of your address book"), "")
	f.memo = widgets.NewField(lang.L("Everyone can read it"), "")
	f.hint = widgets.NewCutText("", widgets.Small)
	f.flow = confirm.New(p.host, f.order())
	f.flow.More = f.saveButton
	f.to.OnChanged, f.memo.OnChanged, f.amount.OnChanged = f.typed, f.typed, func() { f.typed("") }
	f.to.OnSubmitted, f.memo.OnSubmitted, f.amount.Field.OnSubmitted = f.flow.Submit, f.flow.Submit, f.flow.Submit
	f.flow.Ask(confirm.Form{
		Title: lang.L("Send STOS"), Text: free(p.balance), Focus: f.to,
		Body: widgets.Column(10, widgets.Column(2, widgets.Column(6, f.links(), f.to), f.hint),
			f.amount.Object(), widgets.Labelled(lang.L("Note"), f.memo)),
	})
	if to != nil {
		f.take(*to)
	}
	return f
}

// links stand over the recipient: other ways to fill it in.
func (f *payment) links() fyne.CanvasObject {
	return widgets.Row(14, widgets.NewText(lang.L("To"), widgets.Small.With(theme.Medium)), widgets.Spring(),
		widgets.NewTextLink(lang.L("Address book"), func() { f.page.book(f.take) }),
		widgets.NewTextLink(lang.L("From a picture"), f.chooseQR))
}

func (f *payment) order() confirm.Order {
	p := f.page
	return confirm.Order{
		Title: lang.L("Check before you send"), Pay: p.backend.Confirm, Moved: p.reload,
		Name: func(address string) string { return namesOf(p.people)(address) },
		Preview: func(ctx context.Context) (app.TxPreview, error) {
			return p.backend.PreviewPay(ctx, payee(p.people, f.to.Text), f.amount.Text(), strings.TrimSpace(f.memo.Text))
		},
		Done: func(preview app.TxPreview, _ app.TxResult) (string, string) {
			who := f.to.Text
			if name := namesOf(p.people)(payee(p.people, who)); name != "" {
				who = name
			} else {
				who = say.Brief(strings.TrimSpace(who))
			}
			return lang.L("Sent"), lang.L("{{.Amount}} went to {{.Who}}.", map[string]any{"Amount": amountOf(preview), "Who": who})
		},
	}
}

// typed looks at what is filled in.
func (f *payment) typed(string) {
	text, tone := hint(f.page.people, f.to.Text, f.memo.Text)
	f.hint.SetText(text)
	f.hint.SetStyle(widgets.Small.In(tone.Front()))
	f.flow.Ready(canSend(payee(f.page.people, f.to.Text), f.amount.Enough()))
}

// take fills in somebody of the address book, with the note that they want.
func (f *payment) take(c app.Contact) {
	f.to.SetText(c.Name)
	if c.Memo != "" {
		f.memo.SetText(c.Memo)
	}
	f.flow.Refresh()
	f.page.host.Canvas().Focus(f.amount.Field)
}

// chooseQR reads the code of a picture.
func (f *payment) chooseQR() {
	picker.File(f.page.host, lang.L("Choose a picture of a code"), f.page.host.Home(), f.readQR)
}

// scanned is what a code says.
type scanned struct{ to, amount, memo string }

func (f *payment) readQR(path string) {
	page.Run(f.page.tasks, func(ctx context.Context) (scanned, error) {
		to, amount, memo, err := f.page.backend.ReadQR(ctx, path)
		return scanned{to, amount, memo}, err
	}, func(s scanned, err error) {
		if err != nil {
			f.flow.Tell(err)
			return
		}
		f.to.SetText(s.to)
		if s.amount != "" {
			f.amount.Field.SetText(s.amount)
		}
		if s.memo != "" {
			f.memo.SetText(s.memo)
		}
		f.flow.Refresh()
	})
}

// saveButton offers to keep the address of somebody who was paid for the first
// time.
func (f *payment) saveButton() *widgets.Button {
	to := strings.TrimSpace(f.to.Text)
	if knows(f.page.people, to) != nil {
		return nil
	}
	return widgets.NewButton(widgets.Secondary, lang.L("Save the address"), "book", func() {
		f.flow.Dialog().Close()
		f.page.editPerson(app.Contact{Address: to}, f.page.changedPeople)
	})
}

// free says how much can be spent.
func free(b app.Balance) string {
	return lang.L("{{.Amount}} are free to use.", map[string]any{"Amount": say.Rest(b.Spendable)})
}

// buyOzone is the way to turn STOS into ozone.
func (p *Page) buyOzone() {
	amount := confirm.NewPart(lang.L("For how many STOS"))
	var quote app.OzoneQuote
	flow := confirm.New(p.host, confirm.Order{
		Title: lang.L("Check before you buy"), Moved: p.reload,
		Preview: func(ctx context.Context) (preview app.TxPreview, err error) {
			quote, err = p.backend.QuoteOzone(ctx, amount.Text())
			return confirm.OzonePreview(quote), err
		},
		Pay: func(ctx context.Context, _ app.TxPreview, _ string, password []byte) (app.TxResult, error) {
			return p.backend.BuyOzone(ctx, quote, password)
		},
		Done: func(_ app.TxPreview, r app.TxResult) (string, string) {
			return lang.L("Bought"), lang.L("{{.Ozone}} arrived and can be used now.", map[string]any{"Ozone": say.OzoneNamed(r.Noz)})
		},
	})
	amount.OnChanged = func() { flow.Ready(amount.Enough()) }
	amount.Field.OnSubmitted = flow.Submit
	flow.Ask(confirm.Form{
		Title: lang.L("Buy ozone"), Text: lang.L("Ozone pays for uploads and downloads. Bought ozone cannot be turned back into STOS."),
		Body:  widgets.Column(8, amount.Object(), widgets.NewText(free(p.balance), widgets.Small)),
		Focus: amount.Field, Busy: lang.L("Asking for the price"),
	})
}

// getCredit asks the practice network for money, also when the page is left
// meanwhile.
func (p *Page) getCredit() {
	p.credit.Disable()
	p.credit.SetText(lang.L("On its way"))
	page.Run(p.host.Tasks, p.backend.Credit, func(_ app.TxResult, err error) {
		p.credit.Enable()
		p.credit.SetText(lang.L("Get practice STOS"))
		if err == nil {
			p.host.Say(lang.L("1,000 practice STOS have arrived."))
		}
		p.host.Fail(err)
		p.reload()
	})
}

// receive shows the address, in the form that the sender's program wants.
func (p *Page) receive() {
	d := widgets.NewDialog(p.host.Canvas())
	shown, picture := p.wallet.Account.Address, container.NewStack()
	copied := widgets.NewButton(widgets.Primary, lang.L("Copy address"), "copy", nil)
	copied.OnTapped = func() {
		p.host.Copy(shown)
		copied.SetText(lang.L("Copied"))
	}
	groups := widgets.NewParagraph("", widgets.Code.At(14).In(theme.Text), 320).Align(fyne.TextAlignCenter)
	show := func(address string) {
		shown = address
		picture.Objects = []fyne.CanvasObject{container.NewCenter(widgets.NewQR(address, 200))}
		groups.SetText(say.Groups(address))
		copied.SetText(lang.L("Copy address"))
	}
	show(p.wallet.Account.Address)
	body := widgets.Column(16, picture, container.NewCenter(groups))
	if p.wallet.Account.Hex != "" {
		forms := []string{p.wallet.Account.Address, p.wallet.Account.Hex}
		body.Add(widgets.NewSegments([]string{lang.L("Stratos form (st1)"), lang.L("Ethereum form (0x)")}, 0, func(i int) {
			show(forms[i])
			d.Refresh()
		}))
		body.Add(widgets.NewParagraph(lang.L("Both are the same account. Use the form that the sender's program knows."), widgets.Small, widgets.DialogInner))
	}
	d.Present(widgets.Sheet{
		Title: lang.L("Receive STOS"), Text: lang.L("Give this address to whoever sends you STOS."), Body: body,
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Done"), "", d.Close), copied},
	})
}
