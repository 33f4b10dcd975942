package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Colours by purpose, beside those the toolkit names itself.
const (
	Background fyne.ThemeColorName = "ground"  // the window
	Surface    fyne.ThemeColorName = "surface" // sidebar, cards, fields
	Line       fyne.ThemeColorName = "line"    // 1 px borders, tracks
	Text       fyne.ThemeColorName = base.ColorNameForeground
	Muted      fyne.ThemeColorName = "muted" // second lines, labels
	Accent     fyne.ThemeColorName = base.ColorNamePrimary
	OnAccent   fyne.ThemeColorName = base.ColorNameForegroundOnPrimary
	Soft       fyne.ThemeColorName = "soft" // selected row, active page
	Good       fyne.ThemeColorName = base.ColorNameSuccess
	GoodSoft   fyne.ThemeColorName = "goodSoft"
	Warn       fyne.ThemeColorName = base.ColorNameWarning
	WarnSoft   fyne.ThemeColorName = "warnSoft"
	Bad        fyne.ThemeColorName = base.ColorNameError
	BadSoft    fyne.ThemeColorName = "badSoft"
	Thumb      fyne.ThemeColorName = "thumb" // ground of icon tiles
	Hover      fyne.ThemeColorName = base.ColorNameHover
	Scrim      fyne.ThemeColorName = "scrim" // over the page, under a dialog
	Clear      fyne.ThemeColorName = "clear" // nothing at all
	Paper      fyne.ThemeColorName = "paper" // white in both palettes, for QR codes
	Ink        fyne.ThemeColorName = "ink"   // black in both palettes
)

type palette map[fyne.ThemeColorName]color.NRGBA

// color finds name, following the toolkit's names to ours.
func (p palette) color(name fyne.ThemeColorName) color.Color {
	if name == base.ColorNameBackground {
		return cleared(p[Background])
	}
	if alias, ok := aliases[name]; ok {
		name = alias
	}
	c, ok := p[name]
	switch {
	case !ok:
		return p[Text]
	case c.A == 0:
		return color.Transparent // the only one that the toolkit does not draw
	}
	return c
}

// cleared is the colour that the toolkit has to be told to fill a window with
// for c to be seen: it takes 255*255, not 255*257, for the brightest there is.
func cleared(c color.NRGBA) color.Color {
	return color.RGBA64{R: uint16(c.R) * 255, G: uint16(c.G) * 255, B: uint16(c.B) * 255, A: 0xFFFF}
}

// aliases say which token stands for a name of the toolkit.
var aliases = map[fyne.ThemeColorName]fyne.ThemeColorName{
	base.ColorNameButton: Surface, base.ColorNameDisabledButton: Line, base.ColorNameDisabled: Muted,
	base.ColorNameInputBackground: Surface, base.ColorNameInputBorder: Line,
	base.ColorNameMenuBackground: Surface, base.ColorNameOverlayBackground: Surface,
	base.ColorNamePlaceHolder: Muted, base.ColorNameSeparator: Line, base.ColorNameHeaderBackground: Surface,
	base.ColorNameHyperlink: Accent, base.ColorNameForegroundOnError: OnAccent,
	base.ColorNameForegroundOnSuccess: OnAccent, base.ColorNameForegroundOnWarning: OnAccent,
	base.ColorNameFocus: Soft, base.ColorNamePressed: Soft, base.ColorNameScrollBarBackground: Clear,
	base.ColorNameShadow: Clear, // lines part things, and what is cut off tells by itself
}

var light = palette{
	Background: rgb(0xF6F7FB), Surface: rgb(0xFFFFFF), Line: rgb(0xE3E6EF),
	Text: rgb(0x161A24), Muted: rgb(0x5F6779),
	Accent: rgb(0x4458E6), OnAccent: rgb(0xFFFFFF), Soft: rgb(0xE9ECFE),
	Good: rgb(0x127A59), Warn: rgb(0x96610A), Bad: rgb(0xBE3340),
	GoodSoft: rgb(0xE2F4EC), WarnSoft: rgb(0xFCF1DC), BadSoft: rgb(0xFCE8EA),
	Thumb: rgb(0xDDE2F2), Hover: rgba(0x161A24, 0x0A), Scrim: rgba(0x0E1118, 0x70),
	Clear: rgba(0, 0), Paper: rgb(0xFFFFFF), Ink: rgb(0x161A24),
	base.ColorNameSelection: rgba(0x4458E6, 0x40), base.ColorNameScrollBar: rgba(0x5F6779, 0x60),
}

var dark = palette{
	Background: rgb(0x0E1118), Surface: rgb(0x161B25), Line: rgb(0x262D3B),
	Text: rgb(0xE9ECF3), Muted: rgb(0x9AA3B6),
	Accent: rgb(0x8C9BFF), OnAccent: rgb(0x0E1118), Soft: rgb(0x232B4D),
	Good: rgb(0x4FCB9C), Warn: rgb(0xE9B25A), Bad: rgb(0xFF8A93),
	GoodSoft: rgb(0x143328), WarnSoft: rgb(0x3A2C12), BadSoft: rgb(0x421B21),
	Thumb: rgb(0x232A3A), Hover: rgba(0xE9ECF3, 0x0D), Scrim: rgba(0x000000, 0x90),
	Clear: rgba(0, 0), Paper: rgb(0xFFFFFF), Ink: rgb(0x161A24),
	base.ColorNameSelection: rgba(0x8C9BFF, 0x50), base.ColorNameScrollBar: rgba(0x9AA3B6, 0x60),
}

func rgb(hex uint32) color.NRGBA { return rgba(hex, 0xFF) }

func rgba(hex uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: alpha}
}

// Color returns a token of the palette that is shown now.
func Color(name fyne.ThemeColorName) color.Color { return base.Color(name) }
