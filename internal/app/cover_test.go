package app

import (
	"os"
	"path/filepath"
	"testing"
)

func TestCoverAmongWhatLiesBeside(t *testing.T) {
	picture := func(name string) Entry { return Entry{Name: name, Size: 1} }
	for want, list := range map[string][]Entry{
		"song.PNG":   {picture("cover.jpg"), picture("song.PNG"), picture("folder.jpg")},
		"Cover.jpg":  {picture("front.jpg"), picture("Cover.jpg"), picture("cover.png"), picture("other.jpg")},
		"Folder.gif": {picture("holiday.jpg"), picture("Folder.gif"), {Name: "cover.jpg", Size: maxCover + 1}},
		"front.png":  {{Name: "cover.jpg", Folder: true}, {Name: "folder.jpg"}, picture("front.png"), picture("cover.txt")},
		"":           {picture("holiday.jpg"), picture("cover"), picture("song.mp3"), picture("mycover.jpg")},
	} {
		got, found := coverAmong("Song.mp3", list)
		if got.Name != want || found != (want != "") {
			t.Errorf("%q instead of %q", got.Name, want)
		}
	}
}

func TestCoverBesideASongOfThisComputer(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"Song.mp3": "sound", "FOLDER.JPG": "a picture", "Film.mp4": "film"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := openTest(t, t.TempDir())
	song, err := a.OpenMedia(t.Context(), filepath.Join(folder, "Song.mp3"))
	if err != nil {
		t.Fatal(err)
	}
	defer song.Close()
	if got, err := song.Cover(t.Context()); string(got) != "a picture" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if err := os.Remove(filepath.Join(folder, "FOLDER.JPG")); err != nil {
		t.Fatal(err)
	}
	if got, err := song.Cover(t.Context()); got != nil || err != nil {
		t.Errorf("without one: %q, %v", got, err)
	}
	film, err := a.OpenMedia(t.Context(), filepath.Join(folder, "Film.mp4"))
	if err != nil {
		t.Fatal(err)
	}
	defer film.Close()
	if film.Cover != nil {
		t.Error("a film has a cover")
	}
}
