// Package sqlfile names the files of SQLite databases.
package sqlfile

import (
	"net/url"
	"path/filepath"
	"strings"
)

// URI names the database file at path, with settings of the driver, as SQLite
// reads it (https://www.sqlite.org/uri.html): with slashes on every system, one
// before the letter of a drive, and letters escaped that mean something there.
func URI(path string, settings url.Values) string {
	name := filepath.ToSlash(path)
	if volume := filepath.VolumeName(path); volume != "" && !strings.HasPrefix(name, "/") {
		name = "/" + name
	}
	relative := !strings.HasPrefix(name, "/")
	return (&url.URL{Scheme: "file", Path: name, OmitHost: relative, RawQuery: settings.Encode()}).String()
}
