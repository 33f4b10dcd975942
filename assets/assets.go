// Package assets carries what the program brings along: the fonts of the
// window and the icons drawn for it. It holds bytes only; package ui/theme
// gives them colour and size.
package assets

import "embed"

// Inter in the weights 400, 500 and 600, cut down by fonts/subset.py, with
// tabular figures. SIL Open Font License, fonts/OFL.txt.
var (
	//go:embed fonts/Inter-Regular.otf
	InterRegular []byte
	//go:embed fonts/Inter-Medium.otf
	InterMedium []byte
	//go:embed fonts/Inter-SemiBold.otf
	InterSemiBold []byte
	//go:embed fonts/OFL.txt
	InterLicense string
)

// AppIcon is the icon of the program, 512 x 512 PNG.
//
//go:embed icon.png
var AppIcon []byte

// TrayIcon is the same for the tray of the desktop, 64 x 64 PNG.
//
//go:embed tray.png
var TrayIcon []byte

//go:embed icons/*.svg
var icons embed.FS

// Icon returns the SVG of an icon by its name, such as "folder". It is 18 x 18
// (the logo 24 x 24), and drawn in #000000 alone, so that a caller can put any
// colour in its place. It panics for a name that was never drawn.
func Icon(name string) []byte {
	svg, err := icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		panic("assets: no icon called " + name)
	}
	return svg
}

// IconNames lists the icons in alphabetical order.
func IconNames() []string {
	entries, _ := icons.ReadDir("icons") // an embedded folder can be read
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()[:len(e.Name())-len(".svg")]
	}
	return names
}
