package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/theme"
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

// Dropped files have a place where the rows leave room for it, and only there.
func TestTheDropZoneTakesOnlyWhatIsLeft(t *testing.T) {
	f, _ := filed(t, 12)
	zone := NewDropZone("Drop files here")
	both := WithDropZone(f, zone)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(t, "files")
		f.SetGrid(rapid.Bool().Draw(t, "grid"))
		f.SetItems(n, nil, -1)
		size := fyne.NewSize(float32(rapid.IntRange(220, 1200).Draw(t, "width")), float32(rapid.IntRange(160, 900).Draw(t, "height")))
		both.Layout.Layout(both.Objects, size)
		if fits := size.Height-f.HeightAt(size.Width) >= 120; fits != zone.Visible() {
			t.Fatalf("%d files in %v: the zone is seen: %v", n, size, zone.Visible())
		}
		apartIn(t, "zone", size, zone)
		if zone.Visible() && zone.Position().Y < f.HeightAt(size.Width) {
			t.Fatalf("the zone is at %v, over the rows, which end at %v", zone.Position().Y, f.HeightAt(size.Width))
		}
	})
	if both.MinSize() != fyne.NewSize(220, 160) {
		t.Error(both.MinSize())
	}
}

func TestDashesFitTheirPlace(t *testing.T) {
	dressed(t)
	zone := NewDropZone("Drop files here")
	r := zone.CreateRenderer()
	edge := r.Objects()[0].(*canvas.Image)
	if r.Refresh(); edge.Resource != nil {
		t.Error("an edge without a size")
	}
	zone.Resize(fyne.NewSize(300, 84))
	r.Layout(zone.Size())
	first := edge.Resource.Name()
	zone.Resize(fyne.NewSize(400, 84))
	r.Layout(zone.Size())
	if edge.Resource.Name() == first {
		t.Error("the dashes of another size")
	}
	if r.MinSize() != fyne.NewSize(200, 84) {
		t.Error(r.MinSize())
	}
}

func TestSizedAsksForMore(t *testing.T) {
	dressed(t)
	for _, c := range []struct{ wish, inner, want fyne.Size }{
		{fyne.NewSize(0, 0), fyne.NewSize(30, 20), fyne.NewSize(30, 20)},
		{fyne.NewSize(100, 0), fyne.NewSize(30, 20), fyne.NewSize(100, 20)},
		{fyne.NewSize(0, 100), fyne.NewSize(30, 20), fyne.NewSize(30, 100)},
		{fyne.NewSize(10, 10), fyne.NewSize(30, 20), fyne.NewSize(30, 20)},
	} {
		inner := Gap(c.inner.Width, c.inner.Height)
		o := Sized(c.wish.Width, c.wish.Height, inner)
		if o.MinSize() != c.want {
			t.Errorf("%v around %v needs %v, want %v", c.wish, c.inner, o.MinSize(), c.want)
		}
		o.Resize(fyne.NewSize(200, 150))
		if inner.Size() != fyne.NewSize(200, 150) {
			t.Errorf("the inner one has %v", inner.Size())
		}
	}
}

func TestBoxesGrowWithTheirContent(t *testing.T) {
	dressed(t)
	b := NewBox(theme.Surface, theme.Line, 12, Insets{1, 2, 3, 4}, nil)
	if b.MinSize() != fyne.NewSize(6, 4) {
		t.Error("an empty box needs its edges only:", b.MinSize())
	}
	inner := Gap(100, 50)
	b.SetContent(inner)
	if b.MinSize() != fyne.NewSize(106, 54) {
		t.Error(b.MinSize())
	}
	b.Resize(fyne.NewSize(206, 104))
	if roomOf(inner) != (room{4, 1, 200, 100}) {
		t.Errorf("%+v", roomOf(inner))
	}
	b.SetColors(theme.Soft, theme.Accent)
	if b.fill != theme.Soft || b.line != theme.Accent {
		t.Error("the colours did not change")
	}
	b.SetContent(nil)
	if b.MinSize() != fyne.NewSize(6, 4) {
		t.Error("what is gone needs room")
	}
	if NewCard(inner).MinSize() != fyne.NewSize(140, 90) {
		t.Error("a card keeps 20 around")
	}
}

func TestRowsAndColumns(t *testing.T) {
	dressed(t)
	a, b := Gap(10, 20), Gap(30, 40)
	if c := Column(6, a, b); c.MinSize() != fyne.NewSize(30, 66) {
		t.Error(c.MinSize())
	}
	if r := Row(6, a, b); r.MinSize() != fyne.NewSize(46, 40) {
		t.Error(r.MinSize())
	}
	r := Row(6, a, Spring(), b)
	r.Resize(fyne.NewSize(200, 40))
	if b.Position().X != 170 {
		t.Error("the spring takes what is left:", b.Position())
	}
	if p := Pad(Insets{1, 2, 3, 4}, a); p.MinSize() != fyne.NewSize(16, 24) {
		t.Error(p.MinSize())
	}
	if Line().MinSize().Height != 1 {
		t.Error("a line is thin")
	}
	if l := Labelled("Amount", b); l.MinSize().Height <= 46 || roomOf(b).height > 40 {
		t.Error("a label stands over its control")
	}
}

// A page lays its body under its head with the same distance on all sides.
func TestPagesKeepTheirDistance(t *testing.T) {
	dressed(t)
	body := Gap(10, 10)
	p := NewPage(NewText("Drive", Title), nil, body)
	p.Resize(fyne.NewSize(800, 600))
	if body.Size() != fyne.NewSize(800-2*theme.Around, 600-headHeight-theme.Around) {
		t.Errorf("the body has %v", body.Size())
	}
}
