package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	base "fyne.io/fyne/v2/theme"

	"github.com/stratosdrive/stratosdrive/assets"
)

func TestModeDecidesBeforeTheSystem(t *testing.T) {
	for mode, want := range map[Mode][2]color.NRGBA{
		Light:  {light[Background], light[Background]},
		Dark:   {dark[Background], dark[Background]},
		System: {light[Background], dark[Background]},
		"odd":  {light[Background], dark[Background]},
	} {
		th := New(mode)
		if got := th.Color(Background, base.VariantLight); got != color.Color(want[0]) {
			t.Errorf("%s on a light system: %v", mode, got)
		}
		if got := th.Color(Background, base.VariantDark); got != color.Color(want[1]) {
			t.Errorf("%s on a dark system: %v", mode, got)
		}
	}
}

// Every text must be readable on every ground it is put on: 4.5 to 1, the
// limit of WCAG 2 for normal text.
func TestContrast(t *testing.T) {
	pairs := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		Text: {Background, Surface, Soft, Thumb}, Muted: {Background, Surface, Soft},
		Accent: {Surface, Soft, Background}, OnAccent: {Accent},
		Good: {GoodSoft, Surface}, Warn: {WarnSoft, Surface}, Bad: {BadSoft, Surface},
	}
	for name, p := range map[string]palette{"light": light, "dark": dark} {
		for front, grounds := range pairs {
			for _, ground := range grounds {
				if got := contrast(p[front], p[ground]); got < 4.5 {
					t.Errorf("%s: %s on %s is %.2f", name, front, ground, got)
				}
			}
		}
	}
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func TestPalettesHaveTheSameTokens(t *testing.T) {
	for name := range light {
		if _, ok := dark[name]; !ok {
			t.Errorf("%s is missing in the dark palette", name)
		}
	}
	if len(dark) != len(light) {
		t.Error("the palettes differ in size")
	}
	for from, to := range aliases {
		if _, ok := light[to]; !ok {
			t.Errorf("%s leads to %s, which is no token", from, to)
		}
	}
}

func TestMeasuresAreOnTheGrid(t *testing.T) {
	for _, v := range []float32{
		Inside, Between, Around, RowHeight, ControlHeight, SidebarWidth, SidebarFolded,
		TileSize, CardRadius, DialogRadius, ControlRadius,
	} {
		if math.Mod(float64(v), 4) != 0 {
			t.Errorf("%v is not a multiple of 4", v)
		}
	}
}

func TestIconsTakeTheColourOfTheTheme(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(Light))
	bright := Icon("folder", Accent)
	app.Settings().SetTheme(New(Dark))
	night := Icon("folder", Accent)
	if bright.Name() == night.Name() || string(bright.Content()) == string(night.Content()) {
		t.Error("the icon did not change with the theme")
	}
	if large := IconAt("folder", Accent, 36, 1); large.Name() == night.Name() {
		t.Error("a larger icon needs wider lines")
	}
}

func TestToolkitIconsExist(t *testing.T) {
	test.NewTempApp(t)
	for name, own := range toolkitIcons {
		assets.Icon(own) // panics when missing
		if New(Light).Icon(name) == nil {
			t.Errorf("no icon for %s", name)
		}
	}
}

func TestWeights(t *testing.T) {
	if New(Light).Font(fyne.TextStyle{}) != regular || New(Light).Font(fyne.TextStyle{Bold: true}) != semiBold {
		t.Error("wrong font")
	}
	if FontSource(Regular) != nil || FontSource(Medium) != medium || FontSource(SemiBold) != semiBold {
		t.Error("wrong weight")
	}
}
