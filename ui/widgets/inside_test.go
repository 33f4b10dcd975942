package widgets

import (
	"fmt"
	"image"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

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

// person is what a file list should hold after keys and clicks, worked out in
// the plainest way.
type person struct {
	picked map[int]bool
	at     int
	from   int
	n      int
}

func (p *person) only(i int) {
	p.picked, p.at, p.from = map[int]bool{i: true}, i, i
}

func (p *person) stretch(i int) {
	from := max(p.from, 0)
	p.picked = map[int]bool{}
	for k := min(from, i); k <= max(from, i); k++ {
		p.picked[k] = true
	}
	p.at, p.from = i, from
}

func (p *person) toggle(i int) {
	if p.picked[i] {
		delete(p.picked, i)
	} else {
		p.picked[i] = true
	}
	p.at, p.from = i, i
}

func (p *person) items() []int {
	list := []int{}
	for i := range p.n {
		if p.picked[i] {
			list = append(list, i)
		}
	}
	return list
}

// Whatever is clicked and typed, in a list and in a grid, the files that are
// picked are those that a person expects, and what is in sight shows them.
func TestFilesArePickedAsExpected(t *testing.T) {
	f, at := filed(t, 40)
	hands := map[bool]interface {
		KeyDown(*fyne.KeyEvent)
		KeyUp(*fyne.KeyEvent)
		TypedShortcut(fyne.Shortcut)
	}{false: f.list}
	f.SetGrid(true)
	hands[true] = f.grid
	rapid.Check(t, func(t *rapid.T) {
		n, grid := rapid.IntRange(1, 40).Draw(t, "files"), rapid.Bool().Draw(t, "grid")
		f.SetGrid(grid)
		f.SetItems(n, nil, -1)
		f.Focus()
		f.gained(true)
		p := &person{picked: map[int]bool{}, at: 0, from: 0, n: n}
		columns := f.sheet.columns()
		for step := range rapid.IntRange(1, 12).Draw(t, "steps") {
			*at = at.Add(time.Hour) // no two clicks are one
			shift := rapid.Bool().Draw(t, fmt.Sprint("shift ", step))
			key := rapid.SampledFrom([]fyne.KeyName{fyne.KeyDown, fyne.KeyUp, fyne.KeyHome, fyne.KeyEnd, fyne.KeySpace, fyne.KeyEscape, "all"}).Draw(t, fmt.Sprint("key ", step))
			if shift {
				hands[grid].KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
			}
			to, moves := map[fyne.KeyName]int{fyne.KeyDown: p.at + columns, fyne.KeyUp: p.at - columns, fyne.KeyHome: 0, fyne.KeyEnd: n - 1}[key]
			to = max(0, min(to, n-1))
			switch {
			case moves && shift:
				p.stretch(to)
			case moves:
				p.only(to)
			case key == fyne.KeySpace:
				p.toggle(p.at)
			case key == fyne.KeyEscape:
				p.picked = map[int]bool{}
			default:
				for i := range n {
					p.picked[i] = true
				}
			}
			if key == "all" {
				hands[grid].TypedShortcut(&fyne.ShortcutSelectAll{})
			} else {
				press(f, key)
			}
			hands[grid].KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
			if got := f.Picked(); !slices.Equal(got, p.items()) || f.At() != p.at {
				t.Fatalf("after %s (shift %v): %v at %d, want %v at %d", key, shift, got, f.At(), p.items(), p.at)
			}
			for each := range f.live {
				if i := each.shownAt(); i >= 0 && i < n && f.state(i).picked != p.picked[i] {
					t.Fatalf("item %d is shown as picked: %v", i, f.state(i).picked)
				}
			}
		}
	})
}

// Whatever is typed into a list, its selection is a row of it, and is told once
// for each change.
func TestSelectionsStayInTheList(t *testing.T) {
	dressed(t)
	table, list, tree := NewTable(sampleColumns), NewFileList(), NewCheckTree()
	for _, l := range []struct {
		name string
		rows *Rows
		set  func(n int)
	}{
		{"table", &table.Rows, func(n int) { table.SetRows(make([]TableRow, n)) }},
		{"list", &list.Rows, func(n int) { list.SetRows(make([]FileView, n)) }},
		{"tree", &tree.Rows, func(n int) { tree.SetRows(make([]TreeRow, n)) }},
	} {
		shots.Window(t, l.rows.shown, 500, 300)
		told := -1
		l.rows.OnSelected = func(i int) {
			if i == told {
				t.Errorf("%s: %d is told twice", l.name, i)
			}
			told = i
		}
		rapid.Check(t, func(t *rapid.T) {
			n := rapid.IntRange(0, 30).Draw(t, "rows")
			l.rows.Select(-1)
			l.set(n)
			for step := range rapid.IntRange(1, 10).Draw(t, "steps") {
				name := rapid.SampledFrom([]fyne.KeyName{fyne.KeyDown, fyne.KeyUp, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageDown, fyne.KeyPageUp}).Draw(t, fmt.Sprint("key ", step))
				l.rows.list.TypedKey(key(name))
				if got := l.rows.Selected(); got < -1 || got >= n || (n > 0) != (got >= 0) {
					t.Fatalf("%s: %s selects %d of %d", l.name, name, got, n)
				}
			}
		})
	}
}

// TestCtrlMovesWithoutPicking: Ctrl and an arrow leave what is picked, and
// Space picks one more.
func TestCtrlMovesWithoutPicking(t *testing.T) {
	f, _ := filed(t, 10)
	f.Focus()
	press(f, fyne.KeyDown)
	for range 3 {
		f.list.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShortcutDefault})
	}
	if !slices.Equal(f.Picked(), []int{1}) || f.At() != 4 {
		t.Errorf("%v at %d", f.Picked(), f.At())
	}
	press(f, fyne.KeySpace)
	if !slices.Equal(f.Picked(), []int{1, 4}) {
		t.Error(f.Picked())
	}
	used := 0
	f.OnShortcut = func(fyne.Shortcut) bool { used++; return true }
	f.list.TypedShortcut(&fyne.ShortcutCopy{})
	f.list.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault})
	if used != 2 {
		t.Errorf("%d shortcuts were handed on", used)
	}
}

