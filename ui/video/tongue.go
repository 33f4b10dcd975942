package video

import (
	"path"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	spoken "github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// tongue is what people call the language that files write as "de", "ger" or
// "pt-BR"; what is not known stays as it is.
func tongue(code string) string {
	tag, err := language.Parse(code)
	if err != nil || tag == language.Und {
		return code
	}
	if name := display.Tags(language.Make(spoken.Current())).Name(tag); name != "" {
		return say.Begin(name)
	}
	return code
}

// titleOf is the title of a track. Files of subtitles beside a video are called
// as they are, which says nothing where the language is known.
func titleOf(t playback.Track) string {
	switch end := strings.ToLower(path.Ext(t.Title)); end {
	case ".srt", ".ass", ".ssa", ".vtt":
		if t.Language != "" {
			return ""
		}
		return strings.TrimSuffix(t.Title, path.Ext(t.Title))
	}
	return t.Title
}
