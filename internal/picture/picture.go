// Package picture reads pictures that strangers made: it bounds what it
// unpacks, makes large ones smaller, and puts them upright as their camera was
// held. It knows neither window nor drive.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif"  // formats that are shown
	_ "image/jpeg" // formats that are shown
	_ "image/png"  // formats that are shown

	_ "golang.org/x/image/bmp" // formats that are shown
	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff" // formats that are shown
	_ "golang.org/x/image/webp" // formats that are shown
)

// Limits of a picture. The header says how large it is before anything of it
// is unpacked, so that a small file cannot ask for much memory.
const (
	mostSide     = 40_000    // pixels
	mostUnpacked = 400 << 20 // bytes in memory
)

// Why a picture is not shown.
var (
	// ErrUnreadable is wrapped where a picture is damaged or of an unknown kind.
	ErrUnreadable = errors.New("picture cannot be read")
	// ErrHuge is wrapped where a picture would take too much memory.
	ErrHuge = errors.New("picture is too large")
)

// Decode unpacks a picture, turned as its camera was held, with no side longer
// than side pixels. Of an animated one it is the first frame. Errors wrap
// [ErrUnreadable] or [ErrHuge].
func Decode(raw []byte, side int) (shown *image.RGBA, err error) {
	defer func() {
		if why := recover(); why != nil { // decoders of strangers' files
			shown, err = nil, fmt.Errorf("%w: %v", ErrUnreadable, why)
		}
	}()
	header, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	pixels := int64(header.Width) * int64(header.Height)
	if header.Width <= 0 || header.Height <= 0 || header.Width > mostSide || header.Height > mostSide || pixels*depth(header.ColorModel) > mostUnpacked {
		return nil, fmt.Errorf("%w: %d x %d", ErrHuge, header.Width, header.Height)
	}
	picture, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	turned := upright
	if format == "jpeg" {
		turned = orientation(raw)
	}
	return turn(Shrink(picture, side), turned), nil
}

// depth is how many bytes a pixel takes in memory, at most.
func depth(m color.Model) int64 {
	switch m {
	case color.GrayModel:
		return 1
	case color.RGBA64Model, color.NRGBA64Model, color.Gray16Model:
		return 8
	}
	return 4
}

// Shrink draws a picture with no side longer than side pixels.
func Shrink(src image.Image, side int) *image.RGBA {
	b := src.Bounds()
	width, height := b.Dx(), b.Dy()
	if longer := max(width, height); longer > side {
		width, height = max(1, width*side/longer), max(1, height*side/longer)
	}
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	if width == b.Dx() && height == b.Dy() {
		draw.Draw(dst, dst.Bounds(), src, b.Min, draw.Src)
		return dst
	}
	draw.ApproxBiLinear.Scale(dst, dst.Bounds(), src, b, draw.Src, nil)
	return dst
}

// turn puts a picture upright; how is the orientation of EXIF, 1 to 8.
func turn(src *image.RGBA, how int) *image.RGBA {
	if how < 2 || how > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if how >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	dst := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			sx, sy := from(how, x, y, w, h)
			copy(dst.Pix[dst.PixOffset(x, y):][:4], src.Pix[src.PixOffset(sx, sy):][:4])
		}
	}
	return dst
}

// from says which pixel of a picture w wide and h high comes to x, y.
func from(how, x, y, w, h int) (int, int) {
	switch how {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	}
	return w - 1 - y, x // 8
}
