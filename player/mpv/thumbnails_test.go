package mpv

import (
	"errors"
	"image"
	"testing"
	"time"
)

// wait is what a thumbnail may take at most; the machine may be busy.
const wait = 20 * time.Second

func thumbnails(t *testing.T, address string) (*Thumbnails, chan struct{}) {
	t.Helper()
	ready := make(chan struct{}, 100)
	made, err := NewThumbnails(address, ThumbnailOptions{Width: 160, Height: 90, OnReady: func() { ready <- struct{}{} }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = made.Close() })
	return made, ready
}

// thumbnail waits for the picture at a second.
func thumbnail(t *testing.T, made *Thumbnails, ready chan struct{}, at float64) *image.RGBA {
	t.Helper()
	late := time.After(wait)
	for {
		if picture := made.At(at); picture != nil {
			return picture
		}
		made.Want(at)
		select {
		case <-ready:
		case <-time.After(thumbnailLimit): // given up: ask again
		case <-late:
			t.Fatalf("no picture at %.1f s", at)
		}
	}
}

func TestThumbnailsShowThePlaceAskedFor(t *testing.T) {
	made, ready := thumbnails(t, testClips.video)
	if made.At(2) != nil {
		t.Fatal("a picture that nobody wanted")
	}
	first := thumbnail(t, made, ready, 0.2)
	second := thumbnail(t, made, ready, 2.4)
	if first.Rect.Dx() != 160 || first.Rect.Dy() != 90 || palette(first) < 20 {
		t.Errorf("picture %v with %d colours", first.Rect, palette(first))
	}
	if string(first.Pix) == string(second.Pix) {
		t.Error("two places have the same picture")
	}
	if again := made.At(2.9); again != second {
		t.Error("places of one second do not share a picture")
	}
	made.Want(1.5)
	made.Forget()
	if third := thumbnail(t, made, ready, 3.2); string(third.Pix) == string(second.Pix) {
		t.Error("the wish after one taken back shows another place")
	}
}

func TestThumbnailsNeedAnAddressOfThisComputer(t *testing.T) {
	if _, err := NewThumbnails("http://example.org/a.mp4", ThumbnailOptions{}); !errors.Is(err, ErrAddress) {
		t.Errorf("got %v", err)
	}
	made, _ := thumbnails(t, "/nowhere/clip.mp4")
	made.Want(1)
	if err := errors.Join(made.Close(), made.Close()); err != nil || made.At(1) != nil {
		t.Errorf("of nothing: %v", err)
	}
}
