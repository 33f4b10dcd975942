//go:build !windows && !darwin

package desktop

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func (d Desktop) autostart() string {
	return filepath.Join(d.Places.Config, "autostart", d.Program.id()+".desktop")
}

// StartsWithSystem tells whether the program starts when its user logs in.
func (d Desktop) StartsWithSystem() bool {
	content, err := os.ReadFile(d.autostart())
	return err == nil && startsFrom(string(content))
}

// SetStartsWithSystem lets the program start, hidden, when its user logs in, or
// not any more.
func (d Desktop) SetStartsWithSystem(on bool) error {
	if !on {
		return removeFile(d.autostart())
	}
	return writeFile(d.autostart(), autostartEntry(d.Program))
}

// TakeLinks makes the program known to the desktop, and the one that opens
// links, unless the user chose another one for them. A program that a package
// made known already leaves nothing here: what it left before it was installed
// that way is taken back, so that removing the package removes all of it.
func (d Desktop) TakeLinks() error {
	if d.installed() {
		return d.leaveToPackage()
	}
	err := writeFile(d.entryPath(), applicationEntry(d.Program))
	if err == nil && len(d.Program.Icon) > 0 {
		err = writeFile(d.iconPath(), string(d.Program.Icon))
	}
	if err != nil {
		return err
	}
	return d.changeOpeners(func(list string) string {
		if opener(list, linkKind) != "" {
			return list
		}
		return withOpener(list, linkKind, d.entryName())
	})
}

// linkKind is the type of links, for desktops.
const linkKind = "x-scheme-handler/" + Scheme

func (d Desktop) entryName() string { return d.Program.id() + ".desktop" }

func (d Desktop) entryPath() string {
	return filepath.Join(d.Places.Data, "applications", d.entryName())
}

func (d Desktop) iconPath() string {
	return filepath.Join(d.Places.Data, "icons", "hicolor", "512x512", "apps", d.Program.ID+".png")
}

// installed tells whether a package made the program known to all users: its
// desktop file lies in share/ where the program lies in bin/.
func (d Desktop) installed() bool {
	for _, share := range d.Places.Shared {
		if filepath.Join(filepath.Dir(filepath.Clean(share)), "bin", filepath.Base(d.Program.Path)) != d.Program.Path {
			continue
		}
		if _, err := os.Stat(filepath.Join(share, "applications", d.entryName())); err == nil {
			return true
		}
	}
	return false
}

// leaveToPackage takes back what TakeLinks did for a copy of the program that
// lay elsewhere.
func (d Desktop) leaveToPackage() error {
	old, err := os.ReadFile(d.entryPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || !strings.Contains(string(old), "\nExec=\"") {
		return err // it cannot be read, or a person wrote it
	}
	if err := errors.Join(removeFile(d.entryPath()), removeFile(d.iconPath())); err != nil {
		return err
	}
	return d.changeOpeners(func(list string) string { return withoutOpener(list, linkKind, d.entryName()) })
}

// changeOpeners changes the user's list of what opens what.
func (d Desktop) changeOpeners(change func(list string) string) error {
	path := filepath.Join(d.Places.Config, "mimeapps.list")
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	list := change(string(old))
	if list == string(old) {
		return nil
	}
	return writeFile(path, list)
}
