package theme

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"image/png"
	"io"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	base "fyne.io/fyne/v2/theme"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/assets"
)

// asked are the colours that the toolkit's own widgets ask for.
var asked = []fyne.ThemeColorName{
	base.ColorNameButton, base.ColorNameDisabled, base.ColorNameDisabledButton, base.ColorNameError, base.ColorNameFocus, base.ColorNameForeground,
	base.ColorNameForegroundOnError, base.ColorNameForegroundOnPrimary, base.ColorNameForegroundOnSuccess, base.ColorNameForegroundOnWarning,
	base.ColorNameHeaderBackground, base.ColorNameHover, base.ColorNameHyperlink, base.ColorNameInputBackground, base.ColorNameInputBorder,
	base.ColorNameMenuBackground, base.ColorNameOverlayBackground, base.ColorNamePlaceHolder, base.ColorNamePressed, base.ColorNamePrimary,
	base.ColorNameScrollBar, base.ColorNameScrollBarBackground, base.ColorNameSelection, base.ColorNameSeparator, base.ColorNameShadow,
	base.ColorNameSuccess, base.ColorNameWarning,
}

// TestTheToolkitWearsOurColours: whatever it asks for is in the palette that is
// shown, so that nothing looks like the default.
func TestTheToolkitWearsOurColours(t *testing.T) {
	for mode, p := range map[Mode]palette{Light: light, Dark: dark} {
		th, ours := New(mode), map[color.Color]bool{color.Transparent: true}
		for _, c := range p {
			ours[c] = true
		}
		for _, name := range asked {
			if got := th.Color(name, base.VariantLight); !ours[got] {
				t.Errorf("%s: %s is %v, which is no token", mode, name, got)
			}
			_, token := p[name]
			if _, alias := aliases[name]; token == alias {
				t.Errorf("%s: %s is a token (%v) and an alias (%v)", mode, name, token, alias)
			}
		}
		if got := th.Color("nobody knows", base.VariantLight); got != color.Color(p[Text]) {
			t.Errorf("%s: an unknown colour is %v", mode, got)
		}
		if th.Color(Clear, base.VariantLight) != color.Transparent {
			t.Errorf("%s: nothing at all is drawn", mode)
		}
	}
}

// TestTheWindowIsAsBrightAsItsGround: the toolkit fills a window with a colour
// a little darker than it is told; what it is told makes up for that.
func TestTheWindowIsAsBrightAsItsGround(t *testing.T) {
	for mode, p := range map[Mode]palette{Light: light, Dark: dark} {
		r, g, b, a := New(mode).Color(base.ColorNameBackground, base.VariantLight).RGBA()
		if want := p[Background]; r/255 != uint32(want.R) || g/255 != uint32(want.G) || b/255 != uint32(want.B) {
			t.Errorf("%s: the window is filled with %d, %d, %d", mode, r/255, g/255, b/255)
		}
		if a != 0xFFFF {
			t.Errorf("%s: the window lets through what lies behind it", mode)
		}
	}
}

