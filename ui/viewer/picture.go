package viewer

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

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Limits of a picture. The header says how large it is before anything of it
// is unpacked, so that a small file cannot ask for much memory.
const (
	mostPictureBytes = 200 << 20 // of the file
	mostSide         = 40_000    // pixels
	mostUnpacked     = 400 << 20 // bytes in memory
	shownSide        = 4096      // pixels; what is larger is drawn smaller
)

var (
	errPicture = errors.New("picture cannot be read")
	errHuge    = errors.New("picture is too large")
)

// decode unpacks a picture, turned as its camera was held. Of an animated one
// it is the first frame.
func decode(raw []byte) (shown *image.RGBA, err error) {
	defer func() {
		if why := recover(); why != nil { // decoders of strangers' files
			shown, err = nil, unreadable(fmt.Errorf("%v", why))
		}
	}()
	header, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, unreadable(err)
	}
	pixels := int64(header.Width) * int64(header.Height)
	if header.Width <= 0 || header.Height <= 0 || header.Width > mostSide || header.Height > mostSide || pixels*depth(header.ColorModel) > mostUnpacked {
		return nil, fault.Say(fmt.Errorf("%w: %d x %d", errHuge, header.Width, header.Height), "%s",
			lang.L("This picture is too large to be shown here. Open it with another program."))
	}
	picture, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, unreadable(err)
	}
	turned := 1
	if format == "jpeg" {
		turned = orientation(raw)
	}
	return turn(shrink(picture), turned), nil
}

func unreadable(err error) error {
	return fault.Say(fmt.Errorf("%w: %w", errPicture, err), "%s",
		lang.L("This picture cannot be read: it is damaged, or of a kind that is not known here."))
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

// shrink draws a picture as the toolkit wants it, no larger than it can be.
func shrink(src image.Image) *image.RGBA {
	b := src.Bounds()
	width, height := b.Dx(), b.Dy()
	if longer := max(width, height); longer > shownSide {
		width, height = max(1, width*shownSide/longer), max(1, height*shownSide/longer)
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
