package main

import (
	"image"
	"path/filepath"
	"testing"
)

// Anna shares a film. Ben, who has another wallet and no ozone, opens her link,
// presses the one button, watches the film and keeps it, until she ends the link.
// Then she publishes the film for everybody.
func TestTwoPeople(t *testing.T) {
	anna := newPerson(t)
	anna.begin()
	anna.makeFilm()
	anna.stored(film)
	link := anna.linkTo(film)
	ben := anna.neighbour()
	ben.open()
	ben.makeWallet()
	ben.takeNetwork(ben.network)
	ben.nameFolder()
	ben.openLink(link)
	ben.getOzone()
	ben.watchLink()
	ben.saveFilm(anna)
	anna.stopLink()
	anna.publishFilm()
	ben.quit()
	anna.quit()
}

// openLink pastes a link into the page of links.
func (p *person) openLink(link string) {
	p.screen.Key("ctrl+2")
	p.see("Shared", content)
	p.keep("shared-empty")
	p.push("Open a link", topRight)
	p.see("Paste a link", dialog)
	p.screen.Type(link)
	p.push("Open", dialog)
}

// getOzone presses the button for people without ozone.
func (p *person) getOzone() {
	p.see("Looking at what others share takes a little ozone")
	p.keep("link-no-ozone")
	p.push("Get ozone for free", content)
	p.see("Shared by")
}

// watchLink looks at what is behind the link, and plays it.
func (p *person) watchLink() {
	p.see(film, content)
	p.keep("link-opened")
	p.push("Play", content)
	p.awaitFilm()
	p.screen.Key("Escape")
	p.see("Save to my drive")
}

// saveFilm keeps the film in the drive.
func (p *person) saveFilm(from *person) {
	p.tap("Save to my drive")
	p.see("Nothing, it is here")
	p.screen.Key("ctrl+1")
	p.stored(film)
	p.same(filepath.Join(p.folder, film), filepath.Join(from.folder, film))
}

// stopLink ends the one link.
func (p *person) stopLink() {
	p.screen.Key("ctrl+2")
	p.tap(film, content)
	p.keep("shared")
	p.tap("Stop link", content)
	p.see("Stop the link to "+film, dialog)
	p.keep("stop-link")
	p.tap("Stop link", image.Rect(640, 300, 980, 700))
	p.see("Stopped", content)
}

// publishFilm makes the film public, with a title.
func (p *person) publishFilm() {
	p.screen.Key("ctrl+1")
	p.choose(film)
	p.tap("Publish as a video", panel)
	p.see("Earlier picture", dialog)
	p.keep("publish")
	p.push("Publish", dialog)
	p.see("Link to", dialog)
	p.keep("published")
	p.tap("Done", dialog)
	p.gone("Link to", dialog)
}
