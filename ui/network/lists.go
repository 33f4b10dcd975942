package network

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func nodeColumns() []widgets.TableColumn {
	return []widgets.TableColumn{
		{Title: lang.L("Tier"), Width: 60, From: 640},
		{Title: lang.L("State"), Width: 110},
		{Title: lang.L("Stored"), Width: 150, From: 500},
		{Title: lang.L("Traffic"), Width: 90, Trailing: true, From: 400},
	}
}

func nodeRow(n app.NetworkNode, p *Page) widgets.TableRow {
	word, tone := nodeWords(n)
	r := widgets.TableRow{Icon: "server", IconTone: widgets.Active, Name: n.Name, Cells: []widgets.TableCell{
		{Text: tierWord(n.Tier)},
		{Text: word, Pill: true, Tone: tone},
		{Text: lang.L("{{.Used}} of {{.Size}}", map[string]any{"Used": say.Size(n.Used), "Size": say.Size(n.Capacity)})},
		{Text: say.Speed(float64(n.PerSecond))},
	}}
	if n.Out != "" {
		r.IconTone, r.Second = tone, say.WhenTimed(n.Since, p.host.Now())
	}
	return r
}

func (p *Page) nodeList() fyne.CanvasObject {
	f := p.state.figures
	switch {
	case f.Storage != nil && len(f.Storage.Nodes) > 0:
	case len(f.NotPublished) > 0:
		return widgets.NewEmpty("globe", lang.L("This network does not publish its nodes"),
			lang.L("Its chain tells how many are registered. Which of them are online, what they store and how fast they are is not published."), nil)
	default:
		return widgets.NewEmpty("server", lang.L("No nodes are known"), lang.L("They are listed here as soon as the network tells them."), nil)
	}
	rows := make([]widgets.TableRow, len(f.Storage.Nodes))
	for i, n := range f.Storage.Nodes {
		rows[i] = nodeRow(n, p)
	}
	return p.table(lang.L("Node"), nodeColumns(), rows, func(i int) page.Route {
		return page.Explore("node", p.state.figures.Storage.Nodes[i].Address)
	})
}

func validatorRow(v app.NetworkValidator) widgets.TableRow {
	r := widgets.TableRow{Icon: "chart", IconTone: widgets.Active, Name: v.Name, Cells: []widgets.TableCell{
		{Text: lang.L("Online"), Pill: true, Tone: widgets.Good}, {Text: say.Percent(v.Power)},
	}}
	if !v.Online {
		r.IconTone, r.Cells[0] = widgets.Bad, widgets.TableCell{Text: lang.L("Not signing"), Pill: true, Tone: widgets.Bad}
	}
	return r
}

func (p *Page) validatorList() fyne.CanvasObject {
	c := p.state.figures.Chain
	if c == nil || len(c.Validators) == 0 {
		return widgets.NewEmpty("chart", lang.L("No validators are known"), lang.L("They are listed here as soon as the network tells them."), nil)
	}
	rows := make([]widgets.TableRow, len(c.Validators))
	for i, v := range c.Validators {
		rows[i] = validatorRow(v)
	}
	columns := []widgets.TableColumn{{Title: lang.L("State"), Width: 120}, {Title: lang.L("Power"), Width: 90, Trailing: true, From: 360}}
	return p.table(lang.L("Validator"), columns, rows, func(i int) page.Route {
		return page.Explore("validator", p.state.figures.Chain.Validators[i].Address)
	})
}

// table is a list whose things lead to the explorer.
func (p *Page) table(name string, columns []widgets.TableColumn, rows []widgets.TableRow, way func(int) page.Route) fyne.CanvasObject {
	t := widgets.NewTable(columns)
	t.SetRows(rows)
	t.OnOpen = func(i int) { p.host.Go(way(i)) }
	head := widgets.NewTableHead(name, columns, -1, false)
	return widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 4}, head), nil, nil, nil, t)
}

func (p *Page) figureList() fyne.CanvasObject {
	column := widgets.Column(10)
	for i, f := range everything(p.state.figures) {
		if !f.heading {
			column.Add(widgets.NewKeyValue(f.label, f.value))
			continue
		}
		if i > 0 {
			column.Add(widgets.Gap(0, 4))
		}
		column.Add(widgets.NewText(f.label, widgets.Heading))
	}
	return container.NewVScroll(widgets.Pad(widgets.Insets{Top: 4, Right: 14, Bottom: 8, Left: 10}, column))
}

// kept are the figures whose course is shown, with their names.
func kept() []struct{ label, name string } {
	return []struct{ label, name string }{
		{lang.L("Stored"), "used"},
		{lang.L("Files"), "files"},
		{lang.L("Nodes in service"), "nodes"},
		{lang.L("Traffic, last hour"), "traffic"},
		{lang.L("Ozone price"), "ozone_price"},
		{lang.L("Ozone sold"), "ozone_sold"},
		{lang.L("Validators online"), "validators"},
		{lang.L("Staked"), "staked"},
		{lang.L("Mined"), "mined"},
	}
}

func (p *Page) courseList() fyne.CanvasObject {
	column := widgets.Column(18)
	for _, k := range kept() {
		if values := p.state.values(k.name); values != nil {
			column.Add(widgets.Column(6, widgets.NewText(k.label, widgets.Name), widgets.NewChart(values, 72)))
		}
	}
	if len(column.Objects) == 0 {
		return widgets.NewEmpty("clock", lang.L("Nothing was kept yet"),
			lang.L("Figures are kept on this computer while the program runs, and their course over the last days is drawn here."), nil)
	}
	return container.NewVScroll(widgets.Pad(widgets.Insets{Top: 4, Right: 14, Bottom: 8, Left: 10}, column))
}
