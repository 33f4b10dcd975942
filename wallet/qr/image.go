package qr

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif"  // reads
	_ "image/jpeg" // these
	_ "image/png"  // formats

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	show "github.com/skip2/go-qrcode"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Errors of reading images, each with a sentence for people.
var (
	ErrImage  = errors.New("not an image")
	ErrNoCode = errors.New("no QR code in the image")
)

// The largest image that is looked at.
const (
	maxImageFile = 32 << 20
	maxPixels    = 50_000_000
)

// ReadImage returns the text of the QR code in a PNG, JPEG or GIF image: a
// photo, a screenshot, or light modules on dark ground.
func ReadImage(file []byte) (string, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || len(file) > maxImageFile || config.Width < 1 || config.Height < 1 || config.Width > maxPixels/config.Height {
		return "", fault.Wrong(fmt.Errorf("%w: %v", ErrImage, err), "This is not an image that can be read. Use a PNG or JPEG file of common size.")
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return "", fault.Wrong(fmt.Errorf("%w: %w", ErrImage, err), "This image is damaged.")
	}
	return Read(picture)
}

// Read returns the text of the QR code in a picture. A noisy or very large one
// is tried smaller, too.
func Read(picture image.Image) (text string, err error) {
	defer func() {
		if p := recover(); p != nil { // the library reads what strangers drew
			text, err = "", noCode(fmt.Errorf("reader failed: %v", p))
		}
	}()
	for _, factor := range []int{1, 2, 4} {
		if text, err = decode(shrink(picture, factor)); err == nil {
			return text, nil
		}
	}
	return "", noCode(err)
}

// decode looks for dark modules on light ground and the other way round, with
// one threshold for each region and with one for all.
func decode(picture image.Image) (text string, err error) {
	source := gozxing.NewLuminanceSourceFromImage(picture)
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true, gozxing.DecodeHintType_CHARACTER_SET: "UTF-8"}
	for _, s := range []gozxing.LuminanceSource{source, gozxing.NewInvertedLuminanceSource(source)} {
		for _, b := range []gozxing.Binarizer{gozxing.NewHybridBinarizer(s), gozxing.NewGlobalHistgramBinarizer(s)} {
			bitmap, failed := gozxing.NewBinaryBitmap(b)
			if failed != nil {
				return "", failed
			}
			found, failed := qrcode.NewQRCodeReader().Decode(bitmap, hints)
			if failed == nil {
				return found.GetText(), nil
			}
			err = failed
		}
	}
	return "", err
}

// shrink averages squares of factor by factor pixels.
func shrink(picture image.Image, factor int) image.Image {
	if factor == 1 {
		return picture
	}
	from := picture.Bounds()
	small := image.NewGray(image.Rect(0, 0, from.Dx()/factor, from.Dy()/factor))
	for y := range small.Rect.Dy() {
		for x := range small.Rect.Dx() {
			sum := 0
			for i := range factor * factor {
				c := picture.At(from.Min.X+x*factor+i%factor, from.Min.Y+y*factor+i/factor)
				sum += int(color.GrayModel.Convert(c).(color.Gray).Y)
			}
			small.SetGray(x, y, color.Gray{Y: uint8(sum / (factor * factor))})
		}
	}
	return small
}

func noCode(err error) error {
	return fault.Say(fmt.Errorf("%w: %w", ErrNoCode, err), "No QR code was found in this image. Take the picture again, straight and sharp, with the whole code in it.")
}

// PNG draws text as a QR code of size by size pixels, with its quiet zone.
func PNG(text string, size int) ([]byte, error) {
	raw, err := show.Encode(text, show.Medium, size)
	if err != nil {
		return nil, fault.Say(err, "This text is too long for a QR code.")
	}
	return raw, nil
}

// Modules returns the dark (true) and light modules of text, row by row, with
// the quiet zone, for drawing in other ways.
func Modules(text string) ([][]bool, error) {
	code, err := show.New(text, show.Medium)
	if err != nil {
		return nil, fault.Say(err, "This text is too long for a QR code.")
	}
	return code.Bitmap(), nil
}

// Terminal draws text as a QR code with half blocks, two rows in a line, light
// on dark as terminals are.
func Terminal(text string) (string, error) {
	rows, err := Modules(text)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	for y := 0; y < len(rows); y += 2 {
		for x := range rows[y] {
			upper, lower := !rows[y][x], y+1 < len(rows) && !rows[y+1][x]
			out.WriteString(map[[2]bool]string{{true, true}: "█", {true, false}: "▀", {false, true}: "▄", {}: " "}[[2]bool{upper, lower}])
		}
		out.WriteByte('\n')
	}
	return out.String(), nil
}
