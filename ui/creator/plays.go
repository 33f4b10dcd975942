package creator

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/drive"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const (
	panelWidth  float32 = 300
	panelInner  float32 = panelWidth - 46
	panelFrom   float32 = 760 // the width from which the panel stands beside the list
	chartHeight float32 = 64
)

// success is what came of all that was published.
type success struct {
	plays app.Plays
	money *app.CreatorRewards // nil on a network that pays nothing for content
}

func readSuccess(ctx context.Context, b Backend) (s success, err error) {
	if s.plays, err = b.Plays(ctx); err != nil {
		return s, err
	}
	money, err := b.CreatorRewards(ctx)
	if errors.Is(err, app.ErrNoCreators) {
		return s, nil
	}
	s.money = &money
	return s, err
}

// showPlays shows how often files were played, or why that is not known.
func (p *Page) showPlays(s success, err error) {
	if p.view != playsView {
		return
	}
	p.success = s
	switch {
	case err != nil:
		p.put(nil, widgets.NewTrouble(err, p.reload))
	case !s.plays.Published:
		p.put(nil, widgets.NewEmpty("chart", lang.L("This network does not publish plays"),
			lang.L("How often files are watched, and where people leave, is known on networks that count it, such as the practice network."), nil))
	case len(s.plays.Items) == 0:
		p.put(nil, widgets.NewEmpty("film", lang.L("Nothing is published yet"),
			lang.L("Share a file of your drive or publish a video. How often it is played is shown here; who plays it is not."), nil))
	default:
		p.put(p.playsHead(s), p.playsBody(s), p.playsActions(s)...)
	}
}

func (p *Page) playsActions(s success) []fyne.CanvasObject {
	all := []fyne.CanvasObject{widgets.NewButton(widgets.Secondary, lang.L("Save as a table"), "arrow-down", p.askTable)}
	if s.money == nil {
		return all // nothing was paid that could be proved
	}
	return append(all, widgets.NewButton(widgets.Secondary, lang.L("Prove it"), "check", p.prove))
}

func (p *Page) playsHead(s success) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, len(playCards(s)))
	for _, c := range playCards(s) {
		objects = append(objects, figure(c.label, c.figure, c.unit, c.detail))
	}
	return widgets.NewMetrics(objects...)
}

// playsBody is the list of what was published with a panel about the one that is
// chosen, at first the most played.
func (p *Page) playsBody(s success) fyne.CanvasObject {
	columns := []widgets.TableColumn{
		{Title: lang.L("Plays"), Width: 70, Trailing: true},
		{Title: lang.L("To the end"), Width: 90, Trailing: true, From: 430},
		{Title: lang.L("Traffic"), Width: 90, Trailing: true, From: 520},
		{Title: lang.L("Earned (STOS)"), Width: 110, Trailing: true, From: 640},
	}
	rows := make([]widgets.TableRow, len(s.plays.Items))
	for i, it := range s.plays.Items {
		rows[i] = playRow(it)
	}
	panel := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 18, Right: 6, Bottom: 18, Left: 16}, p.playsPanel(s.plays.Items[0]))
	list := widgets.NewTable(columns)
	list.SetRows(rows)
	list.OnSelected = func(i int) {
		if i >= 0 {
			panel.SetContent(p.playsPanel(s.plays.Items[i]))
		}
	}
	card := widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Insets{Top: 14, Right: 8, Bottom: 8, Left: 8},
		widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 4}, widgets.NewTableHead(lang.L("Name"), columns, -1, false)), nil, nil, nil, list))
	return widgets.Beside(card, panel, panelWidth, panelFrom, func() bool { return true })
}

// playsPanel is what is known of one thing.
func (p *Page) playsPanel(it app.ItemPlays) fyne.CanvasObject {
	column := widgets.Column(12, p.poster(it), widgets.NewParagraph(it.Name, widgets.Heading, panelInner))
	if words := adviceWords(it); words != "" {
		column.Add(widgets.NewNotice(words, widgets.Active, panelInner))
	}
	if len(it.Retention) > 1 {
		column.Add(widgets.NewText(lang.L("Still there, from beginning to end"), widgets.Second))
		column.Add(widgets.NewChart(it.Retention, chartHeight))
		column.Add(widgets.NewKeyValue(lang.L("In the middle"), say.Percent(100*it.Retention[len(it.Retention)/2])))
		column.Add(widgets.NewKeyValue(lang.L("At the end"), say.Percent(100*it.Retention[len(it.Retention)-1])))
	}
	if days := daily(it.Days, p.host.Now()); len(days) > 1 {
		column.Add(widgets.NewText(lang.L("Plays by day, the last month"), widgets.Second))
		column.Add(widgets.NewChart(days, chartHeight))
	}
	for _, f := range moneyFacts(it.Money) {
		column.Add(widgets.NewKeyValue(f.label, f.value))
	}
	if it.Payers > 0 {
		column.Add(widgets.NewKeyValue(lang.L("Paid for by"), walletsWord(it.Payers)))
	}
	for _, l := range it.Links {
		column.Add(widgets.NewKeyValue(linkWord(l), say.Count(int(l.Plays))))
	}
	return widgets.NewPanel(column, widgets.NewParagraph(lang.L("Nobody who watched is named anywhere."), widgets.Small, panelInner))
}

func (p *Page) reloadPlays() {
	page.Run(p.tasks, func(ctx context.Context) (success, error) { return readSuccess(ctx, p.backend) }, p.showPlays)
}

// poster is where the picture of a thing comes once it is read; it takes no
// room where there is none.
func (p *Page) poster(it app.ItemPlays) fyne.CanvasObject {
	place := container.NewStack()
	place.Hide()
	page.Run(p.tasks, func(ctx context.Context) ([]byte, error) { return posterOf(ctx, p.backend, it) }, func(raw []byte, err error) {
		if err != nil || len(raw) == 0 {
			return // a convenience
		}
		place.Objects = []fyne.CanvasObject{widgets.Sized(panelInner, panelInner*9/16, drive.Poster(raw))}
		place.Show()
		p.object.Refresh()
	})
	return place
}

// posterOf reads the picture of a thing, by the first of its links that has one.
func posterOf(ctx context.Context, b Backend, it app.ItemPlays) ([]byte, error) {
	for _, l := range it.Links {
		if raw, err := b.Poster(ctx, l.Link); err != nil || len(raw) > 0 {
			return raw, err
		}
	}
	return nil, nil
}

// askTable asks where to save the counts of each day, and saves them.
func (p *Page) askTable() {
	picker.Save(p.host, lang.L("Save as a table"), p.host.Home(), tableName, p.saveTable)
}

// tableName is what a table is called at first.
const tableName = "plays.csv"

// saveTable goes on when the page is left.
func (p *Page) saveTable(path string) {
	plays := p.success.plays
	page.Do(p.host.Tasks, func(context.Context) error { return picker.Write(path, plays.WriteTable) }, func(err error) {
		p.host.Fail(err)
		if err == nil {
			p.host.Say(lang.L("Saved as {{.Name}}", map[string]any{"Name": filepath.Base(path)}))
		}
	})
}
