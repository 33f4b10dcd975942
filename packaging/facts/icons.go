package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"golang.org/x/image/draw"

	"github.com/stratosdrive/stratosdrive/assets"
)

// iconSizes are those that the icon theme "hicolor" asks for.
var iconSizes = []int{16, 22, 24, 32, 48, 64, 128, 256, 512}

// writeIcons makes the icon of the program in all sizes, as an icon theme has
// them: dir/48x48/apps/NAME.png.
func writeIcons(dir, name string) error {
	full, err := png.Decode(bytes.NewReader(assets.AppIcon))
	if err != nil {
		return fmt.Errorf("read the icon: %w", err)
	}
	for _, size := range iconSizes {
		folder := filepath.Join(dir, fmt.Sprintf("%dx%d", size, size), "apps")
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		small := image.NewNRGBA(image.Rect(0, 0, size, size))
		draw.CatmullRom.Scale(small, small.Rect, full, full.Bounds(), draw.Src, nil)
		var out bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small); err != nil {
			return fmt.Errorf("make an icon: %w", err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+".png"), out.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
