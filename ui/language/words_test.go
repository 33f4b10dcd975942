package language

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/image/font/sfnt"

	"github.com/stratosdrive/stratosdrive/assets"
)

// fonts are the letters that the program brings along.
func fonts(t *testing.T) map[string]*sfnt.Font {
	list := map[string]*sfnt.Font{}
	for name, raw := range map[string][]byte{"400": assets.InterRegular, "500": assets.InterMedium, "600": assets.InterSemiBold} {
		font, err := sfnt.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		list[name] = font
	}
	return list
}

// TestEveryLetterIsInTheFonts: whatever the window says in any language but
// Chinese is drawn with the letters of the program, in each of its weights.
func TestEveryLetterIsInTheFonts(t *testing.T) {
	all := fonts(t)
	letters := map[rune]string{'…': "what is cut ends with it"}
	for _, n := range Names() {
		if n.Code == "zh" {
			continue
		}
		words, err := read(n.Code)
		if err != nil {
			t.Fatal(err)
		}
		for english, text := range words {
			for _, r := range english + text {
				letters[r] = n.Code + ": " + text
			}
		}
		f := forms[n.Code]
		for _, r := range strings.Join(append(append([]string{n.Name, f.Decimal, f.Group}, f.Months[:]...), f.Weekdays[:]...), "") {
			letters[r] = n.Code
		}
	}
	var buffer sfnt.Buffer
	for weight, font := range all {
		for r, where := range letters {
			if unicode.IsControl(r) {
				continue
			}
			if glyph, err := font.GlyphIndex(&buffer, r); err != nil || glyph == 0 {
				t.Errorf("weight %s has no %q (%U), as in %s", weight, r, r, where)
			}
		}
	}
}

// TestWordsHaveAFileEach: a language that can be chosen has its words, and no
// words lie there that nobody can choose.
func TestWordsHaveAFileEach(t *testing.T) {
	var lying []string
	err := fs.WalkDir(files, "words", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			lying = append(lying, strings.TrimSuffix(e.Name(), ".json"))
		}
		return err
	})
	if err != nil || len(lying) != len(Names()) {
		t.Errorf("%v (%v)", lying, err)
	}
	for _, code := range lying {
		if _, known := forms[code]; !known {
			t.Errorf("nobody speaks %s", code)
		}
		raw, err := files.ReadFile("words/" + code + ".json")
		var words map[string]string
		if err != nil || json.Unmarshal(raw, &words) != nil || len(words) < 800 {
			t.Errorf("%s has %d words (%v)", code, len(words), err)
		}
	}
}

var value = regexp.MustCompile(`{{\.[A-Za-z]+}}`)

// TestEachSentenceIsFilled: in no language does a sentence keep the name of a
// value that it was given.
func TestEachSentenceIsFilled(t *testing.T) {
	for _, n := range Names() {
		speak(t, n.Code)
		for english := range now().words {
			values := map[string]any{}
			for _, name := range value.FindAllString(english, -1) {
				values[strings.Trim(name, "{.}")] = 7
			}
			if len(values) == 0 {
				continue
			}
			if said := Say(english, values); strings.Contains(said, "{{") || !strings.Contains(said, "7") {
				t.Errorf("%s: %q is said as %q", n.Code, english, said)
			}
		}
	}
}

var verb = regexp.MustCompile(`%(\[\d\])?[a-z]`)

// TestEachErrorIsFilled: the same for sentences about what went wrong, which
// have verbs in place of names.
func TestEachErrorIsFilled(t *testing.T) {
	for _, n := range Names() {
		speak(t, n.Code)
		for english := range now().words {
			var args []any
			for _, v := range verb.FindAllString(english, -1) {
				if strings.HasSuffix(v, "d") {
					args = append(args, 41)
				} else {
					args = append(args, "forty-one")
				}
			}
			if len(args) == 0 || strings.Contains(english, "{{") {
				continue
			}
			if said := Explain(english, args...); strings.Contains(said, "%!") || strings.Contains(said, "(MISSING)") || strings.Count(said, "41")+strings.Count(said, "forty-one") < len(args) {
				t.Errorf("%s: %q is said as %q", n.Code, english, said)
			}
		}
	}
}

// TestOnlyChineseMayBeMissing: the program brings the letters of all others.
func TestOnlyChineseMayBeMissing(t *testing.T) {
	for _, n := range Names() {
		speak(t, n.Code)
		if want := n.Code != "zh" || hasChinese(); Shows() != want {
			t.Errorf("%s can be shown: %v, want %v", n.Code, Shows(), want)
		}
	}
}

// TestBeforeAnyLanguageIsChosen English is spoken.
func TestBeforeAnyLanguageIsChosen(t *testing.T) {
	before := spoken.Load()
	t.Cleanup(func() { spoken.Store(before) })
	spoken.Store(nil)
	if Current() != "en" || Say("Folder") != "Folder" || Now().Number("1234.5") != "1,234.5" || Explain("%d of %d", 1, 2) != "1 of 2" {
		t.Errorf("%s speaks first", Current())
	}
}
