package widgets

import (
	"image"
	"runtime"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// painted are all widgets that have words, made with some.
func painted(words string) map[string]fyne.CanvasObject {
	table := NewTable([]TableColumn{{Width: 80}, {Width: 60, Trailing: true}})
	table.SetRows([]TableRow{{Icon: "file", Name: words, Second: words, Cells: []TableCell{{Text: words, Pill: true, Tone: Good}, {Text: words}}}})
	list, tree := NewFileList(), NewCheckTree()
	list.SetRows([]FileView{{Icon: "file", Name: words, Second: words, StatusText: words, Changed: words, Size: words}})
	tree.SetRows([]TreeRow{{Name: words, Second: words, Depth: 1, Tick: TickAll, Folds: true}})
	stat := NewStat(words)
	stat.Set(words, words, words)
	head := NewTableHead(words, []TableColumn{{Title: words, Width: 80}}, 0, true)
	head.OnSort = func(int, bool) {}
	return map[string]fyne.CanvasObject{
		"button": NewButton(Primary, words, "plus", nil), "plain button": NewButton(Secondary, words, "", nil), "quiet": NewButton(Quiet, words, "", nil),
		"card": NewChoiceCard("globe", words, words, nil), "check": NewCheck(words, nil), "link": NewLink(words, nil), "small link": NewTextLink(words, nil),
		"page": NewNavItem("folder", words, nil), "pill": NewPillButton(words, nil), "segments": NewSegments([]string{words, "b"}, 0, nil),
		"select": NewSelect([]string{words}, 0, nil), "text": NewCutText(words, Body), "meter": NewMeter(words, "5 %", 0.5, Good), "stat": stat,
		"table": table, "list": list, "tree": tree, "titles": head,
		"banner": NewBanner(words, Warn, NewButton(Secondary, "Do", "", nil)), "zone": NewDropZone("Drop"),
	}
}

// around is the ring that shows the focus, which lies outside of a button.
const around = 4

// strays counts pixels outside of a place that are not those of the ground.
func strays(shot image.Image, at image.Rectangle) (n int) {
	ground := shot.At(0, 0)
	for y := shot.Bounds().Min.Y; y < shot.Bounds().Max.Y; y++ {
		for x := shot.Bounds().Min.X; x < shot.Bounds().Max.X; x++ {
			if !image.Pt(x, y).In(at) && shot.At(x, y) != ground {
				n++
			}
		}
	}
	return n
}

// TestNothingIsPaintedOutside: whatever the words and however small the place,
// a widget stays in it.
func TestNothingIsPaintedOutside(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for _, words := range []string{longName, strings.Repeat("W", 60)} {
			for name, o := range painted(words) {
				for _, width := range []float32{40, 130, 260} {
					if stiff := map[string]float32{"banner": 130, "table": 260, "list": 260, "tree": 260, "card": 260, "zone": 130, "stat": 130, "button": 130, "meter": 130, "titles": 260, "pill": 130, "select": 130}[name]; width < stiff {
						continue // it asks for more than that, and gets it
					}
					height := max(o.MinSize().Height, 36)
					w := shots.Window(t, ground0(o, 40, 30, width, height), 340, 60+height)
					at := image.Rect(40-around, 30-around, 40+int(width)+around, 30+int(height+0.99)+around)
					if n := strays(w.Canvas().Capture(), at); n > 0 {
						t.Errorf("%s, %s, %v wide, %q: %d pixels are painted outside", name, mode, width, words, n)
					}
				}
			}
		}
	})
}

// ground0 lays an object at a place on the colour of the window.
func ground0(o fyne.CanvasObject, x, y, width, height float32) fyne.CanvasObject {
	inner := container.NewWithoutLayout(o)
	place(o, x, y, width, height)
	return NewBox(theme.Background, theme.Clear, 0, Insets{}, inner)
}

