package main

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// TestIcon takes an icon apart as the system does.
func TestIcon(t *testing.T) {
	to := filepath.Join(t.TempDir(), "icon.icns")
	if err := run("../../../assets/icon.png", to); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	if string(raw[:4]) != "icns" || int(binary.BigEndian.Uint32(raw[4:])) != len(raw) {
		t.Fatalf("% x", raw[:8])
	}
	found := map[string]int{}
	for rest := raw[8:]; len(rest) > 0; {
		length := int(binary.BigEndian.Uint32(rest[4:]))
		picture, err := png.Decode(bytes.NewReader(rest[8:length]))
		if err != nil {
			t.Fatal(err)
		}
		found[string(rest[:4])] = picture.Bounds().Dx()
		rest = rest[length:]
	}
	for _, size := range sizes {
		if found[size.kind] != size.width {
			t.Errorf("%s is %d pixels wide", size.kind, found[size.kind])
		}
	}
}

// TestScaledKeepsWhatIsSeen: a smaller picture has the colour of the large one,
// and stays see-through where that was.
func TestScaledKeepsWhatIsSeen(t *testing.T) {
	large := image.NewNRGBA(image.Rect(0, 0, 512, 512))
	blue := color.NRGBA{R: 20, G: 40, B: 200, A: 255}
	for y := range 512 {
		for x := range 256 {
			large.SetNRGBA(x, y, blue)
		}
	}
	small := scaled(large, 32)
	if got := color.NRGBAModel.Convert(small.At(4, 16)); got != blue {
		t.Errorf("%v", got)
	}
	if _, _, _, a := small.At(28, 16).RGBA(); a != 0 {
		t.Errorf("opacity %d", a)
	}
}

func TestRefusesWhatIsNoPicture(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "a.png")
	if err := os.WriteFile(text, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	if run(text, filepath.Join(dir, "icon.icns")) == nil || run(filepath.Join(dir, "none"), text) == nil {
		t.Error("taken")
	}
}
