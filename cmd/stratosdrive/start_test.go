package main

import (
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

const film = "Lisbon harbour.mp4"

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
