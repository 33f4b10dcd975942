package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

var sampleColumns = []TableColumn{
	{Title: "State", Width: 110}, {Title: "Takes", Width: 70, Trailing: true, From: 520}, {Title: "Yours", Width: 110, Trailing: true},
}

func sampleTable(n int) *Table {
	table := NewTable(sampleColumns)
	rows := make([]TableRow, n)
	for i := range rows {
		rows[i] = TableRow{Icon: "chart", Name: fmt.Sprintf("Validator %d", i+1), Second: "stvaloper…", Cells: []TableCell{
			{Text: "Active", Pill: true, Tone: Good}, {Text: "5 %"}, {Text: "100 STOS", Name: true},
		}}
	}
	if n > 2 {
		rows[1] = TableRow{Icon: "warning", IconTone: Bad, Name: "One with a name that is far too long for its place in the table", Cells: []TableCell{
			{Text: "Jailed", Pill: true, Tone: Bad}, {Text: "10 %"}, {Text: "+ 12 STOS", Good: true},
		}}
		rows[2].Cells = []TableCell{{Text: "Waiting", Pill: true}} // fewer cells than columns
	}
	table.SetRows(rows)
	return table
}

func figures() fyne.CanvasObject {
	stat := func(label, figure, unit, detail string) *Stat {
		s := NewStat(label)
		s.Set(figure, unit, detail)
		return s
	}
	table := sampleTable(4)
	table.selected = 0
	head := NewTableHead("Name", sampleColumns, 3, true)
	head.OnSort = func(int, bool) {}
	meters := NewCard(Column(12, NewMeter("Yes", "62.1 %", 0.621, Good), NewMeter("No", "21 %", 0.21, Bad),
		NewMeter("Abstain", "0 %", 0, Neutral), NewMeter("Never more than all", "140 %", 1.4, Active)))
	off := NewSwitch(true, nil)
	off.SetEnabled(false)
	controls := Row(12, container.NewCenter(NewPillButton("Main account", nil)), NewSelect([]string{"Everything", "Sent", "Received"}, 1, nil), container.NewCenter(NewSwitch(true, nil)),
		container.NewCenter(NewSwitch(false, nil)), container.NewCenter(off))
	return ground(Column(16,
		NewBanner("Check that you wrote your words down.", Warn, NewButton(Secondary, "Check now", "", nil)),
		NewMetrics(stat("Staked", "300", "STOS", "with 3 validators"), stat("Rewards", "10.04", "STOS", "can be claimed"),
			stat("Pays a year", "8.2", "%", "as the chain pays now"), NewStat("Not read yet")),
		Edges(nil, nil, nil, Pad(Insets{Left: 16}, Sized(260, 0, meters)),
			NewCard(Edges(head, nil, nil, nil, Sized(0, 192, table)))),
		controls, Sized(0, 90, NewChart([]float64{1, 3, 2.5, 2.6, 6, 5, 9}, 90)),
	))
}

func TestFigures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		shots.Match(t, "figures-"+mode, shots.Window(t, figures(), 980, 660))
	})
}

func TestColumnsOfATableNeverCross(t *testing.T) {
	for width := float32(360); width < 1600; width += 7 {
		name, cells := spans(sampleColumns, nameAt, width)
		end := name.x + name.width
		for i, c := range cells {
			if c.width < 0 {
				continue
			}
			if c.x < end || c.x+c.width > width {
				t.Errorf("at %v column %d is at %v, the one before ends at %v", width, i, c, end)
			}
			end = c.x + c.width
		}
		if name.width < 20 || (cells[1].width < 0) != (width < 520) {
			t.Errorf("at %v the name has %v, columns %v", width, name, cells)
		}
	}
}

func TestTheEndOfATableAsksForMore(t *testing.T) {
	dressed(t)
	table, asked := NewTable(sampleColumns), 0
	table.OnNearEnd = func() { asked++ }
	rows := make([]TableRow, 1000)
	table.SetRows(rows)
	shots.Window(t, table, 700, 480)
	if asked != 0 {
		t.Fatal("asked for more at the beginning")
	}
	table.Select(999)
	if asked == 0 || table.Selected() != 999 || table.Len() != 1000 {
		t.Errorf("asked %d times at the end", asked)
	}
}

func TestTableRowsByPointer(t *testing.T) {
	dressed(t)
	table := sampleTable(5)
	shots.Window(t, table, 700, 480)
	menu := -1
	table.OnMenu = func(i int, _ fyne.Position) { menu = i }
	line := newTableLine(table)
	line.show(3, table.Row(3), false, false)
	line.MouseIn(nil)
	line.MouseMoved(nil)
	test.Tap(line)
	line.TappedSecondary(&fyne.PointEvent{})
	line.MouseOut()
	if menu != 3 || table.Selected() != 3 {
		t.Errorf("menu of %d, selected %d", menu, table.Selected())
	}
}

func TestSortingByTitles(t *testing.T) {
	dressed(t)
	var told []string
	head := NewTableHead("Name", sampleColumns, 0, true)
	shots.Window(t, head, 700, 40)
	test.Tap(head.titles[2]) // nobody listens
	head.OnSort = func(column int, up bool) { told = append(told, fmt.Sprint(column, up)) }
	for _, title := range []*headTitle{head.titles[2], head.titles[2], head.titles[2], head.titles[0]} {
		title.FocusGained()
		title.MouseIn(nil)
		title.MouseMoved(nil)
		title.TypedRune('x')
		title.TypedKey(key(fyne.KeySpace))
		title.TypedKey(key(fyne.KeyF1))
		title.MouseOut()
		title.FocusLost()
	}
	if fmt.Sprint(told) != "[2 false 2 true 2 false 0 false]" {
		t.Error(told)
	}
}

