package settings

import (
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// fromWords say of when a version is, and how much there is to fetch.
func (s *updateSheet) fromWords() string {
	values := map[string]any{"Date": say.Day(s.offer.Date, s.p.host.Now()), "Size": say.Size(s.offer.Size)}
	if comes(&s.offer) && s.offer.Path == "" {
		return lang.L("From {{.Date}}. {{.Size}} to fetch.", values)
	}
	return lang.L("From {{.Date}}.", values)
}

// showNews says what is new in a version, as its makers wrote it.
func (p *Page) showNews(o app.UpdateOffer) *updateSheet {
	s := p.newUpdateSheet(o)
	notes := strings.TrimSpace(o.Notes)
	if notes == "" {
		notes = lang.L("Its makers wrote nothing about it.")
	}
	column := widgets.Column(6)
	for text := range strings.SplitSeq(notes, "\n") {
		column.Add(widgets.NewParagraph(text, widgets.Body, newsWidth-24))
	}
	buttons := []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Close"), "", s.dialog.Close)}
	if comes(&o) {
		buttons = append(buttons, widgets.NewButton(widgets.Primary, updateTo(&o), "", func() {
			s.dialog.Close()
			p.update(o)
		}))
	}
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("What is new in {{.Version}}", s.named()), Text: s.fromWords(),
		Body: widgets.Sized(newsWidth, newsHeight, container.NewVScroll(column)), Buttons: buttons,
	})
	return s
}
