package walletpage

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

// perPage is how many entries are read at a time.
const perPage = 100

// past is the card of the history. It is read in parts, as far as one
// scrolls.
type past struct {
	page *Page

	query   app.HistoryQuery
	entries []app.HistoryEntry // read so far
	first   []app.HistoryEntry // the newest of all, whatever is searched for
	total   int
	stop    func() // ends the question before: its answer is not wanted any more
	reading bool

	search *widgets.Field
	filter *widgets.Select
	export *widgets.Button
	table  *widgets.Table
	about  *widgets.Text
	body   *fyne.Container
	object fyne.CanvasObject
}

func newPast(p *Page) *past {
	h := &past{page: p, body: container.NewStack(), query: app.HistoryQuery{Limit: perPage}, stop: func() {}}
	h.search = widgets.NewField(lang.L("Search"), "search")
	h.search.OnChanged = func(text string) { h.query.Text = text; h.ask() }
	filters := kindFilters()
	words := make([]string, len(filters))
	for i, f := range filters {
		words[i] = f.word
	}
	h.filter = widgets.NewSelect(words, 0, func(i int) { h.query.Kind = filters[i].id; h.ask() })
	h.export = widgets.NewButton(widgets.Secondary, "", "download", h.exportMenu)
	h.table = widgets.NewTable([]widgets.TableColumn{
		{Width: 150, Trailing: true}, {Width: 100, Trailing: true, From: 520},
	})
	h.table.OnNearEnd = h.more
	h.table.OnTapped = func(i int) { p.showEntry(h.entries[i]) }
	h.table.OnOpen = func(i int) { p.showEntry(h.entries[i]) }
	h.about = widgets.NewCutText("", widgets.Small)
	head := widgets.Edges(nil, nil, widgets.NewText(lang.L("Recent"), widgets.Heading),
		widgets.Row(8, widgets.Sized(150, 0, h.search), h.filter, h.export), nil)
	h.object = widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 14, Right: 8, Bottom: 8, Left: 8},
		widgets.Edges(widgets.Pad(widgets.Insets{Right: 8, Bottom: 8, Left: 12}, head),
			widgets.Pad(widgets.Insets{Left: 12}, h.about), nil, nil, h.body))
	return h
}

// reload reads the newest entries again, as many as were read before.
func (h *past) reload() {
	q := h.query
	q.Offset, q.Limit = 0, max(perPage, len(h.entries))
	h.run(q, func(found app.HistoryPage) { h.entries = found.Entries })
}

// ask reads the newest entries of another question.
func (h *past) ask() {
	h.run(h.query, func(found app.HistoryPage) {
		h.entries = found.Entries
		h.table.Select(-1)
		h.table.ScrollToTop()
	})
}

// more reads the entries after those that were read, while there are some.
func (h *past) more() {
	if h.reading || len(h.entries) >= h.total {
		return
	}
	q := h.query
	q.Offset = len(h.entries)
	h.run(q, func(found app.HistoryPage) { h.entries = append(h.entries, found.Entries...) })
}

func (h *past) run(q app.HistoryQuery, take func(app.HistoryPage)) {
	h.stop()
	var tasks *page.Tasks
	tasks, h.stop = h.page.tasks.Scope()
	h.reading = true
	page.Run(tasks, func(ctx context.Context) (app.HistoryPage, error) {
		return h.page.backend.SearchHistory(ctx, q)
	}, func(found app.HistoryPage, err error) {
		h.reading = false
		if err != nil {
			h.failed(err)
			return
		}
		take(found)
		h.total = found.Total
		if len(found.Entries) == 0 && q.Offset > 0 {
			h.total = len(h.entries) // there is no more than that
		}
		if q.Offset == 0 { // only the first part says how much is known
			h.about.SetText(aboutHistory(found))
		}
		if q.Text == "" && q.Kind == "" && q.Offset == 0 {
			h.keep(found.Entries)
		}
		h.show()
	})
}

// keep remembers the newest entries for the course of the money.
func (h *past) keep(entries []app.HistoryEntry) {
	h.first = entries
	if h.page.known {
		h.page.show()
	}
}

func (h *past) failed(err error) {
	if len(h.entries) > 0 {
		h.page.host.Fail(err)
		return
	}
	h.put(widgets.NewTrouble(err, h.page.reload))
}

// show shows what was read.
func (h *past) show() {
	h.export.SetEnabled(len(h.first) > 0)
	switch {
	case len(h.entries) > 0:
		h.showRows()
		h.put(h.table)
	case h.query.Text == "" && h.query.Kind == "":
		h.put(widgets.NewEmpty("activity", lang.L("Nothing has moved yet"), lang.L("Payments you send and receive are listed here."), nil))
	default:
		h.put(widgets.NewEmpty("search", lang.L("Nothing found"), lang.L("Search for a name, an address, a note or an amount."), nil))
	}
}

// showRows puts the entries into words, with the names that are known now.
func (h *past) showRows() {
	rows := make([]widgets.TableRow, len(h.entries))
	for i, e := range h.entries {
		rows[i] = entryOf(e, h.page.wallet, h.page.names, h.page.host.Now()).row()
	}
	h.table.SetRows(rows)
}

func (h *past) put(o fyne.CanvasObject) {
	if len(h.body.Objects) == 1 && h.body.Objects[0] == o {
		return
	}
	h.body.Objects = []fyne.CanvasObject{o}
	h.body.Refresh()
}
