package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

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
