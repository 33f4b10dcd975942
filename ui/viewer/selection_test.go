package viewer

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

var poem = []string{"The ferry leaves at nine", "", "and the long way round the bay is quieter"}

func TestWhatASelectionHolds(t *testing.T) {
	shown := wrap(poem, 20)
	for want, s := range map[string]selection{
		"":                          {},
		"ferry":                     {spot{0, 4}, spot{0, 9}},
		"ferry leaves at nine\n\na": {spot{0, 4}, spot{3, 1}},
		"ferry leaves":              {spot{0, 16}, spot{0, 4}}, // backwards
		"nine\n\nand the long way round the bay is quieter": {spot{1, 0}, spot{5, 99}},
	} {
		if got := s.text(shown); got != want {
			t.Errorf("%v: %q, want %q", s, got, want)
		}
	}
	if got := allOf(shown).text(shown); got != strings.Join(poem, "\n") {
		t.Errorf("all is %q", got)
	}
	if !allOf(nil).empty() {
		t.Error("something of nothing")
	}
}

// All of a text is the text, however narrow it is shown.
func TestAllIsTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.StringMatching(`[a-zé ]{0,60}`), 1, 8).Draw(t, "lines")
		shown := wrap(lines, rapid.IntRange(8, 40).Draw(t, "columns"))
		if got := allOf(shown).text(shown); got != strings.Join(lines, "\n") {
			t.Fatalf("%q of %q", got, lines)
		}
		from := spot{rapid.IntRange(0, len(shown)-1).Draw(t, "line"), rapid.IntRange(0, 40).Draw(t, "column")}
		to := spot{rapid.IntRange(0, len(shown)-1).Draw(t, "to line"), rapid.IntRange(0, 40).Draw(t, "to column")}
		one, other := selection{from, to}.text(shown), selection{to, from}.text(shown)
		if one != other || !strings.Contains(strings.Join(lines, "\n"), one) {
			t.Fatalf("%q and %q of %q", one, other, lines)
		}
	})
}

func TestWords(t *testing.T) {
	const line = "the ferry, at 9_30"
	for column, want := range map[int]string{0: "the", 2: "the", 3: " ", 6: "ferry", 9: ",", 15: "9_30", 17: "9_30", 18: "", 40: ""} {
		if got := wordAt(line, spot{0, column}).text([]wrapped{{line, 0}}); got != want {
			t.Errorf("at %d: %q, want %q", column, got, want)
		}
	}
}

// line is a shown line of the text, as the toolkit hands the pointer to it.
func line(p *Page, i int) *textLine {
	l := newTextLine(p.text)
	p.text.fill(i, l)
	return l
}

func at(line *textLine, column int, down float32) fyne.Position {
	return fyne.NewPos(width([]rune(line.text)[:column])+1, down)
}

func TestSelectingWithThePointer(t *testing.T) {
	p, told := opened(t, "Notes.md")
	third := line(p, 2)
	third.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(third, 4, 5)}})
	third.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at(third, 9, 5)}})
	if got := p.text.Selected(); got != "ferry" {
		t.Errorf("selected %q", got)
	}
	p.shortcut(&fyne.ShortcutCopy{})
	if len(told.Copied) != 1 || told.Copied[0] != "ferry" {
		t.Errorf("copied %q", told.Copied)
	}
	third.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(-20, 2*p.text.pitch()+5)}})
	if got := p.text.Selected(); got != "ferry leaves at nine.\n\n" {
		t.Errorf("selected %q", got)
	}
	third.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(0, -1e4)}})
	if got := p.text.Selected(); got != "# Portugal\n\nThe " {
		t.Errorf("selected %q", got)
	}
	third.DoubleTapped(&fyne.PointEvent{Position: at(third, 12, 5)})
	if got := p.text.Selected(); got != "leaves" {
		t.Errorf("selected %q", got)
	}
	third.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonSecondary})
	if got := p.text.Selected(); got != "leaves" {
		t.Errorf("the other button takes it away: %q", got)
	}
	p.Leave()
}

func TestSelectingByKeyboard(t *testing.T) {
	p, told := opened(t, "Notes.md")
	p.shortcut(&fyne.ShortcutSelectAll{})
	p.shortcut(&fyne.ShortcutCopy{})
	if len(told.Copied) != 1 || told.Copied[0] != string(backend(t).Files[p.what]) {
		t.Errorf("copied %q", told.Copied)
	}
	p.host.Window.Resize(fyne.NewSize(500, 500))
	if !p.text.selected.empty() {
		t.Error("lines that are broken elsewhere are selected")
	}
	p.Leave()
}

func TestPicturesHaveNoText(t *testing.T) {
	p, told := opened(t, "Roof at dawn.jpg")
	p.copy()
	p.selectAll()
	if len(told.Copied) != 0 {
		t.Errorf("copied %q", told.Copied)
	}
	p.Leave()
}

func TestSelectionPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _ := opened(t, "Notes.md")
		p.text.choose(selection{spot{2, 4}, spot{4, 5}})
		shots.Match(t, "selected-"+mode, p.host.Window)
		p.Leave()
	})
}
