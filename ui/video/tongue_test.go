package video

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/language"
)

func TestLanguagesAreCalledByTheirNames(t *testing.T) {
	for spoken, names := range map[string]map[string]string{
		"en": {"de": "German", "ger": "German", "deu": "German", "por": "Portuguese", "pt-BR": "Brazilian Portuguese", "fre": "French", "chi": "Chinese", "zh-Hant": "Traditional Chinese", "und": "und", "": "", "klingon?": "klingon?", "qaa": "qaa"},
		"de": {"en": "Englisch", "fra": "Französisch"},
		"fr": {"de": "Allemand", "jpn": "Japonais"},
		"es": {"de": "Alemán"},
		"zh": {"de": "德语"},
	} {
		if err := language.Use(spoken); err != nil {
			t.Fatal(err)
		}
		for code, want := range names {
			if got := tongue(code); got != want {
				t.Errorf("%q in %s: %q, want %q", code, spoken, got, want)
			}
		}
	}
	if err := language.Use("en"); err != nil {
		t.Fatal(err)
	}
}

func TestTracksAreCalledByWhatTellsThemApart(t *testing.T) {
	for want, track := range map[string]playback.Track{
		"3":                   {ID: 3},
		"German":              {ID: 3, Language: "ger"},
		"Commentary":          {ID: 3, Title: "Commentary"},
		"Commentary (German)": {ID: 3, Title: "Commentary", Language: "de"},
		"French":              {ID: 3, Title: "Sea.fr.ass", Language: "fr"},
		"Sea":                 {ID: 3, Title: "Sea.srt"},
		"forced (Portuguese)": {ID: 3, Title: "forced", Language: "por"},
		"Mr. Smith (Swedish)": {ID: 3, Title: "Mr. Smith", Language: "sv"},
		"Sea.SRT.txt":         {ID: 3, Title: "Sea.SRT.txt"},
		"Sea-de":              {ID: 3, Title: "Sea-de.VTT"},
	} {
		if got := trackName(track); got != want {
			t.Errorf("%+v: %q, want %q", track, got, want)
		}
	}
}
