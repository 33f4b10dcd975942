package widgets

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// everything are all widgets, those without words too.
func everything() map[string]fyne.CanvasObject {
	all := painted("Words")
	for name, o := range focusables() {
		all["focusable "+name] = o
	}
	bar := NewProgress()
	bar.Set(0.4)
	thumb := NewThumb()
	thumb.Set("film", nil)
	for name, o := range map[string]fyne.CanvasObject{
		"icon": NewIcon("folder", theme.Accent), "tile": NewTile("folder", theme.Accent, theme.Soft, 56), "progress": bar, "thumb": thumb,
		"chart": NewChart([]float64{1, 3, 2}, 60), "qr": NewQR("stos://link", 90), "paragraph": NewParagraph("Several words in a row", Second, 100), "pill box": NewPill("Good", Good),
		"notice": NewNotice("A sentence.", Warn, 200), "card box": NewCard(NewText("Words", Title)), "skeleton": NewSkeleton(), "line": Line(), "steps": NewSteps([]string{"One", "Two"}, 1),
		"empty": NewEmpty("film", "Nothing", "A sentence.", nil), "status": NewStatus(statusViews[1]), "sidebar": sided(3, 1, statusViews[0]),
	} {
		all[name] = o
	}
	return all
}

// TestTheLookChangesWhileItIsShown: a widget that was made in one look and is
// shown in another is the same as one that was made there.
func TestTheLookChangesWhileItIsShown(t *testing.T) {
	for name := range everything() {
		app := test.NewTempApp(t)
		draw := func(made, shown theme.Mode) image.Image {
			app.Settings().SetTheme(theme.New(made))
			o := everything()[name]
			w := shots.Window(t, ground0(o, 10, 10, 300, max(40, o.MinSize().Height)), 320, 160)
			w.Canvas().Capture()
			app.Settings().SetTheme(theme.New(shown))
			refreshAll(w.Content())
			return w.Canvas().Capture()
		}
		want := draw(theme.Dark, theme.Dark)
		if n := different(draw(theme.Light, theme.Dark), want); n > 0 {
			t.Errorf("%s: %d pixels are still as in the light", name, n)
		}
		if n := different(draw(theme.Light, theme.Light), want); n < 100 && name != "qr" && name != "line" {
			t.Errorf("%s: only %d pixels are other in the dark", name, n)
		}
	}
}

// refreshAll refreshes an object and all that it holds, as the toolkit does
// when the look changes.
func refreshAll(o fyne.CanvasObject) {
	o.Refresh()
	for _, part := range partsOf(o) {
		refreshAll(part)
	}
}

// TestLargerLetters: at one and a half times the size everything is the same but
// larger, and nothing is painted outside.
func TestLargerLetters(t *testing.T) {
	dressed(t)
	const scale = 1.5
	for name, o := range painted("Wörter") {
		width, height := max(o.MinSize().Width, 260), max(o.MinSize().Height, 36)
		w := shots.Window(t, ground0(o, 20, 20, width, height), width+40, height+40)
		w.Canvas().(interface{ SetScale(scale float32) }).SetScale(scale)
		refreshAll(w.Content())
		w.Content().Resize(fyne.NewSize(width+40, height+40))
		place(o, 20, 20, width, height)
		shot := w.Canvas().Capture()
		at := image.Rect(int((20-around)*scale), int((20-around)*scale), int((20+width+around)*scale)+1, int((20+height+around)*scale)+1)
		if n := strays(shot, at); n > 0 {
			t.Errorf("%s: %d pixels are painted outside", name, n)
		}
	}
}

// A number is never cut in the place that a narrow window leaves it, as long as
// it can be: it is drawn smaller instead, and its unit goes first.
func TestNumbersAreNotCut(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`[1-9][0-9]{0,2}(,[0-9]{3}){0,3}(\.[0-9]{1,3})?`).Draw(t, "number")
		s := NewStat("Staked")
		s.Set(number, "STOS", "with 2 validators")
		size := fyne.NewSize(float32(rapid.IntRange(130, 400).Draw(t, "width")), 34)
		s.number.Resize(size)
		figure := partsOf(s.figure)[0].(*canvas.Text)
		if figure.Text != number && Figure.At(theme.SmallText).measure(number).Width < size.Width {
			t.Fatalf("%s is cut to %s in %v", number, figure.Text, size.Width)
		}
		apartIn(t, "figure", size, s.figure, s.unit)
		if wide := Figure.measure(number).Width+s.unit.MinSize().Width+8 < size.Width; wide && (s.figure.style != Figure || !s.unit.Visible()) {
			t.Fatalf("%s has room in %v and is %v high, its unit is seen: %v", number, size.Width, s.figure.style.Size, s.unit.Visible())
		}
		s.Set("3", "STOS", "")
		s.number.Resize(size)
		if s.figure.style != Figure || !s.unit.Visible() {
			t.Fatal("a short number after a long one stays small")
		}
	})
}

