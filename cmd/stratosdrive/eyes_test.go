package main

import (
	"image"
	"image/color"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/testscreen"
)

// Places in a window of the size of the screen.
var (
	whole    = image.Rect(0, 0, testscreen.Width, testscreen.Height)
	sidebar  = image.Rect(0, 0, 216, testscreen.Height)
	content  = image.Rect(216, 0, testscreen.Width, testscreen.Height)
	topRight = image.Rect(1000, 0, 1280, 60)   // the main button of a page
	list     = image.Rect(216, 100, 930, 780)  // of files, beside the panel
	panel    = image.Rect(930, 64, 1256, 780)  // about what is selected
	dialog   = image.Rect(300, 0, 980, 800)    // over the page
	picture  = image.Rect(200, 150, 1080, 500) // of a film, without controls
	button   = image.Pt(48, 6)                 // the part of a button above its word
)

// within is the area that was named, or the whole screen.
func within(area []image.Rectangle) image.Rectangle {
	if len(area) == 0 {
		return whole
	}
	return area[0]
}

// see waits for words, which are all of a line or its beginning, and returns
// their place.
func (p *person) see(words string, area ...image.Rectangle) (place image.Rectangle) {
	p.t.Helper()
	p.screen.Await("the words "+words, func(shot *image.RGBA) (ok bool) {
		place, ok = p.eyes.find(shot, within(area), words)
		return ok
	})
	return place
}

// gone waits until words are not shown any more.
func (p *person) gone(words string, area ...image.Rectangle) {
	p.t.Helper()
	p.screen.Await("a place without the words "+words, func(shot *image.RGBA) bool {
		_, there := p.eyes.find(shot, within(area), words)
		return !there
	})
}

// tap clicks at words.
func (p *person) tap(words string, area ...image.Rectangle) {
	p.t.Helper()
	p.click(middle(p.see(words, area...)))
}

// push presses the coloured button with these words, as soon as it can be
// pressed.
func (p *person) push(words string, area ...image.Rectangle) {
	p.t.Helper()
	var place image.Rectangle
	p.screen.Await("a button that says "+words, func(shot *image.RGBA) (ok bool) {
		place, ok = p.eyes.find(shot, within(area), words)
		return ok && shot.RGBAAt(place.Min.X-4, middle(place).Y) == p.look.accent
	})
	p.click(middle(place))
}

// fill types into the field whose empty text says what belongs there.
func (p *person) fill(field, text string, area ...image.Rectangle) {
	p.t.Helper()
	p.tap(field, area...)
	p.screen.Type(text)
	p.see(text, area...)
}

// copied waits for something on the clipboard that begins as it should.
func (p *person) copied(beginning string) (text string) {
	p.t.Helper()
	p.screen.Await("something copied", func(*image.RGBA) bool {
		text = p.screen.Clipboard()
		return strings.HasPrefix(text, beginning)
	})
	return text
}

func (p *person) click(at image.Point) { p.screen.Click(at.X, at.Y) }

func middle(r image.Rectangle) image.Point { return r.Min.Add(r.Size().Div(2)) }

// stored waits until each of these files of the folder is marked as stored.
func (p *person) stored(names ...string) {
	p.t.Helper()
	for _, name := range names {
		p.screen.Await(name+" marked as stored", func(shot *image.RGBA) bool {
			place, ok := p.eyes.find(shot, list, name)
			row := image.Rect(place.Max.X, place.Min.Y-12, 940, place.Max.Y+12)
			return ok && testscreen.Count(shot, row, p.look.good) >= 5
		})
	}
}

// choose selects a file, and waits for what is said about it.
func (p *person) choose(name string) {
	p.t.Helper()
	p.tap(name, list)
	p.see(name, panel)
}

// keep photographs the screen for people.
func (p *person) keep(name string) { p.screen.Keep(p.screen.Shot(), name+".png") }

// awaitButton waits for a button that can be pressed.
func (p *person) awaitButton(what string, area image.Rectangle) image.Point {
	p.t.Helper()
	var at image.Point
	p.screen.Await(what, func(shot *image.RGBA) (ok bool) {
		at, ok = testscreen.Block(shot, area, p.look.accent, button)
		return ok
	})
	return at
}

// press presses the one coloured button of an area.
func (p *person) press(what string, area image.Rectangle) {
	p.t.Helper()
	at := p.awaitButton(what, area)
	p.screen.Click(at.X, at.Y)
}

// awaitPixels waits for at least so many pixels of a colour.
func (p *person) awaitPixels(what string, area image.Rectangle, c color.RGBA, least int) {
	p.t.Helper()
	p.screen.Await(what, func(shot *image.RGBA) bool { return testscreen.Count(shot, area, c) >= least })
}
