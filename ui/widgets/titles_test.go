package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// titled is a table with titles at some places, which has the keyboard.
func titled(t *testing.T, titles string) (*Table, fyne.Focusable) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	table := NewTable(nil)
	var rows []TableRow
	for _, r := range titles {
		rows = append(rows, TableRow{Name: string(r), Heading: r == 'T'})
	}
	table.SetRows(rows)
	w := shots.Window(t, table, 300, 200)
	table.Focus()
	return table, w.Canvas().Focused()
}

// Keys pass over the titles in a table: nothing can be done with one.
func TestKeysPassOverTitles(t *testing.T) {
	for titles, want := range map[string]map[fyne.KeyName]int{ // from row 3, where that is none
		"Trrr":   {fyne.KeyUp: 2, fyne.KeyDown: 3, fyne.KeyHome: 1, fyne.KeyEnd: 3, fyne.KeyPageUp: 1, fyne.KeyPageDown: 3},
		"TrTrTr": {fyne.KeyUp: 1, fyne.KeyDown: 5, fyne.KeyHome: 1, fyne.KeyEnd: 5},
		"TTTrTT": {fyne.KeyUp: 3, fyne.KeyDown: 3, fyne.KeyHome: 3, fyne.KeyEnd: 3, fyne.KeyPageUp: 3, fyne.KeyPageDown: 3},
		"rrrrr":  {fyne.KeyUp: 2, fyne.KeyDown: 4, fyne.KeyHome: 0, fyne.KeyEnd: 4},
	} {
		for key, row := range want {
			table, keys := titled(t, titles)
			table.Select(3)
			keys.TypedKey(&fyne.KeyEvent{Name: key})
			if table.Selected() != row {
				t.Errorf("%s, %s: row %d, want %d", titles, key, table.Selected(), row)
			}
		}
	}
}

func TestFocusChoosesNoTitle(t *testing.T) {
	for titles, want := range map[string]int{"Trr": 1, "rr": 0, "TT": -1, "": -1} {
		table, _ := titled(t, titles)
		if table.Selected() != want {
			t.Errorf("%q: row %d, want %d", titles, table.Selected(), want)
		}
	}
}
