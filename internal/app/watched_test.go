package app

import (
	"testing"
	"time"
)

func TestPlaceToKeep(t *testing.T) {
	const film = 100 * time.Minute
	for _, c := range []struct {
		name                 string
		at, length, wantedAt time.Duration
	}{
		{"film.mp4", 40 * time.Minute, film, 40 * time.Minute},
		{"film.mp4", 4 * time.Second, film, 0},                 // hardly begun
		{"film.mp4", 97 * time.Minute, film, 97 * time.Minute}, // before the credits
		{"film.mp4", 98 * time.Minute, film, 0},                // as good as over
		{"film.mp4", film, film, 0},
		{"film.mp4", 40 * time.Minute, 0, 0},                // no length: a broadcast
		{"clip.mp4", 30 * time.Second, 50 * time.Second, 0}, // begins anew
		{"clip.mp4", 94 * time.Second, 100 * time.Second, 94 * time.Second},
		{"clip.mp4", 95 * time.Second, 100 * time.Second, 0},
		{"song.mp3", 2 * time.Minute, 4 * time.Minute, 0},
		{"book.MP3", 2 * time.Minute, 4 * time.Hour, 2 * time.Minute},
	} {
		if got := placeToKeep(c.name, c.at, c.length); got != c.wantedAt {
			t.Errorf("%s at %s of %s goes on at %s, want %s", c.name, c.at, c.length, got, c.wantedAt)
		}
	}
}

func TestPlacesArePublishedNowAndThen(t *testing.T) {
	var w watchTeller
	now := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	told := 0
	for second := range 3600 {
		if w.due(now.Add(time.Duration(second) * time.Second)) {
			told++
		}
	}
	if told != 12 {
		t.Errorf("told %d times in an hour", told)
	}
}
