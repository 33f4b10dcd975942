package creator

import (
	"context"
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Following is the argument of a route that shows what is followed.
const Following = "following"

// noticeWidth is where sentences above the list are broken: a narrow window has
// so much room.
const noticeWidth float32 = 620

// view is a part of the page.
type view int

const (
	ownView view = iota
	playsView
	newsView
)

// Page shows channels, and what came of files.
type Page struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()

	view    view
	own     app.ChannelInfo
	success success
	news    app.ChannelNews

	list     *widgets.FileList
	listed   []app.ChannelItem      // in the rows of list
	pictures map[string]image.Image // posters by their links; nil: there is none to show
	views    *widgets.Segments
	buttons  []fyne.CanvasObject // what can be done
	actions  *fyne.Container
	head     *fyne.Container
	body     *fyne.Container
	object   fyne.CanvasObject
}

// New returns the page; arg may be Following, or a link to a channel that is
// offered to be followed.
func New(host *page.Host, backend Backend, arg string) *Page {
	p := &Page{host: host, backend: backend}
	if arg != "" {
		p.view = newsView
	}
	p.tasks, p.leave = host.Tasks.Scope()
	p.list, p.pictures = widgets.NewFileList(), map[string]image.Image{}
	p.list.OnOpen = func(i int) { p.open(p.item(i)) }
	p.list.OnMenu = func(i int, at fyne.Position) { widgets.ShowMenu(host.Canvas(), at, p.menu(p.item(i))...) }
	p.list.OnKey = p.key
	p.object = p.compose()
	p.reload()
	if app.IsChannelLink(arg) {
		p.askFollow().SetText(arg)
	}
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Leave ends what is being read. What was shown is not new the next time.
func (p *Page) Leave() {
	p.leave()
	p.noteLooked()
}

// Follow reads again what changed.
func (p *Page) Follow(e app.Event) {
	if e.Kind == app.ChannelsChanged || e.Kind == app.WalletChanged || e.Kind == app.SetupChanged {
		p.reload()
	}
}

func (p *Page) compose() fyne.CanvasObject {
	p.views = widgets.NewSegments([]string{lang.L("My channel"), lang.L("Plays"), lang.L("Following")}, int(p.view), func(i int) {
		p.view = view(i)
		p.reload()
	})
	p.actions, p.head, p.body = container.NewStack(), container.NewStack(), container.NewStack()
	tabs := widgets.Pad(widgets.Insets{Bottom: theme.Between}, widgets.Row(0, p.views))
	return widgets.NewPage(widgets.NewText(lang.L("Creator"), widgets.Title), []fyne.CanvasObject{p.actions},
		widgets.Edges(widgets.Column(0, tabs, p.head), nil, nil, nil, p.body))
}

func (p *Page) reload() {
	switch p.view {
	case newsView:
		page.Run(p.tasks, p.backend.Channels, p.showNews)
	case playsView:
		p.reloadPlays()
	default:
		page.Run(p.tasks, p.backend.MyChannel, p.showOwn)
	}
}

// put shows a part of the page: what can be done, what stands above, and the
// rest.
func (p *Page) put(head, body fyne.CanvasObject, actions ...fyne.CanvasObject) {
	p.buttons, p.head.Objects, p.body.Objects = actions, nil, []fyne.CanvasObject{body}
	p.actions.Objects = []fyne.CanvasObject{widgets.Row(theme.Inside, actions...)}
	if head != nil {
		p.head.Objects = []fyne.CanvasObject{widgets.Pad(widgets.Insets{Bottom: theme.Between}, head)}
	}
	p.object.Refresh()
}

// table is the list of items on a card, with a panel about the one that is
// chosen. One that was chosen stays so.
func (p *Page) table(items []app.ChannelItem, row func(app.ChannelItem) widgets.FileView) fyne.CanvasObject {
	at := p.chosenIn(items)
	p.listed = items
	rows := make([]widgets.FileView, len(items))
	for i, item := range items {
		rows[i] = row(item)
		rows[i].Picture = p.pictures[item.Poster]
	}
	p.list.OnSelected = nil
	p.list.SetRows(rows)
	p.list.Select(-1)
	header := widgets.NewFilesHead([4]string{lang.L("Name"), lang.L("Status"), lang.L("Published"), lang.L("Size")})
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 15, Right: 8, Bottom: 8, Left: 8},
		widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 6}, header), nil, nil, nil, p.list))
	p.readPosters(items, mostPosters)
	object := p.withPanel(card)
	p.list.Select(at)
	return object
}

// chosenIn returns where the item that is chosen now lies among others; -1 if it
// does not.
func (p *Page) chosenIn(items []app.ChannelItem) int {
	i := p.list.Selected()
	if i < 0 || i >= len(p.listed) {
		return -1
	}
	now := p.listed[i]
	return slices.IndexFunc(items, func(o app.ChannelItem) bool { return o.ID == now.ID && o.Owner == now.Owner })
}

// item is the item in a row.
func (p *Page) item(i int) app.ChannelItem { return p.listed[i] }

// open shows what an item leads to, where it can be watched and saved; one for
// subscribers offers the periods that open it.
func (p *Page) open(i app.ChannelItem) {
	if !i.Open && len(offers(i, p.periods(i.Owner))) > 0 {
		p.askSubscribe(i)
		return
	}
	var link string
	page.Do(p.tasks, func(ctx context.Context) (err error) {
		link, _, err = p.backend.ChannelItemLink(ctx, i.Owner, i.ID)
		return err
	}, func(err error) {
		if err != nil {
			p.host.Fail(err)
			return
		}
		p.host.Go(page.Route{Page: page.Link, Arg: link})
	})
}

// periods are those of a channel that is shown.
func (p *Page) periods(owner string) []app.ChannelPeriod { return p.channel(owner).Periods }

func (p *Page) channel(owner string) app.ChannelInfo {
	for _, c := range append(p.news.Channels, p.own) {
		if c.Owner == owner {
			return c
		}
	}
	return app.ChannelInfo{}
}

// menu is what can be done with an item.
func (p *Page) menu(i app.ChannelItem) []*fyne.MenuItem {
	items := []*fyne.MenuItem{fyne.NewMenuItem(lang.L("Open"), func() { p.open(i) })}
	if p.view != newsView {
		return append(items, fyne.NewMenuItem(lang.L("Take off the channel"), func() { p.remove(i) }))
	}
	return append(items,
		fyne.NewMenuItem(lang.L("Copy the link of the channel"), func() { p.copy(i.Owner) }),
		fyne.NewMenuItem(lang.L("Unfollow"), func() { p.unfollow(i.Owner) }))
}

// key are the keys of the list beyond moving.
func (p *Page) key(key *fyne.KeyEvent) bool {
	i := p.list.Selected()
	if key.Name != fyne.KeyDelete || i < 0 || p.view != ownView {
		return false
	}
	p.remove(p.item(i))
	return true
}

func (p *Page) copy(owner string) {
	p.host.Copy(app.ChannelLink(owner))
	p.host.Say(lang.L("Link copied"))
}

// then shows the page anew after something was done, or says what went wrong.
func (p *Page) then(err error) {
	p.host.Fail(err)
	p.reload()
}
