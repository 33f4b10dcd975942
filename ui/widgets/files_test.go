package widgets

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

// filed shows n files, with a clock that stands still.
func filed(t *testing.T, n int) (*Files, *time.Time) {
	t.Helper()
	dressed(t)
	all := rows(n)
	f := NewFiles(func(i int) FileView { return all[i] })
	at := time.Unix(1_800_000_000, 0)
	f.clock = func() time.Time { return at }
	f.DragWords = func(n int) string { return fmt.Sprint(n) }
	shots.Window(t, f, 700, 480)
	f.SetItems(n, nil, -1)
	return f, &at
}

// item is what shows a file.
func item(t *testing.T, f *Files, i int) filesItem {
	t.Helper()
	for each := range f.live {
		if each.shownAt() == i {
			return each
		}
	}
	t.Fatalf("item %d is not shown", i)
	return nil
}

func click(t *testing.T, f *Files, i int, held fyne.KeyModifier) {
	t.Helper()
	o := item(t, f, i)
	o.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{Modifier: held})
	o.(fyne.Tappable).Tapped(nil)
}

func TestClicksPick(t *testing.T) {
	f, at := filed(t, 9)
	told, opened := 0, []int{}
	f.OnPicked = func() { told++ }
	f.OnOpen = func(i int) { opened = append(opened, i) }
	for _, grid := range []bool{false, true} {
		f.SetGrid(grid)
		click(t, f, 1, 0)
		*at = at.Add(time.Hour)
		click(t, f, 3, fyne.KeyModifierShortcutDefault)
		click(t, f, 5, fyne.KeyModifierShift)
		if got := f.Picked(); !slices.Equal(got, []int{3, 4, 5}) {
			t.Errorf("grid %v: %v", grid, got)
		}
		*at = at.Add(time.Hour)
		click(t, f, 4, 0)
		click(t, f, 4, 0)
	}
	if !slices.Equal(opened, []int{4, 4}) || told != 10 {
		t.Errorf("opened %v, told %d times", opened, told)
	}
}

func press(f *Files, keys ...fyne.KeyName) {
	for _, k := range keys {
		f.sheet.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestKeysMoveAndPick(t *testing.T) {
	f, _ := filed(t, 30)
	f.Focus()
	if f.At() != 0 || len(f.Picked()) != 0 {
		t.Error("the focus alone picks nothing")
	}
	press(f, fyne.KeyDown, fyne.KeyDown)
	f.list.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(f, fyne.KeyDown)
	f.list.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if got := f.Picked(); !slices.Equal(got, []int{2, 3}) {
		t.Error(got)
	}
	f.list.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShortcutDefault})
	press(f, fyne.KeySpace)
	if got := f.Picked(); !slices.Equal(got, []int{2, 3, 4}) {
		t.Error(got)
	}
	press(f, fyne.KeyEnd)
	if got := f.Picked(); !slices.Equal(got, []int{29}) || !f.Sees(29) || f.Sees(0) {
		t.Error(got)
	}
	f.list.TypedShortcut(&fyne.ShortcutSelectAll{})
	if len(f.Picked()) != 30 {
		t.Error("Ctrl+A picks everything")
	}
	press(f, fyne.KeyEscape)
	if len(f.Picked()) != 0 {
		t.Error("Escape picks nothing")
	}
}

func TestKeysInAGrid(t *testing.T) {
	f, _ := filed(t, 30)
	f.SetGrid(true)
	f.Focus()
	press(f, fyne.KeyRight, fyne.KeyDown, fyne.KeyDown, fyne.KeyLeft)
	if columns := f.sheet.columns(); columns != 4 || f.At() != 2*columns {
		t.Errorf("at %d of %d columns", f.At(), columns)
	}
	if f.HeightAt(700) != 8*cellHeight {
		t.Error(f.HeightAt(700))
	}
}

func TestMenusByPointerAndKey(t *testing.T) {
	f, _ := filed(t, 5)
	menus := 0
	f.OnMenu = func(fyne.Position) { menus++ }
	item(t, f, 2).(fyne.SecondaryTappable).TappedSecondary(&fyne.PointEvent{})
	if !slices.Equal(f.Picked(), []int{2}) {
		t.Error("the menu is for the item under the pointer")
	}
	f.PickAll()
	item(t, f, 3).(fyne.SecondaryTappable).TappedSecondary(&fyne.PointEvent{})
	if len(f.Picked()) != 5 {
		t.Error("the menu is for all that is picked")
	}
	press(f, desktop.KeyMenu, fyne.KeyF10)
	f.list.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftRight})
	press(f, fyne.KeyF10)
	if menus != 4 {
		t.Errorf("%d menus", menus)
	}
}

func drag(f *Files, o filesItem, to fyne.Position) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(f).Add(to)
	o.(fyne.Draggable).Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at}})
}

