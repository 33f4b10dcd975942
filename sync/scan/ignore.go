package scan

import (
	"path"
	"strings"
)

// junk are files that systems leave in folders and make again at will.
var junk = []string{".DS_Store", "Thumbs.db", "desktop.ini", "._*"}

// temporary are files that programs make while they work.
var temporary = []string{
	"~$*", ".~lock.*#", "*.swp", "*.swx", "*.tmp", "*.crdownload", "*.part", "*.partial",
	".goutputstream-*", ".fuse_hidden*", ".nfs*", ".Trash-*", ".directory.lock",
}

// DefaultIgnore leaves out files that are of no use on another device:
// temporary files, locks, and what systems put into folders.
func DefaultIgnore(p string, _ bool) bool {
	return matches(junk, path.Base(p)) || matches(temporary, path.Base(p))
}

// Junk reports whether a file may be deleted with the folder it is in.
func Junk(name string) bool { return matches(junk, name) }

func matches(patterns []string, name string) bool {
	for _, p := range patterns {
		if ok, err := path.Match(p, name); ok && err == nil {
			return true
		}
		if strings.EqualFold(p, name) {
			return true
		}
	}
	return false
}
