package widgets

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// switchable is a widget that can be switched off.
type switchable interface {
	fyne.CanvasObject
	fyne.Tappable
	fyne.Focusable
	fyne.Disableable
	SetEnabled(on bool)
}

func switchables(done func()) map[string]switchable {
	return map[string]switchable{
		"main button": NewButton(Primary, "Send", "", done), "button": NewButton(Secondary, "Share", "share", done),
		"quiet": NewButton(Quiet, "", "gear", done), "dangerous": NewButton(Dangerous, "Delete", "trash", done),
		"card": NewChoiceCard("globe", "Mainnet", "The public network.", done), "switch": NewSwitch(true, func(bool) { done() }),
	}
}

// TestWhatIsOffIsOff: it does nothing by pointer and keys, Tab passes it, the
// pointer does not light it up, and it looks other than what is on.
func TestWhatIsOffIsOff(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		done := 0
		for name, o := range switchables(func() { done++ }) {
			next := NewButton(Secondary, "next", "", nil)
			w := shots.Window(t, Column(20, Pad(Even(8), o), next), 420, 180)
			on := w.Canvas().Capture()
			o.Disable()
			off := w.Canvas().Capture()
			if n := differing(on, off); n < 20 {
				t.Errorf("%s, %s: %d pixels show that it is off", name, mode, n)
			}
			w.Canvas().FocusNext()
			if w.Canvas().Focused() != fyne.Focusable(next) {
				t.Errorf("%s, %s: Tab leads to what is off", name, mode)
			}
			w.Canvas().Unfocus()
			for _, k := range pressing {
				o.TypedKey(key(k))
			}
			o.Tapped(nil)
			if h, ok := o.(desktop.Hoverable); ok {
				h.MouseIn(nil)
				if n := differing(off, w.Canvas().Capture()); n != 0 {
					t.Errorf("%s, %s: %d pixels light up under the pointer", name, mode, n)
				}
				h.MouseOut()
			}
			if !o.Disabled() || done != 0 {
				t.Errorf("%s, %s: off it did something %d times", name, mode, done)
			}
			o.SetEnabled(true)
			if n := differing(on, w.Canvas().Capture()); n != 0 || o.Disabled() {
				t.Errorf("%s, %s: %d pixels still show that it was off", name, mode, n)
			}
			o.Tapped(nil)
			if o.Enable(); done != 1 {
				t.Errorf("%s, %s: on again it did something %d times", name, mode, done)
			}
			done = 0
		}
	})
}

// TestNobodyListens: whatever is pressed, nothing fails where nobody wants to
// know.
func TestNobodyListens(t *testing.T) {
	dressed(t)
	everyone := append(slices.Collect(func(yield func(fyne.CanvasObject) bool) {
		for _, o := range focusables() {
			if !yield(o) {
				return
			}
		}
	}), NewLink("Work", nil), NewStatus(StatusView{Headline: "Up to date"}))
	for _, o := range everyone {
		w := shots.Window(t, container.NewCenter(o), 420, 200)
		if tap, ok := o.(fyne.Tappable); ok {
			tap.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
		}
		if f, ok := o.(fyne.Focusable); ok {
			for _, k := range allKeys {
				f.TypedKey(key(k))
			}
			f.TypedRune('x')
		}
		w.Canvas().Overlays().Remove(w.Canvas().Overlays().Top())
	}
}

// TestTitlesThatSortNothing are no stop for Tab, and no mark is on them.
func TestTitlesThatSortNothing(t *testing.T) {
	dressed(t)
	sorted := NewFilesHead([4]string{"Name", "Status", "Changed", "Size"})
	var told []int
	sorted.OnSort = func(column int) { told = append(told, column) }
	still, table := NewFilesHead([4]string{"Name", "Status", "Changed", "Size"}), NewTableHead("Name", sampleColumns, 0, true)
	w := shots.Window(t, container.NewVBox(still, table, sorted), 800, 120)
	for range 4 {
		w.Canvas().FocusNext()
		title, ok := w.Canvas().Focused().(*headTitle)
		if !ok || title.head != sorted.head {
			t.Fatalf("Tab leads to %T of titles that sort nothing", w.Canvas().Focused())
		}
		title.TypedKey(key(fyne.KeySpace))
	}
	if !slices.Equal(told, []int{0, 2, 3, 0}) {
		t.Errorf("sorted by %v: the name, the date and the size, and round", told)
	}
	for _, title := range append(still.head.titles, table.titles...) {
		title.Tapped(nil)
		title.Enable()
		title.Disable()
		if title.sorted() || !title.Disabled() {
			t.Errorf("%s is marked", title.text)
		}
	}
	sorted.Mark(2, false, true)
	if sorted.head.titles[0].sorted() || !sorted.head.titles[2].sorted() || sorted.head.up {
		t.Error("the mark is not on the date, downwards")
	}
	if sorted.Mark(0, true, false); slices.ContainsFunc(sorted.head.titles, (*headTitle).sorted) {
		t.Error("a mark where what is sorted by has no title")
	}
}

