package desktop

import (
	"os"
	"path/filepath"
)

func (d Desktop) agentPath() string {
	return filepath.Join(d.Places.Home, "Library", "LaunchAgents", d.Program.id()+".plist")
}

// StartsWithSystem tells whether the program starts when its user logs in.
func (d Desktop) StartsWithSystem() bool {
	_, err := os.Stat(d.agentPath())
	return err == nil
}

// SetStartsWithSystem lets the program start, hidden, when its user logs in, or
// not any more.
func (d Desktop) SetStartsWithSystem(on bool) error {
	if !on {
		return removeFile(d.agentPath())
	}
	return writeFile(d.agentPath(), agent(d.Program))
}

// TakeLinks does nothing: this system reads from the Info.plist of a program
// which links it opens (packaging/Info.plist).
func (d Desktop) TakeLinks() error { return nil }
