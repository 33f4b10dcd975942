package theme

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"github.com/stratosdrive/stratosdrive/assets"
)

// Type sizes in device-independent pixels.
const (
	SmallText  float32 = 12 // labels, second lines
	BodyText   float32 = 14
	NameText   float32 = 15 // names of things
	TitleText  float32 = 20 // page titles
	FigureText float32 = 26 // numbers that matter
	LargeText  float32 = 34 // the number a page is about
)

// Space and measures in device-independent pixels, on a grid of 4.
const (
	Inside  float32 = 8  // between parts of a group
	Between float32 = 16 // between cards
	Around  float32 = 24 // around pages

	RowHeight     float32 = 48
	ControlHeight float32 = 36 // buttons, fields, items of the sidebar
	SidebarWidth  float32 = 216
	SidebarFolded float32 = 56
	IconSize      float32 = 18
	TileSize      float32 = 32 // an icon on its ground

	CardRadius    float32 = 12
	DialogRadius  float32 = 16
	ControlRadius float32 = 8
)

// sizes are what the toolkit's own widgets get.
var sizes = map[fyne.ThemeSizeName]float32{
	base.SizeNameText: BodyText, base.SizeNameCaptionText: SmallText,
	base.SizeNameHeadingText: TitleText, base.SizeNameSubHeadingText: NameText,
	base.SizeNamePadding: 4, base.SizeNameInnerPadding: 9, base.SizeNameLineSpacing: 8,
	base.SizeNameInlineIcon: IconSize, base.SizeNameInputBorder: 1, base.SizeNameInputRadius: ControlRadius,
	base.SizeNameSelectionRadius: 4, base.SizeNameSeparatorThickness: 1,
	base.SizeNameScrollBar: 8, base.SizeNameScrollBarSmall: 4, base.SizeNameScrollBarRadius: 4,
	base.SizeNameButtonRadius: ControlRadius, base.SizeNameCardRadius: CardRadius,
	base.SizeNameDialogRadius: DialogRadius, base.SizeNamePopupRadius: CardRadius, base.SizeNameMenuRadius: ControlRadius,
}

// Weight is a weight of the font.
type Weight int

// The weights that are used.
const (
	Regular  Weight = 400
	Medium   Weight = 500
	SemiBold Weight = 600
)

var (
	regular  = fyne.NewStaticResource("Inter-Regular.otf", assets.InterRegular)
	medium   = fyne.NewStaticResource("Inter-Medium.otf", assets.InterMedium)
	semiBold = fyne.NewStaticResource("Inter-SemiBold.otf", assets.InterSemiBold)
)

// FontSource returns the font of a weight for one text, or nil where the
// theme's own choice (400) is right.
func FontSource(w Weight) fyne.Resource {
	switch w {
	case Medium:
		return medium
	case SemiBold:
		return semiBold
	default:
		return nil
	}
}
