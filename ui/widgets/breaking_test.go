package widgets

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func texts(list []piece) (out []string) {
	for _, p := range list {
		text := p.text
		if p.space {
			text = " " + text
		}
		out = append(out, text)
	}
	return out
}

func TestPieces(t *testing.T) {
	for line, want := range map[string][]string{
		"":                {},
		"   ":             {},
		"one two":         {" one", " two"},
		"  one\ttwo  ":    {" one", " two"},
		"don’t stop":      {" don’t", " stop"},
		"中文":              {" 中", "文"},
		"您好，世界。":          {" 您", "好，", "世", "界。"},
		"（可选）名称":          {" （可", "选）", "名", "称"},
		"“您好”":            {" “您", "好”"},
		"12.5 STOS 已到":    {" 12.5", " STOS", " 已", "到"},
		"用Ozone付款":        {" 用", "Ozone", "付", "款"},
		"约100%。":          {" 约", "100%。"},
		"カタカナ":            {" カ", "タ", "カ", "ナ"},
		"Größe: 5 MB":     {" Größe:", " 5", " MB"},
		"https://a.b/c-d": {" https://a.b/c-d"},
	} {
		if got := texts(pieces(line)); !slices.Equal(got, want) {
			t.Errorf("%q breaks into %q, want %q", line, got, want)
		}
	}
}

// A line of Chinese is filled, and begins with no mark that ends a sentence.
func TestChineseIsBrokenAnywhere(t *testing.T) {
	dressed(t)
	const text = "当有事情需要您时，例如 Ozone 即将用完，以及您等待的事情完成时。（文件只存在于这台电脑上。）"
	for _, width := range []float32{60, 100, 180, 260, 400} {
		lines := breakLines(text, Body, width)
		for i, line := range lines {
			if strings.IndexAny(line, "，。）") == 0 {
				t.Errorf("at %v line %d begins with a mark: %q", width, i, line)
			}
			if Body.measure(line).Width > width {
				t.Errorf("at %v line %d is too wide: %q", width, i, line)
			}
			if next := i + 1; next < len(lines) && Body.measure(line).Width < width-3*Body.measure("中，").Width {
				t.Errorf("at %v line %d leaves room: %q", width, i, line)
			}
		}
		if strings.ReplaceAll(strings.Join(lines, ""), " ", "") != strings.ReplaceAll(text, " ", "") {
			t.Errorf("at %v: %q", width, lines)
		}
	}
}

// mixed draws a sentence out of several scripts, with spaces, marks and line
// feeds anywhere.
func mixed(t *rapid.T) string {
	runes := rapid.SliceOfN(rapid.SampledFrom([]rune("aábcß文件網路カ（），。 \n\t-_./😀مرحبا")), 0, 60).Draw(t, "text")
	return string(runes)
}

// Whatever the script, breaking loses nothing but spaces, and no line is wider
// than its place where it holds more than one piece.
func TestBreakingLosesNothing(t *testing.T) {
	dressed(t)
	letters := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		text, width := mixed(t), float32(rapid.IntRange(8, 300).Draw(t, "width"))
		lines := breakLines(text, Small, width)
		if letters(strings.Join(lines, "")) != letters(text) {
			t.Fatalf("%q became %q", text, lines)
		}
		for _, line := range lines {
			if Small.measure(line).Width > width && len([]rune(line)) > 1 {
				t.Fatalf("%q is wider than %v", line, width)
			}
			if line != strings.TrimSpace(line) {
				t.Fatalf("%q begins or ends with a space", line)
			}
		}
	})
}

// A wider place never needs more lines.
func TestMoreRoomNeedsNoMoreLines(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,5}`), 1, 15).Draw(t, "words")
		text := strings.Join(words, " ")
		before := len(text) + 1
		for width := float32(50); width < 400; width += 50 {
			n := len(breakLines(text, Body, width))
			if n > before {
				t.Fatalf("%q takes %d lines at %v, and %d with less room", text, n, width, before)
			}
			before = n
		}
	})
}

func TestEmptyLinesStay(t *testing.T) {
	dressed(t)
	if got := breakLines("one\n\ntwo", Body, 100); !slices.Equal(got, []string{"one", "", "two"}) {
		t.Errorf("%q", got)
	}
	if breakLines("", Body, 100) != nil {
		t.Error("nothing has no lines")
	}
}

// Names of files may be anything; showing them must not fail.
func TestAnyLettersAreShown(t *testing.T) {
	dressed(t)
	for _, name := range []string{"مرحبا.txt", "שלום", "👩‍👩‍👧.png", "नमस्ते", "e\u0301\u0301\u0301", "\u202egpj.exe", "a\x00b", "\xff\xfe", strings.Repeat("長", 300), "\u200b", "🇩🇪🇫🇷"} {
		for _, width := range []float32{1, 30, 200} {
			text := NewCutText(name, Name)
			text.CreateRenderer().Layout(text.MinSize())
			if got := ellipsis(name, Name, width); got == "" {
				t.Errorf("%q is shown as nothing", name)
			}
			if len(breakLines(name, Body, width)) == 0 {
				t.Errorf("%q has no lines", name)
			}
			NewParagraph(name, Body, width).CreateRenderer().Refresh()
		}
	}
}
