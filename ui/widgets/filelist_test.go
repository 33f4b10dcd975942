package widgets

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

func rows(n int) []FileView {
	list := make([]FileView, n)
	for i := range list {
		list[i] = FileView{Icon: "file", Name: fmt.Sprintf("File %d", i), Mark: "check", MarkTone: Good, Changed: "Today, 14:02", Size: "1 KB"}
	}
	return list
}

// listed shows a list of n rows, with a clock that stands still.
func listed(t *testing.T, n int) (*FileList, *time.Time) {
	t.Helper()
	dressed(t)
	l := NewFileList()
	at := time.Unix(1_800_000_000, 0)
	l.clock = func() time.Time { return at }
	l.SetRows(rows(n))
	shots.Window(t, l, 700, 480)
	return l, &at
}

func TestOnlyRowsInSightExist(t *testing.T) {
	made := 0
	l, _ := listed(t, 0)
	create := l.list.CreateItem
	l.list.CreateItem = func() fyne.CanvasObject { made++; return create() }
	l.SetRows(rows(100_000))
	l.Select(99_999)
	l.ScrollToTop()
	l.Select(50_000)
	if made > 60 {
		t.Errorf("%d rows were made for a window of ten", made)
	}
}

func TestTwoTapsOpen(t *testing.T) {
	l, at := listed(t, 5)
	var opened, selected, tapped []int
	l.OnOpen = func(i int) { opened = append(opened, i) }
	l.OnSelected = func(i int) { selected = append(selected, i) }
	l.OnTapped = func(i int) { tapped = append(tapped, i) }
	l.tap(1)
	*at = at.Add(doubleTap)
	l.tap(1) // too late
	*at = at.Add(doubleTap / 2)
	l.tap(1)
	l.tap(2) // another row
	if fmt.Sprint(opened, selected, tapped) != "[1] [1 2] [1 1 1 2]" {
		t.Errorf("opened %v, selected %v, tapped %v", opened, selected, tapped)
	}
}

func TestListKeys(t *testing.T) {
	l, _ := listed(t, 30)
	opened, rest := -1, 0
	l.OnOpen = func(i int) { opened = i }
	l.OnKey = func(k *fyne.KeyEvent) bool { rest++; return true }
	l.Focus()
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyUp, 0},
		{fyne.KeyDown, 1},
		{fyne.KeyEnd, 29},
		{fyne.KeyDown, 29},
		{fyne.KeyHome, 0},
		{fyne.KeyPageDown, 9},
		{fyne.KeyPageUp, 0},
		{fyne.KeyDelete, 0},
	} {
		l.list.TypedKey(key(c.key))
		if l.Selected() != c.want {
			t.Errorf("%s leads to %d, want %d", c.key, l.Selected(), c.want)
		}
	}
	l.list.TypedKey(key(fyne.KeyReturn))
	l.list.FocusLost()
	if opened != 0 || rest != 1 {
		t.Errorf("opened %d, other keys %d", opened, rest)
	}
}

func TestKeysOfAnEmptyList(t *testing.T) {
	l, _ := listed(t, 0)
	l.OnOpen = func(int) { t.Error("opened nothing") }
	l.list.FocusGained()
	for _, k := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyEnd, fyne.KeyHome, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyReturn, fyne.KeyF1} {
		l.list.TypedKey(key(k))
		if l.Selected() != -1 {
			t.Errorf("%s selected something", k)
		}
	}
}

func TestTheSelectionEndsWithItsRow(t *testing.T) {
	l, _ := listed(t, 5)
	l.Select(4)
	l.SetRows(rows(3))
	if l.Selected() != -1 || l.Len() != 3 || l.Row(2).Name != "File 2" {
		t.Error("a row that is gone is selected")
	}
	l.Select(17)
	if l.Selected() != -1 {
		t.Error("a row that never was is selected")
	}
}

func TestRowsByPointer(t *testing.T) {
	l, _ := listed(t, 5)
	menu := -1
	l.OnMenu = func(i int, _ fyne.Position) { menu = i }
	row := newFileRow(l)
	row.show(3, l.Row(3), false, false)
	row.MouseIn(nil)
	row.MouseMoved(nil)
	row.TappedSecondary(&fyne.PointEvent{})
	row.show(3, l.Row(3), true, true)
	row.MouseOut()
	if menu != 3 || l.Selected() != 3 {
		t.Errorf("menu of %d, selected %d", menu, l.Selected())
	}
	test.Tap(row)
}

func TestColumnsNeverCross(t *testing.T) {
	for width := float32(220); width < 1600; width += 7 {
		c := columnsAt(width)
		end := float32(0)
		for _, each := range []span{c.name, c.status, c.changed, c.size} {
			if each.width < 0 {
				continue
			}
			if each.x < end+8 || each.width < 20 {
				t.Errorf("at %v what stands at %v runs into what is before it, or is too small: %+v", width, each, c)
			}
			end = each.x + each.width
		}
		if end != width-16 {
			t.Errorf("at %v the last ends at %v", width, end)
		}
	}
}

func BenchmarkScrolling(b *testing.B) {
	dressed(b)
	l := NewFileList()
	l.SetRows(rows(100_000))
	w := test.NewTempWindow(b, l)
	w.Resize(fyne.NewSize(700, 800))
	for i := 0; b.Loop(); i++ {
		l.list.ScrollToOffset(float32(i%90_000) * 48)
	}
}

// The second tap of a double click on a row that led to other rows is for none
// of those.
func TestDoubleClickOnWhatChanges(t *testing.T) {
	l, now := listed(t, 3)
	var tapped []int
	l.OnTapped = func(i int) { tapped = append(tapped, i); l.Select(-1); l.SetRows(rows(3)); l.Exchanged() }
	l.tap(1)
	l.tap(1)
	if len(tapped) != 1 {
		t.Errorf("tapped %v", tapped)
	}
	*now = now.Add(doubleTap)
	if l.tap(2); len(tapped) != 2 {
		t.Errorf("tapped %v", tapped)
	}
}
