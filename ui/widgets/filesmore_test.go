package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"
)

// Wherever the files are scrolled to, the menu that a key asks for hangs at the
// item that keys go on from, which is in sight then.
func TestMenusByKeyHangAtTheItem(t *testing.T) {
	f, _ := filed(t, 300)
	var at fyne.Position
	f.OnMenu = func(where fyne.Position) { at = where }
	rapid.Check(t, func(t *rapid.T) {
		f.SetGrid(rapid.Bool().Draw(t, "grid"))
		f.SetItems(300, nil, -1)
		i := rapid.IntRange(0, 299).Draw(t, "item")
		f.Pick(rapid.IntRange(0, 299).Draw(t, "before"))
		f.Pick(i)
		f.sheet.ScrollToOffset(float32(rapid.IntRange(0, 4000).Draw(t, "scrolled")))
		press(f, desktop.KeyMenu)
		if got := f.ItemAt(at); got != i || !f.Sees(i) || !slices.Equal(f.Picked(), []int{i}) {
			t.Fatalf("the menu of %d hangs at %v, over %d, picked %v", i, at, got, f.Picked())
		}
	})
}

// TestMenusByKeyPickFirst: where nothing is picked the menu is for the item that
// keys go on from, and there is none of nothing.
func TestMenusByKeyPickFirst(t *testing.T) {
	f, _ := filed(t, 5)
	menus := 0
	press(f, desktop.KeyMenu) // nobody has one
	f.OnMenu = func(fyne.Position) { menus++ }
	if press(f, desktop.KeyMenu); menus != 0 {
		t.Error("a menu of nothing")
	}
	f.Focus()
	press(f, desktop.KeyMenu)
	if menus != 1 || !slices.Equal(f.Picked(), []int{0}) {
		t.Errorf("%d menus, picked %v", menus, f.Picked())
	}
}

// TestMenusOfCells: a secondary click on a picture is for that picture.
func TestMenusOfCells(t *testing.T) {
	f, _ := filed(t, 6)
	f.SetGrid(true)
	var at []fyne.Position
	f.OnMenu = func(where fyne.Position) { at = append(at, where) }
	cell := item(t, f, 4).(*fileCell)
	cell.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(200, 210)})
	if !slices.Equal(at, []fyne.Position{fyne.NewPos(200, 210)}) || !slices.Equal(f.Picked(), []int{4}) {
		t.Errorf("asked at %v, picked %v", at, f.Picked())
	}
	f.OnMenu = nil
	cell.TappedSecondary(&fyne.PointEvent{})
}

// TestKeysOfNoFiles: in an empty folder no key does anything, and none fails.
func TestKeysOfNoFiles(t *testing.T) {
	f, _ := filed(t, 0)
	f.OnOpen = func(i int) { t.Errorf("opened %d", i) }
	f.OnMenu = func(fyne.Position) { t.Error("a menu of nothing") }
	for _, grid := range []bool{false, true} {
		f.SetGrid(grid)
		f.Focus()
		for _, k := range append(slices.Clone(allKeys), fyne.KeyPageDown, fyne.KeyPageUp, desktop.KeyMenu, fyne.KeyF10) {
			press(f, k)
		}
		f.PickAll()
		f.sheet.(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShortcutDefault})
		if f.At() != -1 || len(f.Picked()) != 0 || f.Len() != 0 || f.Sees(0) || f.HeightAt(500) != 0 {
			t.Errorf("grid %v: at %d, picked %v", grid, f.At(), f.Picked())
		}
	}
}

// TestPagesOfFiles: Page Down and Page Up go on by what is in sight, and what
// keys go on from is in sight.
func TestPagesOfFiles(t *testing.T) {
	f, _ := filed(t, 200)
	for grid, page := range map[bool]int{false: 9, true: 8} {
		f.SetGrid(grid)
		f.SetItems(200, nil, -1)
		f.Focus()
		press(f, fyne.KeyHome)
		for i := 1; i <= 3; i++ {
			if press(f, fyne.KeyPageDown); f.At() != i*page || !f.Sees(f.At()) {
				t.Errorf("grid %v: page %d begins at %d, want %d", grid, i, f.At(), i*page)
			}
		}
		press(f, fyne.KeyPageUp, fyne.KeyPageUp, fyne.KeyPageUp, fyne.KeyPageUp)
		if f.At() != 0 || !f.Sees(0) {
			t.Errorf("grid %v: back at %d", grid, f.At())
		}
	}
}

