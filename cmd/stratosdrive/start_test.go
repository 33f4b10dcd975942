package main

import (
	"bytes"
	"fmt"
	"image"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	film    = "Lisbon harbour.mp4"
	screens = 5 // of the first start, at most
)

// Somebody makes a wallet, drops files into the window, and finds them on
// another computer, in a window too, with the words alone. A file that both
// change stays twice, and the window asks which one to keep.
func TestNewWalletOnTwoComputers(t *testing.T) {
	p := newPerson(t)
	began := time.Now()
	p.open()
	seen := p.makeWallet()
	p.tryItHere()
	p.nameFolder()
	seen += 2
	p.screen.Drop(middle(content), p.letters("Packing list.txt"), p.letters("Letters"))
	p.stored("Packing list.txt", "Letters")
	t.Logf("a file is stored after %d screens and %s", seen, time.Since(began).Round(time.Millisecond))
	if seen > screens {
		t.Errorf("the first start has %d screens", seen)
	}
	p.keep("added")
	p.checkWords()
	second := p.neighbour()
	second.open()
	second.restoreWallet(p.words)
	second.takeNetwork(p.network)
	second.nameFolder()
	second.stored("Packing list.txt", "Letters")
	second.keep("second-computer")
	second.sameFolder(p)
	p.changeBoth(second)
	second.quit()
	p.quit()
}

// makeWallet makes a wallet, and returns how many screens that took.
func (p *person) makeWallet() (screens int) {
	p.see("Make a new wallet")
	p.keep("start-wallet")
	p.push("Continue")
	p.see("Write these words down")
	p.tap("Copy")
	p.see("Copied.")
	p.words = p.copied("")
	if n := len(strings.Fields(p.words)); n != 12 {
		p.t.Fatalf("%d words were copied, want 12", n)
	}
	p.tap("I wrote them down")
	p.push("Continue")
	p.newPassword("Make wallet")
	return 3
}

// restoreWallet restores a wallet from its words.
func (p *person) restoreWallet(words string) {
	p.words = words
	p.tap("Restore a wallet")
	p.push("Continue")
	p.see("Your words")
	p.screen.Type(words)
	p.push("Continue")
	p.newPassword("Restore wallet")
}

// newPassword chooses a password.
func (p *person) newPassword(last string) {
	p.see("Choose a password")
	p.screen.Type(password)
	p.screen.Key("Return")
	p.screen.Type(password)
	p.push(last)
	p.see("Where should your files live?")
}

// tryItHere takes the practice network.
func (p *person) tryItHere() {
	p.see("Try it here")
	p.keep("start")
	p.push("Continue")
}

// takeNetwork takes the network that a file describes.
func (p *person) takeNetwork(file string) {
	p.tap("My own")
	p.fill("The whole way to a network.json", file)
	p.push("Continue")
}

// nameFolder names the folder and opens the drive.
func (p *person) nameFolder() {
	p.see("Which folder is yours?")
	field := p.see("Choose").Min // the button beside the field
	p.click(field.Sub(image.Pt(120, -8)))
	p.screen.Key("ctrl+a")
	p.screen.Type(p.folder)
	p.push("Open my drive")
	p.see("Add files", topRight)
}

// begin is the first start of a wallet that has its words from elsewhere.
func (p *person) begin() {
	p.open()
	p.restoreWallet(words)
	p.tryItHere()
	p.nameFolder()
}

// letters makes a file, or a folder with two letters, outside of the drive.
func (p *person) letters(name string) (path string) {
	path = filepath.Join(p.dir, "desk", name)
	if filepath.Ext(name) != "" {
		p.write(path, bytes.Repeat([]byte(name+"\n"), 60))
		return path
	}
	for _, each := range []string{"Anna.txt", "Landlord.txt"} {
		p.write(filepath.Join(path, each), bytes.Repeat([]byte("Dear "+each+"\n"), 900))
	}
	return path
}

// makeFilm puts a film of a minute into the folder at once.
func (p *person) makeFilm() {
	p.t.Helper()
	made := filepath.Join(p.dir, film)
	out, err := exec.CommandContext(p.t.Context(), "ffmpeg", "-loglevel", "error", "-nostdin", "-f", "lavfi",
		"-i", "gradients=s=640x360:r=25:d=60:n=3:c0=0x263a66:c1=0xf1c27a:c2=0xd97e48:speed=0.04:seed=3",
		"-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-movflags", "+faststart", made).CombinedOutput()
	if err != nil {
		p.t.Fatalf("make film: %v\n%s", err, out)
	}
	p.check(os.Rename(made, filepath.Join(p.folder, film)))
}

// checkWords proves that the words were written down.
func (p *person) checkWords() {
	p.screen.Key("ctrl+4")
	p.tap("Check my words")
	p.see("Check your words")
	p.keep("check-words")
	p.answerWords()
	p.gone("Check your words")
	p.gone("Check my words")
	p.screen.Key("ctrl+1")
}

// answerWords types the words whose numbers are asked for, from the left to the
// right.
func (p *person) answerWords() {
	list, shot, asked := strings.Fields(p.words), p.screen.Shot(), map[image.Point]int{}
	for n := len(list); n > 0; n-- { // "Word 1" is the beginning of "Word 12"
		if place, ok := p.eyes.find(shot, dialog, fmt.Sprintf("Word %d", n)); ok && asked[place.Min] == 0 {
			asked[place.Min] = n
		}
	}
	left := func(a, b image.Point) int { return a.X - b.X }
	for _, at := range slices.SortedFunc(maps.Keys(asked), left) {
		p.screen.Type(list[asked[at]-1])
		p.screen.Key("Tab")
	}
	p.push("Check", dialog)
}

// sameFolder compares the files of two computers.
func (p *person) sameFolder(other *person) {
	p.t.Helper()
	for _, name := range []string{"Packing list.txt", "Letters/Anna.txt", "Letters/Landlord.txt"} {
		p.same(filepath.Join(p.folder, name), filepath.Join(other.folder, name))
	}
}

// changeBoth changes one file on both computers while one of them is paused,
// and keeps the version of the other.
func (p *person) changeBoth(other *person) {
	name := "Packing list.txt"
	p.order("Pause syncing")
	p.see("Paused", sidebar)
	p.write(filepath.Join(p.folder, name), []byte("a towel\n"))
	other.write(filepath.Join(other.folder, name), []byte("a tent\n"))
	other.stored(name)
	p.order("Resume syncing")
	p.see("Packing list (conflict", content)
	p.keep("conflict-list")
	p.choose("Packing list (conflict")
	p.push("Choose", panel)
	p.see("Two versions of one file")
	p.see("Keep both")
	p.keep("conflict")
	p.tap("Keep both")
	p.stored(name)
}

// order does something by its name.
func (p *person) order(name string) {
	p.t.Helper()
	p.screen.Key("ctrl+k")
	p.see("Find", dialog)
	p.screen.Type(name)
	p.see("Do it now", dialog)
	p.screen.Key("Return")
	p.gone("Do it now", dialog)
}

// quit closes the window, which ends the program where there is no tray.
func (p *person) quit() {
	p.t.Helper()
	network := p.networkPID()
	p.screen.Key("alt+F4")
	p.awaitEnd(network)
}

// same compares two files.
func (p *person) same(one, two string) {
	p.t.Helper()
	a, err := os.ReadFile(one)
	p.check(err)
	b, err := os.ReadFile(two)
	p.check(err)
	if !slices.Equal(a, b) {
		p.t.Errorf("%s and %s are not the same", one, two)
	}
}
