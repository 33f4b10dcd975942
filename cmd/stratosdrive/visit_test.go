package main

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	recipes = "Recipes.txt"
	view    = "Harbour light.png"
)

// Two people on one network: the first looks at his files, brings back what he
// changed and deleted, shares a file and publishes a film; the second opens both
// links, saves the one and plays the other, until the film is stopped. Then the
// first makes his window small, and goes on with the keyboard alone.
func TestVisit(t *testing.T) {
	p := newPerson(t)
	p.begin()
	p.furnish()
	p.lookAtPicture()
	p.bringBackVersion()
	p.undoDelete()
	link := p.linkTo(recipes)
	video := p.publishFilm()
	friend := p.neighbour()
	friend.open()
	friend.makeWallet()
	friend.takeNetwork(p.network)
	friend.nameFolder()
	friend.saveFrom(link)
	friend.same(filepath.Join(p.folder, recipes), filepath.Join(friend.folder, recipes))
	friend.watchFrom(video)
	p.stopFilm()
	friend.findNothing(video)
	friend.quit()
	p.makeNarrow()
	p.useKeys()
	p.quit()
}

// furnish puts a few files into the folder.
func (p *person) furnish() {
	p.write(filepath.Join(p.folder, recipes), []byte(strings.Repeat("flour, water, salt\n", 300)))
	p.write(filepath.Join(p.folder, "Letters", "Anna.txt"), []byte("Dear Anna\n"))
	p.paint(filepath.Join(p.folder, view))
	p.makeFilm()
	p.stored("Letters", film, recipes, view)
}

// paint makes a picture of an evening.
func (p *person) paint(path string) {
	p.t.Helper()
	evening := image.NewRGBA(image.Rect(0, 0, 640, 400))
	for y := range 400 {
		for x := range 640 {
			evening.SetRGBA(x, y, color.RGBA{uint8(250 - y/3), uint8(160 - y/4), uint8(60 + y/3 + x/32), 0xFF})
		}
	}
	f, err := os.Create(path)
	p.check(err)
	p.check(png.Encode(f, evening))
	p.check(f.Close())
}

// lookAtPicture opens a picture and a text in the window, and goes back.
func (p *person) lookAtPicture() {
	p.choose(view)
	p.push("Open", panel)
	p.see("Open with another program")
	p.awaitPixels("the picture", picture, color.RGBA{184, 110, 136, 0xFF}, 20) // of its middle
	p.keep("viewer")
	p.screen.Key("Escape")
	p.see("Add files", topRight)
	p.choose(recipes)
	p.screen.Key("Return")
	p.see("Copy")
	p.keep("viewer-text")
	p.screen.Key("alt+Left")
	p.see("Add files", topRight)
}

// bringBackVersion saves a file again, and then wants the first version.
func (p *person) bringBackVersion() {
	path := filepath.Join(p.folder, recipes)
	first, err := os.ReadFile(path)
	p.check(err)
	p.write(path, []byte("nothing but water\n"))
	p.see("18 B", content)
	p.stored(recipes)
	p.choose(recipes)
	p.screen.Key("ctrl+h")
	p.see("Versions of "+recipes, dialog)
	p.tap("5.7 KB", dialog)
	p.keep("versions")
	p.push("Bring back", dialog)
	p.gone("Versions of "+recipes, dialog)
	p.see("5.7 KB", content)
	p.stored(recipes)
	back, err := os.ReadFile(path)
	p.check(err)
	if string(first) != string(back) {
		p.t.Errorf("%d bytes came back, want %d", len(back), len(first))
	}
}

// undoDelete deletes a folder and takes that back.
func (p *person) undoDelete() {
	p.tap("Letters", list)
	p.see("Letters", panel)
	p.screen.Key("Delete")
	p.see("Deleted Letters")
	p.gone("Letters", list)
	p.screen.Key("ctrl+z")
	p.stored("Letters")
	if _, err := os.Stat(filepath.Join(p.folder, "Letters", "Anna.txt")); err != nil {
		p.t.Error("what was in the folder did not come back:", err)
	}
}

// publishFilm publishes the film as a video, and returns its link.
func (p *person) publishFilm() (link string) {
	p.choose(film)
	p.tap("Publish as a video", panel)
	p.see("How long the link works", dialog)
	p.keep("publish")
	p.push("Publish", dialog)
	p.see("Copy link", dialog)
	p.keep("published")
	p.push("Copy link", dialog)
	p.see("Copied", dialog) // and not what was copied before
	link = p.copied("stos://")
	p.tap("Done", dialog)
	p.gone("Copy link", dialog)
	return link
}

