package creator

import (
	"context"
	"image"
	"path"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// mostPosters is how many posters are read for a list: those that were not seen
// before take ozone.
const mostPosters = 60

// posterChoice lets a creator choose a picture of his drive.
type posterChoice struct {
	path   string // in the drive; empty: none was chosen
	button *widgets.Button
	object fyne.CanvasObject
}

func (p *Page) newPosterChoice() *posterChoice {
	c := &posterChoice{}
	c.button = widgets.NewButton(widgets.Secondary, lang.L("Choose a picture"), "file", func() {
		picker.File(p.host, lang.L("Choose a picture"), p.backend.Folder(), func(name string) { p.chosePoster(c, name) })
	})
	c.object = widgets.Labelled(lang.L("Poster"), c.button)
	return c
}

// chosePoster takes a file as the poster, if it is a picture of the drive.
func (p *Page) chosePoster(c *posterChoice, name string) {
	in, ok := inDrive(p.backend.Folder(), name)
	switch {
	case !ok:
		p.host.Say(lang.L("Choose a file of your drive. Others can be put there first."))
	case app.ViewKindOf(in) != app.Picture:
		p.host.Say(lang.L("A poster is a picture, for example a .jpg or .png file."))
	default:
		c.path = in
		c.button.SetText(path.Base(in))
	}
}

// readPosters reads the posters of items, one after the other, and shows each
// as it comes. One that cannot be read leaves the icon.
func (p *Page) readPosters(items []app.ChannelItem, most int) {
	for i, item := range items {
		if _, known := p.pictures[item.Poster]; known || item.Poster == "" || most == 0 {
			continue
		}
		page.Run(p.tasks, func(ctx context.Context) (image.Image, error) { return p.backend.ChannelPoster(ctx, item.Poster) }, func(m image.Image, err error) {
			if err != nil {
				m = nil
			}
			p.pictures[item.Poster] = m
			p.showPicture(item.Poster, m)
			p.readPosters(items[i+1:], most-1)
		})
		return
	}
}

// showPicture puts a poster into the rows that it is of.
func (p *Page) showPicture(link string, m image.Image) {
	if m == nil || p.list.Len() != len(p.listed) {
		return
	}
	rows := make([]widgets.FileView, len(p.listed))
	for i, item := range p.listed {
		if rows[i] = p.list.Row(i); item.Poster == link {
			rows[i].Picture = m
		}
	}
	p.list.SetRows(rows)
	if i := p.list.Selected(); i >= 0 && p.listed[i].Poster == link && p.list.OnSelected != nil {
		p.list.OnSelected(i)
	}
}

// withPanel lays a panel about the chosen item beside the list.
func (p *Page) withPanel(card fyne.CanvasObject) fyne.CanvasObject {
	panel := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 18, Right: 6, Bottom: 18, Left: 16}, nil)
	beside := widgets.Beside(card, panel, panelWidth, panelFrom, func() bool { return p.list.Selected() >= 0 })
	p.list.OnSelected = func(i int) {
		if i >= 0 {
			panel.SetContent(p.itemPanel(p.listed[i]))
		}
		beside.Refresh()
	}
	return beside
}

// itemPanel is what a creator says of an item.
func (p *Page) itemPanel(i app.ChannelItem) fyne.CanvasObject {
	column := widgets.Column(12)
	if m := p.pictures[i.Poster]; m != nil {
		column.Add(widgets.Sized(panelInner, panelInner*9/16, shownPoster(m)))
	}
	column.Add(widgets.NewParagraph(i.Title, widgets.Heading, panelInner))
	column.Add(widgets.NewParagraph(i.Channel, widgets.Second, panelInner))
	if i.Text != "" {
		column.Add(widgets.NewParagraph(i.Text, widgets.Body, panelInner))
	}
	return widgets.NewPanel(column, widgets.NewButton(widgets.Secondary, lang.L("Open"), "", func() { p.open(i) }))
}

func shownPoster(m image.Image) fyne.CanvasObject {
	shown := canvas.NewImageFromImage(m)
	shown.FillMode, shown.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	return container.NewStack(widgets.NewBox(theme.Thumb, theme.Clear, theme.ControlRadius, widgets.Insets{}, shown))
}
