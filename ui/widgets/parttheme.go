package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// partTheme is the theme of the window without some of the toolkit's own marks,
// for parts that draw theirs.
type partTheme struct {
	clear  []fyne.ThemeColorName // not seen
	packed bool                  // no gaps between things
}

// flat shows a list of the toolkit whose rows draw themselves.
func flat(list fyne.CanvasObject) fyne.CanvasObject {
	return container.NewThemeOverride(list, &partTheme{clear: []fyne.ThemeColorName{base.ColorNameHover, base.ColorNameSelection}, packed: true})
}

var _ fyne.Theme = (*partTheme)(nil)

// Color is that of the window, or none.
func (t *partTheme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if slices.Contains(t.clear, name) {
		name = theme.Clear
	}
	return fyne.CurrentApp().Settings().Theme().Color(name, v)
}

// Font is that of the window.
func (*partTheme) Font(s fyne.TextStyle) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Font(s)
}

// Icon is that of the window.
func (*partTheme) Icon(n fyne.ThemeIconName) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Icon(n)
}

// Size is that of the window, or no gap.
func (t *partTheme) Size(n fyne.ThemeSizeName) float32 {
	if t.packed && n == base.SizeNamePadding {
		return 0
	}
	return fyne.CurrentApp().Settings().Theme().Size(n)
}
