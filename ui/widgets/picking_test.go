package widgets

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

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
