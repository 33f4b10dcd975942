package mpv

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestSubtitlesOfManyCodings: most subtitles in the world do not say how their
// letters are coded.
func TestSubtitlesOfManyCodings(t *testing.T) {
	german := "Füße müssen für größere Übungen schön warm bleiben, sagt der Übungsleiter."
	russian := "Привет, мы снова встретились в этом городе, и никто не знает, почему."
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	w.Pause(true)
	for name, c := range map[string]struct {
		text, ending string
		code         func(string) (string, error)
	}{
		"UTF-8 with a mark":  {german, ".srt", func(s string) (string, error) { return "\ufeff" + s, nil }},
		"Windows, western":   {german, ".srt", charmap.Windows1252.NewEncoder().String},
		"Windows, Cyrillic":  {russian, ".srt", charmap.Windows1251.NewEncoder().String},
		"for the web, UTF-8": {russian, ".vtt", func(s string) (string, error) { return s, nil }},
		"with styles, UTF-8": {russian, ".ass", func(s string) (string, error) { return s, nil }},
	} {
		coded, err := c.code(script(c.ending, c.text))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "words"+c.ending)
		if err := os.WriteFile(path, []byte(coded), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := w.AddSubtitles(path, name, "", true); err != nil {
			t.Fatal(err)
		}
		w.until(name, func() bool { return strings.TrimSpace(w.property("sub-text")) == c.text })
		w.Choose("sub", 0)
		w.until("no words", func() bool { return w.property("sub-text") == "" })
	}
}

// script is a file of subtitles that shows one sentence all the time.
func script(ending, text string) string {
	switch ending {
	case ".vtt":
		return "WEBVTT\n\n00:00.000 --> 00:09.000\n" + text + "\n"
	case ".ass":
		return "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\nStyle: Default,sans,20\n\n" +
			"[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,0:00:00.00,0:00:09.00,Default," + text + "\n"
	}
	return "1\n00:00:00,000 --> 00:00:09,000\n" + text + "\n"
}
