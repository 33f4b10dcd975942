package main

import (
	"bytes"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/testbus"
	"github.com/stratosdrive/stratosdrive/internal/testscreen"
)

const film = "Lisbon harbour.mp4"

// Places in a window of the size of the screen.
var (
	topRight     = image.Rect(1000, 0, 1280, 60)   // the main button of a page
	panel        = image.Rect(950, 120, 1256, 760) // about the selected file
	dialog       = image.Rect(300, 100, 980, 760)  // over the page
	picture      = image.Rect(200, 150, 1080, 500) // of a film, without controls
	marks        = image.Rect(600, 110, 900, 770)  // the state of each file
	settingsItem = image.Rect(10, 750, 200, 790)   // of the sidebar
	filmRow      = image.Pt(400, 133+5*48)         // in the list of the drive
)

// A person goes all the way with mouse and keys: first start, a drive that
// another machine sees too, a film, a link, money, and the next day.
func TestWindow(t *testing.T) {
	p := newPerson(t)
	bus := testbus.Start(t)
	p.open()
	p.firstStart()
	p.fillDrive()
	p.compareWithOtherMachine()
	p.playFilm()
	p.shareFilm()
	p.sendMoney()
	p.stakeMoney()
	p.goDark()
	p.lockAndUnlock()
	network := p.networkPID()
	p.screen.Key("alt+F4")
	p.awaitEnd(network)
	p.bus = bus
	p.nextDay()
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
	p.press("Restore wallet", whole)
	p.awaitPixels("the network page", image.Rect(612, 0, 680, 400), soft, 200)
	p.keep("start")
	p.press("Continue", whole)
	p.awaitPixels("the folder page", image.Rect(690, 0, 760, 400), soft, 200)
	p.screen.Click(560, 443)
	p.screen.Key("ctrl+a")
	p.screen.Type(p.folder)
	p.screen.Key("Return")
	p.awaitButton("the drive", topRight)
}

// fillDrive puts files into the folder from outside and waits until each is
// marked as stored.
func (p *person) fillDrive() {
	for name, size := range map[string]int{
		"Letters/Anna.odt": 31_400, "Letters/Landlord.odt": 48_200, "Notes/Ideas.txt": 2_100, "Pictures/Ferry.jpg": 812_000,
		"Garden plan.pdf": 264_000, "Harbour light.jpg": 1_420_000, "Packing list.txt": 900, "Recipes.txt": 6_300,
	} {
		p.write(filepath.Join(p.folder, filepath.FromSlash(name)), bytes.Repeat([]byte(name), size/len(name)))
	}
	made := filepath.Join(p.dir, film)
	out, err := exec.CommandContext(p.t.Context(), "ffmpeg", "-loglevel", "error", "-nostdin", "-f", "lavfi",
		"-i", "gradients=s=640x360:r=25:d=60:n=3:c0=0x263a66:c1=0xf1c27a:c2=0xd97e48:speed=0.04:seed=3",
		"-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-movflags", "+faststart", made).CombinedOutput()
	if err != nil {
		p.t.Fatalf("make film: %v\n%s", err, out)
	}
	p.check(os.Rename(made, filepath.Join(p.folder, film)))
	p.awaitMarks(good)
}

// awaitMarks waits for the mark of each of the eight rows.
func (p *person) awaitMarks(c color.RGBA) {
	p.t.Helper()
	p.screen.Await("all files stored", func(shot *image.RGBA) bool {
		for row := range 8 {
			y := 133 + 48*row
			if testscreen.Count(shot, image.Rect(marks.Min.X, y-20, marks.Max.X, y+20), c) < 5 {
				return false
			}
		}
		return true
	})
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

func (p *person) other() string { return filepath.Join(p.dir, "other") }

func (p *person) same(one, two string) {
	p.t.Helper()
	a, err := os.ReadFile(one)
	p.check(err)
	b, err := os.ReadFile(two)
	p.check(err)
	if !bytes.Equal(a, b) {
		p.t.Errorf("%s and %s are not the same", one, two)
	}
}

func (p *person) selectFilm() image.Point {
	p.t.Helper()
	p.awaitMarks(good)
	p.screen.Click(filmRow.X, filmRow.Y)
	return p.awaitButton("the film's panel", panel)
}

// playFilm plays the film and goes back to the drive with Escape.
func (p *person) playFilm() {
	at := p.selectFilm()
	p.keep("drive")
	p.screen.Click(at.X, at.Y)
	p.awaitFilm()
	p.screen.Point(640, 300) // the controls come
	p.awaitPixels("the controls", image.Rect(0, 600, 1280, 800), color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}, 100)
	p.keep("watch")
	p.screen.Key("Escape")
	p.awaitButton("the drive again", topRight)
}

