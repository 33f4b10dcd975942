package video

import (
	"strings"

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
)

// chrome is everything that goes away by itself: title above, controls below.
type chrome struct {
	v   *Video
	box *fyne.Container

	top, bottom   *canvas.LinearGradient
	title, detail *canvas.Text
	used          *pill
	back          *control

	bar           *bar
	play, mute    *control
	level         *level
	now, length   *canvas.Text
	right         []*control // from the right edge
	speed, screen *control
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
	c.level = newLevel(v)
	c.bar = newBar(v)
	c.speed = newWord(v, "1x", func() { v.showSpeeds(c.speed) })
	captions := newControl(v, "captions", nil)
	captions.tapped = func() { v.showTracks(captions) }
	c.screen = newControl(v, "fullscreen", v.hooks.FullScreen != nil, v.toggleFull)
	c.right = []*control{c.screen, newControl(v, "share", v.hooks.Share), captions, c.speed}
	c.box = container.NewWithoutLayout(c.top, c.bottom, c.back, c.title, c.detail, c.used.box, c.bar, c.play, c.mute, c.level, c.now, c.length)
	for _, b := range c.right {
		c.box.Add(b)
	}
	c.box.Add(c.bar.bubble.box)
	return c
}
