package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Whatever a row says and however wide it is, its parts lie beside each other
// and inside of it.
func TestPartsOfRowsNeverMeet(t *testing.T) {
	dressed(t)
	words := rapid.SampledFrom([]string{"", "Name.txt", "Wird hochgeladen 42 %", longName, "2025年11月12日", "12. Sept. 2025", "1,284,372.123 STOS"})
	list, files := NewFileList(), NewFiles(nil)
	row, cell := newFileRow(list), newFileCell(files)
	head := NewFilesHead([4]string{longName, longName, longName, longName})
	rapid.Check(t, func(t *rapid.T) {
		view := FileView{
			Icon: "file", Name: words.Draw(t, "name"), Second: words.Draw(t, "second"), StatusText: words.Draw(t, "status"),
			Changed: words.Draw(t, "changed"), Size: words.Draw(t, "size"),
		}
		if view.StatusText == "" {
			view.Mark = "check"
		}
		width := float32(rapid.IntRange(220, 1400).Draw(t, "width"))
		row.Resize(fyne.NewSize(width, theme.RowHeight))
		row.show(1, view, false, false)
		second := test.WidgetRenderer(row).Objects()[4]
		parts := seenOf(row, 0, 2) // the picture lies over its tile
		apartIn(t, "row", row.Size(), slices.DeleteFunc(parts, func(o fyne.CanvasObject) bool { return o == second })...)
		if name := parts[1]; view.Name != "" && view.Second != "" && (second.Position().X != name.Position().X || second.Size().Width != name.Size().Width || second.Position().Y < name.Position().Y+16) {
			t.Fatalf("the second line lies at %+v, the first at %+v", roomOf(second), roomOf(name))
		}
		head.Resize(fyne.NewSize(width, 24))
		apartIn(t, "titles", head.Size(), test.WidgetRenderer(head).Objects()...)
		cell.Resize(fyne.NewSize(cellWidth, cellHeight))
		cell.show(1, view, itemState{})
		for _, o := range test.WidgetRenderer(cell).Objects() {
			if !roomOf(o).inside(cell.Size()) {
				t.Fatalf("a part of a cell lies at %+v", roomOf(o))
			}
		}
	})
}

// Titles stand over what they name, however wide the list is.
func TestTitlesStandOverTheirColumns(t *testing.T) {
	dressed(t)
	head, row := NewFilesHead([4]string{"Name", "Status", "Changed", "Size"}), newFileRow(NewFileList())
	row.show(0, FileView{Name: "a", StatusText: "b", Changed: "c", Size: "d"}, false, false)
	columns := []TableColumn{{Title: "State", Width: 110}, {Title: "Takes", Width: 70, Trailing: true, From: 520}}
	table, titles := NewTable(columns), NewTableHead("Name", columns, 0, true)
	line := newTableLine(table)
	line.show(0, TableRow{Name: "a", Cells: []TableCell{{Text: "b"}, {Text: "c"}}}, false, false)
	for width := float32(240); width < 1300; width += 31 {
		for _, o := range []fyne.CanvasObject{head, row, titles, line} {
			o.Resize(fyne.NewSize(width, 48))
		}
		same := func(what string, title, part fyne.CanvasObject) {
			t.Helper()
			if title.Visible() != part.Visible() || title.Visible() && (title.Position().X != part.Position().X || title.Size().Width != part.Size().Width) {
				t.Errorf("at %v the title of the %s is at %+v (%v), and what it names at %+v (%v)", width, what, roomOf(title), title.Visible(), roomOf(part), part.Visible())
			}
		}
		above, below := test.WidgetRenderer(head).Objects(), test.WidgetRenderer(row).Objects()
		same("name", above[0], below[3])
		same("status", above[1], below[6])
		same("date", above[2], below[7])
		same("size", above[3], below[8])
		above, below = test.WidgetRenderer(titles).Objects(), test.WidgetRenderer(line).Objects()
		same("name", above[0], below[2])
		same("state", above[1], below[5])
		same("takes", above[2], below[7])
	}
}