// awaitFilm waits for a picture that moves.
func (p *person) awaitFilm() {
	p.t.Helper()
	area := picture.Dx() * picture.Dy()
	first := p.screen.Await("a picture", func(shot *image.RGBA) bool {
		return testscreen.Count(shot, whole, ground) == 0 && testscreen.Count(shot, picture, black) < area/4 && testscreen.Differ(shot, shotOf(shot, picture.Min), picture) > area/4
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
	at := p.selectFilm()
	p.screen.Click(1150, at.Y+12) // Share
	p.press("the share dialog", dialog)
	p.awaitPixels("the link as a QR code", image.Rect(500, 150, 780, 560), black, 4000)
	p.keep("link")
	p.press("Copy link", dialog)
	p.screen.Key("Escape")
	p.screen.Key("ctrl+3", "ctrl+f", "ctrl+v")
	p.press("Play", image.Rect(1100, 60, 1280, 120))
	p.awaitFilm()
	p.screen.Key("Escape", "ctrl+1")
	p.awaitMarks(good)
	var links struct{ Links []struct{ Link string } }
	p.ask(p.profile, &links, "links")
	if len(links.Links) != 1 {
		p.t.Fatalf("%d links, want 1", len(links.Links))
	}
	fetched := filepath.Join(p.dir, "fetched.mp4")
	p.command(p.other(), "", "get", links.Links[0].Link, "-o", fetched)
	p.same(filepath.Join(p.folder, film), fetched)
}

// goDark changes the look.
func (p *person) goDark() {
	p.screen.Click(79, 768) // Settings
	p.awaitPixels("the settings", settingsItem, soft, 1000)
	p.keep("settings")
	p.screen.Click(905, 105)
	p.accent = darkAccent
	p.awaitPixels("the dark look", whole, darkGround, 300_000)
	p.screen.Key("ctrl+4")
	p.awaitButton("the wallet in the dark", topRight)
	p.keep("wallet")
}

// lockAndUnlock locks the wallet and opens it again.
func (p *person) lockAndUnlock() {
	p.screen.Click(79, 768)
	p.awaitNone("the settings", topRight)
	p.screen.Key("ctrl+k")
	p.screen.Type("Lock the wallet")
	p.screen.Key("Return")
	p.unlock()
}

func (p *person) unlock() {
	p.t.Helper()
	sidebar := image.Rect(0, 0, 216, testscreen.Height)
	empty := func(shot *image.RGBA) bool {
		return testscreen.Count(shot, sidebar, darkGround) == 216*testscreen.Height
	}
	p.screen.Await("the password page", empty)
	p.screen.Type(password)
	p.press("Unlock", image.Rect(440, 250, 840, 700))
	p.screen.Await("the page of before", func(shot *image.RGBA) bool { return !empty(shot) })
}

// nextDay starts the program again, on a desktop with a tray, and finds
// everything as it was, down to the page that was shown last.
func (p *person) nextDay() {
	desktop := newTrayHost(p.t, p.bus)
	p.open()
	p.unlock()
	p.awaitPixels("the settings again", settingsItem, darkSoft, 1000)
	p.screen.Key("ctrl+1")
	p.awaitMarks(darkGood)
	p.keep("next")
	p.closeIntoTray(desktop)
	network := p.networkPID()
	p.check(p.window.Process.Signal(os.Interrupt))
	p.awaitEnd(network)
}
