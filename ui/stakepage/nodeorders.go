package stakepage

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/confirm"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// form is a dialog of several fields that lead to an order.
type form struct {
	flow   *confirm.Flow
	body   *fyne.Container
	first  fyne.Focusable
	checks []func() bool
}

func (p *Page) form(preview func(context.Context) (app.TxPreview, error)) *form {
	return &form{flow: confirm.New(p.host, p.order(preview)), body: widgets.Column(14)}
}

// text adds a field; enough tells whether what it holds will do, nil for
// anything.
func (f *form) text(label string, field *widgets.Field, enough func(string) bool) {
	f.body.Add(widgets.Labelled(label, field))
	if enough != nil {
		f.checks = append(f.checks, func() bool { return enough(strings.TrimSpace(field.Text)) })
	}
	field.OnChanged = func(string) { f.ready() }
	field.OnSubmitted = f.flow.Submit
	f.focus(field)
}

func (f *form) amount(a *confirm.Amount) {
	f.body.Add(a.Object())
	f.checks = append(f.checks, a.Enough)
	a.OnChanged = f.ready
	a.Field.OnSubmitted = f.flow.Submit
	f.focus(a.Field)
}

func (f *form) focus(o fyne.Focusable) {
	if f.first == nil {
		f.first = o
	}
}

func (f *form) ready() {
	ok := true
	for _, check := range f.checks {
		ok = ok && check()
	}
	f.flow.Ready(ok)
}

func (f *form) ask(title, text string) {
	f.flow.Ask(confirm.Form{Title: title, Text: text, Body: f.body, Focus: f.first})
	f.ready()
}

func something(text string) bool { return text != "" }

// withdraw takes out what nodes earned, to the wallet or to somebody else.
func (p *Page) withdraw() {
	amount, to := confirm.NewAmount(lang.L("Amount in STOS")), widgets.NewField(lang.L("This wallet, unless you write an address or a name"), "")
	f := p.form(func(ctx context.Context) (app.TxPreview, error) {
		return p.backend.PreviewWithdraw(ctx, amount.Text(), strings.TrimSpace(to.Text))
	})
	f.amount(amount)
	f.text(lang.L("To"), to, nil)
	f.ask(lang.L("Withdraw what your nodes earned"), lang.L("{{.Amount}} can be withdrawn.", map[string]any{"Amount": stos(p.state.earned.Mature)}))
}

// register asks for a new node, once it is known what the network wants.
func (p *Page) register() {
	page.Run(p.tasks, p.backend.NodeRules, func(rules app.NodeRules, err error) {
		switch {
		case err != nil:
			p.host.Fail(err)
		case !rules.Open:
			p.host.Say(lang.L("This network takes no new nodes at the moment."))
		default:
			p.askRegister(rules)
		}
	})
}

func (p *Page) askRegister(rules app.NodeRules) {
	key, name := widgets.NewField(lang.L("stsdspub1…, as the program of the node shows it"), ""), widgets.NewField(lang.L("What people call it"), "")
	amount := confirm.NewPart(lang.L("Deposit in STOS"))
	f := p.form(func(ctx context.Context) (app.TxPreview, error) {
		called := strings.TrimSpace(name.Text)
		return p.backend.PreviewNode(ctx, app.NodeOrder{
			Kind: app.NodeRegister, Node: strings.TrimSpace(key.Text), Amount: amount.Text(), About: app.NodeAbout{Name: &called},
		})
	})
	f.text(lang.L("Public key of the node"), key, func(text string) bool { return len(text) >= 40 })
	f.text(lang.L("Name"), name, something)
	f.amount(amount)
	f.ask(lang.L("Register a storage node"), lang.L("The deposit is at least {{.Least}}. It comes back {{.Time}} after you give the node up.", map[string]any{
		"Least": stos(rules.MinDeposit), "Time": say.Days(rules.Waiting),
	}))
}

// changeNode changes what a node says about itself and who gets its rewards.
func (p *Page) changeNode(n app.OwnNode) {
	var fields []*widgets.Field
	f := p.form(func(ctx context.Context) (app.TxPreview, error) {
		var given [4]*string
		for i, field := range fields {
			text := strings.TrimSpace(field.Text)
			given[i] = &text
		}
		about := app.NodeAbout{Name: given[0], Website: given[1], Details: given[2], PaidTo: given[3]}
		return p.backend.PreviewNode(ctx, app.NodeOrder{Kind: app.NodeUpdate, Node: n.Address, About: about})
	})
	for _, part := range []struct {
		label, value string
		enough       func(string) bool
	}{
		{lang.L("Name"), n.Name, something},
		{lang.L("Website"), n.Website, nil},
		{lang.L("About it"), n.Details, nil},
		{lang.L("Rewards go to"), n.PaidTo, something},
	} {
		field := widgets.NewField("", "")
		field.SetText(part.value)
		fields = append(fields, field)
		f.text(part.label, field, part.enough)
	}
	f.ask(lang.L("Change {{.Name}}", map[string]any{"Name": nodeName(n)}), "")
}

func (p *Page) addToNode(n app.OwnNode) {
	p.amountForm(lang.L("Add to the deposit"), lang.L("{{.Amount}} are in deposit for {{.Name}}. A deposit can only grow, until the node is given up.", map[string]any{
		"Amount": stos(n.Deposit), "Name": nodeName(n),
	}), nil, func(ctx context.Context, amount string) (app.TxPreview, error) {
		return p.backend.PreviewNode(ctx, app.NodeOrder{Kind: app.NodeDeposit, Node: n.Address, Amount: amount})
	})
}

func (p *Page) giveUp(n app.OwnNode) {
	confirm.Show(p.host, p.order(func(ctx context.Context) (app.TxPreview, error) {
		return p.backend.PreviewNode(ctx, app.NodeOrder{Kind: app.NodeRemove, Node: n.Address})
	}))
}

// propose asks all stakers a question of words.
func (p *Page) propose() {
	title, summary := widgets.NewField(lang.L("What it is about"), ""), widgets.NewField(lang.L("The question in full"), "")
	link, amount := widgets.NewField(lang.L("Where people can read more"), ""), confirm.NewAmount(lang.L("Deposit in STOS"))
	f := p.form(func(ctx context.Context) (app.TxPreview, error) {
		return p.backend.PreviewProposal(ctx, strings.TrimSpace(title.Text), strings.TrimSpace(summary.Text), strings.TrimSpace(link.Text), amount.Text())
	})
	f.text(lang.L("Title"), title, something)
	f.text(lang.L("Question"), summary, something)
	f.text(lang.L("Link"), link, something)
	f.amount(amount)
	f.ask(lang.L("Ask all stakers a question"), lang.L("It changes nothing by itself. The vote opens when the deposit is complete; All is what that takes, and others can add to less."))
}