// TestLettersSearch: a letter goes on to a search, a space picks.
func TestLettersSearch(t *testing.T) {
	f, _ := filed(t, 5)
	var typed []rune
	f.OnRune = func(r rune) { typed = append(typed, r) }
	for _, grid := range []bool{false, true} {
		f.SetGrid(grid)
		for _, r := range "a ü" {
			f.sheet.TypedRune(r)
		}
	}
	if string(typed) != "aüaü" {
		t.Errorf("%q", string(typed))
	}
	f.OnRune = nil
	f.sheet.TypedRune('x') // nobody listens
}

// TestUnknownKeysGoOn: a page has keys of its own, and the window those that
// nobody used.
func TestUnknownKeysGoOn(t *testing.T) {
	f, _ := filed(t, 3)
	var page, window []fyne.KeyName
	f.OnKey = func(k *fyne.KeyEvent) bool { page = append(page, k.Name); return k.Name == fyne.KeyDelete }
	canvasOf(f.sheet).SetOnTypedKey(func(k *fyne.KeyEvent) { window = append(window, k.Name) })
	press(f, fyne.KeyDelete, fyne.KeyF2, fyne.KeyEscape, fyne.KeyLeft)
	if !slices.Equal(page, []fyne.KeyName{fyne.KeyDelete, fyne.KeyF2, fyne.KeyLeft}) || !slices.Equal(window, []fyne.KeyName{fyne.KeyF2, fyne.KeyEscape, fyne.KeyLeft}) {
		t.Errorf("the page got %v, the window %v", page, window)
	}
}
