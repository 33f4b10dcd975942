package stakepage

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func (p *Page) nodeList() fyne.CanvasObject {
	if p.state.nodesErr != nil {
		return widgets.NewTrouble(p.state.nodesErr, p.reload)
	}
	rows, keys := make([]widgets.TableRow, len(p.state.nodes)), make([]string, len(p.state.nodes))
	for i, n := range p.state.nodes {
		word, tone := nodeState(n)
		keys[i] = n.Address
		rows[i] = widgets.TableRow{Icon: "server", Name: nodeName(n), Second: p.since(n), Cells: []widgets.TableCell{
			{Text: word, Pill: true, Tone: tone}, {Text: stos(n.Effective)}, {Text: stos(n.Deposit), Name: true},
		}}
	}
	columns := []widgets.TableColumn{
		{Title: lang.L("State"), Width: 110},
		{Title: lang.L("Counts"), Width: 110, Trailing: true, From: 520},
		{Title: lang.L("Deposit"), Width: 110, Trailing: true},
	}
	return p.fill(p.listed(lang.L("Node"), columns, -1, false), rows, keys)
}

// since says from when a node is registered, or when its deposit is back.
func (p *Page) since(n app.OwnNode) string {
	if !n.Back.IsZero() {
		return lang.L("deposit back on {{.Day}}", map[string]any{"Day": say.Day(n.Back, p.host.Now())})
	}
	return lang.L("since {{.Day}}", map[string]any{"Day": say.Day(n.Created, p.host.Now())})
}

// earnedPanel says what all nodes earned, and when that can be withdrawn.
func (p *Page) earnedPanel() *about {
	e := p.state.earned
	column := widgets.Column(10,
		widgets.NewText(lang.L("What your nodes earned"), widgets.Heading),
		widgets.NewText(say.Figure(e.Mature)+" STOS", widgets.Figure),
		widgets.NewParagraph(lang.L("can be withdrawn now"), widgets.Small, panelInner),
		widgets.Line(),
		widgets.NewKeyValue(lang.L("Matures by itself"), stos(e.Immature)),
	)
	if !e.Immature.IsZero() {
		column.Add(widgets.NewParagraph(p.maturing(e), widgets.Small, panelInner))
	}
	if !e.Slashed.IsZero() {
		column.Add(widgets.NewKeyValue(lang.L("Taken off as a penalty"), stos(e.Slashed)))
	}
	if !e.LastReport.IsZero() {
		column.Add(widgets.NewKeyValue(lang.L("Last report"), say.Moment(e.LastReport, p.host.Now())))
		column.Add(widgets.NewKeyValue(lang.L("Your nodes served"), say.OzoneNamed(e.LastTraffic)))
	}
	withdraw := widgets.NewButton(widgets.Primary, lang.L("Withdraw"), "arrow-down", p.withdraw)
	withdraw.SetEnabled(!e.Mature.IsZero())
	return &about{lang.L("My nodes"), column, withdraw}
}

// maturing says when rewards become mature.
func (p *Page) maturing(e app.NodeRewards) string {
	now := p.host.Now()
	text := ""
	if len(e.Matures) > 0 && !e.Matures[0].At.IsZero() {
		text = lang.L("{{.Amount}} about {{.Time}}.", map[string]any{"Amount": stos(e.Matures[0].Amount), "Time": say.Moment(e.Matures[0].At, now)})
	}
	if !e.MatureAll.IsZero() && len(e.Matures) != 1 {
		return strings.TrimSpace(text + " " + lang.L("All of it about {{.Time}}.", map[string]any{"Time": say.Moment(e.MatureAll, now)}))
	}
	if text == "" {
		return lang.L("It matures with later reports of traffic.")
	}
	return text
}

// nodePanel is about one node.
func (p *Page) nodePanel(n app.OwnNode) *about {
	word, tone := nodeState(n)
	column := head(nodeName(n), word, tone, n.Details)
	if text := nodeHint(n); text != "" {
		column.Add(widgets.NewParagraph(text, widgets.Small, panelInner))
	}
	column.Add(widgets.NewKeyValue(lang.L("Deposit"), stos(n.Deposit)))
	column.Add(widgets.NewKeyValue(lang.L("Counts"), stos(n.Effective)))
	column.Add(widgets.NewKeyValue(lang.L("Rewards go to"), say.Brief(n.PaidTo)))
	column.Add(widgets.NewKeyValue(lang.L("Registered"), say.Day(n.Created, p.host.Now())))
	if !n.Back.IsZero() {
		column.Add(widgets.NewKeyValue(lang.L("Deposit back"), say.Moment(n.Back, p.host.Now())))
	}
	if n.BackIfRemoved.IsZero() {
		return &about{nodeName(n), column, nil}
	}
	buttons := widgets.Column(8, widgets.NewButton(widgets.Primary, lang.L("Add to the deposit"), "", func() { p.addToNode(n) }))
	inRows(buttons, []fyne.CanvasObject{
		widgets.NewButton(widgets.Secondary, lang.L("Change"), "", func() { p.changeNode(n) }),
		widgets.NewButton(widgets.Secondary, lang.L("Give up"), "", func() { p.giveUp(n) }),
	})
	return &about{nodeName(n), column, buttons}
}

// nodeHint says what a state means, empty where its name says it.
func nodeHint(n app.OwnNode) string {
	switch n.State {
	case "waiting":
		return lang.L("The network has not activated it yet. Until then it earns nothing.")
	case "suspended":
		return lang.L("The network put it out of service, because it was slow or offline. It earns nothing until it is let back.")
	case "unbonding":
		return lang.L("You gave it up. Its deposit comes back by itself.")
	}
	return ""
}

// nodeState says how a node of the wallet stands.
func nodeState(n app.OwnNode) (word string, tone widgets.Tone) {
	switch n.State {
	case "active":
		return lang.L("In service"), widgets.Good
	case "waiting":
		return lang.L("Waiting"), widgets.Neutral
	case "suspended":
		return lang.L("Suspended"), widgets.Bad
	case "unbonding":
		return lang.L("Leaving"), widgets.Warn
	}
	return n.State, widgets.Neutral
}

// nodeName is the name of a node, or its address.
func nodeName(n app.OwnNode) string {
	if n.Name != "" {
		return n.Name
	}
	return say.Brief(n.Address)
}