// Any part of a whole is drawn inside its track, also a part of nothing.
func TestPartsStayInTheirTracks(t *testing.T) {
	dressed(t)
	odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), -0.1, 0, 1e-9, 0.5, 1, 7}
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.OneOf(rapid.SampledFrom(odd), rapid.Float64Range(-2, 3)).Draw(t, "part")
		size := fyne.NewSize(float32(rapid.IntRange(20, 500).Draw(t, "width")), 32)
		bar, meter := NewProgress(), NewMeter("Yes", "5 %", part, Good)
		bar.Set(part)
		for name, o := range map[string]fyne.Widget{"progress": bar, "meter": meter} {
			o.Resize(size)
			objects := test.WidgetRenderer(o).Objects()
			track, fill := objects[len(objects)-2], objects[len(objects)-1]
			if !roomOf(fill).inside(size) || math.IsNaN(float64(fill.Size().Width)) || fill.Size().Width > track.Size().Width {
				t.Fatalf("%s: %v is drawn at %+v of %+v", name, part, roomOf(fill), roomOf(track))
			}
			if some := part > 0; fill.Visible() != some {
				t.Fatalf("%s: %v is seen: %v", name, part, fill.Visible())
			}
		}
	})
}

// TestChoicesOutOfNothing: words that are not there yet, or fewer than before.
func TestChoicesOutOfNothing(t *testing.T) {
	dressed(t)
	for _, words := range [][]string{nil, {}, {"one"}} {
		for _, chosen := range []int{-1, 0, 1, 9} {
			s, g := NewSelect(words, chosen, nil), NewSegments(words, chosen, nil)
			w := shots.Window(t, Column(8, s, g), 300, 200)
			for _, k := range allKeys {
				s.TypedKey(key(k))
				g.TypedKey(key(k))
			}
			test.TapAt(g, fyne.NewPos(10, 10))
			w.Canvas().Capture()
			if in := chosen >= 0 && chosen < len(words); in != (s.word() != "") && s.Chosen() == chosen {
				t.Errorf("%d of %d words is %q", chosen, len(words), s.word())
			}
			if size := g.MinSize(); math.IsNaN(float64(size.Width)) || size.Height != theme.ControlHeight {
				t.Errorf("%d words need %v", len(words), size)
			}
		}
	}
}

// Wherever segments are tapped, the word under the pointer is chosen, and told
// once.
func TestSegmentsUnderThePointer(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		n, told := rapid.IntRange(1, 6).Draw(t, "words"), []int{}
		s := NewSegments(strings.Split(strings.Repeat("w ", n-1)+"w", " "), rapid.IntRange(0, n-1).Draw(t, "chosen"), func(i int) { told = append(told, i) })
		width := float32(rapid.IntRange(40, 600).Draw(t, "width"))
		s.Resize(fyne.NewSize(width, 36))
		texts := test.WidgetRenderer(s).Objects()[2:]
		apartIn(t, "words", s.Size(), texts...)
		i, before := rapid.IntRange(0, n-1).Draw(t, "tapped"), s.Chosen()
		s.Tapped(&fyne.PointEvent{Position: texts[i].Position().AddXY(texts[i].Size().Width/2, 18)})
		if s.Chosen() != i || len(told) != map[bool]int{true: 0, false: 1}[i == before] {
			t.Fatalf("word %d was tapped, %d is chosen, told %v", i, s.Chosen(), told)
		}
		mark := test.WidgetRenderer(s).Objects()[1]
		if at := roomOf(mark); !at.inside(s.Size()) || at.x > texts[i].Position().X || at.x+at.width < texts[i].Position().X+texts[i].Size().Width-2 {
			t.Fatalf("the mark lies at %+v, the word at %+v", at, roomOf(texts[i]))
		}
		for range 2 {
			s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(width, 18)}) // the last pixel
			s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(-1, 18)})
		}
		if s.Chosen() < 0 || s.Chosen() >= n {
			t.Fatalf("%d of %d is chosen", s.Chosen(), n)
		}
	})
}