// TestChangingToAGridAndBack keeps what is picked, what is in sight and the
// focus.
func TestChangingToAGridAndBack(t *testing.T) {
	f, _ := filed(t, 300)
	f.Focus()
	f.SetItems(300, []int{150, 151}, 151)
	for _, grid := range []bool{true, true, false, true, false} {
		f.SetGrid(grid)
		if f.Grid() != grid || !f.Sees(151) || f.At() != 151 || !slices.Equal(f.Picked(), []int{150, 151}) {
			t.Errorf("grid %v: at %d, seen %v, picked %v", grid, f.At(), f.Sees(151), f.Picked())
		}
		if canvasOf(f.sheet).Focused() != f.Hands() {
			t.Errorf("grid %v: the focus is on %T", grid, canvasOf(f.sheet).Focused())
		}
	}
}

// TestTheEdgeScrollsWhatIsDragged: near the lower edge down, near the upper up,
// and no further than there are files.
func TestTheEdgeScrollsWhatIsDragged(t *testing.T) {
	for _, grid := range []bool{false, true} {
		f, _ := filed(t, 100)
		f.SetGrid(grid)
		f.MayDrop = func(int) bool { return true }
		o := item(t, f, 1)
		for range 10 {
			drag(f, o, fyne.NewPos(100, 475))
		}
		down := f.sheet.GetScrollOffset()
		drag(f, o, fyne.NewPos(100, 240))
		if down < 9*scrollEdgeZone || f.sheet.GetScrollOffset() != down {
			t.Errorf("grid %v: scrolled by %v, and to %v in the middle", grid, down, f.sheet.GetScrollOffset())
		}
		for range 40 {
			drag(f, o, fyne.NewPos(100, 5))
		}
		if f.sheet.GetScrollOffset() != 0 {
			t.Errorf("grid %v: scrolled up to %v", grid, f.sheet.GetScrollOffset())
		}
		press(f, fyne.KeyEscape)
	}
}

// TestThePointerTellsWhatIsDragged: a hand while something is, an arrow before
// and after; and what is dragged begins with what is under the pointer.
func TestThePointerTellsWhatIsDragged(t *testing.T) {
	f, _ := filed(t, 8)
	f.SetItems(8, []int{2, 3}, 3)
	o := item(t, f, 5)
	drag(f, o, fyne.NewPos(100, 20))
	if f.drag != nil {
		t.Error("dragged where nothing may be dropped")
	}
	f.MayDrop = func(int) bool { return true }
	cursor := func() desktop.Cursor { return o.(desktop.Cursorable).Cursor() }
	if cursor() != desktop.DefaultCursor {
		t.Error("a hand before anything is dragged")
	}
	drag(f, o, fyne.NewPos(100, 20))
	if cursor() != desktop.PointerCursor || !slices.Equal(f.Picked(), []int{5}) {
		t.Errorf("dragged %v", f.Picked())
	}
	o.(desktop.Mouseable).MouseUp(nil)
	if o.(fyne.Draggable).DragEnd(); cursor() != desktop.DefaultCursor {
		t.Error("a hand after all")
	}
	f.sheet.(desktop.Mouseable).MouseUp(nil)
}

// TestGoneFilesAreNotDropped: the folder may be read again while something is
// dragged; then nothing is dropped onto what lies there now.
func TestGoneFilesAreNotDropped(t *testing.T) {
	f, _ := filed(t, 8)
	f.MayDrop = func(int) bool { return true }
	f.OnDropped = func(onto int) { t.Errorf("dropped onto %d", onto) }
	f.OnOutside = func(_ fyne.Position, drop bool) {
		if drop {
			t.Error("dropped outside")
		}
	}
	o := item(t, f, 5)
	drag(f, o, fyne.NewPos(100, 20))
	f.SetItems(2, nil, -1)
	o.(fyne.Draggable).DragEnd()
	if f.drag != nil || f.ghost.Visible() {
		t.Error("it is still dragged")
	}
}

// TestLateItems: an item may be asked for after its file went.
func TestLateItems(t *testing.T) {
	f, _ := filed(t, 3)
	asked := []int{}
	f.view = func(i int) FileView { asked = append(asked, i); return FileView{Name: fmt.Sprint(i)} }
	row := newPickRow(f)
	f.showItem(7, row)
	f.showItem(1, NewText("not an item", Body))
	if len(asked) != 0 || row.shownAt() != -1 {
		t.Errorf("asked for %v", asked)
	}
	f.showItem(2, row)
	f.SetItems(1, nil, -1)
	asked = nil
	f.live[row] = struct{}{}
	f.Renew()
	if slices.Contains(asked, 2) {
		t.Errorf("asked for %v of 1", asked)
	}
}
