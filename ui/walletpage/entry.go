package walletpage

import (
	"context"
	"io"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// showEntry shows all that is known of an entry.
func (p *Page) showEntry(h app.HistoryEntry) {
	if p.host.Canvas().Overlays().Top() != nil {
		return // it is shown already
	}
	e, d := entryOf(h, p.wallet, p.names, p.host.Now()), widgets.NewDialog(p.host.Canvas())
	word, tone := stateWords(h.State)
	facts := widgets.Column(10, widgets.NewKeyValueOf(lang.L("State"), widgets.Row(0, widgets.Spring(), widgets.NewPill(word, tone))),
		widgets.NewKeyValue(lang.L("When"), say.Moment(h.Time, p.host.Now())))
	if h.With != "" {
		facts.Add(widgets.Edges(nil, nil, widgets.NewText(side(h), widgets.Second),
			widgets.NewParagraph(say.Groups(h.With), widgets.Code, 260).Align(fyne.TextAlignTrailing), nil))
	}
	if h.Memo != "" {
		facts.Add(widgets.Edges(nil, nil, widgets.NewText(lang.L("Note"), widgets.Second),
			widgets.NewParagraph(h.Memo, widgets.Body, 280).Align(fyne.TextAlignTrailing), nil))
	}
	if !h.Fee.IsZero() {
		facts.Add(widgets.NewKeyValue(lang.L("Network fee"), say.Fee(h.Fee)))
	}
	body := widgets.Column(14)
	if e.amount != "" {
		body.Add(widgets.NewText(e.amount, widgets.Figure))
	}
	body.Add(widgets.NewBox(theme.Background, theme.Line, theme.CardRadius, widgets.Insets{Top: 14, Right: 16, Bottom: 14, Left: 16}, facts))
	d.Present(widgets.Sheet{Title: e.title, Body: body, Buttons: p.entryButtons(d, h)})
}

// side says which end of a payment the other address is.
func side(h app.HistoryEntry) string {
	switch {
	case h.Kind == "other":
		return lang.L("With")
	case h.Incoming:
		return lang.L("From")
	}
	return lang.L("To")
}

// entryButtons are what can be done with an entry.
func (p *Page) entryButtons(d *widgets.Dialog, h app.HistoryEntry) []*widgets.Button {
	var buttons []*widgets.Button
	if own := h.With == p.wallet.Storage || h.With == p.wallet.Publish; h.With != "" && !own && knows(p.people, h.With) == nil {
		buttons = append(buttons, widgets.NewButton(widgets.Secondary, lang.L("Save the address"), "book", func() {
			d.Close()
			p.editPerson(app.Contact{Address: h.With}, p.changedPeople)
		}))
	}
	if h.Hash != "" {
		reference := widgets.NewButton(widgets.Secondary, lang.L("Copy reference"), "copy", nil)
		reference.OnTapped = func() {
			p.host.Copy(h.Hash)
			reference.SetText(lang.L("Copied"))
		}
		buttons = append(buttons, reference)
	}
	return append(buttons, widgets.NewButton(widgets.Primary, lang.L("Close"), "", d.Close))
}

// changedPeople shows new names.
func (p *Page) changedPeople() {
	p.readPeople()
	p.past.show()
}

// exportMenu offers the ways to save the history.
func (h *past) exportMenu() {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(h.export).AddXY(0, h.export.Size().Height+4)
	widgets.ShowMenu(h.page.host.Canvas(), at, h.exportItems()...)
}

func (h *past) exportItems() []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("Save for spreadsheets (CSV)"), func() { h.exportTo("csv") }),
		fyne.NewMenuItem(lang.L("Save for programs (JSON)"), func() { h.exportTo("json") }),
	}
}

// exportTo asks where to save the history in a format, and saves it.
func (h *past) exportTo(format string) {
	host, title := h.page.host, lang.L("Save the history")
	if h.query.Text != "" || h.query.Kind != "" {
		title = lang.L("Save what was found")
	}
	picker.Save(host, title, host.Home(), exportName(format, host.Now()), func(path string) { h.write(format, path) })
}

// write writes all that the search finds into a file, beside the UI goroutine; it goes
// on when the page is left.
func (h *past) write(format, path string) {
	host, wanted := h.page.host, app.HistoryQuery{Text: h.query.Text, Kind: h.query.Kind}
	page.Do(host.Tasks, func(ctx context.Context) error {
		return picker.Write(path, func(w io.Writer) error { return h.page.backend.ExportHistory(ctx, wanted, format, w) })
	}, func(err error) {
		host.Fail(err)
		if err == nil {
			host.Say(lang.L("Saved as {{.Name}}", map[string]any{"Name": filepath.Base(path)}))
		}
	})
}