func TestDraggingOntoAnItem(t *testing.T) {
	f, _ := filed(t, 8)
	var dropped []int
	outside := 0
	f.MayDrop = func(onto int) bool { return onto != 3 }
	f.OnDropped = func(onto int) { dropped = append(dropped, onto) }
	f.OnOutside = func(_ fyne.Position, drop bool) {
		if drop {
			outside++
		}
	}
	o := item(t, f, 5)
	for _, y := range []float32{48*1 + 20, 48*3 + 20, 48*5 + 20, -30, 470} { // takes it, does not, itself, outside, nothing there
		drag(f, o, fyne.NewPos(100, y))
		if !f.ghost.Visible() {
			t.Error("nobody sees what is dragged")
		}
		o.(fyne.Draggable).DragEnd()
		o.(fyne.Tappable).Tapped(nil) // the toolkit may tap after dragging
	}
	if !slices.Equal(dropped, []int{1}) || outside != 1 || f.ghost.Visible() || !slices.Equal(f.Picked(), []int{5}) {
		t.Errorf("dropped onto %v, %d times outside, picked %v", dropped, outside, f.Picked())
	}
	drag(f, o, fyne.NewPos(100, 20))
	press(f, fyne.KeyEscape)
	drag(f, o, fyne.NewPos(100, 21)) // the button is still down
	o.(fyne.Draggable).DragEnd()
	if len(dropped) != 1 {
		t.Error("Escape did not end dragging")
	}
}

// TestFilesGoWhileOneIsDragged: another device may delete what is dragged, or
// what lies after it.
func TestFilesGoWhileOneIsDragged(t *testing.T) {
	f, _ := filed(t, 8)
	f.MayDrop = func(int) bool { return true }
	dropped := 0
	f.OnDropped = func(int) { dropped++ }
	view, left := f.view, 8
	f.view = func(i int) FileView {
		if i >= left {
			t.Fatalf("file %d of %d is asked for", i, left)
		}
		return view(i)
	}
	o := item(t, f, 5)
	drag(f, o, fyne.NewPos(100, 20))
	left = 1
	f.SetItems(1, nil, -1)
	drag(f, o, fyne.NewPos(100, 30))
	o.(fyne.Draggable).DragEnd()
	if dropped != 0 || f.ghost.Visible() || len(f.Picked()) != 0 {
		t.Errorf("dropped %d times, picked %v", dropped, f.Picked())
	}
}

func TestOnlyFilesInSightExist(t *testing.T) {
	f, _ := filed(t, 100_000)
	for _, grid := range []bool{false, true} {
		f.SetGrid(grid)
		f.Pick(99_999)
		f.Pick(50_000)
		if len(f.live) > 80 {
			t.Errorf("grid %v: %d items", grid, len(f.live))
		}
	}
}

func TestFilesPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		all := rows(6)
		all[2].Faint, all[2].Second, all[2].Mark = true, "Not synced: a rule leaves it out", "eye-off"
		f := NewFiles(func(i int) FileView { return all[i] })
		f.DragWords = func(n int) string { return fmt.Sprint(n, " items") }
		f.MayDrop = func(int) bool { return true }
		w := shots.Window(t, ground(f), 560, 400)
		f.SetItems(6, []int{0, 1}, 1)
		drag(f, item(t, f, 1), fyne.NewPos(200, 48*4+10))
		shots.Match(t, "files-drag-"+mode, w)
		w.SetContent(ground(NewSkeleton()))
		w.Resize(fyne.NewSize(560, 400))
		shots.Match(t, "skeleton-"+mode, w)
	})
}

func TestToastsOfferWhatCanBeDone(t *testing.T) {
	dressed(t)
	var later []func()
	toasts := NewToasts(func(_ time.Duration, f func()) { later = append(later, f) })
	shots.Window(t, toasts, 400, 200)
	undone := 0
	toasts.Offer("3 items deleted", "Undo", func() { undone++ })
	toasts.Say("Something else")
	later[0]()
	if toasts.Text() != "Something else" || !toasts.Take() || toasts.Take() || undone != 1 {
		t.Errorf("%q, undone %d times", toasts.Text(), undone)
	}
}

// What showing one row for another file costs: the work of one frame when
// scrolling fast is that for some 16 rows.
func BenchmarkRows(b *testing.B) {
	f := NewFiles(nil)
	r := newPickRow(f)
	r.Resize(fyne.NewSize(700, 48))
	r.CreateRenderer()
	all := rows(1000)
	i := 0
	for b.Loop() {
		r.show(i, all[i%1000], itemState{})
		i++
	}
}

// TestPointerOverItems goes over an item of a list and of a grid: what is drawn
// again and again for others must know itself.
func TestPointerOverItems(t *testing.T) {
	test.NewTempApp(t)
	files := NewFiles(func(int) FileView { return FileView{Name: "Ferry.jpg"} })
	row, cell := newPickRow(files), newFileCell(files)
	row.MouseIn(nil)
	cell.MouseIn(nil)
	if !row.hovered || !cell.hovered {
		t.Error("the item under the pointer is not marked")
	}
	row.MouseOut()
	cell.MouseOut()
	if row.hovered || cell.hovered {
		t.Error("the item stays marked")
	}
}
