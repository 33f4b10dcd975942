package widgets

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Text is cut where its place ends, at any width, and asks for what it needs.
func TestTextFitsItsPlace(t *testing.T) {
	dressed(t)
	styles := []Style{Body, Strong, Second, Small, Name, Heading, Title, Figure, Large, Code}
	rapid.Check(t, func(t *rapid.T) {
		words, style := mixed(t), rapid.SampledFrom(styles).Draw(t, "style")
		words = strings.ReplaceAll(words, "\n", " ")
		text, cut := NewText(words, style), NewCutText(words, style)
		if need := text.MinSize(); need != style.measure(words) || cut.MinSize().Width > 24 || cut.MinSize().Height != need.Height {
			t.Fatalf("%q needs %v, and %v where it may be cut", words, need, cut.MinSize())
		}
		size := fyne.NewSize(float32(rapid.IntRange(30, 500).Draw(t, "width")), 40)
		for _, each := range []*Text{text, cut} {
			each.Resize(size)
			line := partsOf(each)[0].(*canvas.Text)
			if line.Text != "…" && line.MinSize().Width > size.Width+1 {
				t.Fatalf("%q is %v wide in %v", line.Text, line.MinSize().Width, size.Width)
			}
			if middle := line.Position().Y + line.Size().Height/2; math.Abs(float64(middle-20)) > 0.6 {
				t.Fatalf("%q stands at %v", line.Text, middle)
			}
			if each.AccessibilityLabel() != words {
				t.Fatalf("it is read out as %q", each.AccessibilityLabel())
			}
		}
	})
}

// A paragraph is as high as its lines, and they lie below each other in it.
func TestParagraphsAreAsHighAsTheirLines(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		style := rapid.SampledFrom([]Style{Body, Small, Second}).Draw(t, "style")
		p := NewParagraph(mixed(t), style, float32(rapid.IntRange(60, 400).Draw(t, "width")))
		p.Resize(p.MinSize())
		lines := partsOf(p)
		if want := p.lineHeight() * float32(len(lines)); p.MinSize().Height != want {
			t.Fatalf("%d lines are %v high", len(lines), p.MinSize().Height)
		}
		for i, line := range lines {
			if top := float32(i) * p.lineHeight(); line.Position().Y < top-2 || line.Position().Y+line.Size().Height > top+p.lineHeight()+2 {
				t.Fatalf("line %d is at %v", i, line.Position().Y)
			}
		}
	})
	p := NewParagraph("one two", Body, 200).Align(fyne.TextAlignCenter)
	if line := partsOf(p)[0].(*canvas.Text); line.Alignment != fyne.TextAlignCenter {
		t.Error("it does not stand in the middle")
	}
}

// A course goes up where its values do, from the first to the last, and what is
// drawn is the line over its ground.
func TestChartsFollowTheirValues(t *testing.T) {
	dressed(t)
	line, soft := theme.Color(theme.Accent), theme.Color(theme.Soft)
	near := func(a, b color.Color) bool { return !apart(a, b) }
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 1000), 2, 12).Draw(t, "values")
		scale := rapid.SampledFrom([]float64{1, 1.5, 2}).Draw(t, "scale")
		const w, h = 120, 60
		img, ys := drawChart(values, w, h, scale), course(values, w, h, scale+1)
		for x := range w {
			y := int(ys[x])
			if y < 0 || y >= h {
				t.Fatalf("column %d is at %d", x, y)
			}
			if got := img.At(x, y); !near(got, line) && scale >= 1.5 {
				t.Fatalf("at %d, %d the line is %v", x, y, got)
			}
			if got := img.At(x, h-1); y < h-8 && math.Abs(ys[max(x-1, 0)]-ys[min(x+1, w-1)]) < 4 && !near(got, soft) {
				t.Fatalf("under the line at %d is %v", x, got)
			}
			if _, _, _, a := img.At(x, 0).RGBA(); y > 8 && math.Abs(ys[max(x-1, 0)]-ys[min(x+1, w-1)]) < 4 && a != 0 {
				t.Fatalf("over the line at %d something is drawn", x)
			}
		}
		for i := range len(values) - 1 {
			a, b := i*(w-1)/(len(values)-1), (i+1)*(w-1)/(len(values)-1)
			if slices.Max(values)-slices.Min(values) > 10 && values[i] > values[i+1]+1 && ys[a] > ys[b]+1 {
				t.Fatalf("from %v to %v it goes up: %v, %v", values[i], values[i+1], ys[a], ys[b])
			}
		}
	})
	if c := NewChart(nil, 90); c.MinSize() != fyne.NewSize(80, 90) || c.scale() != 1 {
		t.Error("a chart that is nowhere is drawn at the scale of nothing")
	}
}

// TestCodesHaveAQuietEdge: cameras need a white rim, and modules of one size, in
// the dark too.
func TestCodesHaveAQuietEdge(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		shot := shots.Window(t, container.NewCenter(NewQR("stos://"+strings.Repeat("a", 60), 160)), 200, 200).Canvas().Capture()
		dark := 0
		for y := range 200 {
			for x := range 200 {
				r, _, _, _ := shot.At(x, y).RGBA()
				in := x >= 32 && x < 168 && y >= 32 && y < 168
				if inside := x >= 24 && x < 176 && y >= 24 && y < 176; inside && !in && r < 0xC000 {
					t.Fatalf("%s: the rim is dark at %d, %d", mode, x, y)
				}
				if in && r < 0x4000 {
					dark++
				}
			}
		}
		if dark < 3000 || dark > 12_000 {
			t.Errorf("%s: %d dark pixels", mode, dark)
		}
	})
}

// TestTonesHaveTheirSigns: a word, an icon and a ground for each, all apart.
func TestTonesHaveTheirSigns(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		seen := map[string]Tone{}
		for _, tone := range []Tone{Neutral, Active, Good, Warn, Bad} {
			sign := fmt.Sprint(theme.Color(tone.Front()), theme.Color(tone.ground()))
			if other, there := seen[sign]; there {
				t.Errorf("%s: %d looks like %d", mode, tone, other)
			}
			seen[sign] = tone
			for name, o := range map[string]fyne.CanvasObject{
				"pill": NewPill("Word", tone), "notice": NewNotice("Word", tone, 200), "advice": NewAdvice("Word", tone, 200, nil),
				"advice to press": NewAdvice("Word", tone, 200, NewButton(Secondary, "Do", "", nil)), "banner": NewBanner("Word", tone, NewButton(Secondary, "Do", "", nil)),
			} {
				ground := o.(*Box)
				if ground.fill != tone.ground() {
					t.Errorf("%s, %s: the ground is %s", mode, name, ground.fill)
				}
				if icons := allOf[*Icon](ground); name != "pill" && len(icons) != 1 {
					t.Errorf("%s, %s: %d icons: nothing may be said by colour alone", mode, name, len(icons))
				}
				if buttons := allOf[*Button](ground); (len(buttons) == 1) != strings.Contains(name, "press") && name != "banner" {
					t.Errorf("%s, %s: %d buttons", mode, name, len(buttons))
				}
			}
		}
	})
}
