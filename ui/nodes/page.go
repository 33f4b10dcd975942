// Package nodes is the page of a person's own nodes: how they are, what they
// moved, and what that earned.
package nodes

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Backend is what the page needs of package app.
type Backend interface {
	MyNodes() ([]app.MyNode, error)
	AddNode(ctx context.Context, n app.NewNode) (app.MyNode, error)
	AddPracticeNodes() (added int, err error)
	RenameNode(which, name string) error
	SetNodeToken(ctx context.Context, which, token string) error
	ForgetNode(which string) error
	ThisComputerIsAway() bool
}

const (
	panelWidth float32 = 340
	panelInner float32 = panelWidth - 50
	panelFrom  float32 = 760 // the width from which the panel is shown
	noticeFor  float32 = 700
	chartHigh  float32 = 56
)

// Page shows one's own nodes.
type Page struct {
	host     *page.Host
	backend  Backend
	tasks    *page.Tasks
	leave    func()
	practice bool // the practice network is in use

	list           []app.MyNode
	known          bool
	loading, again bool
	selected       string // id

	stats  [4]*widgets.Stat
	offer  *widgets.Button // the nodes of the practice network
	notice *fyne.Container
	body   *fyne.Container
	table  *widgets.Table
	panel  *widgets.Box
	beside *fyne.Container

	doing   fyne.CanvasObject // the buttons of the panel
	deedsOf string            // what they are for

	object fyne.CanvasObject
}

// New returns the page; practice tells that the practice network is in use,
// whose nodes are offered.
func New(host *page.Host, backend Backend, practice bool) *Page {
	p := &Page{host: host, backend: backend, practice: practice}
	p.tasks, p.leave = host.Tasks.Scope()
	p.object = p.compose()
	p.reload()
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what the page has begun to load.
func (p *Page) Leave() { p.leave() }

// Follow shows what nodes do.
func (p *Page) Follow(e app.Event) {
	switch e.Kind {
	case app.NodesChanged, app.NodesTold, app.SetupChanged, app.NetworkStarted:
		p.reload()
	}
}

func (p *Page) compose() fyne.CanvasObject {
	for i, label := range []string{lang.L("Online"), lang.L("Traffic, last hour"), lang.L("Stored"), lang.L("Rewards")} {
		p.stats[i] = widgets.NewStat(label)
	}
	p.offer = widgets.NewButton(widgets.Secondary, lang.L("Add the practice nodes"), "", p.addPractice)
	actions := []fyne.CanvasObject{widgets.NewButton(widgets.Primary, lang.L("Add a node"), "plus", p.add)}
	if p.practice {
		actions = append([]fyne.CanvasObject{p.offer}, actions...)
	}
	p.notice, p.body = container.NewStack(), container.NewStack()
	p.table = widgets.NewTable(columns())
	p.table.OnSelected = p.choose
	p.table.OnOpen = p.open
	p.panel = widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 18, Right: 6, Bottom: 18, Left: 16}, nil)
	list := widgets.Edges(widgets.NewTableHead(lang.L("Node"), columns(), -1, false), nil, nil, nil, p.table)
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 14, Right: 8, Bottom: 8, Left: 8}, list)
	p.beside = widgets.Beside(card, p.panel, panelWidth, panelFrom, func() bool { return p.node() != nil })
	metrics := widgets.Pad(widgets.Insets{Bottom: theme.Between}, widgets.NewMetrics(p.stats[0], p.stats[1], p.stats[2], p.stats[3]))
	p.body.Objects = []fyne.CanvasObject{widgets.NewSkeleton()}
	return widgets.NewPage(widgets.NewText(lang.L("My nodes"), widgets.Title), actions,
		widgets.Edges(widgets.Column(0, metrics, p.notice), nil, nil, nil, p.body))
}

func columns() []widgets.TableColumn {
	return []widgets.TableColumn{
		{Title: lang.L("State"), Width: 110},
		{Title: lang.L("Now"), Width: 90, Trailing: true, From: 460},
		{Title: lang.L("Last hour"), Width: 96, Trailing: true, From: 560},
		{Title: lang.L("Stored"), Width: 96, Trailing: true},
	}
}

// reload reads the list; while that goes on, one more reading is remembered.
func (p *Page) reload() {
	if p.loading {
		p.again = true
		return
	}
	p.loading, p.again = true, false
	page.Run(p.tasks, func(context.Context) ([]app.MyNode, error) { return p.backend.MyNodes() }, p.loaded)
}

func (p *Page) loaded(list []app.MyNode, err error) {
	p.loading = false
	if err != nil {
		p.put(widgets.NewTrouble(err, p.reload))
	} else {
		p.list, p.known = list, true
		if p.node() == nil && len(list) > 0 {
			p.selected = list[0].ID
		}
		p.show()
	}
	if p.again { // something has changed since this was asked
		p.reload()
	}
}

