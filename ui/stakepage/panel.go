package stakepage

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// about is what is said about a thing, and what can be done with it.
type about struct {
	title          string
	words, buttons fyne.CanvasObject // buttons may be nil
}

// panelContent is what is said about the selection; nil for nothing.
func (p *Page) panelContent() *about {
	a := p.aboutSelected()
	if a != nil && p.backend.Watching() {
		a.buttons = nil // there is nothing to sign with
	}
	return a
}

func (p *Page) aboutSelected() *about {
	switch p.tab {
	case validators:
		if v := p.validator(p.selected); v != nil {
			return p.validatorPanel(*v)
		}
	case returns:
		if u := p.returning(p.selected); u != nil {
			return p.returnPanel(*u)
		}
	case votes:
		if q := p.question(p.selected); q != nil {
			return p.votePanel(*q)
		}
	case nodes:
		if p.state.nodesErr != nil {
			return nil
		}
		if n := p.node(p.selected); n != nil {
			return p.nodePanel(*n)
		}
		return p.earnedPanel()
	}
	return nil
}

func pick[T any](list []T, is func(T) bool) *T {
	if i := slices.IndexFunc(list, is); i >= 0 {
		return &list[i]
	}
	return nil
}

func (p *Page) validator(address string) *app.Validator {
	return pick(p.state.staking.Validators, func(v app.Validator) bool { return v.Address == address })
}

func (p *Page) returning(key string) *app.Unbonding {
	return pick(p.state.staking.Returns, func(u app.Unbonding) bool { return returnKey(u) == key })
}

func (p *Page) node(address string) *app.OwnNode {
	return pick(p.state.nodes, func(n app.OwnNode) bool { return n.Address == address })
}

func (p *Page) question(key string) *app.Proposal {
	return pick(p.state.questions, func(q app.Proposal) bool { return strconv.FormatUint(q.ID, 10) == key })
}

// head is a name with a pill and a text under it, which may be empty.
func head(name, word string, tone widgets.Tone, text string) *fyne.Container {
	column := widgets.Column(10, widgets.NewParagraph(name, widgets.Heading, panelInner), widgets.Row(0, widgets.NewPill(word, tone)))
	if text != "" {
		column.Add(widgets.NewParagraph(text, widgets.Second, panelInner))
	}
	return column
}

func (p *Page) validatorPanel(v app.Validator) *about {
	word, tone := standingWords(v)
	column := head(nameOf(v), word, tone, v.Details)
	if text := warning(v); text != "" {
		column.Add(widgets.NewNotice(text, widgets.Warn, panelInner))
	}
	column.Add(widgets.NewKeyValue(lang.L("Takes of the rewards"), say.Percent(v.Commission)))
	column.Add(widgets.NewKeyValue(lang.L("Online"), say.Percent(v.Uptime)))
	column.Add(widgets.NewKeyValue(lang.L("Power"), say.Percent(v.Power)))
	column.Add(widgets.NewKeyValue(lang.L("Pays you a year"), pays(v, p.state.staking)))
	column.Add(widgets.Line())
	column.Add(widgets.NewKeyValue(lang.L("You staked"), stos(v.Staked)))
	column.Add(widgets.NewKeyValue(lang.L("You earned"), stos(v.Rewards)))
	if until := held(v, p.state.staking.Moves, p.host.Now()); !until.IsZero() {
		column.Add(widgets.NewKeyValue(lang.L("Can be moved on"), say.Moment(until, p.host.Now())))
	}
	if words := say.Words(p.state.staking.APRWords); words != "" {
		column.Add(widgets.NewParagraph(words, widgets.Small, panelInner))
	}
	buttons := widgets.Column(8, widgets.NewButton(widgets.Primary, lang.L("Stake"), "", func() { p.stake(v) }))
	inRows(buttons, p.validatorButtons(v))
	return &about{nameOf(v), column, buttons}
}

// inRows adds buttons to a column of the panel: as many beside each other as
// their words allow.
func inRows(column *fyne.Container, buttons []fyne.CanvasObject) {
	widest := float32(0)
	for _, b := range buttons {
		widest = max(widest, b.MinSize().Width)
	}
	for row := range slices.Chunk(buttons, max(1, int((panelRow+theme.Inside)/(widest+theme.Inside)))) {
		column.Add(widgets.NewButtonRow(row...))
	}
}

