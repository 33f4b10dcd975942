package update

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Place is how the running program was installed.
type Place struct {
	OS, Arch string
	Kind     Kind   // empty: by something else, which brings newer versions too
	Root     string // the folder that a swap changes, for kinds that are swapped
	Program  string // the window's program, relative to Root
}

// Find tells how a program was installed. program is its path, appImage the file
// it was started from if that is an AppImage, and packages where the system notes
// which Debian packages it has.
func Find(goos, arch, program, appImage, packages string) Place {
	p := Place{OS: goos, Arch: arch}
	switch {
	case goos == "windows":
		p.Kind = Installer
	case goos == "darwin":
		p.Kind = DiskImage
	case appImage != "":
		p.swapped(AppImage, filepath.Dir(appImage), filepath.Base(appImage))
	case ofSystem(program):
		if there(filepath.Join(packages, "stratosdrive.list")) {
			p.Kind = Deb
		}
	default:
		p.portable(program)
	}
	return p
}

func (p *Place) swapped(kind Kind, root, program string) {
	p.Kind, p.Root, p.Program = kind, root, program
}

// portable looks for the folder that a program was unpacked into: the licence is
// in it, and the program there or in bin.
func (p *Place) portable(program string) {
	dir, name := filepath.Split(program)
	dir = filepath.Clean(dir)
	if there(filepath.Join(dir, licence)) {
		p.swapped(Portable, dir, name)
		return
	}
	if up := filepath.Dir(dir); filepath.Base(dir) == "bin" && there(filepath.Join(up, licence)) {
		p.swapped(Portable, up, filepath.Join("bin", name))
	}
}

// licence lies in every folder that a portable package makes.
const licence = "LICENSE"

// ofSystem tells whether a path is where packages of the system put programs.
func ofSystem(path string) bool {
	return slices.ContainsFunc([]string{"/usr/", "/bin/", "/opt/", "/snap/", "/app/", "/nix/"}, func(root string) bool {
		return strings.HasPrefix(path, root)
	})
}

func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
