package viewer

import (
	"errors"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"
)

// scene is a picture whose upper half is light.
func scene(w, h int) *image.Paletted {
	m := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.RGBA{20, 40, 90, 255}, color.RGBA{240, 200, 120, 255}})
	for y := range h / 2 {
		for x := range w {
			m.SetColorIndex(x, y, 1)
		}
	}
	return m
}

func TestTextsInTheirEncodings(t *testing.T) {
	for raw, want := range map[string]string{
		"caf\xc3\xa9\r\nb":                "café|b",
		"\xef\xbb\xbfcaf\xc3\xa9":         "café",
		"\xff\xfec\x00a\x00f\x00\xe9\x00": "café",
		"\xfe\xff\x00c\x00a\x00f\x00\xe9": "café",
		"caf\xe9":                         "café",
		"a\tb\rc":                         "a   b|c",
		"safe\u202etxt\x1b[31m":           "safetxt\uFFFD[31m",
		"":                                "",
	} {
		lines, err := readWords([]byte(raw))
		if got := strings.Join(lines, "|"); err != nil || got != want {
			t.Errorf("%q is %q, want %q: %v", raw, got, want, err)
		}
	}
	if _, err := readWords([]byte("MZ\x00\x01")); !errors.Is(err, errBinary) {
		t.Error(err)
	}
}

func TestLinesBreakBetweenWords(t *testing.T) {
	shown := wrap([]string{"one two three four", "", strings.Repeat("x", 20)}, 10)
	var got []string
	for _, l := range shown {
		got = append(got, l.text)
	}
	if want := []string{"one two ", "three four", "", "xxxxxxxxxx", "xxxxxxxxxx"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if hits := find(shown, "THREE"); !slices.Equal(hits, []int{1}) || find(shown, " ") != nil {
		t.Error(hits)
	}
}

func FuzzWords(f *testing.F) {
	f.Add([]byte("\xff\xfeo\x00n\x00e"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if lines, err := readWords(raw); err == nil && len(lines) == 0 {
			t.Fatal("no line")
		}
	})
}