// validatorButtons are what can be done with a stake that is there.
func (p *Page) validatorButtons(v app.Validator) (list []fyne.CanvasObject) {
	if !v.Staked.IsZero() {
		list = append(list, widgets.NewButton(widgets.Secondary, lang.L("Unstake"), "", func() { p.unstake(v) }),
			widgets.NewButton(widgets.Secondary, lang.L("Move"), "", func() { p.move(v) }))
	}
	if !v.Rewards.IsZero() {
		list = append(list, widgets.NewButton(widgets.Secondary, lang.L("Claim"), "", func() { p.claim(v) }))
	}
	return list
}

func (p *Page) returnPanel(u app.Unbonding) *about {
	words := widgets.Column(10,
		widgets.NewText(stos(u.Amount), widgets.Figure),
		widgets.NewParagraph(lang.L("It comes back to your wallet by itself. Until then it earns nothing."), widgets.Second, panelInner),
		widgets.NewKeyValue(lang.L("From"), returnName(u)),
		widgets.NewKeyValue(lang.L("Back on"), say.Moment(u.Done, p.host.Now())),
		widgets.NewKeyValue(lang.L("Time left"), say.Until(u.Done, p.host.Now())))
	return &about{returnName(u), words, widgets.NewButton(widgets.Secondary, lang.L("Keep it staked"), "", func() { p.cancel(u) })}
}

func (p *Page) votePanel(q app.Proposal) *about {
	word, tone := stateOf(q)
	column := head(q.Title, word, tone, q.Summary)
	column.Add(widgets.NewText(ends(q, p), widgets.Small))
	column.Add(widgets.Line())
	a := &about{title: lang.L("Proposal {{.N}}", map[string]any{"N": q.ID}), words: column}
	if len(q.Does) > 0 {
		column.Add(widgets.NewParagraph(lang.L("When it passes, the chain carries out: {{.What}}", map[string]any{"What": strings.Join(q.Does, ", ")}), widgets.Small, panelInner))
	}
	if q.State == "deposit" {
		a.buttons = p.addDeposit(column, q)
		return a
	}
	for _, o := range options() {
		column.Add(widgets.NewMeter(o.word, say.Percent(part(q, o.id)), part(q, o.id)/100, o.tone))
	}
	if q.Quorum > 0 {
		of := lang.L("{{.Have}} of {{.Need}} needed", map[string]any{"Have": say.Percent(q.Turnout), "Need": say.Percent(q.Quorum)})
		column.Add(widgets.NewKeyValue(lang.L("Voted so far"), of))
	}
	if q.State == "voting" {
		p.addMine(column, q)
		a.buttons = p.ballot(q)
	}
	return a
}

// addMine says what the wallet has put in, and what becomes of deposits.
func (p *Page) addMine(column *fyne.Container, q app.Proposal) {
	if !q.MyDeposit.IsZero() {
		column.Add(widgets.NewKeyValue(lang.L("Your deposit"), stos(q.MyDeposit)))
	}
	if !q.Refund.Empty() {
		column.Add(widgets.NewParagraph(say.Words(q.Refund), widgets.Small, panelInner))
	}
}

// ballot are the four ways to vote.
func (p *Page) ballot(q app.Proposal) fyne.CanvasObject {
	text := lang.L("Your vote counts as much as you have staked.")
	if q.MyVote != "" {
		text = lang.L("You voted {{.Vote}}. You may change it until the end.", map[string]any{"Vote": voteWord(q.MyVote)})
	}
	var buttons []fyne.CanvasObject
	for _, o := range options() {
		buttons = append(buttons, widgets.NewButton(widgets.Secondary, o.word, "", func() { p.vote(q, o) }))
	}
	column := widgets.Column(8, widgets.NewParagraph(text, widgets.Small, panelInner))
	inRows(column, buttons)
	column.Add(widgets.Row(0, widgets.NewTextLink(lang.L("Split my vote"), func() { p.split(q) })))
	return column
}

func (p *Page) addDeposit(column *fyne.Container, q app.Proposal) fyne.CanvasObject {
	of := lang.L("{{.Have}} of {{.Need}}", map[string]any{"Have": say.Figure(q.Deposit), "Need": stos(q.Required)})
	column.Add(widgets.NewMeter(lang.L("Deposit"), of, gathered(q), widgets.Active))
	column.Add(widgets.NewParagraph(lang.L("The vote begins when the deposit is complete."), widgets.Small, panelInner))
	p.addMine(column, q)
	return widgets.NewButton(widgets.Primary, lang.L("Add to the deposit"), "", func() { p.deposit(q) })
}
