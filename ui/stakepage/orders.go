package stakepage

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/confirm"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// order makes an order of a preview; what it may move is read again after it.
func (p *Page) order(preview func(context.Context) (app.TxPreview, error)) confirm.Order {
	return confirm.Order{Preview: preview, Pay: p.backend.Confirm, Name: people(p.state.staking.Validators), Moved: p.reload}
}

// do shows an order that needs no form.
func (p *Page) do(o app.StakeOrder) {
	confirm.Show(p.host, p.order(func(ctx context.Context) (app.TxPreview, error) { return p.backend.PreviewStake(ctx, o) }))
}

func (p *Page) claimAll() { p.do(app.StakeOrder{Kind: app.StakeClaim}) }

func (p *Page) claim(v app.Validator) {
	p.do(app.StakeOrder{Kind: app.StakeClaim, Validator: v.Address})
}

func (p *Page) compound() { p.do(app.StakeOrder{Kind: app.StakeCompound}) }

func (p *Page) cancel(u app.Unbonding) {
	p.do(app.StakeOrder{Kind: app.StakeCancel, Validator: u.Validator, Amount: "max", Height: u.Height})
}

// amountForm asks how much; beside stands under the amount and may be nil.
func (p *Page) amountForm(title, text string, beside fyne.CanvasObject, preview func(ctx context.Context, amount string) (app.TxPreview, error)) {
	amount := confirm.NewAmount(lang.L("Amount in STOS"))
	flow := confirm.New(p.host, p.order(func(ctx context.Context) (app.TxPreview, error) { return preview(ctx, amount.Text()) }))
	amount.OnChanged = func() { flow.Ready(amount.Enough()) }
	amount.Field.OnSubmitted = flow.Submit
	body := widgets.Column(14)
	if beside != nil {
		body.Add(beside)
	}
	body.Add(amount.Object())
	flow.Ask(confirm.Form{Title: title, Text: text, Body: body, Focus: amount.Field})
}

func (p *Page) stake(v app.Validator) {
	text := lang.L("Staked STOS earn rewards. To spend them again takes {{.Time}}.", map[string]any{"Time": say.Days(p.state.staking.Period)})
	if s := p.state.spendable; s.known {
		text = lang.L("{{.Amount}} are free to use.", map[string]any{"Amount": say.Rest(s.amount)}) + " " + text
	}
	var notice fyne.CanvasObject
	if said := warning(v); said != "" {
		notice = widgets.NewNotice(said, widgets.Warn, widgets.DialogInner)
	}
	p.amountForm(lang.L("Stake with {{.Name}}", map[string]any{"Name": nameOf(v)}), text, notice,
		func(ctx context.Context, amount string) (app.TxPreview, error) {
			return p.backend.PreviewStake(ctx, app.StakeOrder{Kind: app.StakeDelegate, Validator: v.Address, Amount: amount})
		})
}

func (p *Page) unstake(v app.Validator) {
	p.amountForm(lang.L("Unstake from {{.Name}}", map[string]any{"Name": nameOf(v)}),
		lang.L("{{.Amount}} are staked there. They come back after {{.Time}} and earn nothing until then.", map[string]any{
			"Amount": stos(v.Staked), "Time": say.Days(p.state.staking.Period),
		}), nil,
		func(ctx context.Context, amount string) (app.TxPreview, error) {
			return p.backend.PreviewStake(ctx, app.StakeOrder{Kind: app.StakeUndelegate, Validator: v.Address, Amount: amount})
		})
}

