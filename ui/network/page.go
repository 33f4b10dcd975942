package network

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const (
	panelWidth  float32 = 300
	panelInner  float32 = panelWidth - 46
	panelFrom   float32 = 760 // the width from which the panel is shown
	chartHeight float32 = 40

	readEvery = 20 * time.Second
	courseOf  = 7 * 24 * time.Hour
)

// tab is what the list shows.
type tab int

const (
	nodes tab = iota
	validators
	figures
	overTime
)

// Page shows the network.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()

	state          state
	known          bool // it was read
	loading, again bool
	tab            tab

	health *fyne.Container
	cards  [4]*widgets.Stat
	charts [4]*widgets.Chart
	list   *fyne.Container
	panel  *widgets.Box
	beside *fyne.Container
	object fyne.CanvasObject
}

// New returns the page.
func New(host *page.Host, backend Backend) *Page {
	p := &Page{host: host, backend: backend}
	p.tasks, p.leave = host.Tasks.Scope()
	p.object = p.compose()
	p.reload()
	p.tasks.Every(readEvery, p.reload)
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what the page has begun to load.
func (p *Page) Leave() { p.leave() }

// Search looks things up in the explorer.
func (p *Page) Search() { p.explore() }

// Follow reads everything anew when another network is in use.
func (p *Page) Follow(e app.Event) {
	switch e.Kind {
	case app.NetworkStarted, app.SetupChanged:
		p.reload()
	}
}

func (p *Page) explore() { p.host.Go(page.Route{Page: page.Network, Arg: page.Explorer}) }

func (p *Page) compose() fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(p.cards))
	for i, label := range []string{lang.L("Stored"), lang.L("Nodes in service"), lang.L("Traffic, last hour"), lang.L("Ozone price")} {
		p.charts[i] = widgets.NewChart(nil, chartHeight)
		p.cards[i] = widgets.NewCourse(label, p.charts[i])
		objects[i] = p.cards[i]
	}
	p.health, p.list = container.NewStack(), container.NewStack(widgets.NewSkeleton())
	p.panel = widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 18, Right: 6, Bottom: 18, Left: 16}, nil)
	words := []string{lang.L("Nodes"), lang.L("Validators"), lang.L("All figures"), lang.L("Over time")}
	tabs := widgets.Row(0, widgets.NewSegments(words, int(p.tab), func(i int) { p.open(tab(i)) }))
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 14, Right: 8, Bottom: 8, Left: 8},
		widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 10, Left: 8}, tabs), nil, nil, nil, p.list))
	p.beside = widgets.Beside(card, p.panel, panelWidth, panelFrom, func() bool { return p.known })
	title := widgets.Row(12, widgets.NewText(lang.L("Network"), widgets.Title), container.NewCenter(p.health))
	metrics := widgets.Pad(widgets.Insets{Bottom: theme.Between}, widgets.NewMetrics(objects...))
	nodes := widgets.NewButton(widgets.Secondary, lang.L("My nodes"), "server", func() { p.host.Go(page.Route{Page: page.Nodes}) })
	return widgets.NewPage(title, []fyne.CanvasObject{nodes, widgets.NewButton(widgets.Secondary, lang.L("Explorer"), "search", p.explore)},
		widgets.Edges(metrics, nil, nil, nil, p.beside))
}

// reload reads everything; while it runs, one more reading is remembered.
func (p *Page) reload() {
	if p.loading {
		p.again = true
		return
	}
	p.loading, p.again = true, false
	page.Run(p.tasks, func(ctx context.Context) (state, error) { return read(ctx, p.backend, courseOf) }, p.loaded)
}

func (p *Page) loaded(s state, err error) {
	p.loading = false
	switch {
	case err != nil && p.known:
		// The figures that are shown are a little old; the next reading is near.
	case err != nil:
		p.put(widgets.NewTrouble(err, p.reload))
	default:
		p.state, p.known = s, true
		p.show()
	}
	if p.again {
		p.reload()
	}
}

func (p *Page) show() {
	p.health.Objects = nil
	if word, tone := healthWords(p.state.figures); word != "" {
		p.health.Objects = []fyne.CanvasObject{widgets.NewPill(word, tone)}
	}
	p.health.Refresh()
	for i, c := range cards(p.state) {
		p.cards[i].Set(c.figure, c.unit, c.detail)
		p.charts[i].SetValues(c.values)
	}
	p.panel.SetContent(p.panelContent())
	p.showList()
	p.beside.Refresh()
}

// open shows another list.
func (p *Page) open(t tab) {
	p.tab = t
	if p.known {
		p.showList()
	}
}

func (p *Page) showList() {
	p.put(map[tab]func() fyne.CanvasObject{
		nodes: p.nodeList, validators: p.validatorList, figures: p.figureList, overTime: p.courseList,
	}[p.tab]())
}

func (p *Page) put(o fyne.CanvasObject) {
	p.list.Objects = []fyne.CanvasObject{o}
	p.list.Refresh()
}

// panelContent is what stands beside the list: copies, what cannot be told, and
// how the chain goes on.
func (p *Page) panelContent() fyne.CanvasObject {
	f := p.state.figures
	column := widgets.Column(14)
	if s := f.Storage; s != nil {
		column.Add(widgets.NewParagraph(lang.L("Copies of every slice"), widgets.Heading, panelInner))
		for _, m := range meters(*s) {
			column.Add(widgets.NewMeter(m.label, m.value, m.part, m.tone))
		}
		if s.Slices == 0 {
			column.Add(widgets.NewParagraph(lang.L("Nothing is stored yet."), widgets.Second, panelInner))
		}
		column.Add(widgets.NewKeyValue(lang.L("Files"), say.Count(int(s.Files))))
		column.Add(widgets.NewKeyValue(lang.L("To be repaired"), say.Count(int(s.RepairsWaiting))))
	}
	if len(f.NotPublished) > 0 {
		column.Add(widgets.NewNotice(lang.L("This network does not publish what is stored, its traffic and its nodes. What its chain gives is shown."), widgets.Neutral, panelInner))
	}
	for _, sentence := range f.Problems {
		column.Add(widgets.NewNotice(say.Told(sentence), widgets.Warn, panelInner))
	}
	if o := f.Ozone; o != nil {
		column.Add(widgets.Line())
		column.Add(widgets.NewKeyValue(lang.L("Ozone sold"), say.Ozone(o.Sold)))
		column.Add(widgets.NewKeyValue(lang.L("Ozone left"), say.Ozone(o.Left)))
	}
	if m := f.Money; m != nil {
		column.Add(widgets.Line())
		column.Add(widgets.NewKeyValue(lang.L("Circulating"), amount(m.Circulating)))
		column.Add(widgets.NewKeyValue(lang.L("Staked"), amount(m.Staked)))
		if m.Value != "" {
			column.Add(widgets.NewKeyValue(lang.L("Market value"), m.Value))
		}
	}
	var below fyne.CanvasObject
	if c := f.Chain; c != nil {
		below = widgets.NewParagraph(blockLine(*c, say.WhenTimed(c.BlockTime, p.host.Now())), widgets.Small, panelInner)
	}
	return widgets.NewPanel(column, below)
}
