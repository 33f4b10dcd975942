// Command icns makes the icon of a bundle for macOS from one large PNG:
//
//	go run ./packaging/macos/icns assets/icon.png icon.icns
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"os"

	"golang.org/x/image/draw"
)

// sizes are the kinds of pictures in an icon, each by its four letters, and how
// many pixels they are wide; those of screens with twice the pixels as well.
var sizes = []struct {
	kind  string
	width int
}{
	{"ic11", 32},
	{"ic12", 64},
	{"ic07", 128},
	{"ic13", 256},
	{"ic08", 256},
	{"ic14", 512},
	{"ic09", 512},
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "icns: name a PNG and the icon to write")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "icns:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	raw, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("read %s: %w", from, err)
	}
	icon, err := icns(picture)
	if err != nil {
		return fmt.Errorf("make icon: %w", err)
	}
	return os.WriteFile(to, icon, 0o644)
}

// icns is an icon file: its four letters and whole length, then each picture as
// a PNG after its own letters and length.
func icns(picture image.Image) ([]byte, error) {
	var body bytes.Buffer
	for _, size := range sizes {
		var one bytes.Buffer
		if err := png.Encode(&one, scaled(picture, size.width)); err != nil {
			return nil, err
		}
		body.Write(block(size.kind, one.Bytes()))
	}
	return block("icns", body.Bytes()), nil
}

// block is a piece of an icon file; its length counts the letters and itself.
func block(kind string, data []byte) []byte {
	return append(binary.BigEndian.AppendUint32([]byte(kind), uint32(8+len(data))), data...)
}

func scaled(picture image.Image, width int) image.Image {
	to := image.NewNRGBA(image.Rect(0, 0, width, width))
	draw.CatmullRom.Scale(to, to.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	return to
}
