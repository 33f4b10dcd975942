package theme

import (
	"bytes"
	"fmt"
	"image/color"
	"math"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/assets"
)

// stroke is the width of the lines of an icon at its own size of 18.
const stroke = 1.7

// Icon returns a drawing of package assets in a colour of the palette that is
// shown now, for its own size of 18 pixels.
func Icon(name string, colour fyne.ThemeColorName) fyne.Resource {
	return IconAt(name, colour, IconSize, 1)
}

// IconAt is Icon for any side, on a screen of so many pixels per unit. The
// toolkit scales shapes but not the width of their lines, so that is set here;
// large icons get lines that are wider, but less than in proportion. The
// resource is named after all of it, so each is drawn once.
func IconAt(name string, colour fyne.ThemeColorName, side, scale float32) fyne.Resource {
	line := stroke * scale * float32(math.Sqrt(float64(side/IconSize)))
	hex, width := hexOf(Color(colour)), fmt.Sprintf("%.1f", line)
	svg := bytes.ReplaceAll(assets.Icon(name), []byte("#000000"), []byte(hex))
	svg = bytes.Replace(svg, []byte(`stroke-width="1.7"`), []byte(`stroke-width="`+width+`"`), 1)
	return fyne.NewStaticResource(name+"-"+hex[1:]+"-"+width+".svg", svg)
}

// AppIcon returns the icon of the program for the window and the task bar.
func AppIcon() fyne.Resource { return fyne.NewStaticResource("stratosdrive.png", assets.AppIcon) }

func hexOf(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}