// saveFrom opens a private link by pasting it into the dialog, and saves what is
// behind it into the drive.
func (p *person) saveFrom(link string) {
	p.screen.Key("ctrl+2")
	p.push("Open a link", topRight)
	p.see("It begins with", dialog)
	p.screen.Type(link)
	p.screen.Key("ctrl+a", "ctrl+x")
	p.screen.Key("ctrl+v", "Return")
	p.gone("It begins with", dialog)
	p.getOzone("Save to my drive")
	p.keep("link-opened")
	p.tap("Save to my drive")
	p.see("Saved in your drive: " + recipes)
	p.screen.Key("ctrl+1")
	p.stored(recipes)
}

// getOzone takes what the practice network gives for nothing, until something
// can be done with a link.
func (p *person) getOzone(until string) {
	p.t.Helper()
	free := false
	p.screen.Await("a link that opens", func(shot *image.RGBA) bool {
		if place, ok := p.eyes.find(shot, content, "Get ozone for free"); ok && !free {
			free = true
			p.click(middle(place))
		}
		_, ready := p.eyes.find(shot, content, until)
		_, short := p.eyes.find(shot, content, "Get ozone for free")
		return ready && !short
	})
}

// watchFrom opens the link of a video by pasting it onto the page, and plays it.
func (p *person) watchFrom(link string) {
	p.pasteLink(link)
	p.getOzone("Play")
	p.push("Play", content)
	p.awaitFilm()
	p.keep("video-of-a-link")
	p.screen.Key("Escape")
}

// pasteLink pastes a link where no field is.
func (p *person) pasteLink(link string) {
	p.screen.Key("ctrl+2")
	p.push("Open a link", topRight)
	p.see("It begins with", dialog)
	p.screen.Type(link)
	p.screen.Key("ctrl+a", "ctrl+x", "Escape")
	p.gone("It begins with", dialog)
	p.screen.Key("ctrl+v")
}

// stopFilm stops the link of the video.
func (p *person) stopFilm() {
	p.screen.Key("ctrl+2")
	p.see("Open a link", topRight)
	p.tap("Lisbon harbour", list)
	p.awaitPixels("a link that is chosen", list, p.look.soft, 3000)
	p.keep("shared")
	p.tap("Stop link")
	p.see("Stop the link to", dialog)
	p.tap("Stop link", dialog)
	p.gone("Stop the link to", dialog)
	p.see("Stopped", list)
	p.keep("shared-stopped")
}

// findNothing opens a link that was stopped.
func (p *person) findNothing(link string) {
	p.pasteLink(link)
	p.see("Try again", content)
	p.keep("link-stopped")
}

// makeNarrow makes the window as small as it gets, and large again.
func (p *person) makeNarrow() {
	p.screen.Key("ctrl+1")
	p.see("Add files", topRight)
	p.screen.Resize("Stratos Drive", 720, 560)
	p.gone("Stake", sidebar)
	p.see(recipes)
	p.keep("narrow")
	p.screen.Resize("Stratos Drive", 1280, 800)
	p.see("Stake", sidebar)
}

// useKeys makes a folder, renames a file, opens the folder and deletes it,
// without the mouse.
func (p *person) useKeys() {
	p.screen.Key("ctrl+2")
	p.see("Open a link", topRight)
	p.screen.Key("ctrl+1")
	p.awaitKeyboard()
	p.screen.Key("ctrl+n")
	p.see("New folder", dialog)
	p.screen.Type("Trips")
	p.screen.Key("Return")
	p.stored("Trips")
	p.screen.Key("End")
	p.see(recipes, panel)
	p.screen.Key("F2")
	p.see("Rename "+recipes, dialog)
	p.screen.Key("ctrl+a")
	p.screen.Type("Bread.txt")
	p.screen.Key("Return")
	p.gone("Rename "+recipes, dialog)
	p.stored("Bread.txt")
	if _, err := os.Stat(filepath.Join(p.folder, "Bread.txt")); err != nil {
		p.t.Error(err)
	}
	p.chooseTrips()
	p.screen.Key("Return")
	p.see("This folder is empty")
	p.screen.Key("alt+Left")
	p.awaitKeyboard()
	p.chooseTrips()
	p.screen.Key("Delete")
	p.see("Deleted Trips")
	p.gone("Trips", list)
}

// chooseTrips goes to the second folder by keys.
func (p *person) chooseTrips() {
	p.screen.Key("Home")
	p.see("Letters", panel)
	p.screen.Key("Down")
	p.see("Trips", panel)
}

// ring is the colour of the frame around what has the keyboard, in the light look.
var ring = color.RGBA{0x72, 0x7E, 0xD3, 0xFF}

// awaitKeyboard waits until the list of files has the keyboard.
func (p *person) awaitKeyboard() {
	p.awaitPixels("the list with the keyboard", list, ring, 400)
}
