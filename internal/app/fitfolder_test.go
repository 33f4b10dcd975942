package app

import (
	"os"
	"path/filepath"
	"testing"
)

// A folder with the program's own files in it is never synced, however it is
// written.
func TestFoldersThatCannotBeSynced(t *testing.T) {
	dir := t.TempDir()
	home := filepath.Join(dir, "me", "config", "stratosdrive")
	if err := os.MkdirAll(home, 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "me"), link); err != nil {
		t.Skip("no links here:", err)
	}
	a := &App{profile: profile{home: home}}
	for folder, fits := range map[string]bool{
		filepath.Join(dir, "me"):                       false,
		filepath.Join(dir, "me", "..", "me", "config"): false,
		dir: false,
		filepath.VolumeName(dir) + string(filepath.Separator): false,
		home:                              false,
		filepath.Join(home, "Drive"):      false,
		link:                              false,
		filepath.Join(link, "config"):     false,
		filepath.Join(dir, "me", "Drive"): true,
		filepath.Join(link, "Drive", "not there yet"): true,
		home + " 2": true,
		filepath.Join(dir, "me", "config", "..drive"): true,
	} {
		if err := a.checkFolder(folder); (err == nil) != fits {
			t.Errorf("%s: %v", folder, err)
		}
	}
}
