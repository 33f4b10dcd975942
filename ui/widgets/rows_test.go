package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

// dated is a table with titles over some rows: a word in names is a title where
// it begins with a capital.
func dated(t *testing.T, names ...string) *Table {
	t.Helper()
	dressed(t)
	table := NewTable(sampleColumns)
	setDated(table, names)
	shots.Window(t, table, 700, 480)
	return table
}

func setDated(table *Table, names []string) {
	rows := make([]TableRow, len(names))
	for i, name := range names {
		rows[i] = TableRow{Name: name, Heading: name[0] < 'a'}
	}
	table.SetRows(rows)
}

// TestTitlesAreNotChosen: a title over rows is passed by keys, and neither a
// click nor a menu takes it.
func TestTitlesAreNotChosen(t *testing.T) {
	table := dated(t, "Today", "a", "b", "Yesterday", "c", "Monday", "d")
	var told []int
	table.OnSelected = func(i int) { told = append(told, i) }
	table.OnOpen = func(i int) { told = append(told, 100+i) }
	table.OnTapped = func(i int) { told = append(told, 200+i) }
	table.OnMenu = func(i int, _ fyne.Position) { told = append(told, 300+i) }
	table.Focus()
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyUp, 1},
		{fyne.KeyDown, 2},
		{fyne.KeyDown, 4},
		{fyne.KeyDown, 6},
		{fyne.KeyDown, 6},
		{fyne.KeyUp, 4},
		{fyne.KeyUp, 2},
		{fyne.KeyPageDown, 6},
		{fyne.KeyPageUp, 1},
		{fyne.KeyEnd, 6},
		{fyne.KeyHome, 1},
	} {
		if table.list.TypedKey(key(c.key)); table.Selected() != c.want {
			t.Errorf("%s leads to %d, want %d", c.key, table.Selected(), c.want)
		}
	}
	told = nil
	line := newTableLine(table)
	for _, i := range []int{0, 3, 4} {
		line.show(i, table.Row(i), false, false)
		line.Tapped(nil)
		line.TappedSecondary(&fyne.PointEvent{})
	}
	table.Select(5)
	if want := []int{4, 204, 304}; !slices.Equal(told, want) || table.Selected() != 4 {
		t.Errorf("told %v, want %v; %d is selected", told, want, table.Selected())
	}
}

// TestTitlesComeIntoSight: the first row of a day shows its title too.
func TestTitlesComeIntoSight(t *testing.T) {
	names := []string{"Today"}
	for i := range 60 {
		names = append(names, fmt.Sprint("row ", i))
	}
	table := dated(t, names...)
	table.Select(50)
	if table.list.GetScrollOffset() == 0 {
		t.Fatal("it was not scrolled")
	}
	if table.list.TypedKey(key(fyne.KeyHome)); table.list.GetScrollOffset() != 0 {
		t.Errorf("the title is %v out of sight", table.list.GetScrollOffset())
	}
}

// TestOnlyTitles: where there is nothing else, nothing is chosen.
func TestOnlyTitles(t *testing.T) {
	table := dated(t, "Today", "Yesterday")
	table.OnSelected = func(i int) { t.Errorf("%d is selected", i) }
	table.Focus()
	for _, k := range allKeys {
		table.list.TypedKey(key(k))
	}
	if table.Selected() != -1 {
		t.Error(table.Selected())
	}
}

// Whatever rows come and go, the selection is a row that can be chosen, and what
// was told last is what is selected.
func TestTheSelectionIsWhatWasTold(t *testing.T) {
	table := dated(t, "a")
	told := -1
	table.OnSelected = func(i int) { told = i }
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				setDated(table, rapid.SliceOfN(rapid.StringMatching(`[A-Ca-c]`), 0, 12).Draw(t, "rows"))
			case 1:
				table.Select(rapid.IntRange(-2, 12).Draw(t, "row"))
			case 2:
				table.list.TypedKey(key(rapid.SampledFrom(allKeys).Draw(t, "key")))
			case 3:
				table.tap(rapid.IntRange(0, max(0, table.Len()-1)).Draw(t, "tap"))
			}
			at := table.Selected()
			if at != told {
				t.Fatalf("%d is selected, told was %d", at, told)
			}
			if at >= table.Len() || at >= 0 && table.Row(at).Heading {
				t.Fatalf("%d of %d is selected", at, table.Len())
			}
		}
	})
}

// TestARowThatIsGoneIsTold: who shows what is selected hears that it went.
func TestARowThatIsGoneIsTold(t *testing.T) {
	l, _ := listed(t, 5)
	var told []int
	l.OnSelected = func(i int) { told = append(told, i) }
	l.Select(4)
	l.SetRows(rows(5))
	l.SetRows(rows(4))
	l.SetRows(nil)
	if !slices.Equal(told, []int{4, -1}) {
		t.Errorf("told %v", told)
	}
}

// TestRowsAreUsedAgain: a row that is shown for another thing forgets what it
// was: the pointer, the menu, the marks.
func TestRowsAreUsedAgain(t *testing.T) {
	dressed(t)
	table, list, files := sampleTable(4), NewFileList(), NewFiles(func(i int) FileView { return rows(4)[i] })
	list.SetRows(rows(4))
	files.SetItems(4, nil, -1)
	line, row, pick, cell := newTableLine(table), newFileRow(list), newPickRow(files), newFileCell(files)
	for name, c := range map[string]struct {
		show    func(i int)
		enter   func()
		hovered func() bool
	}{
		"table": {func(i int) { line.show(i, table.Row(i), false, false) }, func() { line.MouseIn(nil) }, func() bool { return line.hovered }},
		"list":  {func(i int) { row.show(i, list.Row(i), false, false) }, func() { row.MouseIn(nil) }, func() bool { return row.hovered }},
		"files": {func(i int) { pick.show(i, rows(4)[i], itemState{}) }, func() { pick.MouseIn(nil) }, func() bool { return pick.hovered }},
		"grid":  {func(i int) { cell.show(i, rows(4)[i], itemState{}) }, func() { cell.MouseIn(nil) }, func() bool { return cell.hovered }},
	} {
		c.show(1)
		c.enter()
		if c.show(1); !c.hovered() {
			t.Errorf("%s: the same row lost the pointer", name)
		}
		if c.show(2); c.hovered() {
			t.Errorf("%s: another row has the pointer", name)
		}
	}
}
