package testscreen

import (
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"time"
)

// patience is how long a screen may take to show something on a busy machine.
const patience = 3 * time.Minute

// Shot photographs the screen.
func (s *Screen) Shot() *image.RGBA {
	s.t.Helper()
	raw, err := os.ReadFile(s.memory)
	if err != nil {
		s.t.Fatal(err)
	}
	picture := image.NewRGBA(image.Rect(0, 0, Width, Height))
	if !decode(raw, picture) {
		s.t.Fatal("the memory of the screen is not in the form that is known here")
	}
	return picture
}

// decode reads the X window dump that Xvfb keeps: a head of big-endian
// numbers, a table of colours, then four bytes a pixel, blue first.
func decode(raw []byte, picture *image.RGBA) bool {
	const head, width, height, bitsPerPixel, perLine, colours = 0, 4, 5, 11, 12, 19
	word := func(i int) int { return int(binary.BigEndian.Uint32(raw[4*i:])) }
	if len(raw) < 100 || word(width) != Width || word(height) != Height || word(bitsPerPixel) != 32 {
		return false
	}
	start, line := word(head)+12*word(colours), word(perLine)
	if line < 4*Width || len(raw) < start+line*Height {
		return false
	}
	for y := range Height {
		row := raw[start+y*line:]
		for x := range Width {
			picture.SetRGBA(x, y, color.RGBA{R: row[4*x+2], G: row[4*x+1], B: row[4*x], A: 0xFF})
		}
	}
	return true
}

// Await photographs the screen until it shows what is asked for. The screen of
// another process has no event to wait for.
func (s *Screen) Await(what string, shows func(*image.RGBA) bool) *image.RGBA {
	s.t.Helper()
	for deadline := time.Now().Add(patience); ; {
		picture := s.Shot()
		if shows(picture) {
			return picture
		}
		if time.Now().After(deadline) {
			s.Keep(picture, "failed-"+s.t.Name()+".png")
			s.t.Fatalf("the screen never showed %s", what)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Keep saves a picture where STOS_SHOTS says, for people to look at.
func (s *Screen) Keep(picture image.Image, name string) {
	s.t.Helper()
	dir := os.Getenv("STOS_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(f, picture); err != nil {
		s.t.Fatal(err)
	}
}

// Count is how many pixels of an area have a colour.
func Count(picture *image.RGBA, area image.Rectangle, c color.RGBA) (n int) {
	area = area.Intersect(picture.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if picture.RGBAAt(x, y) == c {
				n++
			}
		}
	}
	return n
}

// Block finds the topmost block of one colour in an area that is at least as
// large as size, and returns its middle column and the middle of that size
// below its top: a place to click at.
func Block(picture *image.RGBA, area image.Rectangle, c color.RGBA, size image.Point) (at image.Point, ok bool) {
	area = area.Intersect(picture.Rect)
	for y := area.Min.Y; y+size.Y <= area.Max.Y; y++ {
		for x, run := area.Min.X, 0; x < area.Max.X; x++ {
			if picture.RGBAAt(x, y) != c {
				run = 0
				continue
			}
			if run++; run == size.X {
				block := image.Rect(x+1-run, y, x+1, y+size.Y)
				if Count(picture, block, c) == size.X*size.Y {
					return image.Pt(x+1-size.X/2, y+size.Y/2), true
				}
			}
		}
	}
	return image.Point{}, false
}

// Differ is how many pixels of an area differ in two pictures.
func Differ(a, b *image.RGBA, area image.Rectangle) (n int) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				n++
			}
		}
	}
	return n
}
