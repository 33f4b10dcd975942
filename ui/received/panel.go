package received

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// showPanel says what is chosen, and what can be done with it.
func (p *Page) showPanel() {
	t := p.chosen()
	width := panelInner
	if p.info.Kind != app.LinkToFolder {
		width = aloneWidth - 2*panelPad - 8
	}
	column := widgets.Column(8,
		container.NewCenter(widgets.NewTile(t.icon, theme.Accent, theme.Soft, 56)),
		widgets.Gap(0, 2),
		widgets.NewParagraph(t.name, widgets.Heading, width).Align(fyne.TextAlignCenter),
		widgets.NewParagraph(t.about, widgets.Small, width).Align(fyne.TextAlignCenter),
		widgets.Gap(0, 0),
	)
	for _, f := range t.facts {
		column.Add(widgets.NewKeyValue(f.label, f.value))
	}
	if t.short {
		column.Add(widgets.NewNotice(shortText(t), widgets.Warn, width))
		column.Add(widgets.NewButton(widgets.Primary, ozoneButton(p.practice), "lightning", func() { p.getOzone(t.noz) }))
	}
	column.Add(widgets.Gap(0, 2))
	if p.getting != nil && p.getting.running() {
		column.Add(p.getting.object(width))
	} else {
		p.addButtons(column, t)
	}
	p.panel.SetContent(column)
	p.body.Refresh() // the panel is taller or shorter
}

func ozoneButton(practice bool) string {
	if practice {
		return lang.L("Get ozone for free")
	}
	return lang.L("Buy enough ozone")
}

// addButtons adds what can be done with a thing, the usual first.
func (p *Page) addButtons(column *fyne.Container, t thing) {
	kind := widgets.Primary
	if t.short {
		kind = widgets.Secondary
	}
	if p.getting != nil && p.getting.failed != nil {
		kind = widgets.Secondary
		column.Add(p.getting.stopped())
	}
	add := func(text, icon string, do func()) {
		column.Add(widgets.NewButton(kind, text, icon, do))
		kind = widgets.Secondary
	}
	if t.play {
		add(lang.L("Play"), "play", func() { p.host.Go(page.Route{Page: page.Play, Arg: t.link}) })
	}
	if t.open {
		add(lang.L("Open"), t.icon, func() { p.openFile(t) })
	}
	if p.info.Kind == app.LinkToVideo { // a stream plays and is no file
		return
	}
	add(saveWord(t), "download", func() { p.saveToDrive(t) })
	add(lang.L("Save to this computer"), "computer", func() { p.askWhere(t) })
}

func saveWord(t thing) string {
	if t.folder {
		return lang.L("Save all to my drive")
	}
	return lang.L("Save to my drive")
}

// object shows how far something is, and how to stop it.
func (g *getting) object(width float32) fyne.CanvasObject {
	return widgets.Column(8,
		widgets.NewParagraph(g.words, widgets.Second, width), g.bar, g.count,
		widgets.NewButton(widgets.Secondary, lang.L("Stop"), "close", g.cancel))
}

// stopped says why something was not fetched whole, with the way to go on.
func (g *getting) stopped() fyne.CanvasObject {
	return widgets.Column(8,
		widgets.NewNotice(g.why(), widgets.Warn, panelInner),
		widgets.NewButton(widgets.Primary, lang.L("Go on"), "download", g.again))
}

// amount says how much of something is here.
func amount(done, total int64) string {
	return lang.L("{{.Done}} of {{.Total}}", map[string]any{"Done": say.Size(done), "Total": say.Size(total)})
}
