package watch

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func (p *Page) gather(ctx context.Context) (library, error) {
	p.player.Settle()
	return gather(ctx, p.backend)
}

// shape is the page before its videos are known.
func (p *Page) shape() fyne.CanvasObject {
	return p.column(newShelf(lang.L("Recently added"), make([]tile, mostTiles), func(tile) {}, nil))
}

// shelved is what to go on with, what is new, and what came by links.
func (p *Page) shelved() fyne.CanvasObject {
	now := p.host.Now()
	add := func(heading string, tiles []tile) {
		if len(tiles) > 0 {
			p.shelves = append(p.shelves, newShelf(heading, tiles, func(t tile) { p.openTile(tiles, t) }, p.offer))
		}
	}
	add(lang.L("Continue watching"), p.library.continued())
	add(lang.L("Recently added"), p.library.recent(now))
	add(lang.L("From links"), p.library.fromLinks(now))
	if len(p.shelves) == 0 {
		return p.listVideos() // there is only something to hear
	}
	var cards []*card
	for _, s := range p.shelves {
		cards = append(cards, s.cards...)
	}
	p.pictures.fill(cards)
	return p.column(p.shelves...)
}

// column puts shelves below each other; a ring around a card needs room at the
// edge.
func (p *Page) column(shelves ...*shelf) fyne.CanvasObject {
	all := widgets.Column(theme.Around)
	for _, s := range shelves {
		all.Add(s.object)
	}
	return container.NewVScroll(widgets.Pad(widgets.Insets{Top: ring, Right: ring, Bottom: theme.Around, Left: ring}, all))
}

// openTile plays a video of a shelf. What follows are the others of the drive:
// one link says nothing about another.
func (p *Page) openTile(tiles []tile, t tile) {
	if t.entry.Path != "" {
		var list []app.Entry
		for _, each := range tiles {
			if each.entry.Path != "" {
				list = append(list, each.entry)
			}
		}
		p.player.Follow(items(list))
	}
	p.open(t.what)
}

// offer shows what else may be done with a video.
func (p *Page) offer(t tile, at fyne.Position) {
	widgets.ShowMenu(p.host.Canvas(), at, p.choices(t)...)
}

func (p *Page) choices(t tile) []*fyne.MenuItem {
	list := []*fyne.MenuItem{fyne.NewMenuItem(lang.L("Play"), func() { p.open(t.what) })}
	if place, left := p.library.places[t.what]; left {
		list = append(list, fyne.NewMenuItem(lang.L("Do not continue"), func() {
			p.change(func(ctx context.Context) error { return p.backend.NoteWatched(ctx, t.what, 0, place.Length, true) })
		}))
	}
	if t.entry.Path == "" {
		return append(list, fyne.NewMenuItem(lang.L("Remove from this list"), func() { p.forget(t.what) }))
	}
	return append(list, fyne.NewMenuItem(lang.L("Show in the drive"), func() {
		p.host.Go(page.Route{Page: page.Drive, Arg: folderOf(t.what)})
	}))
}

// folderOf is the folder that something of the drive lies in, empty for the top.
func folderOf(p string) string {
	if i := strings.LastIndexByte(p, '/'); i >= 0 {
		return p[:i]
	}
	return ""
}

func (p *Page) forget(what string) {
	p.change(func(ctx context.Context) error { return p.backend.ForgetOpened(ctx, what) })
}

// change does something, also when the page is left meanwhile, and looks again.
func (p *Page) change(do func(ctx context.Context) error) {
	page.Do(p.host.Tasks, do, func(err error) {
		p.host.Fail(err)
		p.reload()
	})
}

// listVideos are all videos of the drive.
func (p *Page) listVideos() fyne.CanvasObject {
	videos := p.library.videos
	if len(videos) == 0 {
		return p.teach()
	}
	rows := make([]widgets.FileView, len(videos))
	for i, e := range videos {
		rows[i] = row(e, p.host.Now())
	}
	p.list.SetRows(rows)
	p.list.OnOpen = func(i int) {
		p.player.Follow(items(videos))
		p.open(videos[i].Path)
	}
	p.list.OnMenu = func(i int, at fyne.Position) { p.offer(tile{what: videos[i].Path, entry: videos[i]}, at) }
	var note fyne.CanvasObject
	if !p.library.complete {
		note = widgets.Pad(widgets.Even(8), widgets.NewText(lang.L("Your drive has more videos than are listed here. Open them from their folders."), widgets.Small))
	}
	header := widgets.NewFilesHead([4]string{lang.L("Video"), lang.L("Status"), lang.L("Changed"), lang.L("Size")})
	return listed(header, note, p.list)
}

// listLinks are all videos that were opened by links.
func (p *Page) listLinks() fyne.CanvasObject {
	links := p.library.links
	if len(links) == 0 {
		return widgets.NewEmpty("link", lang.L("Nothing was opened by a link yet"),
			lang.L("Paste a link or the address of a video above. What you opened is listed here, on this computer only, until you remove it."), nil)
	}
	rows := make([]widgets.FileView, len(links))
	for i, l := range links {
		rows[i] = linkRow(l, p.host.Now())
	}
	p.list.SetRows(rows)
	p.list.OnOpen = func(i int) { p.open(links[i].What) }
	p.list.OnMenu = func(i int, at fyne.Position) { p.offer(tile{what: links[i].What}, at) }
	return listed(widgets.NewFilesHead([4]string{lang.L("Video"), "", lang.L("Opened"), lang.L("Length")}), nil, p.list)
}

// listed is a list below its header on a card.
func listed(header, note, list fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 15, Right: 8, Bottom: 8, Left: 8},
		widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 6}, header), note, nil, nil, list))
}

// teach says how videos come here.
func (p *Page) teach() fyne.CanvasObject {
	drive := widgets.NewButton(widgets.Secondary, lang.L("Go to my drive"), "folder", func() { p.host.Go(page.Route{Page: page.Drive}) })
	return widgets.NewEmpty("film", lang.L("No videos yet"),
		lang.L("Videos that you add to your drive are shown here and play at once, without being downloaded first. Or paste a link above, or drop a video here."), drive)
}
