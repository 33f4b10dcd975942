package video

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// Measures of the glimpse above the bar.
const (
	glimpseWidth  float32 = 180
	glimpseHeight float32 = 101
	glimpseFoot   float32 = 22 // for the time below the picture
)

// glimpse shows above the bar what is under the pointer: the time, the chapter,
// and a small picture where there is one. Without a picture the time stands
// alone.
type glimpse struct {
	box     *fyne.Container
	frame   *canvas.Rectangle
	foot    *canvas.Rectangle
	image   *canvas.Image
	time    *pill
	chapter *pill

	source Thumbnails // nil: there are none
	second float64
	still  bool    // it is something to hear: there is nothing to see at a place
	shape  float32 // of the picture, width to height
	at     fyne.Position
	left   float32 // edge of the bar
	width  float32 // of the bar

	repaint func()
}

func newGlimpse(repaint func()) *glimpse {
	g := &glimpse{
		repaint: repaint,
		frame:   canvas.NewRectangle(gap), foot: canvas.NewRectangle(darkGlass), image: &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillContain},
		time: newPill(darkGlass), chapter: newPill(darkGlass),
	}
	g.frame.StrokeColor, g.frame.StrokeWidth, g.frame.CornerRadius = white, 2, theme.ControlRadius
	g.box = container.NewWithoutLayout(g.frame, g.image, g.foot, g.time.box, g.chapter.box)
	g.hide()
	return g
}

// show shows a second of the video above a place on a bar of a width.
func (g *glimpse) show(s playback.State, second float64, at fyne.Position, left, width float32) {
	g.second, g.at, g.left, g.width = second, at, left, width
	g.shape = glimpseWidth / glimpseHeight
	if s.Width > 0 && s.Height > 0 {
		g.shape = float32(s.Width) / float32(s.Height)
	}
	g.time.set(hhmmss(second, s.Duration))
	chapter := ""
	if i := rules.ChapterAt(s.Chapters, second); i >= 0 {
		chapter = cut(sayChapter(s.Chapters[i], i), g.chapter.text, 2*glimpseWidth)
	}
	g.chapter.set(chapter)
	g.still = rules.Heard(s)
	if g.source != nil && !g.still {
		g.source.Want(second)
	}
	g.box.Show()
	g.look()
}

// look takes the picture, if there is one by now.
func (g *glimpse) look() {
	if !g.box.Visible() {
		return
	}
	g.image.Image = nil
	if g.source != nil && !g.still {
		if picture := g.source.At(g.second); picture != nil {
			g.image.Image = picture
		}
	}
	shown := g.image.Image != nil
	setVisible(g.frame, shown)
	setVisible(g.image, shown)
	setVisible(g.foot, shown)
	g.arrange(shown)
	g.image.Refresh()
	g.repaint()
}

// arrange puts the picture over the time and the chapter above both, inside
// the edges of the bar.
func (g *glimpse) arrange(shown bool) {
	width, height := glimpseWidth, glimpseWidth/g.shape
	if height > glimpseHeight {
		width, height = glimpseHeight*g.shape, glimpseHeight
	}
	half := g.time.width() / 2
	if shown {
		half = max(width/2, half)
	}
	half = max(half, g.chapter.width()/2)
	middle := min(g.left+g.width-half, max(g.left+half, g.at.X))
	y := g.at.Y - 4 - pillHeight/2 // middle of the time
	g.time.centre(middle, y)
	top := y - pillHeight/2
	if shown {
		top -= height + 6
		put(g.frame, middle-width/2-2, top-2, width+4, height+glimpseFoot+4)
		put(g.image, middle-width/2, top, width, height)
		put(g.foot, middle-width/2, top+height, width, glimpseFoot)
		g.time.centre(middle, top+height+glimpseFoot/2)
	}
	g.chapter.centre(middle, top-pillHeight/2-6)
}

// hide takes it away: nobody points at the bar any more.
func (g *glimpse) hide() {
	g.box.Hide()
	g.repaint()
	if g.source != nil {
		g.source.Forget()
	}
}
