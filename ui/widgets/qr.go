package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"github.com/skip2/go-qrcode"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// NewQR returns a text as a code for cameras, dark on white in both palettes,
// with a side of so many pixels. Text too long for a code gives empty space.
func NewQR(text string, side float32) fyne.CanvasObject {
	img := qrImage(text)
	if img == nil {
		return Gap(side, side)
	}
	picture := canvas.NewImageFromImage(img)
	picture.ScaleMode, picture.FillMode = canvas.ImageScalePixels, canvas.ImageFillContain
	picture.SetMinSize(fyne.NewSquareSize(side - 24))
	return NewBox(theme.Paper, theme.Line, theme.CardRadius, Even(12), container.NewStack(picture))
}

// qrImage draws a code with one pixel per module, so that scaling keeps its
// edges sharp; nil when the text is too long.
func qrImage(text string) image.Image {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil
	}
	code.DisableBorder = true
	bits := code.Bitmap()
	img := image.NewRGBA(image.Rect(0, 0, len(bits), len(bits)))
	for y, row := range bits {
		for x, on := range row {
			img.Set(x, y, color.White)
			if on {
				img.Set(x, y, color.Black)
			}
		}
	}
	return img
}
