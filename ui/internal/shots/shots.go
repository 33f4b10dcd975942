// Package shots compares what the tests draw with pictures that a person has
// looked at. The fonts come with the program, so a picture is the same on every
// machine but for rounding in the last bits.
package shots

import (
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

var update = flag.Bool("update", false, "keep what is drawn as the new pictures")

const (
	near  = 12    // a difference of a colour channel that nobody sees
	stray = 0.001 // the part of all pixels that may differ more
)

// InBoth runs a test once with each palette and gives it the palette's name.
func InBoth(t *testing.T, run func(t *testing.T, name string)) {
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			app := test.NewTempApp(t)
			wind()
			app.Settings().SetTheme(theme.New(mode))
			run(t, string(mode))
		})
	}
}

// Window returns a window of the test driver with content in a size.
func Window(t *testing.T, content fyne.CanvasObject, width, height float32) fyne.Window {
	wind()
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

// wind sets the toolkit's clock, which stands still between two pictures. What
// is drawn by a clock that is a minute late would be thrown away, and come
// without its places, in the next picture.
func wind() { software.NewCanvas().Capture() }

// Match compares what a window shows with testdata/NAME.png. With -update it
// keeps what is shown instead; a picture that differs is left in
// testdata/failed for looking at.
func Match(t *testing.T, name string, w fyne.Window) {
	t.Helper()
	got, path := w.Canvas().Capture(), filepath.Join("testdata", name+".png")
	if *update {
		write(t, path, got)
		return
	}
	want, err := read(path)
	if err != nil {
		write(t, filepath.Join("testdata", "failed", name+".png"), got)
		t.Errorf("no picture to compare with: %v", err)
		return
	}
	if err := compare(got, want); err != nil {
		write(t, filepath.Join("testdata", "failed", name+".png"), got)
		t.Errorf("%s: %v", name, err)
	}
}

func compare(got, want image.Image) error {
	if got.Bounds() != want.Bounds() {
		return fmt.Errorf("size %v, want %v", got.Bounds().Size(), want.Bounds().Size())
	}
	b, different := got.Bounds(), 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if far(got, want, x, y) {
				different++
			}
		}
	}
	if part := float64(different) / float64(b.Dx()*b.Dy()); part > stray {
		return fmt.Errorf("%.2f %% of the picture differs", part*100)
	}
	return nil
}

func far(a, b image.Image, x, y int) bool {
	ar, ag, ab, _ := a.At(x, y).RGBA()
	br, bg, bb, _ := b.At(x, y).RGBA()
	return apart(ar, br) || apart(ag, bg) || apart(ab, bb)
}

func apart(a, b uint32) bool {
	d := int(a>>8) - int(b>>8)
	return d > near || d < -near
}

func read(path string) (image.Image, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return png.Decode(file)
}

func write(t *testing.T, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(file, coarse(img)); err != nil {
		t.Fatal(err)
	}
}

// coarse leaves out the last bits of every colour, which makes the kept
// pictures much smaller and stays well below what compare sees.
func coarse(img image.Image) image.Image {
	b := img.Bounds()
	out := image.NewRGBA(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, _ := img.At(x, y).RGBA()
			out.SetRGBA(x, y, color.RGBA{R: step(r), G: step(g), B: step(bl), A: 0xFF})
		}
	}
	return out
}

func step(channel uint32) uint8 {
	v := channel >> 8
	return uint8(min((v+4)/8*8, 255))
}
