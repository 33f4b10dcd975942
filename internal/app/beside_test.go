package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func TestBesideAFileOfThisComputer(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.mp4", "a.mkv", "notes.txt", "list.m3u8"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.mp4"), 0o700); err != nil {
		t.Fatal(err)
	}
	var a App
	list, err := a.Beside(t.Context(), filepath.Join(dir, "a.mkv"))
	var got []string
	for _, e := range list {
		got = append(got, e.Path)
	}
	if want := []string{filepath.Join(dir, "a.mkv"), filepath.Join(dir, "b.mp4")}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := a.Beside(t.Context(), filepath.Join(dir, "gone", "a.mkv")); err == nil {
		t.Error("a folder that is not there was read")
	}
}

func TestNothingLiesBesideALink(t *testing.T) {
	var a App
	for _, what := range []string{"stos://abc#key", "sds://abc", "https://example.org/a.mp4", "v05j1m54d9qfbgbt6pt3hodv5s6fqltnkmi9sp3g"} {
		if list, err := a.Beside(t.Context(), what); len(list) != 0 || err != nil {
			t.Errorf("%s: %v, %v", what, list, err)
		}
	}
}

func TestNothingToPlay(t *testing.T) {
	a := openTest(t, t.TempDir())
	for _, what := range []string{"", "  "} {
		if media, err := a.OpenMedia(t.Context(), what); media != nil || !strings.Contains(fault.Sentence(err), "Name what") {
			t.Errorf("%q: %v", what, err)
		}
	}
}
