package explorer

import (
	"context"
	"net/url"
	"strings"

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
	labelWidth float32 = 210
	textWidth  float32 = 560
)

// Page shows a list of the chain, a thing, or what was found.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()
	browse  func(*url.URL) error // opens an address in the browser

	place place
	lines []app.ChainLine // of the list
	view  app.ItemView    // of the thing

	title  *widgets.Text
	around *fyne.Container // buttons of the thing
	search *widgets.Field
	body   *fyne.Container
	object fyne.CanvasObject
}

// New returns the page of an argument of its route.
func New(host *page.Host, backend Backend, arg string) *Page {
	p := &Page{host: host, backend: backend, place: placeOf(arg), browse: fyne.CurrentApp().OpenURL}
	p.tasks, p.leave = host.Tasks.Scope()
	p.object = p.compose()
	p.load()
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what the page has begun to load.
func (p *Page) Leave() { p.leave() }

// Search gives the focus to the search field.
func (p *Page) Search() { p.host.Canvas().Focus(p.search) }

// Follow reads a list anew when another network is in use.
func (p *Page) Follow(e app.Event) {
	if e.Kind == app.NetworkStarted || e.Kind == app.SetupChanged {
		p.load()
	}
}

func (p *Page) compose() fyne.CanvasObject {
	p.title = widgets.NewCutText(lang.L("Explorer"), widgets.Title)
	p.search = widgets.NewField(lang.L("Number, address, words"), "search")
	p.search.SetText(p.place.find)
	p.search.OnSubmitted = func(text string) {
		if strings.TrimSpace(text) != "" {
			p.host.Go(findRoute(strings.TrimSpace(text)))
		}
	}
	p.around, p.body = widgets.Row(8), container.NewStack(widgets.NewSkeleton())
	at := -1
	for i, what := range lists() {
		if what == p.place.list {
			at = i
		}
	}
	var tabs fyne.CanvasObject = widgets.NewButton(widgets.Secondary, lang.L("Blocks"), "list", func() { p.host.Go(listRoute(app.NewBlocks)) })
	if at >= 0 {
		tabs = widgets.NewSegments(listWords(), at, func(i int) { p.host.Go(listRoute(lists()[i])) })
	}
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 14, Right: 8, Bottom: 8, Left: 8}, p.body)
	back := widgets.NewButton(widgets.Quiet, "", "chevron-left", p.host.Back)
	title := widgets.Edges(nil, nil, widgets.Pad(widgets.Insets{Right: 8}, back), nil, p.title)
	return widgets.NewPage(title, []fyne.CanvasObject{p.around}, widgets.NewBarred(tabs, p.search, card))
}

// load reads what the page is about.
func (p *Page) load() {
	switch {
	case p.place.list != "":
		page.Run(p.tasks, func(ctx context.Context) ([]app.ChainLine, error) { return p.backend.ExplorerList(ctx, p.place.list) }, p.listed)
	case p.place.find != "":
		page.Run(p.tasks, func(ctx context.Context) ([]app.ChainLine, error) { return p.backend.ExplorerSearch(ctx, p.place.find) }, p.found)
	default:
		page.Run(p.tasks, func(ctx context.Context) (app.ItemView, error) { return p.backend.Explore(ctx, p.place.item) }, p.shown)
	}
}

func (p *Page) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

func (p *Page) listed(lines []app.ChainLine, err error) {
	switch p.lines = lines; {
	case err != nil:
		p.put(widgets.NewTrouble(err, p.load))
	case len(lines) == 0:
		p.put(widgets.NewEmpty("search", lang.L("There are none yet"), lang.L("They are listed here as soon as the chain has some."), nil))
	default:
		p.put(p.table(lines))
	}
}

// found shows what words may mean. The name of one thing leads there at once.
func (p *Page) found(lines []app.ChainLine, err error) {
	switch p.lines = lines; {
	case err != nil:
		p.put(widgets.NewTrouble(err, p.load))
	case len(lines) == 0:
		p.put(widgets.NewEmpty("search", lang.L("Nothing found"),
			lang.L("A block is found by its number, a transaction, a file or an account by its whole name; proposals, validators and people of your address book by words."), nil))
	case len(lines) == 1 && !lines[0].Title:
		p.place = place{item: lines[0].Item}
		p.load()
	default:
		p.put(p.table(lines))
	}
}

