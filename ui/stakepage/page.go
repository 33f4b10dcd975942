package stakepage

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const (
	panelWidth float32 = 320
	panelInner float32 = panelWidth - 50 // of words
	panelRow   float32 = panelWidth - 40 // of buttons
	panelFrom  float32 = 760             // the width from which the panel is shown
)

// Page shows the stake.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()

	state          state
	known          bool // it was read
	loading, again bool

	tab      tab
	selected string // key of what is selected in the list, see keys
	sortBy   int
	up       bool

	stats     [4]*widgets.Stat
	all       []*widgets.Button // what concerns the whole stake
	tabBar    *fyne.Container
	segments  *widgets.Segments
	tabWords  []string // on the segments
	search    *widgets.Field
	list      *fyne.Container // head and table, an empty page, or an error
	lists     map[tab]*list   // those that were shown so far
	table     *widgets.Table
	keys      []string // of the rows, in their order
	panel     *widgets.Box
	beside    *fyne.Container
	sheet     *widgets.Dialog // what the panel says, where there is no room for it; nil
	object    fyne.CanvasObject
	validated []app.Validator // the rows of the list of validators
}

// New returns the page.
func New(host *page.Host, backend Backend) *Page {
	p := &Page{host: host, backend: backend, sortBy: byPower, lists: map[tab]*list{}}
	p.tasks, p.leave = host.Tasks.Scope()
	p.object = p.compose()
	p.reload()
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what the page has begun to load.
func (p *Page) Leave() { p.leave() }

// Search gives the focus to the search field, which finds validators.
func (p *Page) Search() {
	p.open(validators)
	p.host.Canvas().Focus(p.search)
}

// Follow reads everything anew when money moved.
func (p *Page) Follow(e app.Event) {
	switch e.Kind {
	case app.WalletChanged, app.NetworkStarted, app.SetupChanged:
		p.reload()
	}
}

func (p *Page) compose() fyne.CanvasObject {
	for i, label := range []string{lang.L("Staked"), lang.L("Rewards"), lang.L("Coming back"), lang.L("It pays")} {
		p.stats[i] = widgets.NewStat(label)
	}
	more := widgets.NewButton(widgets.Secondary, "", "dots", nil)
	more.OnTapped = func() { p.wholeMenu(more) }
	p.all = []*widgets.Button{
		widgets.NewButton(widgets.Secondary, lang.L("Stake the rewards"), "plus", p.compound),
		widgets.NewButton(widgets.Secondary, lang.L("Claim all"), "arrow-down", p.claimAll), more,
	}
	p.allow()
	p.search = widgets.NewField(lang.L("Search validators"), "search")
	p.search.OnChanged = func(string) { p.showList() }
	p.tabBar, p.list = container.NewStack(), container.NewStack()
	p.panel = widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 18, Right: 6, Bottom: 18, Left: 16}, nil)
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 14, Right: 8, Bottom: 8, Left: 8}, p.list)
	p.beside = widgets.Beside(card, p.panel, panelWidth, panelFrom, p.wantsPanel)
	metrics := widgets.Pad(widgets.Insets{Bottom: theme.Between}, widgets.NewMetrics(p.stats[0], p.stats[1], p.stats[2], p.stats[3]))
	body := widgets.Edges(metrics, nil, nil, nil, widgets.NewBarred(p.tabBar, p.search, p.beside))
	actions := []fyne.CanvasObject{p.all[0], p.all[1], p.all[2]}
	if p.backend.Watching() {
		actions = nil
	}
	return widgets.NewPage(widgets.NewText(lang.L("Stake"), widgets.Title), actions, body)
}

// reload reads everything; while it runs, one more reading is remembered.
func (p *Page) reload() {
	if p.loading {
		p.again = true
		return
	}
	p.loading, p.again = true, false
	page.Run(p.tasks, func(ctx context.Context) (state, error) { return read(ctx, p.backend) }, p.loaded)
}

