package video

import (
	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// Measures of the controls in device-independent pixels.
const (
	topShade    float32 = 96
	bottomShade float32 = 168
	side                = theme.Around
	button              = theme.ControlHeight
	wordWidth   float32 = 48
	step        float32 = 2 // between controls
)

// layOut places everything in the area of the video.
func (c *chrome) layOut(size fyne.Size) {
	if c.v.small {
		c.layOutSmall(size)
		return
	}
	put(c.top, 0, 0, size.Width, 1.5*topShade)
	put(c.bottom, 0, max(0, size.Height-bottomShade), size.Width, min(bottomShade, size.Height))
	c.layOutHead(size)
	foot := size.Height - 30 // middle of the row of controls
	put(c.bar, side, foot-30-barHeight/2, max(0, size.Width-2*side), barHeight)
	x := c.layOutLeft(size, foot)
	c.layOutRight(size, foot, size.Width-side-x)
}

// layOutHead places the way back, the title and what playing has cost.
func (c *chrome) layOutHead(size fyne.Size) {
	text := side
	setVisible(c.back, c.back.tapped != nil)
	if c.back.Visible() {
		put(c.back, side-button/2+3, 39-button/2, button, button)
		text = side + 21
	}
	c.used.layOut(size.Width-side, 39)
	c.layOutTitle(text, size.Width-side-c.used.width()-theme.Between)
}

// layOutTitle puts the one or two lines at the top between two edges.
func (c *chrome) layOutTitle(left, right float32) {
	width := max(0, right-left)
	setText(c.title, cut(c.heading, c.title, width))
	setText(c.detail, cut(c.second, c.detail, width))
	first, second := c.title.MinSize().Height, c.detail.MinSize().Height
	y := 39 - (first+second)/2
	if c.detail.Text == "" {
		y = 39 - first/2
	}
	put(c.title, left, y, width, first)
	put(c.detail, left, y+first, width, second)
}

// layOutLeft places what moves the video and the sound, and returns where it
// ends. In narrow places the volume is a button only.
func (c *chrome) layOutLeft(size fyne.Size, foot float32) float32 {
	setVisible(c.previous, c.previous.tapped != nil && (c.before != "" || c.after != ""))
	setVisible(c.next, c.next.tapped != nil && (c.before != "" || c.after != ""))
	x := side - 9
	for _, b := range []*control{c.play, c.previous, c.next, c.mute} {
		if b.Visible() {
			put(b, x, foot-button/2, button, button)
			x += button + step
		}
	}
	setVisible(c.level, size.Width >= narrow)
	if c.level.Visible() {
		put(c.level, x+4, foot-levelHeight/2, levelWidth, levelHeight)
		x += levelWidth + theme.Between
	}
	return c.layOutTimes(x+4, foot)
}

// layOutTimes places the times and returns where they end.
func (c *chrome) layOutTimes(x, middle float32) float32 {
	now, length := c.now.MinSize(), c.length.MinSize()
	put(c.now, x, middle-now.Height/2, now.Width, now.Height)
	put(c.length, x+now.Width+4, middle-length.Height/2, length.Width, length.Height)
	return x + now.Width + 4 + length.Width
}

// narrow is the width under which there is no room for the volume.
const narrow float32 = 600

// layOutRight places the other controls at the right edge; those that matter
// less are left out where there is no room for all.
func (c *chrome) layOutRight(size fyne.Size, foot, room float32) {
	var widths []float32
	var wanted []*control
	for _, b := range []*control{c.screen, c.more, c.tracks, c.speed, c.small, c.save, c.share} { // what matters first
		setVisible(b, false)
		if b.tapped != nil {
			wanted, widths = append(wanted, b), append(widths, b.MinSize().Width)
		}
	}
	for _, b := range wanted[:rules.Fit(widths, step, room)] {
		setVisible(b, true)
	}
	x := size.Width - side + 9
	for _, b := range []*control{c.screen, c.small, c.share, c.save, c.more, c.tracks, c.speed} {
		if b.Visible() {
			x -= b.MinSize().Width
			put(b, x, foot-button/2, b.MinSize().Width, button)
			x -= step
		}
	}
}

// layOutSmall places the few controls of a small window.
func (c *chrome) layOutSmall(size fyne.Size) {
	for _, o := range c.box.Objects {
		setVisible(o, o.Visible() && (o == c.top || o == c.bottom) || o == c.back || o == c.play || o == c.bar || o == c.bar.glimpse.box && o.Visible())
	}
	put(c.top, 0, 0, size.Width, min(topShade, size.Height/2))
	put(c.bottom, 0, size.Height/2, size.Width, size.Height/2)
	put(c.back, size.Width-button-4, 4, button, button)
	put(c.play, 4, size.Height-button-4, button, button)
	put(c.bar, button+theme.Inside, size.Height-4-button/2-barHeight/2, max(0, size.Width-button-2*theme.Between), barHeight)
}
