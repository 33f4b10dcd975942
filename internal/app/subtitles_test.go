package app

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

func TestNamesOfSubtitles(t *testing.T) {
	for name, want := range map[string]*Subtitles{
		"Film.srt":               {Choose: true},
		"film.SRT":               {Choose: true},
		"Film.en.srt":            {Language: "en"},
		"Film.POR.forced.ass":    {Language: "por", Title: "forced"},
		"Film.English.vtt":       {Title: "English"},
		"Film.part 2.en.cut.ssa": {Language: "en", Title: "part 2 cut"},
		"Film2.srt":              nil,
		"Fil.srt":                nil,
		"Film.mkv":               nil,
		"Film.idx":               nil,
		".srt":                   nil,
	} {
		got, ok := subtitlesOf("Film.mkv", name)
		if ok != (want != nil) || ok && got != *want {
			t.Errorf("%s: %+v %v", name, got, ok)
		}
	}
}

// given is a player that notes what it gets.
type given []Subtitles

func (g *given) AddSubtitles(address, title, language string, choose bool) error {
	*g = append(*g, Subtitles{address, title, language, choose})
	return nil
}

func TestSubtitlesBesideALocalVideo(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"Film.mp4": "a film", "Film.srt": "words", "Film.fr.vtt": "\xff\xfem\x00\x1f\x04", "Other.srt": "x", "Film.en.srt": string(make([]byte, maxSubtitles+1)),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := openTest(t, t.TempDir())
	media, err := a.OpenMedia(t.Context(), filepath.Join(folder, "Film.mp4"))
	if err != nil {
		t.Fatal(err)
	}
	var got given
	if err := media.AddSubtitles(t.Context(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Language != "fr" || got[0].Choose || !got[1].Choose {
		t.Fatalf("got %+v", got)
	}
	if text, code := fetched(t, got[1].URL); text != "words" || code != http.StatusOK {
		t.Errorf("%q, %d", text, code)
	}
	if text, _ := fetched(t, got[0].URL); text != "m\u041f" {
		t.Errorf("of UTF-16: %q", text)
	}
	if err := media.Close(); err != nil {
		t.Fatal(err)
	}
	if _, code := fetched(t, got[1].URL); code != http.StatusNotFound {
		t.Errorf("after closing: %d", code)
	}
}

func fetched(t *testing.T, address string) (string, int) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	http.DefaultClient.CloseIdleConnections()
	return string(bytes.TrimSpace(text)), answer.StatusCode
}
