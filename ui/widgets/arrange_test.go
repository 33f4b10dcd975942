package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"
)

// room is a place on a page.
type room struct{ x, y, width, height float32 }

func roomOf(o fyne.CanvasObject) room {
	return room{o.Position().X, o.Position().Y, o.Size().Width, o.Size().Height}
}

func (r room) empty() bool { return r.width <= 0 || r.height <= 0 }

// meets tells whether two places share more than an edge.
func (r room) meets(o room) bool {
	const hair = 0.01
	return !r.empty() && !o.empty() && r.x+hair < o.x+o.width && o.x+hair < r.x+r.width && r.y+hair < o.y+o.height && o.y+hair < r.y+r.height
}

func (r room) inside(size fyne.Size) bool {
	const hair = 0.01
	return r.empty() || (r.x >= -hair && r.y >= -hair && r.x+r.width <= size.Width+hair && r.y+r.height <= size.Height+hair)
}

// apartIn fails where objects that are seen lie over each other, or outside.
func apartIn(t interface{ Fatalf(string, ...any) }, what string, size fyne.Size, objects ...fyne.CanvasObject) {
	var seen []room
	for _, o := range objects {
		if !shown(o) {
			continue
		}
		r := roomOf(o)
		if !r.inside(size) {
			t.Fatalf("%s: %+v lies outside of %v", what, r, size)
		}
		for _, other := range seen {
			if r.meets(other) {
				t.Fatalf("%s: %+v lies over %+v in %v", what, r, other, size)
			}
		}
		seen = append(seen, r)
	}
}

// part draws a piece of empty space, nil, or something hidden.
func part(t *rapid.T, name string) fyne.CanvasObject {
	o := Gap(float32(rapid.IntRange(0, 90).Draw(t, name+" width")), float32(rapid.IntRange(0, 60).Draw(t, name+" height")))
	switch rapid.IntRange(0, 5).Draw(t, name) {
	case 0:
		return nil
	case 1:
		o.Hide()
	}
	return o
}

// roomy draws a size that is at least what something needs.
func roomy(t *rapid.T, least fyne.Size) fyne.Size {
	return least.AddWidthHeight(float32(rapid.IntRange(0, 500).Draw(t, "more width")), float32(rapid.IntRange(0, 300).Draw(t, "more height")))
}

// Edges never lie over each other where there is as much room as they need, and
// each has at least what it needs.
func TestEdgesNeverMeet(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		var all []fyne.CanvasObject
		for _, name := range []string{"top", "bottom", "left", "right", "middle"} {
			all = append(all, part(t, name))
		}
		c := Edges(all[0], all[1], all[2], all[3], all[4])
		size := roomy(t, c.MinSize())
		c.Resize(size)
		apartIn(t, "edges", size, all...)
		for i, o := range all {
			if shown(o) && (o.Size().Width < o.MinSize().Width || o.Size().Height < o.MinSize().Height) {
				t.Fatalf("part %d has %v and needs %v", i, o.Size(), o.MinSize())
			}
		}
	})
}

// Cards beside each other share the width to the last pixel.
func TestEvenlyIsEven(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		var cards []fyne.CanvasObject
		for i := range rapid.IntRange(1, 6).Draw(t, "cards") {
			cards = append(cards, Gap(float32(rapid.IntRange(0, 120).Draw(t, fmt.Sprint("width ", i))), 20))
		}
		row := NewMetrics(cards...)
		if rapid.Bool().Draw(t, "buttons") {
			row = NewButtonRow(cards...)
		}
		size := roomy(t, row.MinSize())
		row.Resize(size)
		apartIn(t, "cards", size, cards...)
		last := roomOf(cards[len(cards)-1])
		if end := last.x + last.width; end < size.Width-0.01 || end > size.Width+0.01 {
			t.Fatalf("the last ends at %v of %v", end, size.Width)
		}
		for _, o := range cards {
			if d := o.Size().Width - cards[0].Size().Width; d > 0.01 || d < -0.01 || o.Size().Width < o.MinSize().Width-0.01 {
				t.Fatalf("widths %v and %v", o.Size().Width, cards[0].Size().Width)
			}
		}
	})
}

