package video

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Measures of the controls in device-independent pixels.
const (
	topShade    float32 = 96
	bottomShade float32 = 260
	side                = theme.Around
	button              = theme.ControlHeight
	wordWidth   float32 = 48
)

// chrome is everything that goes away by itself: title above, controls below.
type chrome struct {
	v   *Video
	box *fyne.Container

	top, bottom   *canvas.LinearGradient
	title, detail *canvas.Text
	heading       string // the title, uncut
	second        string // the detail, uncut
	used          *pill
	back          *control

	bar           *bar
	play, mute    *control
	level         *level
	now, length   *canvas.Text
	right         []*control // from the right edge
	speed, tracks *control
	screen        *control
}

func newChrome(v *Video) *chrome {
	c := &chrome{
		v:   v,
		top: canvas.NewVerticalGradient(shade, clear), bottom: canvas.NewVerticalGradient(clear, shade),
		title: words("", theme.NameText, theme.SemiBold, white), detail: words("", theme.SmallText, theme.Regular, dim),
		used: newPill(glass),
		now:  words("00:00", theme.BodyText, theme.Medium, white), length: words("", theme.BodyText, theme.Regular, dim),
	}
	c.back = newControl(v, "chevron-left", v.hooks.Back)
	c.play = newControl(v, "play", v.togglePause)
	c.mute = newControl(v, "volume", v.toggleMute)
	c.level, c.bar = newLevel(v), newBar(v)
	c.speed = newControl(v, "", func() { v.showSpeeds(c.speed) })
	c.tracks = newControl(v, "captions", func() { v.showTracks(c.tracks) })
	c.screen = newControl(v, "fullscreen", nil)
	if v.hooks.FullScreen != nil {
		c.screen.tapped = v.toggleFull
	}
	c.right = []*control{c.screen, newControl(v, "share", v.hooks.Share), c.tracks, c.speed}
	c.box = container.NewWithoutLayout(c.top, c.bottom, c.back, c.title, c.detail, c.used.box, c.bar, c.play, c.mute, c.level, c.now, c.length)
	for _, b := range c.right {
		c.box.Add(b)
	}
	c.box.Add(c.bar.bubble.box)
	return c
}

// layOut places everything in the area of the video.
func (c *chrome) layOut(size fyne.Size) {
	put(c.top, 0, 0, size.Width, topShade)
	put(c.bottom, 0, max(0, size.Height-bottomShade), size.Width, min(bottomShade, size.Height))
	text := side
	setVisible(c.back, c.back.tapped != nil)
	if c.back.Visible() {
		put(c.back, side-button/2+3, 39-button/2, button, button)
		text = side + 21
	}
	c.used.layOut(size.Width-side, 39)
	c.layOutTitle(text, size.Width-side-c.used.width()-theme.Between)
	foot := size.Height - 30 // middle of the row of controls
	put(c.bar, side, foot-30-barHeight/2, max(0, size.Width-2*side), barHeight)
	put(c.play, side-9, foot-button/2, button, button)
	put(c.mute, side+29, foot-button/2, button, button)
	put(c.level, side+65, foot-levelHeight/2, levelWidth, levelHeight)
	x := side + 65 + levelWidth + theme.Between
	c.layOutTimes(x, foot)
	x = size.Width - side + 9
	for _, b := range c.right {
		setVisible(b, b.tapped != nil)
		if b.Visible() {
			x -= b.MinSize().Width
			put(b, x, foot-button/2, b.MinSize().Width, button)
			x -= 2
		}
	}
}

// layOutTitle puts the one or two lines at the top between two edges.
func (c *chrome) layOutTitle(left, right float32) {
	width := max(0, right-left)
	say(c.title, cut(c.heading, c.title, width))
	say(c.detail, cut(c.second, c.detail, width))
	first, second := c.title.MinSize().Height, c.detail.MinSize().Height
	y := 39 - (first+second)/2
	if c.detail.Text == "" {
		y = 39 - first/2
	}
	put(c.title, left, y, width, first)
	put(c.detail, left, y+first, width, second)
}

func (c *chrome) layOutTimes(x, middle float32) {
	now, length := c.now.MinSize(), c.length.MinSize()
	put(c.now, x, middle-now.Height/2, now.Width, now.Height)
	put(c.length, x+now.Width+4, middle-length.Height/2, length.Width, length.Height)
}

// update shows a state. Only what differs is drawn again: this runs many times
// a second.
func (c *chrome) update(s playback.State, full bool) {
	moved := say(c.now, clock(c.bar.position(s), s.Duration))
	length := ""
	if s.Duration > 0 {
		length = "/ " + clock(s.Duration, s.Duration)
	}
	if say(c.length, length) || moved {
		c.layOutTimes(c.now.Position().X, c.now.Position().Y+c.now.Size().Height/2)
	}
	c.play.show(choose(s.Paused || s.Ended, "play", "pause"), "")
	c.mute.show(choose(s.Muted || s.Volume == 0, "mute", "volume"), "")
	c.speed.show("", speedName(s.Speed))
	c.screen.show(choose(full, "fullscreen-exit", "fullscreen"), "")
	c.bar.update(s)
	c.level.update(s)
}

func choose(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}
