package viewer

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"
)

// spread is a text in a view that is wide enough for so many columns.
func spread(t *testing.T, columns int, lines ...string) *textView {
	t.Helper()
	test.NewTempApp(t)
	v := newTextView(lines)
	test.WidgetRenderer(v)
	v.Resize(fyne.NewSize(2*edgeSpace+float32(columns)*width([]rune("m"))+1, 300))
	if v.columns != columns {
		t.Fatalf("%d columns, want %d", v.columns, columns)
	}
	return v
}

func shownLines(v *textView) (out []string) {
	for _, l := range v.shown {
		out = append(out, l.text)
	}
	return out
}

func TestTextIsBrokenToItsWidth(t *testing.T) {
	v := spread(t, 20, poem...)
	if got, want := shownLines(v), []string{"The ferry leaves at ", "nine", "", "and the long way ", "round the bay is ", "quieter"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	v.Resize(fyne.NewSize(2*edgeSpace+60*width([]rune("m"))+1, 300))
	if got := shownLines(v); !slices.Equal(got, poem) {
		t.Errorf("%q", got)
	}
}

func TestWhereLinesBreak(t *testing.T) {
	for _, c := range []struct {
		columns int
		line    string
		want    string
	}{
		{10, "", ""},
		{10, "0123456789", "0123456789"},
		{10, "01234567890", "0123456789|0"},
		{10, "0123 567890", "0123 56789|0"}, // a space in the first half is too early
		{10, "0123456 89ab", "0123456 |89ab"},
		{10, "012345678 ab", "012345678 |ab"},
		{10, "          x", "          |x"},
		{3, "0123456789", "01234567|89"}, // never narrower than eight
		{10, "ééééééééééé", "éééééééééé|é"},
	} {
		var got []string
		for _, l := range wrap([]string{c.line}, c.columns) {
			got = append(got, l.text)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q at %d: %q, want %q", c.line, c.columns, s, c.want)
		}
	}
}

// Nothing is lost or invented by breaking lines.
func TestBreakingKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.StringMatching(`[a-z é]{0,50}`), 1, 6).Draw(t, "lines")
		columns := rapid.IntRange(1, 30).Draw(t, "columns")
		whole := make([]string, len(lines))
		for _, l := range wrap(lines, columns) {
			whole[l.line] += l.text
			if n := len([]rune(l.text)); n > max(8, columns) {
				t.Fatalf("%d characters in %d columns", n, columns)
			}
		}
		if !slices.Equal(whole, lines) {
			t.Fatalf("%q became %q", lines, whole)
		}
	})
}

func TestFinding(t *testing.T) {
	v := spread(t, 40, "one", "two ONE", "three", "none", "")
	for _, c := range []struct {
		text string
		want []int
	}{{"one", []int{0, 1, 3}}, {" one ", []int{0, 1, 3}}, {"ThRee", []int{2}}, {"four", nil}, {"", nil}, {"   ", nil}} {
		if n := v.Find(c.text); n != len(c.want) || !slices.Equal(v.order, c.want) {
			t.Errorf("%q: %v", c.text, v.order)
		}
		for i := range v.shown {
			if v.hits[i] != slices.Contains(c.want, i) {
				t.Errorf("%q: line %d is marked %v", c.text, i, v.hits[i])
			}
		}
	}
}

func TestGoingThroughWhatWasFound(t *testing.T) {
	v := spread(t, 40, "one", "two one", "three", "one")
	v.Next() // nothing is looked for
	v.Find("one")
	var seen []int
	for range 5 {
		seen = append(seen, v.order[v.at])
		v.Next()
	}
	if !slices.Equal(seen, []int{0, 1, 3, 0, 1}) {
		t.Errorf("%v", seen)
	}
}

