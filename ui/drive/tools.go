package drive

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// tools are the search field and the buttons over the list.
func (p *Page) tools() []fyne.CanvasObject {
	p.asGrid = widgets.NewButton(widgets.Secondary, "", "grid", func() {
		p.look.Grid = !p.look.Grid
		p.dress()
	})
	order := widgets.NewButton(widgets.Secondary, "", "sort", nil)
	order.OnTapped = func() { p.sortMenu(order) }
	p.makeFolder = widgets.NewButton(widgets.Secondary, "", "plus", p.askFolder)
	p.addFiles = widgets.NewButton(widgets.Primary, "", "arrow-up", p.askFiles)
	return []fyne.CanvasObject{
		widgets.Sized(200, 0, p.search), widgets.Sized(44, 0, p.asGrid), widgets.Sized(44, 0, order), p.makeFolder, p.addFiles,
	}
}

// roomForWords is the width of the page from which its buttons have words: below
// it the way to the folder needs the room.
const roomForWords float32 = 760

// fitTools lays out the page, with words on its buttons where it is wide.
type fitTools struct{ page *Page }

// Layout gives the page all there is.
func (f fitTools) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	words := [2]string{}
	if size.Width >= roomForWords {
		words = [2]string{lang.L("New"), lang.L("Add files")}
	}
	f.page.makeFolder.SetText(words[0])
	f.page.addFiles.SetText(words[1])
	objects[0].Resize(size)
	f.page.way.showEnd()
}

// MinSize is that of the page.
func (fitTools) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// card is the ground of the list.
func (p *Page) card() fyne.CanvasObject {
	p.frame = widgets.Edges(p.top, nil, nil, nil, p.body)
	return widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 12, Right: 8, Bottom: 8, Left: 8}, p.frame)
}

// sortMenu offers the ways to sort.
func (p *Page) sortMenu(button fyne.CanvasObject) {
	var items []*fyne.MenuItem
	for i, word := range sortingWords() {
		item := fyne.NewMenuItem(word, func() { p.sortBy(sortings[i]) })
		item.Checked = sortings[i] == sortOf(p.look)
		items = append(items, item)
	}
	turned := fyne.NewMenuItem(lang.L("Turn the order around"), func() { p.sortBy(sortOf(p.look)) })
	turned.Checked = p.look.Down
	items = append(items, fyne.NewMenuItemSeparator(), turned)
	widgets.ShowMenu(p.host.Canvas(), below(button), items...)
}

// below is the place under a button where its menu opens.
func below(button fyne.CanvasObject) fyne.Position {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(button)
	return at.AddXY(button.Size().Width-widgets.MenuWidth, button.Size().Height+4)
}

// sortBy sorts by another column, or the other way around.
func (p *Page) sortBy(by string) {
	if by == "" {
		return
	}
	p.look = sorted(p.look, by)
	p.dress()
	p.arrange()
}

// dress shows list or grid, and by what it is sorted, and keeps that.
func (p *Page) dress() {
	look := p.look
	icon := "grid"
	if look.Grid {
		icon = "list"
	}
	p.asGrid.SetIcon(icon)
	p.head.Mark(map[string]int{app.ByName: 0, app.ByChanged: 2, app.BySize: 3}[sortOf(look)], !look.Down, sortOf(look) != app.ByKind)
	p.top.Objects = nil
	if !look.Grid {
		p.top.Objects = []fyne.CanvasObject{widgets.Pad(widgets.Insets{Bottom: 6}, p.head)}
	}
	p.frame.Refresh()
	p.list.SetGrid(look.Grid)
	page.Do(p.tasks, func(ctx context.Context) error { return p.backend.SetDriveLook(look) }, p.host.Fail)
}

// pathBar is the way to the folder. What is dragged onto a part of it is moved
// there.
type pathBar struct {
	page   *Page
	parts  []*widgets.Link
	way    []crumb
	object *container.Scroll
}

// showEnd shows the folder itself where the way to it is longer than its room.
func (b *pathBar) showEnd() {
	if over := b.object.Content.MinSize().Width - b.object.Size().Width; over > 0 {
		b.object.ScrollToOffset(fyne.NewPos(over, 0))
	}
}

func newPathBar(p *Page) *pathBar {
	b := &pathBar{page: p, way: crumbs(p.folder)}
	row := widgets.Row(0)
	for i, c := range b.way {
		if i == len(b.way)-1 {
			row.Add(widgets.NewText(c.name, widgets.Heading))
			break
		}
		link := widgets.NewLink(c.name, func() { p.enter(c.path) })
		b.parts = append(b.parts, link)
		row.Add(link)
		row.Add(widgets.NewText(" / ", widgets.Second.At(theme.NameText)))
	}
	b.object = container.NewHScroll(row)
	return b
}

// outside is told where what is picked is dragged, or dropped, outside of the
// list.
func (b *pathBar) outside(at fyne.Position, drop bool) {
	for i, link := range b.parts {
		over := !drop && within(link, at)
		link.Light(over && mayDrop(b.page.picked(), b.way[i].path))
		if drop && within(link, at) && mayDrop(b.page.picked(), b.way[i].path) {
			b.page.move(b.page.picked(), b.way[i].path)
		}
	}
}

// within tells whether a place of the window lies on an object.
func within(o fyne.CanvasObject, at fyne.Position) bool {
	from := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	size := o.Size()
	return at.X >= from.X && at.Y >= from.Y && at.X < from.X+size.Width && at.Y < from.Y+size.Height
}
