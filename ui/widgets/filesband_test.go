package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

// banding is something from which a frame can be drawn.
type banding interface {
	desktop.Mouseable
	fyne.Draggable
}

// band draws a frame from one place of the window to others.
func band(o banding, held fyne.KeyModifier, inside fyne.Position, way ...fyne.Position) {
	down := &desktop.MouseEvent{Modifier: held}
	down.Position, down.AbsolutePosition = inside, way[0]
	o.MouseDown(down)
	for _, at := range way[1:] {
		e := &fyne.DragEvent{}
		e.AbsolutePosition = at
		o.Dragged(e)
	}
}

func at(x, y float32) fyne.Position { return fyne.NewPos(x, y) }

func TestAFramePicksWhatItTouches(t *testing.T) {
	f, _ := filed(t, 9)
	for name, c := range map[string]struct {
		grid     bool
		held     fyne.KeyModifier
		before   []int
		from, to fyne.Position
		want     []int
	}{
		"up the list":      {from: at(300, 470), to: at(310, 300), want: []int{6, 7, 8}},
		"whole rows":       {from: at(690, 470), to: at(600, 431), want: []int{8}},
		"nothing":          {before: []int{1}, from: at(300, 470), to: at(310, 460)},
		"with ctrl":        {held: fyne.KeyModifierShortcutDefault, before: []int{1, 8}, from: at(300, 470), to: at(310, 400), want: []int{1, 8}},
		"out of the list":  {from: at(300, 470), to: at(900, 390), want: []int{8}},
		"above the window": {from: at(300, 470), to: at(0, -90), want: []int{0, 1, 2, 3, 4, 5, 6, 7, 8}},
		"no cell":          {grid: true, from: at(690, 380), to: at(320, 330), want: []int{}},
		"a corner":         {grid: true, from: at(650, 400), to: at(500, 200), want: []int{7}},
		"a rectangle":      {grid: true, from: at(650, 200), to: at(320, 10), want: []int{2, 3, 6, 7}},
		"one column":       {grid: true, held: fyne.KeyModifierShift, before: []int{8}, from: at(140, 320), to: at(20, 100), want: []int{0, 4, 8}},
	} {
		f.SetGrid(c.grid)
		f.SetItems(9, c.before, -1)
		told := 0
		f.OnPicked = func() { told++ }
		sheet := f.sheet.(banding)
		band(sheet, c.held, c.from, c.from, c.from.AddXY(1, 1), c.to)
		if told != 0 || !f.frame.Visible() {
			t.Errorf("%s: told %d times on the way, the frame is shown: %v", name, told, f.frame.Visible())
		}
		sheet.DragEnd()
		f.sheet.(fyne.Tappable).Tapped(nil) // the toolkit taps where the button went up
		if got := f.Picked(); !slices.Equal(got, c.want) || told != 1 || f.frame.Visible() {
			t.Errorf("%s: %v, want %v; told %d times", name, got, c.want, told)
		}
	}
	f.sheet.(banding).MouseDown(&desktop.MouseEvent{})
	f.sheet.(fyne.Tappable).Tapped(nil)
	if len(f.Picked()) != 0 {
		t.Error("a plain click beside the items picks nothing")
	}
}

// A drag that begins beside the name of a row picks, one on the name moves.
func TestWhereAFrameBegins(t *testing.T) {
	for name, c := range map[string]struct {
		grid   bool
		inside fyne.Position
		picked []int
		moves  bool
	}{
		"on the name":         {inside: at(70, 20), moves: true},
		"on the icon":         {inside: at(20, 20), moves: true},
		"beside the name":     {inside: at(300, 20)},
		"on the size":         {inside: at(680, 20)},
		"of one picked":       {inside: at(680, 20), picked: []int{2}, moves: true},
		"of another":          {inside: at(680, 20), picked: []int{3}},
		"on a picture":        {grid: true, inside: at(60, 60), moves: true},
		"between two cells":   {grid: true, inside: at(4, 60)},
		"at the foot of one":  {grid: true, inside: at(60, 150)},
		"of a picked picture": {grid: true, inside: at(4, 60), picked: []int{2}, moves: true},
	} {
		f, _ := filed(t, 9)
		f.SetGrid(c.grid)
		f.SetItems(9, c.picked, -1)
		f.Resize(f.Size())
		f.MayDrop = func(int) bool { return true }
		o := item(t, f, 2)
		start := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Add(c.inside)
		band(o.(banding), 0, c.inside, start, start.AddXY(6, 6))
		if moves := f.drag != nil; moves != c.moves || moves == (f.band != nil) {
			t.Errorf("%s: moves %v, picks %v", name, moves, f.band != nil)
		}
		o.(banding).DragEnd()
		if f.drag != nil || f.band != nil {
			t.Errorf("%s: it does not end", name)
		}
	}
}

