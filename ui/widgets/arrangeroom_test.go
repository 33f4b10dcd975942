package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

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
