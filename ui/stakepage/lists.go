package stakepage

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func validatorColumns() []widgets.TableColumn {
	return []widgets.TableColumn{
		{Title: lang.L("State"), Width: 92, From: 430},
		{Title: lang.L("Takes"), Width: 62, Trailing: true, From: 360},
		{Title: lang.L("Online"), Width: 76, Trailing: true, From: 600},
		{Title: lang.L("Power"), Width: 70, Trailing: true, From: 680},
		{Title: lang.L("Mine"), Width: 110, Trailing: true},
	}
}

// validatorRow puts a validator into a row.
func validatorRow(v app.Validator) widgets.TableRow {
	word, tone := standingWords(v)
	r := widgets.TableRow{Icon: "chart", Name: nameOf(v), Cells: []widgets.TableCell{
		{Text: word, Pill: true, Tone: tone},
		{Text: say.Percent(v.Commission)},
		{Text: say.Percent(v.Uptime)},
		{Text: say.Percent(v.Power)},
		{Text: stos(v.Staked), Name: !v.Staked.IsZero()},
	}}
	if !v.Staked.IsZero() {
		r.IconTone = widgets.Active
	}
	if !v.Rewards.IsZero() {
		r.Second = lang.L("{{.Amount}} earned", map[string]any{"Amount": stos(v.Rewards)})
	}
	if v.Jailed {
		r.Icon, r.IconTone = "warning", widgets.Bad
	}
	return r
}

func (p *Page) validatorList() fyne.CanvasObject {
	all := p.state.staking.Validators
	p.validated = sorted(found(all, p.search.Text), p.sortBy, p.up)
	if len(all) == 0 {
		return widgets.NewEmpty("chart", lang.L("No validators yet"),
			lang.L("Validators write the blocks of the network. They are listed here as soon as the network has some."), nil)
	}
	if len(p.validated) == 0 {
		return widgets.NewEmpty("search", lang.L("Nothing found"), lang.L("No validator has these words in its name or description."), nil)
	}
	rows, keys := make([]widgets.TableRow, len(p.validated)), make([]string, len(p.validated))
	for i, v := range p.validated {
		rows[i], keys[i] = validatorRow(v), v.Address
	}
	l := p.listed(lang.L("Name"), validatorColumns(), p.sortBy, p.up)
	l.head.OnSort = func(column int, up bool) { p.sortBy, p.up = column, up; p.showList() }
	l.table.OnMenu = func(i int, at fyne.Position) { p.validatorMenu(p.validated[i], at) }
	return p.fill(l, rows, keys)
}

func (p *Page) returnList() fyne.CanvasObject {
	list := coming(p.state.staking.Returns)
	if len(list) == 0 {
		return widgets.NewEmpty("clock", lang.L("Nothing is coming back"),
			lang.L("What you unstake comes back after {{.Time}}. Until then it is listed here with its day.", map[string]any{"Time": say.Days(p.state.staking.Period)}), nil)
	}
	rows, keys := make([]widgets.TableRow, len(list)), make([]string, len(list))
	for i, u := range list {
		keys[i] = returnKey(u)
		rows[i] = widgets.TableRow{Icon: "clock", Name: returnName(u), Cells: []widgets.TableCell{
			{Text: say.Day(u.Done, p.host.Now())}, {Text: say.Until(u.Done, p.host.Now())}, {Text: stos(u.Amount), Name: true},
		}}
	}
	columns := []widgets.TableColumn{
		{Title: lang.L("Back on"), Width: 96},
		{Title: lang.L("Time left"), Width: 160, From: 480},
		{Title: lang.L("Amount"), Width: 120, Trailing: true},
	}
	return p.fill(p.listed(lang.L("From"), columns, -1, false), rows, keys)
}

func returnKey(u app.Unbonding) string { return u.Validator + "/" + strconv.FormatInt(u.Height, 10) }

func (p *Page) voteList() fyne.CanvasObject {
	if p.state.votesErr != nil {
		return widgets.NewTrouble(p.state.votesErr, p.reload)
	}
	list := inOrder(p.state.questions)
	if len(list) == 0 {
		return widgets.NewEmpty("vote", lang.L("Nothing to vote on"),
			lang.L("Changes of the network are proposed here, and whoever has staked decides."), nil)
	}
	rows, keys := make([]widgets.TableRow, len(list)), make([]string, len(list))
	for i, q := range list {
		word, tone := stateOf(q)
		keys[i] = strconv.FormatUint(q.ID, 10)
		rows[i] = widgets.TableRow{Icon: "vote", Name: q.Title, Second: lang.L("Proposal {{.N}}", map[string]any{"N": q.ID}), Cells: []widgets.TableCell{
			{Text: word, Pill: true, Tone: tone}, {Text: ends(q, p)}, {Text: voteWord(q.MyVote), Name: true},
		}}
	}
	columns := []widgets.TableColumn{
		{Title: lang.L("State"), Width: 130},
		{Title: lang.L("Ends"), Width: 160, From: 480},
		{Title: lang.L("My vote"), Width: 80, Trailing: true, From: 700},
	}
	return p.fill(p.listed(lang.L("Question"), columns, -1, false), rows, keys)
}

// ends says how long something is open, or when it was decided.
func ends(q app.Proposal, p *Page) string {
	if q.State == "voting" || q.State == "deposit" {
		return say.Until(q.Ends, p.host.Now())
	}
	return say.Day(q.Ends, p.host.Now())
}
