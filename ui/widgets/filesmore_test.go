package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
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

// Whatever their number and the width, cells of a grid lie beside each other,
// and each is found where it lies.
func TestCellsAreFoundWhereTheyLie(t *testing.T) {
	f, _ := filed(t, 60)
	rapid.Check(t, func(t *rapid.T) {
		f.SetGrid(rapid.Bool().Draw(t, "grid"))
		n := rapid.IntRange(1, 60).Draw(t, "files")
		f.SetItems(n, nil, -1)
		f.Resize(fyne.NewSize(float32(rapid.IntRange(220, 1000).Draw(t, "width")), 480))
		f.sheet.ScrollToOffset(0)
		i := rapid.IntRange(0, n-1).Draw(t, "item")
		at := f.placeOf(i).AddXY(20, 20)
		if seen := at.Y < 480; f.sheet.indexAt(at) != i && seen {
			t.Fatalf("at %v lies %d, not %d", at, f.sheet.indexAt(at), i)
		}
		if low := f.placeOf(n-1).Y + f.itemHeight(); low != f.HeightAt(f.Size().Width) {
			t.Fatalf("%d files end at %v, and need %v", n, low, f.HeightAt(f.Size().Width))
		}
	})
}

// TestSkeletonsHaveTheShapeOfAList at any width, and end where it ends.
func TestSkeletonsHaveTheShapeOfAList(t *testing.T) {
	dressed(t)
	for _, width := range []float32{220, 500, 900} {
		s := NewSkeleton()
		s.Resize(fyne.NewSize(width, skeletonRows*theme.RowHeight))
		apartIn(t, fmt.Sprint("skeleton at ", width), s.Size(), partsOf(s)...)
		c := columnsAt(width)
		for i, bar := range partsOf(s) {
			if x := bar.Position().X; x != []float32{16, c.name.x, c.status.x}[i%3] {
				t.Errorf("at %v bar %d begins at %v", width, i, x)
			}
		}
	}
}

// TestStatesOfItems: an item shows that it is picked, current, a target or under
// the pointer, each in its own way, in a list and in a grid.
func TestStatesOfItems(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		files := NewFiles(func(int) FileView { return FileView{} })
		row, cell := newPickRow(files), newFileCell(files)
		for name, o := range map[string]filesItem{"row": row, "cell": cell} {
			w := shots.Window(t, container.NewStack(o), 300, 160)
			seen := map[int]string{}
			for i, s := range []itemState{{}, {picked: true}, {current: true}, {picked: true, current: true}, {target: true}} {
				o.show(1, FileView{Icon: "file", Name: "Ferry.jpg"}, s)
				plain := w.Canvas().Capture()
				sum := 0
				for y := 0; y < 160; y += 2 {
					for x := 0; x < 300; x += 3 {
						r, g, b, _ := plain.At(x, y).RGBA()
						sum = (sum*31 + int(r>>8) + int(g>>8)*7 + int(b>>8)*13) % 1_000_000_007
					}
				}
				if other, there := seen[sum]; there {
					t.Errorf("%s, %s: %+v looks like %s", name, mode, s, other)
				}
				seen[sum] = fmt.Sprintf("%d %+v", i, s)
			}
		}
	})
}

// TestTheSecondTapIsForTheSameFile: two taps on neighbours open nothing, nor
// two with Ctrl, nor a third that follows an opening.
func TestTheSecondTapIsForTheSameFile(t *testing.T) {
	f, at := filed(t, 5)
	var opened []int
	f.OnOpen = func(i int) { opened = append(opened, i) }
	click(t, f, 1, 0)
	click(t, f, 2, 0)
	click(t, f, 3, fyne.KeyModifierShortcutDefault)
	click(t, f, 3, fyne.KeyModifierShortcutDefault)
	if len(opened) != 0 {
		t.Errorf("opened %v", opened)
	}
	for range 3 {
		click(t, f, 4, 0)
	}
	*at = at.Add(doubleTap)
	click(t, f, 0, 0)
	*at = at.Add(doubleTap)
	click(t, f, 0, 0)
	if !slices.Equal(opened, []int{4}) {
		t.Errorf("opened %v, want 4 once", opened)
	}
	press(f, fyne.KeyReturn, fyne.KeyEnter)
	if !slices.Equal(opened, []int{4, 0, 0}) {
		t.Errorf("opened %v", opened)
	}
}

// TestPanelsKeepTheirButtons: words that are too long scroll, the buttons stay.
func TestPanelsKeepTheirButtons(t *testing.T) {
	dressed(t)
	button := NewButton(Secondary, "Open", "", nil)
	p := NewPanel(Gap(200, 2000), NewButtonRow(button))
	w := shots.Window(t, p, 260, 300)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(button)
	if at.Y+button.Size().Height > 300 || at.Y < 200 {
		t.Errorf("the button is at %v", at)
	}
	if scrolls := allOf[*container.Scroll](w.Content()); len(scrolls) != 1 || scrolls[0].Size().Height >= 300 {
		t.Errorf("%d parts scroll", len(scrolls))
	}
}