// A page keeps its title and its buttons apart, however narrow it is.
func TestHeadsKeepTitleAndButtonsApart(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		title := NewCutText(rapid.StringMatching(`[A-Z][a-z ]{0,40}`).Draw(t, "title"), Title)
		var buttons []fyne.CanvasObject
		for i := range rapid.IntRange(0, 4).Draw(t, "buttons") {
			buttons = append(buttons, NewButton(Secondary, fmt.Sprint("Button ", i), "plus", nil))
		}
		actions := Row(12, buttons...)
		layout := &headLayout{}
		objects := []fyne.CanvasObject{title, actions}
		size := fyne.NewSize(layout.MinSize(objects).Width+float32(rapid.IntRange(0, 600).Draw(t, "more")), headHeight)
		layout.Layout(objects, size)
		apartIn(t, "head", size, objects...)
		if title.Size().Width < 20 {
			t.Fatalf("the title has %v", title.Size().Width)
		}
	})
}

// Tabs, search field and body stay apart at any width that they ask for.
func TestBarsStayApart(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		tabs, search, body := Gap(float32(rapid.IntRange(40, 700).Draw(t, "tabs")), 36), Gap(100, 36), Gap(10, 10)
		if rapid.Bool().Draw(t, "hidden") {
			search.Hide()
		}
		bar := NewBarred(tabs, search, body)
		size := roomy(t, bar.MinSize())
		bar.Resize(size)
		apartIn(t, "bar", size, tabs, search, body)
		if body.Size().Height < 100 {
			t.Fatalf("the body has %v", body.Size())
		}
	})
}

// The part beside a wide one comes and goes, and never lies over it.
func TestBesideComesAndGoes(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		wide, narrow := Gap(100, 10), Gap(50, 10)
		width, breakAt := float32(rapid.IntRange(100, 400).Draw(t, "width")), float32(rapid.IntRange(500, 900).Draw(t, "break"))
		wanted := rapid.Bool().Draw(t, "wanted")
		both := Beside(wide, narrow, width, breakAt, func() bool { return wanted })
		size := fyne.NewSize(float32(rapid.IntRange(100, 1500).Draw(t, "room")), 300)
		both.Resize(size)
		apartIn(t, "beside", size, wide, narrow)
		if narrow.Visible() != (wanted && size.Width >= breakAt) {
			t.Fatalf("in %v of %v, wanted %v: visible %v", size.Width, breakAt, wanted, narrow.Visible())
		}
		if narrow.Visible() && narrow.Size().Width != width {
			t.Fatalf("it is %v wide", narrow.Size().Width)
		}
	})
}

// Columns of a table never cross, whichever there are, and what has no room
// leaves from the line instead of lying over others.
func TestAnyColumnsNeverCross(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var columns []TableColumn
		need := nameAt + tableEdge
		for i := range rapid.IntRange(0, 5).Draw(t, "columns") {
			c := TableColumn{Width: float32(rapid.IntRange(20, 160).Draw(t, fmt.Sprint("width ", i)))}
			need += c.Width + tableGap
			if rapid.Bool().Draw(t, fmt.Sprint("late ", i)) {
				c.From = need + float32(rapid.IntRange(0, 200).Draw(t, fmt.Sprint("from ", i)))
			}
			columns = append(columns, c)
		}
		width := need + float32(rapid.IntRange(0, 900).Draw(t, "room"))
		name, cells := spans(columns, nameAt, width)
		end := name.x + name.width
		for i, c := range cells {
			if (c.width < 0) != (width < columns[i].From) {
				t.Fatalf("column %d from %v is %v wide at %v", i, columns[i].From, c.width, width)
			}
			if c.width < 0 {
				continue
			}
			if c.x < end+tableGap-0.01 || c.x+c.width > width-tableEdge+0.01 {
				t.Fatalf("column %d is at %v, the one before ends at %v of %v", i, c, end, width)
			}
			end = c.x + c.width
		}
	})
}
