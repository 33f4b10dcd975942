package mpv

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"slices"
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
	w.SetSpeed(0.25) // a picture that stands still is not looked at again for words
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

// foot is the lowest row of a picture that differs from another, -1 for none.
func foot(a, b *image.RGBA) int {
	for y := a.Rect.Dy() - 1; y >= 0; y-- {
		if row := y * a.Stride; !bytes.Equal(a.Pix[row:row+4*a.Rect.Dx()], b.Pix[row:row+4*a.Rect.Dx()]) {
			return y
		}
	}
	return -1
}

// TestRaisedSubtitles looks where the words stand in a picture of 180 rows.
func TestRaisedSubtitles(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	w.Pause(true)
	w.until("a picture", func() bool { s := w.State(); return s.Shown && s.Paused && s.Width > 0 })
	frame := func() *image.RGBA { f, _ := w.Frame(); return f }
	w.until("its size", func() bool { f := frame(); return f != nil && f.Rect.Dy() == 180 })
	bare := frame()
	bare = &image.RGBA{Pix: slices.Clone(bare.Pix), Stride: bare.Stride, Rect: bare.Rect}
	for _, ending := range []string{".srt", ".ass"} {
		path := filepath.Join(t.TempDir(), "words"+ending)
		if err := os.WriteFile(path, []byte(script(ending, "HHHH")), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := w.AddSubtitles(path, "", "", true); err != nil {
			t.Fatal(err)
		}
		w.RaiseSubtitles(0)
		w.until(ending+" at the edge", func() bool { return foot(bare, frame()) > 160 })
		w.RaiseSubtitles(0.25)
		w.until(ending+" above", func() bool { at := foot(bare, frame()); return at > 110 && at < 135 })
		w.Choose("sub", 0)
		w.until("no words", func() bool { return foot(bare, frame()) == -1 })
	}
	w.RaiseSubtitles(-3)
	w.RaiseSubtitles(9)
	w.until("the limit", func() bool { return strings.HasPrefix(w.property("sub-pos"), "0") })
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