// move moves a stake to another validator.
func (p *Page) move(v app.Validator) {
	if until := held(v, p.state.staking.Moves, p.host.Now()); !until.IsZero() {
		p.host.Say(lang.L("Something was moved to {{.Name}} lately. It can be moved on after {{.Day}}.", map[string]any{
			"Name": nameOf(v), "Day": say.Moment(until, p.host.Now()),
		}))
		return
	}
	list := targets(p.state.staking.Validators, v.Address)
	if len(list) == 0 {
		p.host.Say(lang.L("There is no other active validator to move it to."))
		return
	}
	names := make([]string, len(list))
	for i, each := range list {
		names[i] = lang.L("{{.Name}}, takes {{.Part}}", map[string]any{"Name": nameOf(each), "Part": say.Percent(each.Commission)})
	}
	to := widgets.NewSelect(names, 0, nil)
	p.amountForm(lang.L("Move from {{.Name}}", map[string]any{"Name": nameOf(v)}),
		lang.L("It goes on earning. What was moved cannot be moved on for {{.Time}}.", map[string]any{"Time": say.Days(p.state.staking.Period)}),
		widgets.Labelled(lang.L("To"), to),
		func(ctx context.Context, amount string) (app.TxPreview, error) {
			return p.backend.PreviewStake(ctx, app.StakeOrder{
				Kind: app.StakeRedelegate, Validator: v.Address, To: list[to.Chosen()].Address, Amount: amount,
			})
		})
}

// payTo lets rewards go elsewhere.
func (p *Page) payTo() {
	field := widgets.NewField(lang.L("An address that begins with st1 or 0x"), "")
	flow := confirm.New(p.host, p.order(func(ctx context.Context) (app.TxPreview, error) {
		return p.backend.PreviewStake(ctx, app.StakeOrder{Kind: app.StakePayTo, To: strings.TrimSpace(field.Text)})
	}))
	field.OnChanged = func(text string) { flow.Ready(len(strings.TrimSpace(text)) >= 20) }
	field.OnSubmitted = flow.Submit
	flow.Ask(confirm.Form{
		Title: lang.L("Pay rewards to"),
		Text:  lang.L("Rewards go to {{.Address}} now. From then on all of them go to the new address, whoever has it.", map[string]any{"Address": say.Brief(p.state.staking.PaidTo)}),
		Body:  widgets.Labelled(lang.L("Address"), field), Focus: field,
	})
}

func (p *Page) vote(q app.Proposal, o option) {
	confirm.Show(p.host, p.order(func(ctx context.Context) (app.TxPreview, error) {
		return p.backend.PreviewVote(ctx, q.ID, o.id)
	}))
}

func (p *Page) deposit(q app.Proposal) {
	p.amountForm(lang.L("Add to the deposit"), q.Title, nil, func(ctx context.Context, amount string) (app.TxPreview, error) {
		return p.backend.PreviewDeposit(ctx, q.ID, amount)
	})
}

// wholeMenu offers what concerns the whole stake and is done seldom.
func (p *Page) wholeMenu(under *widgets.Button) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(under).AddXY(0, under.Size().Height+4)
	widgets.ShowMenu(p.host.Canvas(), at, p.wholeItems()...)
}

func (p *Page) wholeItems() []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("Pay rewards to another address"), p.payTo),
		fyne.NewMenuItem(lang.L("Register a storage node"), p.register),
		fyne.NewMenuItem(lang.L("Ask all stakers a question"), p.propose),
		fyne.NewMenuItem(lang.L("Read again"), p.reload),
	}
}

// validatorMenu offers what can be done with one validator, also where the
// window is too narrow for the panel.
func (p *Page) validatorMenu(v app.Validator, at fyne.Position) {
	widgets.ShowMenu(p.host.Canvas(), at, p.validatorItems(v)...)
}

func (p *Page) validatorItems(v app.Validator) []*fyne.MenuItem {
	copied := fyne.NewMenuItem(lang.L("Copy address"), func() {
		p.host.Copy(v.Address)
		p.host.Say(lang.L("Address copied"))
	})
	if p.backend.Watching() {
		return []*fyne.MenuItem{copied}
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(lang.L("Stake"), func() { p.stake(v) })}
	if !v.Staked.IsZero() {
		items = append(items, fyne.NewMenuItem(lang.L("Unstake"), func() { p.unstake(v) }), fyne.NewMenuItem(lang.L("Move"), func() { p.move(v) }))
	}
	if !v.Rewards.IsZero() {
		items = append(items, fyne.NewMenuItem(lang.L("Claim"), func() { p.claim(v) }))
	}
	return append(items, fyne.NewMenuItemSeparator(), copied)
}
