package video

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
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

	bar            *bar
	play, mute     *control
	previous, next *control
	before, after  string // names of what they lead to, empty: nothing
	level          *level
	now, length    *canvas.Text
	speed, tracks  *control
	more, small    *control
	share, save    *control
	screen         *control
	tip            *pill // says what a control does
}

func newChrome(v *Video) *chrome {
	c := &chrome{
		v:   v,
		top: canvas.NewVerticalGradient(shade, clear), bottom: canvas.NewVerticalGradient(clear, shade),
		title: words("", theme.NameText, theme.SemiBold, white), detail: words("", theme.SmallText, theme.Regular, dim),
		used: newPill(glass), level: newLevel(v), bar: newBar(v), tip: newPill(darkGlass),
		now: words("00:00", theme.BodyText, theme.Medium, white), length: words("", theme.BodyText, theme.Regular, dim),
	}
	c.makeControls()
	c.hook()
	// the order in which the keyboard goes round
	c.box = container.NewWithoutLayout(
		c.top, c.bottom, c.back, c.title, c.detail, c.used.box, c.bar, c.play, c.previous, c.next, c.mute, c.level, c.now, c.length,
		c.speed, c.tracks, c.more, c.save, c.share, c.small, c.screen, c.bar.glimpse.box, c.tip.box)
	return c
}

func (c *chrome) makeControls() {
	v := c.v
	c.back = newControl(v, choose(v.small, "large-window", "chevron-left"), c.sayBack, nil)
	c.play = newControl(v, "play", c.sayPlay, v.togglePause)
	c.previous = newControl(v, "previous", func() string { return sayPrevious(c.before) }, nil)
	c.next = newControl(v, "next", func() string { return sayNext(c.after) }, nil)
	c.mute = newControl(v, "volume", c.sayMute, v.toggleMute)
	c.speed = newControl(v, "", sayWord("Speed"), func() { v.showMenu(c.speed, v.speedItems()) })
	c.tracks = newControl(v, "captions", sayWord("Subtitles and sound"), func() { v.showMenu(c.tracks, v.trackItems()) })
	c.more = newControl(v, "dots", sayWord("More"), func() { v.showMenu(c.more, v.moreItems()) })
	c.save = newControl(v, "download", sayWord("Save into my drive"), nil)
	c.share = newControl(v, "share", sayWord("Share"), nil)
	c.small = newControl(v, "small-window", sayWord("Small window on top"), nil)
	c.screen = newControl(v, "fullscreen", c.sayScreen, nil)
}

// hook gives the controls what the page does for them.
func (c *chrome) hook() {
	h := c.v.hooks
	c.back.tapped, c.share.tapped, c.save.tapped = h.Back, h.Share, h.Save
	c.previous.tapped, c.next.tapped, c.small.tapped = h.Previous, h.Next, h.Small
	c.screen.tapped = nil
	if h.FullScreen != nil {
		c.screen.tapped = c.v.toggleFull
	}
}

// update shows a state. Only what differs is drawn again: this runs many times
// a second.
func (c *chrome) update(s playback.State, full bool) {
	moved := setText(c.now, hhmmss(c.bar.position(s), s.Duration))
	length := ""
	if s.Duration > 0 {
		length = "/ " + hhmmss(s.Duration, s.Duration)
	}
	if setText(c.length, length) || moved {
		c.layOutTimes(c.now.Position().X, c.now.Position().Y+c.now.Size().Height/2)
	}
	if c.used.set(sayUsed(c.v.supply)) {
		c.layOut(c.v.Size())
	}
	none := c.v.player == nil
	c.play.show(choose(s.Paused || s.Ended || none, "play", "pause"), "")
	c.mute.show(choose((s.Muted || s.Volume == 0) && !none, "mute", "volume"), "")
	c.speed.show("", speedName(s.Speed))
	c.screen.show(choose(full, "fullscreen-exit", "fullscreen"), "")
	c.bar.update(s, stock(s, c.v.supply))
	c.level.update(s)
}

// shade darkens the picture behind the controls, or does not: what stands on
// black needs none.
func (c *chrome) shade(on bool) {
	setVisible(c.top, on)
	setVisible(c.bottom, on)
}

// foot is how much of the height belongs to the controls.
func (c *chrome) foot() float32 {
	if c.v.small {
		return button + theme.Inside
	}
	return 2 * button
}

// explain says above a control what it does, or no longer.
func (c *chrome) explain(b *control, on bool) {
	text := ""
	if on && b.tip != nil && !c.v.small {
		text = b.tip()
	}
	c.tip.set(text)
	half := c.tip.width() / 2
	middle := min(c.v.Size().Width-side/2-half, max(side/2+half, b.Position().X+b.Size().Width/2))
	y := c.bar.Position().Y - pillHeight/2
	if b == c.back {
		y = b.Position().Y + b.Size().Height + pillHeight/2
	}
	c.tip.centre(middle, y)
	c.v.repaint()
}

func choose(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}
