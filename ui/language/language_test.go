package language

import (
	"sync"
	"testing"

	"fyne.io/fyne/v2/lang"
)

// speak speaks a language until the test ends.
func speak(t *testing.T, code string) {
	t.Helper()
	before := spoken.Load()
	t.Cleanup(func() { spoken.Store(before) })
	if err := Use(code); err != nil {
		t.Fatal(err)
	}
}

func TestToolkitSpeaksTheLanguage(t *testing.T) {
	for code, want := range map[string]string{"en": "Folder", "de": "Ordner", "fr": "Dossier", "es": "Carpeta", "zh": "文件夹"} {
		speak(t, code)
		if got := lang.L("Folder"); got != want || Current() != code {
			t.Errorf("%s: %q", code, got)
		}
	}
}

func TestValuesAreFilledIn(t *testing.T) {
	speak(t, "de")
	if got := Say("{{.A}} {{.B}} {{.A}}", map[string]any{"A": "{{.B}}", "B": 2}); got != "{{.B}} 2 {{.B}}" {
		t.Error("a value is taken for a name:", got)
	}
	if got := Say("Nobody translated this: {{.N}}", map[string]any{"N": 4}); got != "Nobody translated this: 4" {
		t.Error(got)
	}
	if got := Say("Of the toolkit: {{.N}}", struct{ N int }{5}); got != "Of the toolkit: 5" {
		t.Error(got)
	}
	if got := Explain("There is %d of %s.", 1, "it"); got != "There is 1 of it." {
		t.Error(got)
	}
}

func TestLanguageOfTheSystem(t *testing.T) {
	for locale, want := range map[string]string{
		"de-AT": "de", "fr-CA": "fr", "es-MX": "es", "zh-Hans-CN": "zh", "zh": "zh", "en-GB": "en", "pt-BR": "en", "ja": "en", "": "en", "x!": "en",
	} {
		if got := match(locale); got != want {
			t.Errorf("%q: %s, want %s", locale, got, want)
		}
	}
	speak(t, "klingon")
	if _, known := forms[Current()]; !known {
		t.Error(Current())
	}
}

// TestChangingWhileOthersSpeak: words may be asked for on any goroutine.
func TestChangingWhileOthersSpeak(t *testing.T) {
	speak(t, "en")
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 200 {
				_ = Say("Folder") + Now().Number("1234")
			}
		})
	}
	for _, n := range Names() {
		speak(t, n.Code)
	}
	wait.Wait()
}

func TestWordsOfNoLanguage(t *testing.T) {
	if _, err := read("xx"); err == nil {
		t.Error("words out of nothing")
	}
	if words, err := read("en"); words != nil || err != nil {
		t.Error("English needs no words")
	}
}