func TestSelectAndSwitch(t *testing.T) {
	dressed(t)
	var told []int
	s := NewSelect([]string{"a", "b", "c"}, 0, func(i int) { told = append(told, i) })
	w := shots.Window(t, container.NewCenter(s), 400, 300)
	s.FocusGained()
	s.MouseIn(nil)
	s.MouseMoved(nil)
	for _, k := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyF1} {
		s.TypedKey(key(k))
	}
	s.TypedRune('x')
	s.MouseOut()
	s.FocusLost()
	if fmt.Sprint(told) != "[1 2]" || s.Chosen() != 2 {
		t.Error(told)
	}
	s.TypedKey(key(fyne.KeySpace))
	if w.Canvas().Overlays().Top() == nil {
		t.Error("the words are not shown")
	}
	NewSelect([]string{"a"}, 0, nil).Tapped(nil) // nowhere on the screen

	var turned []bool
	b := NewSwitch(false, func(on bool) { turned = append(turned, on) })
	shots.Window(t, b, 100, 40)
	b.FocusGained()
	b.TypedKey(key(fyne.KeySpace))
	b.TypedKey(key(fyne.KeyF1))
	b.TypedRune('x')
	test.Tap(b)
	b.Set(true)
	b.SetEnabled(false)
	test.Tap(b)
	b.FocusLost()
	if fmt.Sprint(turned) != "[true false]" || !b.On() {
		t.Error(turned)
	}
}

func TestMetricsHaveEqualWidths(t *testing.T) {
	dressed(t)
	var cards []fyne.CanvasObject
	for range 4 {
		cards = append(cards, NewStat("Staked"))
	}
	m := NewMetrics(cards...)
	m.Resize(fyne.NewSize(1000, 100))
	if last := cards[3]; last.Position().X+last.Size().Width != 1000 || last.Size() != cards[0].Size() || m.MinSize().Width > 600 {
		t.Errorf("%v %v", last.Position(), last.Size())
	}
	if NewButtonRow().MinSize() != (fyne.Size{}) {
		t.Error("nothing needs no room")
	}
	s := cards[0].(*Stat)
	shots.Window(t, container.NewWithoutLayout(s), 400, 200)
	s.Resize(fyne.NewSize(210, 100))
	for number, want := range map[string]struct {
		size float32
		unit bool
	}{"300": {theme.FigureText, true}, "12,500.123": {theme.TitleText, true}, "0.000001769": {theme.NameText, true}, "1,284,372,000.123": {theme.NameText, false}} {
		s.Set(number, "STOS", "")
		if s.figure.style.Size != want.size || s.unit.Visible() != want.unit {
			t.Errorf("%s is %v high, unit %v", number, s.figure.style.Size, s.unit.Visible())
		}
	}
	s.Set("300", "STOS", "with one")
	if a, b, c := s.Words(); a+b+c != "300STOSwith one" {
		t.Error(a, b, c)
	}
}

func TestTabsAndSearchNeverCross(t *testing.T) {
	dressed(t)
	tabs, search, body := Gap(500, 36), Gap(100, 36), Gap(10, 10)
	bar := NewBarred(tabs, search, body)
	for width := float32(520); width < 1000; width += 13 {
		bar.Resize(fyne.NewSize(width, 400))
		beside := search.Position().X >= 500+theme.Between
		below := search.Position().Y >= theme.ControlHeight
		if !beside && !below || body.Position().Y < search.Position().Y+theme.ControlHeight {
			t.Errorf("at %v the search is at %v, the body at %v", width, search.Position(), body.Position())
		}
	}
	search.Hide()
	bar.Resize(fyne.NewSize(519, 400))
	if body.Position().Y != theme.ControlHeight+theme.Between || body.Size().Height != 400-52 {
		t.Error("what is hidden takes no room")
	}
	if NewPanel(Gap(10, 10), nil).MinSize().Width >= NewPanel(Gap(10, 10), Gap(100, 36)).MinSize().Width {
		t.Error("buttons need room")
	}
}

// A course stays in its picture and turns only where the values do.
func TestCourse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 2, 30).Draw(t, "values")
		w := rapid.IntRange(2, 400).Draw(t, "width")
		for x, y := range course(values, w, 100, 2) {
			if !(y >= 2-1e-9 && y <= 98+1e-9) {
				t.Fatalf("column %d is at %v", x, y)
			}
		}
	})
	if ys := course([]float64{5, 5}, 10, 100, 0); ys[0] != ys[9] || ys[0] != 50 {
		t.Error("what does not change is a straight line in the middle", ys)
	}
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	if img := drawChart([]float64{1}, 10, 10, 1); img.At(5, 5) != (drawChart(nil, 10, 10, 1)).At(5, 5) {
		t.Error("one value is no course")
	}
}

func TestPillButton(t *testing.T) {
	dressed(t)
	n := 0
	p := NewPillButton("Main account", func(fyne.Position) { n++ })
	shots.Window(t, container.NewCenter(p), 300, 80)
	test.Tap(p)
	p.FocusGained()
	p.MouseIn(nil)
	p.MouseMoved(nil)
	for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeyDown, fyne.KeyF1} {
		p.TypedKey(key(k))
	}
	p.TypedRune('x')
	p.MouseOut()
	p.FocusLost()
	if p.SetText("Savings"); n != 3 || p.Text() != "Savings" {
		t.Errorf("pressed %d times", n)
	}
}