func (p *Page) table(lines []app.ChainLine) fyne.CanvasObject {
	columns := []widgets.TableColumn{{Title: lang.L("When"), Width: 150, From: 520}, {Title: lang.L("Amount"), Width: 150, Trailing: true, From: 380}}
	rows := make([]widgets.TableRow, len(lines))
	for i, l := range lines {
		rows[i] = widgets.TableRow{Icon: lineIcon(l), IconTone: widgets.Active, Name: lineName(l), Second: lineSecond(l), Cells: []widgets.TableCell{
			{Text: say.WhenTimed(l.Time, p.host.Now())}, {Text: lineValue(l)},
		}}
		if l.Failed {
			rows[i].IconTone, rows[i].Cells[1] = widgets.Bad, widgets.TableCell{Text: lang.L("Failed"), Pill: true, Tone: widgets.Bad}
		}
	}
	t := widgets.NewTable(columns)
	t.SetRows(rows)
	t.OnOpen = func(i int) { p.host.Go(itemRoute(lines[i].Item)) }
	return widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 4}, widgets.NewTableHead(lang.L("What"), columns, -1, false)), nil, nil, nil, t)
}

// shown shows a thing: its facts, what it does, and what belongs to it.
func (p *Page) shown(v app.ItemView, err error) {
	if err != nil {
		p.put(widgets.NewTrouble(err, p.load))
		return
	}
	p.view = v
	p.title.SetText(titleOf(v))
	p.showAround()
	column := widgets.Column(10)
	if v.Failed {
		column.Add(widgets.Row(0, widgets.NewPill(lang.L("Failed"), widgets.Bad)))
	}
	if v.Problem != "" {
		column.Add(widgets.NewNotice(say.Told(v.Problem), widgets.Warn, textWidth))
	}
	p.addFacts(column, v.Facts)
	for _, g := range v.Groups {
		column.Add(widgets.Gap(0, 4))
		column.Add(widgets.NewText(translated(g.Words), widgets.Heading))
		p.addFacts(column, g.Facts)
	}
	if len(v.Lines) > 0 {
		column.Add(widgets.Gap(0, 4))
		column.Add(widgets.NewText(lang.L("Transactions, the newest first"), widgets.Heading))
		for _, l := range v.Lines {
			column.Add(p.lineRow(l))
		}
	}
	if more := v.Total - len(v.Lines); more > 0 {
		column.Add(widgets.NewText(say.Plural(more, "and 1 more", "and {{.N}} more"), widgets.Second))
	}
	p.put(container.NewVScroll(widgets.Pad(widgets.Insets{Top: 4, Right: 14, Bottom: 8, Left: 10}, column)))
}

// showAround shows the ways beside a thing: the one before, the next, and the
// public explorer.
func (p *Page) showAround() {
	p.around.Objects = nil
	for _, way := range []struct {
		icon string
		to   *app.Item
	}{{"chevron-left", p.view.Before}, {"chevron-right", p.view.Next}} {
		if way.to != nil {
			p.around.Add(widgets.NewButton(widgets.Secondary, "", way.icon, func() { p.host.Go(itemRoute(*way.to)) }))
		}
	}
	if p.view.Public != "" {
		p.around.Add(widgets.NewButton(widgets.Secondary, lang.L("In the public explorer"), "globe", p.openPublic))
	}
	p.object.Refresh()
}

func (p *Page) openPublic() {
	u, err := url.Parse(p.view.Public)
	if err == nil {
		err = p.browse(u)
	}
	p.host.Fail(err)
}

func (p *Page) addFacts(column *fyne.Container, facts []app.Fact) {
	for _, f := range facts {
		column.Add(factRow(f.Name, p.value(f)))
	}
}

// value shows what a fact says; what names another thing leads there.
func (p *Page) value(f app.Fact) fyne.CanvasObject {
	text := valueOf(f, p.host.Now())
	switch {
	case f.Item != nil:
		to := *f.Item
		return widgets.NewTextLink(text, func() { p.host.Go(itemRoute(to)) })
	case long(f):
		return widgets.NewParagraph(text, widgets.Body, textWidth)
	}
	return widgets.NewCutText(text, widgets.Name)
}

func factRow(name string, value fyne.CanvasObject) fyne.CanvasObject {
	label := widgets.Sized(labelWidth, 0, container.NewVBox(widgets.NewCutText(translated(name), widgets.Second)))
	return widgets.Edges(nil, nil, label, nil, value)
}

// lineRow is a transaction below a thing.
func (p *Page) lineRow(l app.ChainLine) fyne.CanvasObject {
	text := lineName(l)
	for _, more := range []string{lineValue(l), lineSecond(l)} {
		if more != "" {
			text += ", " + more
		}
	}
	label := widgets.NewCutText(say.WhenTimed(l.Time, p.host.Now()), widgets.Second)
	return widgets.Edges(nil, nil, widgets.Sized(labelWidth, 0, label), nil, widgets.NewTextLink(text, func() { p.host.Go(itemRoute(l.Item)) }))
}
