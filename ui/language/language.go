package language

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"
)

//go:embed words
var files embed.FS

// Name is a language with its own name.
type Name struct{ Code, Name string }

// Names are the languages of the window, in their own words.
func Names() []Name {
	return []Name{{"en", "English"}, {"zh", "中文"}, {"fr", "Français"}, {"de", "Deutsch"}, {"es", "Español"}}
}

// tongue is a language that is ready to speak.
type tongue struct {
	form  Form
	words map[string]string // by the English sentence; empty for English

	formats func() []format // of words; made when they are needed first
}

func newTongue(code string, words map[string]string) *tongue {
	return &tongue{forms[code], words, sync.OnceValue(func() []format { return formatsOf(words) })}
}

var (
	spoken atomic.Pointer[tongue]
	take   sync.Once
)

// now is what is spoken; English until [Use] was called.
func now() *tongue {
	if t := spoken.Load(); t != nil {
		return t
	}
	return newTongue("en", nil)
}

// Use speaks a language from now on, by its code; empty, or one that is not
// known, is that of the system, or English.
func Use(code string) error {
	if _, known := forms[code]; !known {
		code = match(lang.SystemLocale().LanguageString())
	}
	words, err := read(code)
	if err != nil {
		return err
	}
	spoken.Store(newTongue(code, words))
	take.Do(func() { lang.L = Say })
	return nil
}

// Current is the code of the language that is spoken.
func Current() string { return now().form.Code }

// match finds the language for a locale of the system: "de-AT" is "de".
func match(locale string) string {
	tags := make([]language.Tag, len(Names()))
	for i, n := range Names() {
		tags[i] = language.Make(n.Code)
	}
	_, index, confidence := language.NewMatcher(tags).Match(language.Make(locale))
	if confidence == language.No {
		return "en"
	}
	return Names()[index].Code
}

// read returns the words of a language; English needs none.
func read(code string) (map[string]string, error) {
	if code == "en" {
		return nil, nil
	}
	raw, err := files.ReadFile("words/" + code + ".json")
	if err != nil {
		return nil, fmt.Errorf("read the words of %s: %w", code, err)
	}
	var words map[string]string
	if err := json.Unmarshal(raw, &words); err != nil {
		return nil, fmt.Errorf("read the words of %s: %w", code, err)
	}
	return words, nil
}

// Say says an English sentence in the language that is spoken, with {{.Name}}
// replaced by what the first of data, a map, holds for Name. A sentence that is
// not translated is said in English.
func Say(english string, data ...any) string {
	text := now().translated(english)
	if len(data) == 0 || !strings.Contains(text, "{{") {
		return text
	}
	values, ok := data[0].(map[string]any)
	if !ok {
		return lang.Localize(text, data...) // from the toolkit's own widgets
	}
	return fill(text, values)
}

func (t *tongue) translated(english string) string {
	if text, ok := t.words[english]; ok {
		return text
	}
	return english
}

// fill puts values in the place of their names.
func fill(text string, values map[string]any) string {
	pairs := make([]string, 0, 2*len(values))
	for name, value := range values {
		pairs = append(pairs, "{{."+name+"}}", fmt.Sprint(value))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Explain says a sentence with the verbs of package fmt, as package fault has
// them. Without a translation it is said in English.
func Explain(format string, args ...any) string {
	return fmt.Sprintf(now().translated(format), args...)
}
