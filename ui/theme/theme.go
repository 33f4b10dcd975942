package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Mode says which of the two palettes is shown.
type Mode string

// The modes a person may choose.
const (
	System Mode = "system"
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// Theme is the Fyne theme of the program. The zero value follows the system.
type Theme struct{ mode Mode }

var _ fyne.Theme = (*Theme)(nil)

// New returns the theme in a mode; an unknown mode follows the system.
func New(mode Mode) *Theme { return &Theme{mode: mode} }

// Color returns a colour of the palette; names that only the toolkit knows are
// mapped to the token that stands for the same thing.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if t.mode == Dark || (t.mode != Light && variant == base.VariantDark) {
		return dark.color(name)
	}
	return light.color(name)
}

// Font returns Inter in weight 400, or 600 for bold text. Monospaced text is
// the toolkit's.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return base.DefaultTheme().Font(style)
	case style.Bold:
		return semiBold
	default:
		return regular
	}
}

// Icon returns the program's drawing for the few icons the toolkit asks for.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if own, ok := toolkitIcons[name]; ok {
		return Icon(own, Muted)
	}
	return base.DefaultTheme().Icon(name)
}

// Size returns a size in device-independent pixels.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := sizes[name]; ok {
		return size
	}
	return base.DefaultTheme().Size(name)
}

var toolkitIcons = map[fyne.ThemeIconName]string{
	base.IconNameVisibility: "eye", base.IconNameVisibilityOff: "eye-off", base.IconNameCancel: "close",
	base.IconNameConfirm: "check", base.IconNameSearch: "search", base.IconNameFolder: "folder",
	base.IconNameFile: "file", base.IconNameWarning: "warning", base.IconNameError: "warning",
	base.IconNameInfo: "info", base.IconNameArrowDropDown: "chevron-down", base.IconNameArrowDropUp: "chevron-up",
	base.IconNameContentCopy: "copy", base.IconNameContentAdd: "plus", base.IconNameDelete: "trash",
	base.IconNameMenuExpand: "chevron-right", base.IconNameNavigateBack: "chevron-left",
	base.IconNameNavigateNext: "chevron-right", base.IconNameSettings: "gear",
}