func TestEscapeGivesUpAFrame(t *testing.T) {
	f, _ := filed(t, 9)
	f.SetItems(9, []int{1, 4}, 4)
	f.Focus()
	band(f.sheet.(banding), 0, at(300, 470), at(300, 470), at(300, 20))
	if len(f.Picked()) != 9 {
		t.Fatalf("%v", f.Picked())
	}
	press(f, fyne.KeyEscape)
	if got := f.Picked(); !slices.Equal(got, []int{1, 4}) || f.At() != 4 || f.frame.Visible() {
		t.Errorf("%v, keys go on from %d", got, f.At())
	}
	band(f.sheet.(banding), 0, at(300, 470), at(300, 470), at(300, 20))
	f.SetItems(3, nil, -1) // the folder was read again
	if f.frame.Visible() || f.band != nil {
		t.Error("a frame over other files")
	}
}

// The pointer at the edge scrolls; what a frame picked stays picked when it is
// out of sight.
func TestAFrameScrolls(t *testing.T) {
	f, _ := filed(t, 1000)
	way := []fyne.Position{at(650, 100)}
	for range 40 {
		way = append(way, at(640, 475))
	}
	band(item(t, f, 2).(banding), 0, at(650, 4), way...)
	picked := f.Picked()
	if f.sheet.GetScrollOffset() < 800 || len(picked) < 20 || picked[0] != 2 {
		t.Errorf("scrolled by %v, picked %v", f.sheet.GetScrollOffset(), picked)
	}
}

func TestItemsAtAPlace(t *testing.T) {
	f, _ := filed(t, 9)
	for _, c := range []struct {
		grid bool
		at   fyne.Position
		want int
	}{
		{false, at(10, 10), 0},
		{false, at(699, 431), 8},
		{false, at(10, 440), -1},
		{false, at(-1, 10), -1},
		{false, at(800, 10), -1},
		{true, at(10, 10), 0},
		{true, at(160, 160), 5},
		{true, at(690, 10), -1},
		{true, at(160, 330), -1},
	} {
		f.SetGrid(c.grid)
		if got := f.ItemAt(c.at); got != c.want {
			t.Errorf("grid %v, %v: %d, want %d", c.grid, c.at, got, c.want)
		}
	}
	f.Light(5)
	if !f.state(5).target || f.state(4).target {
		t.Error("the item is not lit")
	}
	if f.Light(-1); f.state(5).target {
		t.Error("the item stays lit")
	}
}

func TestFramePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		all := rows(6)
		f := NewFiles(func(i int) FileView { return all[i] })
		w := shots.Window(t, f, 480, 330)
		f.SetItems(6, nil, -1)
		f.SetGrid(true)
		band(f.sheet.(banding), 0, at(470, 320), at(470, 320), at(200, 100))
		f.Light(0)
		shots.Match(t, "band-"+mode, w)
	})
}

// The pointer may pass over everything that the toolkit lets it pass over.
func TestThePointerPassesOverItems(t *testing.T) {
	f, _ := filed(t, 3)
	for _, grid := range []bool{false, true} {
		f.SetGrid(grid)
		f.SetItems(3, nil, -1)
		f.Resize(f.Size())
		o := item(t, f, 1).(desktop.Hoverable)
		o.MouseIn(&desktop.MouseEvent{})
		o.MouseMoved(&desktop.MouseEvent{})
		o.MouseOut()
	}
}
