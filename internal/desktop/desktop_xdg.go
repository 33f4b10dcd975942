//go:build !windows && !darwin

package desktop

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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
// links, unless the user chose another one for them.
func (d Desktop) TakeLinks() error {
	name, kind := d.Program.id()+".desktop", "x-scheme-handler/"+Scheme
	err := writeFile(filepath.Join(d.Places.Data, "applications", name), applicationEntry(d.Program))
	if err == nil && len(d.Program.Icon) > 0 {
		err = writeFile(filepath.Join(d.Places.Data, "icons", "hicolor", "512x512", "apps", d.Program.ID+".png"), string(d.Program.Icon))
	}
	if err != nil {
		return err
	}
	path := filepath.Join(d.Places.Config, "mimeapps.list")
	list, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if opener(string(list), kind) != "" {
		return nil
	}
	return writeFile(path, withOpener(string(list), kind, name))
}
