package widgets_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// sampleTree is a tree in a window, and what it told.
func sampleTree(t *testing.T) (*widgets.CheckTree, fyne.Window, *[]string) {
	tree, told := widgets.NewCheckTree(), &[]string{}
	tree.OnTick = func(i int) { *told = append(*told, fmt.Sprint("tick ", i)) }
	tree.OnFold = func(i int, open bool) { *told = append(*told, fmt.Sprint("fold ", i, " ", open)) }
	tree.SetRows([]widgets.TreeRow{
		{Name: "All of the drive", Second: "9 GB", Tick: widgets.TickPart, Folds: true, Open: true},
		{Name: "Films", Second: "5 GB", Depth: 1},
		{Name: "A name that is much too long for the room that it has in this narrow window", Second: "900 MB", Depth: 1, Tick: widgets.TickAll, Folds: true},
	})
	return tree, shots.Window(t, tree, 420, 140), told
}

func TestCheckTreePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		tree, w, _ := sampleTree(t)
		tree.Focus()
		tree.Select(2)
		shots.Match(t, "checktree-"+mode, w)
	})
}

func TestCheckTreeByKeyboard(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	tree, w, told := sampleTree(t)
	tree.Focus()
	for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyLeft, fyne.KeyRight, fyne.KeyDown, fyne.KeyRight, fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn} {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	if want := []string{"tick 0", "fold 0 false", "fold 2 true", "tick 2"}; !slices.Equal(*told, want) {
		t.Errorf("%q", *told)
	}
}

func TestCheckTreeByPointer(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	tree, w, told := sampleTree(t)
	const row = 36
	for _, at := range []fyne.Position{{X: 15, Y: row / 2}, {X: 45, Y: row / 2}, {X: 40, Y: 2.5 * row}, {X: 66, Y: 2.5 * row}, {X: 200, Y: 1.5 * row}} {
		test.TapCanvas(w.Canvas(), at)
	}
	if want := []string{"fold 0 false", "tick 0", "fold 2 true", "tick 2"}; !slices.Equal(*told, want) {
		t.Errorf("%q", *told)
	}
	if tree.Selected() != 1 || tree.Row(1).Name != "Films" {
		t.Errorf("row %d is selected", tree.Selected())
	}
}