func (p *Page) loaded(s state, err error) {
	p.loading = false
	switch {
	case err != nil && p.known:
		p.host.Fail(err)
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

// show shows what was read.
func (p *Page) show() {
	for i, f := range figures(p.state.staking, p.host.Now()) {
		p.stats[i].Set(f.number, f.unit, f.detail)
	}
	p.allow()
	p.showTabs()
	p.showList()
}

// allow switches on what there is something to do with.
func (p *Page) allow() {
	rewards := p.known && !p.state.staking.Rewards.IsZero()
	p.all[0].SetEnabled(rewards)
	p.all[1].SetEnabled(rewards)
	p.all[2].SetEnabled(p.known)
}

func (p *Page) showTabs() {
	list := tabs(p.state)
	words, at := make([]string, len(list)), max(0, slices.Index(list, p.tab))
	for i, t := range list {
		words[i] = tabWords(t, p.state)
	}
	p.tab = list[at]
	p.search.Hidden = p.tab != validators
	if slices.Equal(words, p.tabWords) && p.segments.Chosen() == at {
		return
	}
	before := p.segments
	p.segments, p.tabWords = widgets.NewSegments(words, at, func(i int) { p.open(list[i]) }), words
	p.tabBar.Objects = []fyne.CanvasObject{p.segments}
	p.tabBar.Refresh()
	if c := p.host.Canvas(); before != nil && c.Focused() == fyne.Focusable(before) {
		c.Focus(p.segments)
	}
}

// open shows another list.
func (p *Page) open(t tab) {
	if p.tab == t || !p.known {
		return
	}
	p.tab, p.selected = t, ""
	p.showTabs()
	p.showList()
	p.object.Refresh()
}

// showList shows the list of the tab, and keeps the selection on its thing.
func (p *Page) showList() {
	if !p.known {
		return
	}
	p.put(map[tab]func() fyne.CanvasObject{
		validators: p.validatorList, returns: p.returnList, votes: p.voteList, nodes: p.nodeList,
	}[p.tab]())
	p.showPanel()
}

// list is a table with its head. It stays while its rows change, and with it the
// keyboard and what is in sight.
type list struct {
	head   *widgets.TableHead
	table  *widgets.Table
	object fyne.CanvasObject
}

// listed is the list of the tab; name is the title over the names.
func (p *Page) listed(name string, columns []widgets.TableColumn, by int, up bool) *list {
	if l := p.lists[p.tab]; l != nil {
		return l
	}
	l := &list{head: widgets.NewTableHead(name, columns, by, up), table: widgets.NewTable(columns)}
	l.object = widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 4}, l.head), nil, nil, nil, l.table)
	l.table.OnOpen = func(int) { p.openSelected() }
	p.lists[p.tab] = l
	return l
}

// fill shows other rows, with their keys. What is selected stays so, also while
// a search hides it.
func (p *Page) fill(l *list, rows []widgets.TableRow, keys []string) fyne.CanvasObject {
	p.table, p.keys = l.table, keys
	l.table.OnSelected = nil
	l.table.SetRows(rows)
	l.table.Select(slices.Index(keys, p.selected))
	l.table.OnSelected = func(i int) {
		p.selected = ""
		if i >= 0 {
			p.selected = p.keys[i]
		}
		p.showPanel()
	}
	return l.object
}

// openSelected shows what the panel says in a dialog, where there is no room
// for the panel.
func (p *Page) openSelected() {
	if p.panel.Visible() {
		return
	}
	p.sheet = widgets.NewDialog(p.host.Canvas())
	p.showSheet()
}

func (p *Page) showSheet() {
	content := p.panelContent()
	if content == nil {
		p.sheet.Close()
		return
	}
	body := widgets.Column(14, content.words)
	if content.buttons != nil {
		body.Add(content.buttons)
	}
	p.sheet.Present(widgets.Sheet{Title: content.title, Body: body, Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Close"), "", p.sheet.Close)}})
}

func (p *Page) put(o fyne.CanvasObject) {
	if len(p.list.Objects) == 1 && p.list.Objects[0] == o {
		return
	}
	p.list.Objects = []fyne.CanvasObject{o}
	p.list.Refresh()
}

// wantsPanel tells whether there is something to say about the selection.
func (p *Page) wantsPanel() bool { return p.known && p.panelContent() != nil }

func (p *Page) showPanel() {
	draw := func() {
		if content := p.panelContent(); content != nil {
			p.panel.SetContent(widgets.NewPanel(content.words, content.buttons))
		}
		p.beside.Refresh()
	}
	if _, button := p.host.Canvas().Focused().(*widgets.Button); button { // it may be one of the panel
		p.host.Keep(draw)
	} else {
		draw()
	}
	if p.sheet != nil && p.sheet.Open() {
		p.showSheet()
	}
}
