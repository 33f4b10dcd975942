package theme

import (
	"bytes"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/assets"
)

// stroke is the width of the lines of an icon at its own size of 18.
const stroke = 1.7

// Icon returns a drawing of package assets in a colour of the palette that is
// shown now, for its own size of 18 pixels.
func Icon(name string, colour fyne.ThemeColorName) fyne.Resource {
	return IconAt(name, colour, IconSize)
}

// IconAt is Icon for any size, in pixels of the screen. The toolkit scales
// shapes but not the width of their lines, so that is set here. The resource is
// named after all three, so each is drawn once.
func IconAt(name string, colour fyne.ThemeColorName, pixels float32) fyne.Resource {
	hex, width := hexOf(Color(colour)), fmt.Sprintf("%.1f", stroke*pixels/IconSize)
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
