package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/testscreen"
)

const (
	photo = "Ferry.jpg"
	song  = "Morning.mp3"
	note  = "Ideas.txt"
	ideas = "A boat\nA tent by the sea\n"

	rowHeight = 48 // of lists
)

// A person looks at everything else there is: pictures, texts and music, old
// versions, what happened and how to undo it, each part of the settings, and the
// ways from page to page.
func TestPages(t *testing.T) {
	p := newPerson(t)
	p.begin()
	p.emptyPages()
	p.addMedia()
	p.viewFiles()
	p.bringBackVersion()
	p.undoDelete()
	p.goAround()
	p.openSettings()
	p.foldWindow()
	p.quit()
}

// emptyPages looks at the pages before there is anything.
func (p *person) emptyPages() {
	p.see("This folder is empty")
	p.keep("drive-empty")
	p.screen.Key("ctrl+3")
	p.see("Watch", content)
	p.keep("watch-empty")
	p.screen.Key("ctrl+6")
	p.see("Nothing has happened yet")
	p.keep("activity-empty")
	p.screen.Key("ctrl+1")
}

// addMedia puts a picture, a song and a text into the folder.
func (p *person) addMedia() {
	var b bytes.Buffer
	p.check(jpeg.Encode(&b, sunset(), nil))
	p.write(filepath.Join(p.folder, photo), b.Bytes())
	p.write(filepath.Join(p.folder, note), []byte(ideas))
	made := filepath.Join(p.dir, song)
	out, err := exec.CommandContext(p.t.Context(), "ffmpeg", "-loglevel", "error", "-nostdin", "-f", "lavfi",
		"-i", "sine=frequency=330:duration=30", made).CombinedOutput()
	if err != nil {
		p.t.Fatalf("make song: %v\n%s", err, out)
	}
	p.check(os.Rename(made, filepath.Join(p.folder, song)))
	p.stored(photo, note, song)
}

// sunset is a picture.
func sunset() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for i := range m.Pix {
		y := i / m.Stride
		m.Pix[i] = []uint8{uint8(38 + y/3), uint8(58 + y/5), uint8(130 - y/9), 0xFF}[i%4]
	}
	return m
}

// viewFiles opens each of them.
func (p *person) viewFiles() {
	p.choose(photo)
	p.push("Open", panel)
	p.see("1 of 2")
	p.screen.Await("the picture", func(shot *image.RGBA) bool { return testscreen.Count(shot, picture, white) == 0 })
	p.keep("viewer-picture")
	p.screen.Key("Escape")
	p.choose(note)
	p.push("Open", panel)
	p.see("2 of 2")
	lines := image.Rect(40, 70, 200, 105)
	p.screen.Await("the text", func(shot *image.RGBA) bool {
		paper, all := testscreen.Count(shot, lines, white), lines.Dx()*lines.Dy()
		return all/2 < paper && paper < all-100
	})
	p.keep("viewer-text")
	p.screen.Key("Escape")
	p.choose(song)
	p.push("Play", panel)
	p.gone("Add files")
	p.keep("viewer-music")
	p.screen.Key("Escape")
	p.see("Add files", topRight)
}

// bringBackVersion changes a text and takes the change back.
func (p *person) bringBackVersion() {
	path := filepath.Join(p.folder, note)
	p.write(path, []byte("Nothing\n"))
	p.see("8 B", content)
	p.stored(note)
	p.menu(note, "Versions")
	p.see("Versions of "+note, dialog)
	newest := middle(p.see("Today,", image.Rect(400, 240, 650, 620)))
	p.keep("versions")
	p.click(newest.Add(image.Pt(0, rowHeight)))
	p.push("Bring back", dialog)
	p.gone("Versions of "+note, dialog)
	p.see("25 B", content)
	back, err := os.ReadFile(path)
	if err != nil || string(back) != ideas {
		p.t.Errorf("%q came back, %v", back, err)
	}
}

// menu takes an order from the menu of a file.
func (p *person) menu(name, order string) {
	at := middle(p.see(name, list))
	p.screen.ClickRight(at.X, at.Y)
	p.tap(order, list)
}

// undoDelete deletes a file, and undoes that in the list of what happened.
func (p *person) undoDelete() {
	p.choose(photo)
	p.screen.Key("Delete")
	p.gone(photo, list)
	p.keep("deleted")
	p.screen.Key("ctrl+6")
	p.tap(photo + " deleted")
	p.keep("activity")
	p.tap("Undo", topRight)
	p.see("Undo “", dialog)
	p.keep("undo")
	p.push("Undo", dialog)
	p.gone("Undo “", dialog)
	p.screen.Key("ctrl+1")
	p.stored(photo)
}

// goAround goes back and forward, and finds a file by its name.
func (p *person) goAround() {
	p.screen.Key("alt+Left")
	p.see("History")
	p.screen.Key("alt+Right")
	p.see("Add files", topRight)
	p.screen.Key("ctrl+6", "ctrl+k")
	p.see("Find", dialog)
	p.screen.Type("ferry")
	p.see(photo, dialog)
	p.keep("find")
	p.screen.Key("Return")
	p.see("Add files", topRight)
	p.see(photo, content)
}

// openSettings opens each dialog of the settings.
func (p *person) openSettings() {
	p.tap("Settings", sidebar)
	p.see("Light, dark, or as the system has it.")
	p.keep("settings")
	for _, each := range []struct{ shot, card, button, shows, close string }{
		{"folders", "Folders on this computer", "Choose", "Nothing is deleted:", "Cancel"},
		{"speed", "Speed", "Change", "Leave a field empty", "Cancel"},
		{"storage", "Storage", "Show", "Files that are in the drive now", "Done"},
		{"devices", "Devices", "Show", "Old versions and deleted files are", "Done"},
		{"stolen", "A device was stolen", "Look at it", "Stored anew", "Cancel"},
		{"servers", "Network", "Servers", "Your files go through gateways", "Close"},
		{"words", "Your words", "Show", "Make sure that nobody looks", "Cancel"},
		{"report", "Diagnostics", "Make a report", "Read it before you give it away.", "Close"},
	} {
		p.openCard(each.card, each.button)
		p.see(each.shows, dialog)
		p.keep(each.shot)
		p.tap(each.close, dialog)
		p.gone(each.shows, dialog)
	}
}

// openCard scrolls to a card of the settings and presses a button of it. After
// each step of the wheel it waits until the page has moved.
func (p *person) openCard(card, button string) {
	p.t.Helper()
	for {
		shot := p.screen.Shot()
		heading, ok := p.eyes.find(shot, image.Rect(216, 60, 980, 740), card)
		row := image.Rect(heading.Max.X, heading.Min.Y-16, 980, heading.Max.Y+70)
		place, there := p.eyes.find(shot, row, button)
		if ok && there {
			p.click(middle(place))
			return
		}
		p.screen.Scroll(testscreen.Width/2, testscreen.Height/2, 1)
		p.screen.Await("the settings further down, for "+card, func(next *image.RGBA) bool {
			return testscreen.Differ(shot, next, content) > 1000
		})
	}
}

// foldWindow makes the window narrow.
func (p *person) foldWindow() {
	p.screen.Key("ctrl+1")
	p.see("Add files", topRight)
	p.screen.Resize("Stratos Drive", 640, 700)
	p.gone("Settings", sidebar)
	p.keep("narrow")
}