// Cells of a table with and without pills stay in their columns.
func TestCellsStayInTheirColumns(t *testing.T) {
	dressed(t)
	table := NewTable(sampleColumns)
	line := newTableLine(table)
	words := rapid.SampledFrom([]string{"", "Active", longName, "+ 1,284,372.123 STOS", "验证人"})
	rapid.Check(t, func(t *rapid.T) {
		row := TableRow{Icon: "chart", Name: words.Draw(t, "name"), Second: words.Draw(t, "second"), Heading: rapid.Bool().Draw(t, "title")}
		for range rapid.IntRange(0, 3).Draw(t, "cells") {
			row.Cells = append(row.Cells, TableCell{Text: words.Draw(t, "cell"), Pill: rapid.Bool().Draw(t, "pill"), Tone: Tone(rapid.IntRange(0, 4).Draw(t, "tone"))})
		}
		width := float32(rapid.IntRange(380, 1200).Draw(t, "width"))
		line.Resize(fyne.NewSize(width, theme.RowHeight))
		line.show(2, row, false, false)
		objects := test.WidgetRenderer(line).Objects()
		var texts []fyne.CanvasObject
		for i, o := range objects {
			if !o.Visible() {
				continue
			}
			if !roomOf(o).inside(line.Size()) {
				t.Fatalf("part %d lies at %+v of %v", i, roomOf(o), line.Size())
			}
			if text, ok := o.(*Text); ok && text.text != "" {
				texts = append(texts, o)
			}
		}
		apartIn(t, "texts", line.Size(), texts...)
		_, places := spans(sampleColumns, nameAt, width)
		for i, at := range places {
			if pill := roomOf(objects[4+2*i]); objects[4+2*i].Visible() && (pill.x < at.x || pill.x+pill.width > at.x+at.width+0.01) {
				t.Fatalf("the pill of column %d lies at %+v of %+v", i, pill, at)
			}
		}
	})
}

// TestMenusOfRowsKnowTheirPlace: each kind of row asks for its menu where the
// pointer is, and for the row under it.
func TestMenusOfRowsKnowTheirPlace(t *testing.T) {
	l, _ := listed(t, 6)
	table := dated(t, "a", "b", "c", "d", "e", "f")
	for name, r := range map[string]*Rows{"list": &l.Rows, "table": &table.Rows} {
		asked := map[int]fyne.Position{}
		r.OnMenu = func(i int, at fyne.Position) { asked[i] = at }
		r.menu(3, fyne.NewPos(120, 160))
		if r.Selected() != 3 || asked[3] != fyne.NewPos(120, 160) || len(asked) != 1 {
			t.Errorf("%s: %d is selected, asked %v", name, r.Selected(), asked)
		}
		r.OnMenu = nil
		r.menu(4, fyne.Position{}) // nobody has one
		if r.Selected() != 4 {
			t.Errorf("%s: %d is selected", name, r.Selected())
		}
	}
}

// TestKeysOfATree: the keys that open, close and tick are for the selected row,
// and others go on.
func TestKeysOfATree(t *testing.T) {
	dressed(t)
	tree := NewCheckTree()
	w := shots.Window(t, tree, 400, 200)
	passed := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { passed++ })
	var told []string
	tree.OnTick = func(i int) { told = append(told, fmt.Sprint("tick ", i)) }
	tree.OnFold = func(i int, open bool) { told = append(told, fmt.Sprint("fold ", i, open)) }
	for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeyLeft, fyne.KeyRight, fyne.KeyReturn} {
		tree.list.TypedKey(key(k)) // there is nothing
	}
	tree.SetRows([]TreeRow{{Name: "a", Folds: true}, {Name: "b", Folds: true, Open: true}, {Name: "c"}})
	tree.Focus()
	for _, k := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyDown, fyne.KeyRight, fyne.KeyLeft, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeySpace, fyne.KeyF1, fyne.KeyEscape} {
		tree.list.TypedKey(key(k))
	}
	if want := []string{"fold 0 true", "fold 1 false", "tick 2"}; !slices.Equal(told, want) || passed != 5 {
		t.Errorf("told %q, want %q; %d keys went on, want 5", told, want, passed)
	}
	tree.OnTick, tree.OnFold = nil, nil
	tree.list.TypedKey(key(fyne.KeySpace)) // nobody listens
	tree.Select(0)
	tree.list.TypedKey(key(fyne.KeyRight))
}
