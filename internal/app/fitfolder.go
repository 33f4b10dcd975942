package app

import (
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// checkFolder refuses to sync a folder that holds the files of this program, or
// lies among them: keys would be sent, and a sync that changes what it syncs
// never ends.
func (a *App) checkFolder(root string) error {
	folder, home := solid(root), solid(a.profile.home)
	switch {
	case within(home, folder):
		return fault.Wrong(nil, "%s holds the files of this program itself. Nothing was synced; choose a folder in it, or another one.", root)
	case within(folder, home):
		return fault.Wrong(nil, "%s lies among the files of this program itself. Nothing was synced; choose another folder.", root)
	}
	return nil
}

// within reports whether a path is that of a folder or lies below it.
func within(p, folder string) bool {
	rel, err := filepath.Rel(folder, p)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// solid is a path without links, as far as it exists.
func solid(p string) string {
	abs, err := filepath.Abs(p)
	if err != nil {
		return filepath.Clean(p)
	}
	rest := ""
	for at := abs; ; at = filepath.Dir(at) {
		if real, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(real, rest)
		}
		if at == filepath.Dir(at) {
			return abs
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}