// TestHeightsAreOnTheGrid: what stands in a line is as high as a row of the
// grid, whatever it says.
func TestHeightsAreOnTheGrid(t *testing.T) {
	dressed(t)
	for name, want := range map[string]float32{
		"button": theme.ControlHeight, "plain button": theme.ControlHeight, "quiet": theme.ControlHeight, "page": theme.ControlHeight,
		"segments": theme.ControlHeight, "select": theme.ControlHeight, "check": 28, "meter": 32, "titles": 24, "zone": 84,
	} {
		for _, words := range []string{"A", longName} {
			o := painted(words)[name]
			if got := o.MinSize().Height; got != want || int(got)%4 != 0 {
				t.Errorf("%s is %v high, want %v", name, got, want)
			}
		}
	}
	for name, o := range map[string]fyne.CanvasObject{"field": NewField("Hint", "search"), "password": NewPasswordField("Password"), "empty": NewField("", "")} {
		if got := o.MinSize().Height; got != theme.ControlHeight {
			t.Errorf("%s is %v high", name, got)
		}
	}
	if NewSwitch(true, nil).MinSize() != fyne.NewSize(40, 24) || newFileRow(nil).MinSize().Height != theme.RowHeight {
		t.Error("a switch is 40 by 24, and a row 48 high")
	}
}

// TestLargerThanAskedFor: a place that is larger than needed is filled, and the
// words do not move away from their middle.
func TestLargerThanAskedFor(t *testing.T) {
	dressed(t)
	for name, o := range painted("Words") {
		w := shots.Window(t, ground0(o, 10, 10, 420, 90), 440, 110)
		if n := strays(w.Canvas().Capture(), image.Rect(10-around, 10-around, 430+around, 100+around)); n > 0 {
			t.Errorf("%s: %d pixels are painted outside", name, n)
		}
	}
}

// TestSharpAtEveryScale: a border is one line of pixels for each step of the
// scale, and no wider.
func TestSharpAtEveryScale(t *testing.T) {
	for _, scale := range []float32{1, 1.5, 2, 3} {
		dressed(t)
		w := shots.Window(t, ground0(NewCard(nil), 20, 20, 100, 60), 140, 100)
		w.Canvas().(interface{ SetScale(scale float32) }).SetScale(scale)
		shot := w.Canvas().Capture()
		back, fill := shot.At(int(4*scale), int(50*scale)), shot.At(int(70*scale), int(50*scale))
		line := 0
		for x := int(10 * scale); x < int(40*scale); x++ {
			if c := shot.At(x, int(50*scale)); c != back && c != fill {
				line++
			}
		}
		if most := int(scale+0.5) + 1; line < 1 || line > most {
			t.Errorf("at %v the border takes %d pixels, %d at most", scale, line, most)
		}
	}
}

// TestIconsFollowTheScale: a drawing is made for the scale of the screen.
func TestIconsFollowTheScale(t *testing.T) {
	names := map[string]bool{}
	for _, scale := range []float32{1, 1.5, 2, 3} {
		dressed(t)
		icon := NewIcon("folder", theme.Accent)
		w := shots.Window(t, container.NewCenter(icon), 60, 60)
		w.Canvas().(interface{ SetScale(scale float32) }).SetScale(scale)
		icon.Refresh()
		if side := w.Canvas().Capture().Bounds().Dx(); side != int(60*scale) {
			t.Errorf("at %v the picture is %d wide", scale, side)
		}
		names[theme.IconAt("folder", theme.Accent, theme.IconSize, scale).Name()] = true
	}
	if len(names) < 3 {
		t.Errorf("only %d drawings for four scales", len(names))
	}
}

// TestNoGoroutineStays: widgets that are shown and left leave nothing running.
func TestNoGoroutineStays(t *testing.T) {
	dressed(t)
	w := shots.Window(t, container.NewStack(), 600, 400)
	show := func() {
		for _, o := range painted("Words") {
			w.SetContent(o)
			w.Canvas().FocusNext()
			w.Canvas().Unfocus()
		}
		ShowDialog(w.Canvas(), Sheet{Title: "One", Body: NewField("", "")}).Close()
	}
	show()
	before := runtime.NumGoroutine()
	for range 5 {
		show()
	}
	if after := runtime.NumGoroutine(); after > before+2 {
		t.Errorf("%d goroutines, %d before", after, before)
	}
}
