package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"pgregory.net/rapid"
)

// bar is something of a width.
func bar(width float32) *canvas.Rectangle {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(width, 20))
	return r
}

// seen tells which parts of a head are shown, and how wide each is.
func seen(head *fyne.Container) (at []int, widths []float32) {
	for i, o := range head.Objects {
		if o.Visible() {
			at, widths = append(at, i), append(widths, o.Size().Width)
		}
	}
	return at, widths
}

func TestHeadsShowWhatFindsRoom(t *testing.T) {
	head := NewHead(bar(100), bar(80), bar(60))
	for _, c := range []struct {
		width  float32
		shown  []int
		widths []float32
	}{
		{400, []int{0, 1, 2}, []float32{100, 80, 60}},
		{264, []int{0, 1, 2}, []float32{100, 80, 60}},
		{263, []int{1, 2}, []float32{80, 60}},
		{152, []int{1, 2}, []float32{80, 60}},
		{151, []int{1}, []float32{80}},
		{50, []int{1}, []float32{50}},
		{-10, []int{1}, []float32{0}},
		{400, []int{0, 1, 2}, []float32{100, 80, 60}},
	} {
		head.Resize(fyne.NewSize(c.width, 36))
		if at, widths := seen(head); !slices.Equal(at, c.shown) || !slices.Equal(widths, c.widths) {
			t.Errorf("%v: shows %v, %v wide", c.width, at, widths)
		}
	}
	if got := head.MinSize(); got != fyne.NewSize(0, 20) {
		t.Errorf("asks for %v", got)
	}
}

// What its page hides takes no room, and comes back when the page shows it.
func TestHeadsAndWhatIsHidden(t *testing.T) {
	more := bar(80)
	head := NewHead(bar(100), bar(60), more)
	more.Hide()
	head.Resize(fyne.NewSize(180, 36))
	if at, _ := seen(head); !slices.Equal(at, []int{0, 1}) || more.Visible() {
		t.Errorf("shows %v", at)
	}
	more.Show()
	head.Refresh()
	if at, _ := seen(head); !slices.Equal(at, []int{1, 2}) || !more.Visible() {
		t.Errorf("shows %v", at)
	}
}

// Whatever stands in a head, nothing in it lies over anything else or outside,
// and something is shown.
func TestHeadsKeepTheirParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := func(name string) float32 { return float32(rapid.IntRange(0, 200).Draw(t, name)) }
		var others []fyne.CanvasObject
		for range rapid.IntRange(0, 4).Draw(t, "others") {
			others = append(others, bar(width("other")))
		}
		head, room := NewHead(bar(1+width("title")), others...), width("room")
		head.Resize(fyne.NewSize(room, 36))
		at, widths := seen(head)
		if len(at) == 0 {
			t.Fatal("nothing is shown")
		}
		end := float32(0)
		for i, n := range at {
			x := head.Objects[n].Position().X
			if x < end || x+widths[i] > room {
				t.Fatalf("part %d is from %v to %v of %v", n, x, x+widths[i], room)
			}
			end = x + widths[i]
		}
	})
}