// TestIconsStayDrawings: an icon in a larger place stands in its middle, and an
// empty one is not seen.
func TestIconsStayDrawings(t *testing.T) {
	dressed(t)
	icon := NewIcon("folder", theme.Muted)
	icon.Resize(fyne.NewSize(60, 40))
	img := partsOf(icon)[0].(*canvas.Image)
	if roomOf(img) != (room{21, 11, 18, 18}) || !img.Visible() {
		t.Errorf("%+v", roomOf(img))
	}
	before := img.Resource.Name()
	if icon.Set("folder", theme.Accent); img.Resource.Name() == before {
		t.Error("the colour did not change")
	}
	if icon.Set("", theme.Accent); img.Visible() {
		t.Error("nothing is drawn, and seen")
	}
	if icon.Set("file", theme.Accent); !img.Visible() {
		t.Error("it does not come back")
	}
	for side, inner := range map[float32]float32{22: 18, 32: 18, 40: 18, 56: 24, 96: 42} {
		tile := NewTile("file", theme.Muted, theme.Thumb, side)
		tile.Resize(fyne.NewSize(120, 100))
		back, drawing := roomOf(partsOf(tile)[0]), roomOf(partsOf(tile)[1])
		if back.width != side || drawing.width != inner || drawing.x-back.x-(side-inner)/2 > 1 || drawing.x < back.x || drawing.x+inner > back.x+side {
			t.Errorf("a tile of %v has %+v and in it %+v", side, back, drawing)
		}
		tile.Set("folder", theme.Accent, theme.Soft)
		if partsOf(tile)[0].(*canvas.Rectangle).FillColor != theme.Color(theme.Soft) {
			t.Errorf("a tile of %v keeps its ground", side)
		}
	}
}

// TestThumbsShowPictures: a picture in place of the icon, another one, and none
// again, in a row and in a cell.
func TestThumbsShowPictures(t *testing.T) {
	dressed(t)
	red, blue := image.NewUniform(color.NRGBA{R: 255, A: 255}), image.NewUniform(color.NRGBA{B: 255, A: 255})
	picture := func(fill image.Image) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, 8, 8))
		for i := range 64 {
			img.Set(i%8, i/8, fill.At(0, 0))
		}
		return img
	}
	files := NewFiles(nil)
	row, cell, thumb := newFileRow(NewFileList()), newFileCell(files), NewThumb()
	for i, c := range []struct {
		picture image.Image
		seen    bool
	}{{picture(red), true}, {picture(blue), true}, {nil, false}} {
		view := FileView{Icon: "image", Name: "Ferry.jpg", Picture: c.picture}
		row.show(i, view, false, false)
		cell.show(i, view, itemState{})
		thumb.Set("image", c.picture)
		photos := []*canvas.Image{partsOf(row)[2].(*canvas.Image), partsOf(partsOf(cell)[1])[2].(*canvas.Image), partsOf(thumb)[2].(*canvas.Image)}
		for place, photo := range photos {
			if photo.Visible() != c.seen || photo.Image != c.picture {
				t.Errorf("step %d, place %d: seen %v", i, place, photo.Visible())
			}
		}
		if icon := partsOf(thumb)[1]; icon.Visible() == c.seen {
			t.Errorf("step %d: the icon is seen: %v", i, icon.Visible())
		}
	}
	if thumb.MinSize() != fyne.NewSquareSize(theme.TileSize) {
		t.Error(thumb.MinSize())
	}
}

// TestOneLineUnderAName: where there is room for one, it is what matters most.
func TestOneLineUnderAName(t *testing.T) {
	dressed(t)
	cell := newFileCell(NewFiles(nil))
	for i, c := range []struct {
		view FileView
		want string
		tone fyne.ThemeColorName
	}{
		{FileView{Size: "4 KB"}, "4 KB", theme.Muted},
		{FileView{Size: "4 KB", Second: "Shared"}, "Shared", theme.Muted},
		{FileView{Size: "4 KB", Second: "Shared", StatusText: "Uploading 42 %"}, "Uploading 42 %", theme.Accent},
		{FileView{}, "", theme.Muted},
	} {
		cell.show(i, c.view, itemState{})
		below := partsOf(cell)[5].(*Text)
		if below.Text() != c.want || below.style.Color != c.tone || c.view.below() != c.want {
			t.Errorf("%+v: %q in %s", c.view, below.Text(), below.style.Color)
		}
		cell.show(i, FileView{Faint: true, Mark: "eye-off"}, itemState{})
		if name, mark := partsOf(cell)[4].(*Text), partsOf(cell)[3]; name.style.Color != theme.Muted || !mark.Visible() {
			t.Error("what is left out looks like all others")
		}
	}
}