// What is found stays marked when the lines are broken anew.
func TestFoundLinesFollowTheWidth(t *testing.T) {
	v := spread(t, 40, "first", "a long line about a ferry that leaves in the morning")
	v.Find("morning")
	at := v.order[0]
	v.Resize(fyne.NewSize(2*edgeSpace+12*width([]rune("m"))+1, 300))
	if len(v.order) != 1 || v.order[0] <= at || !strings.Contains(v.shown[v.order[0]].text, "morning") {
		t.Errorf("%v of %q", v.order, shownLines(v))
	}
}

func TestTheNearestPlaceInALine(t *testing.T) {
	test.NewTempApp(t)
	l := &textLine{text: "ferry"}
	one := width([]rune("m"))
	for x, want := range map[float32]int{-50: 0, 0: 0, one * 0.4: 0, one * 0.6: 1, one * 1.4: 1, one * 2: 2, one * 4.6: 5, one * 99: 5} {
		if got := l.column(x); got != want {
			t.Errorf("%v: %d, want %d", x, got, want)
		}
	}
	if (&textLine{}).column(40) != 0 {
		t.Error("a place in an empty line")
	}
}

func TestWhatIsSelectedOfALine(t *testing.T) {
	s := selection{spot{2, 3}, spot{4, 5}}
	for _, c := range []struct{ line, length, from, to int }{
		{1, 10, 0, 0},
		{2, 10, 3, 10},
		{3, 10, 0, 10},
		{4, 10, 0, 5},
		{5, 10, 0, 0},
		{2, 2, 2, 2},
		{4, 2, 0, 2}, // shorter than it was
	} {
		for _, each := range []selection{s, {s.to, s.from}} {
			if from, to := each.of(c.line, c.length); from != c.from || to != c.to {
				t.Errorf("line %d of %d: %d to %d", c.line, c.length, from, to)
			}
		}
	}
	if from, to := (selection{}).of(0, 9); from != to {
		t.Error("nothing is selected")
	}
}

// The marks that are drawn are what is selected.
func TestMarksOfALine(t *testing.T) {
	v := spread(t, 40, "The ferry leaves", "at nine")
	l := newTextLine(v)
	r := test.WidgetRenderer(l).(*lineRenderer)
	v.choose(selection{spot{0, 4}, spot{1, 2}})
	for i, want := range []string{"ferry leaves", "at"} {
		v.fill(i, l)
		l.Resize(fyne.NewSize(400, 20))
		from, long := r.mark.Position().X, r.mark.Size().Width
		start := width([]rune(v.shown[i].text)) - width([]rune(want))
		if i == 1 {
			start = 0
		}
		if r.mark.Hidden || from != start || long != width([]rune(want)) {
			t.Errorf("line %d: from %v, %v long", i, from, long)
		}
	}
	v.choose(selection{})
	if v.fill(0, l); !r.mark.Hidden {
		t.Error("a mark of nothing")
	}
	if v.Find("ferry"); true {
		v.fill(0, l)
	}
	if !r.text.TextStyle.Bold {
		t.Error("what was found is not told from the rest")
	}
	if l.Cursor() != desktop.TextCursor {
		t.Error("the pointer does not tell that text can be selected")
	}
}

func TestEncodings(t *testing.T) {
	for _, c := range []struct{ name, raw, want string }{
		{"an odd end of UTF-16", "\xff\xfea\x00b", "a"},
		{"a broken letter after the mark", "\xef\xbb\xbfa\xff", "a\uFFFD"},
		{"lines of all systems", "a\nb\r\nc\rd", "a|b|c|d"},
		{"an empty line at the end", "a\n", "a|"},
		{"a pair of UTF-16", "\xff\xfe\x3d\xd8\x00\xde", "😀"},
		{"a tab at its stop", "abcd\te", "abcd    e"},
		{"a form feed", "a\fb", "a\fb"},
		{"what turns the direction", "a\u202eb\u200fc", "abc"},
		{"an escape", "a\x1bb", "a\uFFFDb"},
	} {
		lines, err := readWords([]byte(c.raw))
		if got := strings.Join(lines, "|"); err != nil || got != c.want {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}
