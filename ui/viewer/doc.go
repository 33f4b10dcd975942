// Package viewer is the page that shows pictures and texts of the drive: they
// are fetched when they are not on this disk, with the ones before and after
// them in their folder at hand. Reading what strangers made (package picture,
// words.go) knows no widget, and bounds what it unpacks.
package viewer

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/drive"
)

// Backend is what the page needs of package app.
type Backend interface {
	List(ctx context.Context, path string) ([]app.Entry, error)
	ReadFile(ctx context.Context, path string, limit int64, progress func(done, total int64)) ([]byte, error)
	LocalPath(ctx context.Context, path string) (string, error)
}

// around returns the files of a folder that can be shown, in the order of the
// drive's page, and which of them the named one is.
func around(entries []app.Entry, name string) (files []string, at int) {
	for _, e := range drive.Ordered(entries) {
		if !e.Folder && app.ViewKindOf(e.Name) != app.NotViewed {
			files = append(files, e.Path)
		}
	}
	return files, slices.Index(files, name)
}

// folderOf is the folder of a path, "" for the top.
func folderOf(name string) string { return strings.TrimSuffix(path.Dir(name), ".") }
