package main

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/testbus"
	"github.com/stratosdrive/stratosdrive/internal/testscreen"
)

// A person goes all the way with mouse and keys: first start, a drive that
// another machine sees too, a film, a link, the dark look, and the next day.
func TestWindow(t *testing.T) {
	p := newPerson(t)
	bus := testbus.Start(t)
	p.begin()
	p.fillDrive()
	p.compareWithOtherMachine()
	p.playFilm()
	p.shareFilm()
	p.goDark()
	p.lockAndUnlock()
	p.quit()
	p.bus = bus
	p.nextDay()
}

// files of the drive, the first three being folders.
var files = []string{"Letters", "Notes", "Pictures", "Garden plan.pdf", "Harbour light.jpg", film, "Packing list.txt", "Recipes.txt"}

// fillDrive puts files into the folder from outside and waits until each is
// marked as stored.
func (p *person) fillDrive() {
	for name, size := range map[string]int{
		"Letters/Anna.odt": 31_400, "Letters/Landlord.odt": 48_200, "Notes/Ideas.txt": 2_100, "Pictures/Ferry.jpg": 812_000,
		"Garden plan.pdf": 264_000, "Harbour light.jpg": 1_420_000, "Packing list.txt": 900, "Recipes.txt": 6_300,
	} {
		p.write(filepath.Join(p.folder, filepath.FromSlash(name)), bytes.Repeat([]byte(name), size/len(name)))
	}
	p.makeFilm()
	p.stored(files...)
}

// compareWithOtherMachine brings the drive to another machine of the wallet.
func (p *person) compareWithOtherMachine() {
	other, folder := p.other(), filepath.Join(p.dir, "other folder")
	p.command(other, words+"\n", "wallet", "import")
	p.command(other, "", "sync", "--once", folder)
	p.check(filepath.WalkDir(p.folder, func(path string, e os.DirEntry, err error) error {
		if err == nil && e.IsDir() && e.Name() == ".stratosdrive" { // which folder this is
			return filepath.SkipDir
		}
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(p.folder, path)
		p.check(err)
		p.same(path, filepath.Join(folder, name))
		return nil
	}))
}

// other is the profile of a machine without a window.
func (p *person) other() string { return filepath.Join(p.dir, "other") }

// playFilm plays the film and goes back to the drive with Escape.
func (p *person) playFilm() {
	p.choose(film)
	p.keep("drive")
	p.push("Play", panel)
	p.awaitFilm()
	p.screen.Point(640, 300) // the controls come
	p.awaitPixels("the controls", image.Rect(0, 600, 1280, 800), white, 100)
	p.keep("watch")
	p.screen.Key("Escape")
	p.see("Add files", topRight)
}

// awaitFilm waits for a picture that moves.
func (p *person) awaitFilm() {
	p.t.Helper()
	area := picture.Dx() * picture.Dy()
	first := p.screen.Await("a picture", func(shot *image.RGBA) bool {
		return testscreen.Count(shot, whole, p.look.ground) == 0 && testscreen.Count(shot, picture, black) < area/4 &&
			testscreen.Differ(shot, shotOf(shot, picture.Min), picture) > area/4
	})
	p.screen.Await("a picture that moves", func(shot *image.RGBA) bool {
		return testscreen.Differ(shot, first, picture) > area/10
	})
}

// shotOf is a picture in the one colour that another one has at a place.
func shotOf(shot *image.RGBA, at image.Point) *image.RGBA {
	plain, c := image.NewRGBA(shot.Rect), shot.RGBAAt(at.X, at.Y)
	for y := range testscreen.Height {
		for x := range testscreen.Width {
			plain.SetRGBA(x, y, c)
		}
	}
	return plain
}

// shareFilm makes a private link, plays what lies on the clipboard, and
// fetches the film by the link as somebody else would.
func (p *person) shareFilm() {
	link := p.linkTo(film)
	p.screen.Key("ctrl+3", "ctrl+f", "ctrl+v")
	p.push("Play", image.Rect(1100, 60, 1280, 120))
	p.awaitFilm()
	p.screen.Key("Escape", "ctrl+1")
	p.stored(film)
	fetched := filepath.Join(p.dir, "fetched.mp4")
	p.command(p.other(), "", "get", link, "-o", fetched)
	p.same(filepath.Join(p.folder, film), fetched)
}

// linkTo makes a private link for a month, which ends on the clipboard.
func (p *person) linkTo(name string) (link string) {
	p.choose(name)
	p.tap("Share", panel)
	p.see("How long the link works", dialog)
	p.tap("30 days", dialog)
	p.see("A copy of", dialog)
	p.keep("share")
	p.push("Make a link", dialog)
	p.see("Link to "+name, dialog)
	p.awaitPixels("the link as a QR code", image.Rect(500, 150, 780, 560), black, 4000)
	p.keep("link")
	p.push("Copy link", dialog)
	link = p.copied("stos://")
	p.tap("Done", dialog)
	p.gone("Link to "+name, dialog)
	return link
}

// goDark changes the look.
func (p *person) goDark() {
	p.tap("Settings", sidebar)
	p.see("Light, dark, or as the system has it.")
	p.keep("settings")
	p.tap("Dark", content)
	p.look = dark
	p.awaitPixels("the dark look", whole, dark.ground, 300_000)
	p.screen.Key("ctrl+4")
	p.see("Pays for uploads and downloads.")
	p.keep("wallet-dark")
}

// lockAndUnlock locks the wallet and opens it again.
func (p *person) lockAndUnlock() {
	p.tap("Settings", sidebar)
	p.see("Light, dark, or as the system has it.")
	p.screen.Key("ctrl+k")
	p.see("Find", dialog)
	p.screen.Type("Lock the wallet")
	p.see("Do it now", dialog)
	p.screen.Key("Return")
	p.unlock()
}

// unlock opens the wallet with its password.
func (p *person) unlock() {
	p.t.Helper()
	p.see("Welcome back")
	p.keep("unlock")
	p.screen.Type(password)
	p.push("Unlock")
	p.gone("Welcome back")
}

// nextDay starts the program again, on a desktop with a tray, and finds
// everything as it was, down to the page that was shown last.
func (p *person) nextDay() {
	desktop := newTrayHost(p.t, p.bus)
	p.open()
	p.unlock()
	p.see("Light, dark, or as the system has it.")
	p.screen.Key("ctrl+1")
	p.stored(files...)
	p.keep("drive-dark")
	p.closeIntoTray(desktop)
	network := p.networkPID()
	p.check(p.window.Process.Signal(os.Interrupt))
	p.awaitEnd(network)
}