func (p *Page) put(o fyne.CanvasObject) {
	if len(p.body.Objects) != 1 || p.body.Objects[0] != o {
		p.body.Objects = []fyne.CanvasObject{o}
		p.body.Refresh()
	}
}

// show shows what was read.
func (p *Page) show() {
	f := sum(p.list)
	p.stats[0].Set(fraction(f.online, f.all), "", "")
	p.stats[1].Set(say.Size(f.hour), "", lang.L("{{.Speed}} now", map[string]any{"Speed": say.Speed(float64(f.second))}))
	p.stats[2].Set(say.Size(f.disk), "", "")
	p.stats[3].Set(say.Figure(f.mature), "STOS", lang.L("{{.Amount}} to come", map[string]any{"Amount": stos(f.young)}))
	p.showNotice()
	if len(p.list) == 0 {
		p.put(widgets.NewEmpty("server", lang.L("No nodes yet"),
			lang.L("Add the nodes that you run. Stratos Drive then shows what they do and earn, and tells you when one goes off, also while this window is closed."),
			widgets.NewButton(widgets.Secondary, lang.L("Add a node"), "plus", p.add)))
		return
	}
	p.put(p.beside)
	rows := make([]widgets.TableRow, len(p.list))
	for i, n := range p.list {
		rows[i] = row(n)
	}
	p.table.SetRows(rows)
	p.table.Select(p.index())
	p.showPanel()
}

// showNotice says that nothing can be known, or that a node is off.
func (p *Page) showNotice() {
	p.notice.Objects = nil
	switch bad := p.off(); {
	case p.backend.ThisComputerIsAway():
		p.tell(lang.L("This computer seems to be offline, so nothing is known of your nodes."), widgets.Warn)
	case bad == 1:
		p.tell(lang.L("One of your nodes needs a look."), widgets.Bad)
	case bad > 1:
		p.tell(lang.L("{{.N}} of your nodes need a look.", map[string]any{"N": say.Count(bad)}), widgets.Bad)
	}
	p.notice.Refresh()
}

func (p *Page) tell(text string, tone widgets.Tone) {
	p.notice.Objects = []fyne.CanvasObject{widgets.Pad(widgets.Insets{Bottom: theme.Between}, widgets.NewNotice(text, tone, noticeFor))}
}

// off counts the nodes that need a look.
func (p *Page) off() (count int) {
	for _, n := range p.list {
		if n.State == "offline" || n.State == "silent" || n.State == "refusing" {
			count++
		}
	}
	return count
}

func row(n app.MyNode) widgets.TableRow {
	word, tone := stateOf(n)
	r := widgets.TableRow{Icon: "server", IconTone: widgets.Active, Name: n.Name, Second: say.Brief(n.Address), Cells: []widgets.TableCell{
		{Text: word, Pill: true, Tone: tone},
		{Text: say.Speed(float64(n.InPerSecond + n.OutPerSecond))},
		{Text: say.Size(n.HourIn + n.HourOut)},
		{Text: say.Size(n.Disk), Name: true},
	}}
	if tone == widgets.Bad || tone == widgets.Warn {
		r.Icon, r.IconTone = "warning", tone
	}
	return r
}

func (p *Page) index() int {
	return slices.IndexFunc(p.list, func(n app.MyNode) bool { return n.ID == p.selected })
}

// node is what is selected; nil for nothing.
func (p *Page) node() *app.MyNode {
	if i := p.index(); i >= 0 {
		return &p.list[i]
	}
	return nil
}

func (p *Page) choose(i int) {
	if i >= 0 && i < len(p.list) && p.list[i].ID != p.selected {
		p.selected = p.list[i].ID
		p.showPanel()
	}
}

// open shows the panel in a dialog, where there is no room beside the list.
func (p *Page) open(i int) {
	p.choose(i)
	if n := p.node(); n != nil && !p.panel.Visible() {
		d := widgets.NewDialog(p.host.Canvas())
		d.Present(widgets.Sheet{Title: n.Name, Body: widgets.Column(14, p.about(*n), p.deeds(*n, d.Close)), Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Close"), "", d.Close),
		}})
	}
}

func (p *Page) showPanel() {
	if n := p.node(); n != nil {
		if key := n.ID + n.State + n.Name; key != p.deedsOf { // else they keep the keyboard
			p.deedsOf, p.doing = key, p.deeds(*n, func() {})
		}
		p.panel.SetContent(widgets.NewPanel(widgets.Column(10, widgets.NewText(n.Name, widgets.Heading), p.about(*n)), p.doing))
	}
	p.beside.Refresh()
}
