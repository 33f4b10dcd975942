package main

import (
	"image"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

// A person goes all the way with mouse and keys: first start, a drive that
// another machine sees too, a film, a link, money, and the next day.
func TestWindow(t *testing.T) {
	p := newPerson(t)
	p.open()
	p.firstStart()
	p.fillDrive()
	p.keep("drive")
}

// firstStart restores a wallet, takes the practice network and names a folder.
func (p *person) firstStart() {
	p.awaitButton("the first start", whole)
	p.screen.Click(640, 495) // Restore a wallet
	p.press("Continue", whole)
	p.awaitNone("the words page", whole)
	p.screen.Type(words)
	p.press("Continue", whole)
	p.awaitNone("the password page", whole)
	p.screen.Type(password)
	p.screen.Key("Return")
	p.screen.Type(password)
	p.keep("password")
	p.press("Restore wallet", whole)
	p.awaitPixels("the network page", image.Rect(612, 0, 680, 400), soft, 200)
	p.keep("start")
	p.press("Continue", whole)
	p.awaitPixels("the folder page", image.Rect(690, 0, 760, 400), soft, 200)
	p.keep("folder")
	p.screen.Click(560, 443)
	p.screen.Key("ctrl+a")
	p.screen.Type(p.folder)
	p.screen.Key("Return")
	p.awaitButton("the drive", image.Rect(1000, 0, 1280, 120))
	p.keep("empty")
}

// fillDrive puts files into the folder from outside and waits for them.
func (p *person) fillDrive() {
	p.write(filepath.Join(p.folder, "Notes", "Ideas.txt"), []byte("A bench by the river.\n"))
	p.write(filepath.Join(p.folder, "Letter.odt"), make([]byte, 48_200))
	film := filepath.Join(p.dir, "film.mp4")
	p.check(testvideo.Make(p.t.Context(), film, testvideo.Options{Seconds: 60, BitsPerSecond: 300_000}))
	p.check(os.Rename(film, filepath.Join(p.folder, "Lisbon harbour.mp4")))
	other := filepath.Join(p.dir, "other")
	p.command(other, words+"\n", "wallet", "import")
}