// TestTheToolkitWearsOurSizes: and what it asks for beyond them is its own.
func TestTheToolkitWearsOurSizes(t *testing.T) {
	th := New(Light)
	for name, want := range map[fyne.ThemeSizeName]float32{
		base.SizeNameText: 14, base.SizeNameCaptionText: 12, base.SizeNameHeadingText: 20, base.SizeNameSubHeadingText: 15,
		base.SizeNameInlineIcon: 18, base.SizeNameInputRadius: 8, base.SizeNameSeparatorThickness: 1, base.SizeNamePadding: 4,
		"nobody knows": base.DefaultTheme().Size("nobody knows"),
	} {
		if got := th.Size(name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	if got, want := th.Size(base.SizeNameWindowButtonHeight), base.DefaultTheme().Size(base.SizeNameWindowButtonHeight); got != want || got == 0 {
		t.Errorf("a size that is not ours is %v, want %v", got, want)
	}
}

// TestFontsOfTheToolkit: its bold is our 600, and figures of codes are as wide
// as each other.
func TestFontsOfTheToolkit(t *testing.T) {
	th := New(Dark)
	for name, c := range map[string]struct {
		style fyne.TextStyle
		want  fyne.Resource
	}{
		"plain": {fyne.TextStyle{}, regular}, "bold": {fyne.TextStyle{Bold: true}, semiBold}, "italic": {fyne.TextStyle{Italic: true}, regular},
		"mono":      {fyne.TextStyle{Monospace: true}, base.DefaultTheme().Font(fyne.TextStyle{Monospace: true})},
		"symbol":    {fyne.TextStyle{Symbol: true}, base.DefaultTheme().Font(fyne.TextStyle{Symbol: true})},
		"bold mono": {fyne.TextStyle{Monospace: true, Bold: true}, base.DefaultTheme().Font(fyne.TextStyle{Monospace: true, Bold: true})},
	} {
		if got := th.Font(c.style); got != c.want {
			t.Errorf("%s is %s, want %s", name, got.Name(), c.want.Name())
		}
	}
	for _, w := range []Weight{Regular, Medium, SemiBold} {
		if r := FontSource(w); r != nil && len(r.Content()) < 10_000 {
			t.Errorf("weight %d has %d bytes", w, len(r.Content()))
		}
	}
}

// TestIconsOfTheToolkitWearOurColours: its few own icons are ours, and in the
// colour of the look.
func TestIconsOfTheToolkitWearOurColours(t *testing.T) {
	app := test.NewTempApp(t)
	for _, mode := range []Mode{Light, Dark} {
		app.Settings().SetTheme(New(mode))
		muted := hexOf(Color(Muted))
		for name := range toolkitIcons {
			if svg := string(New(mode).Icon(name).Content()); !strings.Contains(svg, muted) || strings.Contains(svg, "#000000") {
				t.Errorf("%s: %s is drawn without %s", mode, name, muted)
			}
		}
		if got := New(mode).Icon(base.IconNameMediaPlay); got == nil || got.Name() != base.DefaultTheme().Icon(base.IconNameMediaPlay).Name() {
			t.Errorf("%s: an icon that is not ours is %v", mode, got)
		}
	}
}

var width = regexp.MustCompile(`stroke-width="([0-9.]+)"`)

// Every drawing is a drawing in any colour, side and scale, its lines grow with
// both, and one resource is one drawing: the toolkit keeps them by their names.
func TestDrawingsOfAnySize(t *testing.T) {
	app := test.NewTempApp(t)
	kept := map[string][]byte{}
	names := assets.IconNames()
	colours := []fyne.ThemeColorName{Text, Muted, Accent, OnAccent, Good, Warn, Bad}
	rapid.Check(t, func(t *rapid.T) {
		app.Settings().SetTheme(New(rapid.SampledFrom([]Mode{Light, Dark}).Draw(t, "mode")))
		name, colour := rapid.SampledFrom(names).Draw(t, "icon"), rapid.SampledFrom(colours).Draw(t, "colour")
		side, scale := rapid.Float32Range(8, 96).Draw(t, "side"), rapid.SampledFrom([]float32{1, 1.25, 1.5, 2, 3}).Draw(t, "scale")
		r := IconAt(name, colour, side, scale)
		if before, ok := kept[r.Name()]; ok && !bytes.Equal(before, r.Content()) {
			t.Fatalf("%s names two drawings", r.Name())
		}
		kept[r.Name()] = r.Content()
		d := xml.NewDecoder(bytes.NewReader(r.Content()))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", r.Name(), err)
			}
		}
		if !bytes.Contains(r.Content(), []byte(hexOf(Color(colour)))) {
			t.Fatalf("%s is not in the colour %s", r.Name(), colour)
		}
		line := func(r fyne.Resource) float64 {
			var w float64
			if m := width.FindSubmatch(r.Content()); m != nil {
				_, _ = fmt.Sscan(string(m[1]), &w)
			}
			return w
		}
		if thin, thick := line(r), line(IconAt(name, colour, side*2, scale)); thin > 0 && (thick <= thin || thick > 2*thin) {
			t.Fatalf("%s: the lines are %v wide, and %v at twice the side", r.Name(), thin, thick)
		}
	})
}

// TestTheIconOfTheProgram is a picture that any desktop can show.
func TestTheIconOfTheProgram(t *testing.T) {
	r := AppIcon()
	picture, err := png.Decode(bytes.NewReader(r.Content()))
	if err != nil || r.Name() != "stratosdrive.png" || picture.Bounds().Dx() != picture.Bounds().Dy() || picture.Bounds().Dx() < 256 {
		t.Errorf("%s: %v (%v)", r.Name(), picture, err)
	}
}

// TestMarksAreSeenWithoutColour: tones differ from each other, and from their
// grounds, also for those who do not see red and green apart: by brightness to
// what lies beside them.
func TestMarksAreSeenWithoutColour(t *testing.T) {
	for name, p := range map[string]palette{"light": light, "dark": dark} {
		for _, ground := range []fyne.ThemeColorName{Surface, Background} {
			if got := contrast(p[Line], p[ground]); got < 1.05 {
				t.Errorf("%s: a line on %s is %.2f", name, ground, got)
			}
			for _, mark := range []fyne.ThemeColorName{Accent, Good, Warn, Bad, Muted} {
				if got := contrast(p[mark], p[ground]); got < 3 {
					t.Errorf("%s: a mark in %s on %s is %.2f", name, mark, ground, got)
				}
			}
		}
		if contrast(p[Paper], p[Ink]) < 15 {
			t.Errorf("%s: cameras want codes that are dark on white", name)
		}
		if got := contrast(p[Accent], p[Surface]); got < 3 {
			t.Errorf("%s: the ring of the focus is %.2f", name, got)
		}
	}
}
