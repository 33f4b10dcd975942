package mpv

import (
	"image"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

// quarters are the colours of the test picture: above left and right, below
// left and right.
type quarters [4][3]int

var asMade = quarters{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}}

// colours reads the middle of each quarter.
func colours(img *image.RGBA) (got quarters) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	for i := range got {
		c := img.RGBAAt(w/4+i%2*w/2, h/4+i/2*h/2)
		got[i] = [3]int{int(c.R), int(c.G), int(c.B)}
	}
	return got
}

// near tells whether every colour is as wanted, within rounding of 8 bits.
func (q quarters) near(want quarters, within int) bool {
	for i, c := range q {
		for j, v := range c {
			if d := v - want[i][j]; d < -within || d > within {
				return false
			}
		}
	}
	return true
}

// still makes a video, perhaps turns it, and returns its first picture.
func still(t *testing.T, o testvideo.Options, turned int) (*image.RGBA, playback.State) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "still.mp4")
	o.Seconds, o.Silent, o.Quarters = 0.1, true, true
	if o.Width == 0 {
		o.Width, o.Height = 320, 192
	}
	if err := testvideo.Make(t.Context(), path, o); err != nil {
		t.Fatal(err)
	}
	if turned != 0 {
		from := path
		path = filepath.Join(t.TempDir(), "turned.mp4")
		if err := testvideo.Turn(t.Context(), path, from, turned); err != nil {
			t.Fatal(err)
		}
	}
	w := open(t, Options{Pictures: true})
	w.load(path)
	w.until("the end", func() bool { return w.count(Ended) == 1 })
	w.until("it in its size", func() bool { img, _ := w.Frame(); return img != nil && img.Rect.Dx() == w.pictures.target().width })
	img, _ := w.Frame()
	return img, w.State()
}

func TestColoursAreAsMade(t *testing.T) {
	large := testvideo.Options{Width: 1280, Height: 720} // says nothing, and is coded as films are
	for _, c := range []struct {
		o      testvideo.Options
		coded  testvideo.Colours
		within int
	}{
		{coded: testvideo.AsGuessed, within: 3},
		{coded: testvideo.Standard, within: 3},
		{coded: testvideo.High, within: 3},
		{coded: testvideo.FullRange, within: 3},
		{o: large, coded: testvideo.AsGuessed, within: 3},
		{coded: testvideo.HDR, within: 50}, // more colours than a screen of today has
	} {
		c.o.Colours = c.coded
		img, _ := still(t, c.o, 0)
		if got := colours(img); !got.near(asMade, c.within) {
			t.Errorf("%q, %d pixels high: %v", c.coded, c.o.Height, got)
		}
	}
}

func TestPicturesAreUprightAndInShape(t *testing.T) {
	r, g, b, w := asMade[0], asMade[1], asMade[2], asMade[3]
	for _, c := range []struct {
		pixels        string
		turned        int
		want          quarters
		width, height int
	}{
		{"", 90, quarters{g, w, r, b}, 192, 320},
		{"", 180, quarters{w, b, g, r}, 320, 192},
		{"", 270, quarters{b, r, w, g}, 192, 320},
		{"4/3", 0, asMade, 426, 192},
		{"3/4", 90, quarters{g, w, r, b}, 256, 320},
	} {
		o := testvideo.Options{}
		o.PixelShape = c.pixels
		img, s := still(t, o, c.turned)
		if got := colours(img); !got.near(c.want, 3) || s.Width != c.width || s.Height != c.height {
			t.Errorf("pixels %q, turned by %d: %v, %d x %d", c.pixels, c.turned, got, s.Width, s.Height)
		}
		if fit := fit(size{c.width, c.height}, size{}); img.Rect.Dx() != fit.width || img.Rect.Dy() != fit.height {
			t.Errorf("pixels %q, turned by %d: drawn as %v", c.pixels, c.turned, img.Rect)
		}
	}
}
