package app

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestThumbnailsAreMadeOnceAndKept(t *testing.T) {
	a, root := folderApp(t)
	var b bytes.Buffer
	m := image.NewNRGBA(image.Rect(0, 0, 900, 300))
	m.Set(0, 0, color.NRGBA{R: 255, A: 255})
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(root, "roof.png")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	e := Entry{Name: "roof.png", Path: "roof.png", Size: int64(b.Len()), Changed: time.Unix(1, 0)}
	small, err := a.Thumbnail(context.Background(), e)
	if err != nil || small.Bounds().Dx() != ThumbnailSide || small.Bounds().Dy() >= ThumbnailSide {
		t.Fatalf("%v, %v", small, err)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	again, err := a.Thumbnail(context.Background(), e)
	if err != nil || again.Bounds() != small.Bounds() {
		t.Errorf("it was not kept: %v", err)
	}
	if r, g, b, _ := again.At(200, 60).RGBA(); min(r, g, b) < 0xF000 {
		t.Error("what one can see through lies on white paper")
	}
	e.Changed = time.Unix(2, 0)
	if _, err := a.Thumbnail(context.Background(), e); !errors.Is(err, ErrNoThumbnail) {
		t.Errorf("another content has another picture: %v", err)
	}
}

// Nothing is fetched, and nothing that is no picture is shown as one.
func TestFilesWithoutThumbnails(t *testing.T) {
	a, root := folderApp(t, "broken.jpg", "notes.txt", "empty.png", "broken.pdf", "broken.mp4")
	if err := os.Truncate(filepath.Join(root, "empty.png"), 0); err != nil {
		t.Fatal(err)
	}
	for name, size := range map[string]int64{"broken.jpg": 10, "notes.txt": 9, "empty.png": 0, "online.jpg": 5, "online.mp4": 5, "broken.pdf": 10, "broken.mp4": 10} {
		m, err := a.Thumbnail(context.Background(), Entry{Name: name, Path: name, Size: size})
		if err == nil || m != nil {
			t.Errorf("%s has a picture", name)
		}
	}
	if HasThumbnail("notes.txt") || !HasThumbnail("a.PDF") || !HasThumbnail("a.mkv") || !HasThumbnail("a.JPG") {
		t.Error("kinds")
	}
}
