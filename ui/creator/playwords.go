package creator

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// playCard is a number that matters.
type playCard struct{ label, figure, unit, detail string }

func playCards(s success) []playCard {
	t := s.plays.Total
	cards := []playCard{
		{lang.L("Plays"), say.Count(int(t.Plays)), "", lang.L("{{.Count}} to the end, {{.Size}} of traffic", map[string]any{"Count": say.Count(int(t.Ends)), "Size": say.Size(t.Bytes)})},
		{lang.L("Earned by plays"), lang.L("nothing"), "", lang.L("not on this network")},
		netCard(s.plays.Money),
		{lang.L("Next 30 days"), "…", "", lang.L("known after three days")},
	}
	if s.money != nil {
		maturing := stratos.Amount{}
		for _, a := range s.money.Accounts {
			maturing = maturing.Add(a.Maturing)
		}
		cards[1].figure, cards[1].unit = say.Figure(s.money.Earned), "STOS"
		cards[1].detail = lang.L("{{.Amount}} STOS still to come", map[string]any{"Amount": say.Figure(maturing)})
	}
	if f := s.plays.Forecast; f != nil {
		cards[3].figure, cards[3].unit = say.Count(int(f.Plays.Likely)), lang.L("plays")
		cards[3].detail = lang.L("{{.Low}} to {{.High}}, if it goes on so", map[string]any{"Low": say.Count(int(f.Plays.Low)), "High": say.Count(int(f.Plays.High))})
	}
	return cards
}

// netCard is what is left of what plays earned.
func netCard(m *app.PlaysMoney) playCard {
	c := playCard{lang.L("Left after costs"), "…", "", ""}
	if m != nil {
		c.figure, c.unit = netFigure(*m), "STOS"
		c.detail = lang.L("storing took about {{.Amount}}", map[string]any{"Amount": say.Fee(m.Cost)})
	}
	return c
}

// netFigure is what is left, with its sign where it is less than nothing.
func netFigure(m app.PlaysMoney) string {
	left, loses := m.Loses()
	if loses {
		return "−" + say.Figure(left)
	}
	return say.Figure(left)
}

// moneyFacts are what a thing earned and took.
func moneyFacts(m *app.PlaysMoney) []proofFact {
	if m == nil {
		return nil
	}
	return []proofFact{
		{lang.L("Earned by plays"), say.Figure(m.Earned) + " STOS"}, {lang.L("Storing took about"), say.Fee(m.Cost)}, {lang.L("Left after costs"), netFigure(*m) + " STOS"},
	}
}

// playRow is a thing that was published in words.
func playRow(it app.ItemPlays) widgets.TableRow {
	r := widgets.TableRow{Icon: "file", IconTone: widgets.Active, Name: it.Name, Second: lang.L("Private"), Cells: []widgets.TableCell{
		{Text: say.Count(int(it.Plays))}, {Text: say.Count(int(it.Ends))}, {Text: say.Size(it.Bytes)}, {},
	}}
	if it.Money != nil {
		r.Cells[3].Text = say.Figure(it.Money.Earned)
	}
	if it.Public {
		r.Second = lang.L("Public")
	}
	if it.Seconds > 0 || app.IsVideo(it.Name) {
		r.Icon = "film"
	}
	return r
}

// adviceWords is the one thing that is most worth doing, in a sentence.
func adviceWords(it app.ItemPlays) string {
	switch it.Advice {
	case app.AdviceShare:
		return lang.L("Nobody has played it yet: send its link to people who may like it.")
	case app.AdviceBeginning:
		return lang.L("Many leave near the beginning: start with what people came for.")
	case app.AdviceMiddle:
		return lang.L("Many leave at about {{.Place}} of it: look what happens there.", map[string]any{"Place": say.Percent(100 * it.At)})
	case app.AdviceMore:
		return lang.L("Most see it to the end: they may want more of it.")
	case app.AdviceRevive:
		return lang.L("It was not played for two weeks: show its link again.")
	}
	return ""
}

// monthDays are the days that a chart shows.
const monthDays = 30

// daily are the plays of each of the last days, today last; empty where nothing
// was played on any of them.
func daily(days []app.DayCount, now time.Time) []float64 {
	today := now.UTC().Truncate(24 * time.Hour)
	values, any := make([]float64, monthDays), false
	for _, d := range days {
		if ago := int(today.Sub(d.Day) / (24 * time.Hour)); ago >= 0 && ago < monthDays {
			values[monthDays-1-ago] += float64(d.Plays)
			any = any || d.Plays > 0
		}
	}
	if !any {
		return nil
	}
	return values
}

func walletsWord(payers int64) string {
	if payers == 1 {
		return lang.L("one wallet")
	}
	return lang.L("{{.Count}} wallets", map[string]any{"Count": say.Count(int(payers))})
}

// linkWord names a link by what can be done with it.
func linkWord(l app.LinkPlays) string {
	if l.State.Works() {
		return lang.L("By a link that works")
	}
	return lang.L("By a link that has ended")
}
