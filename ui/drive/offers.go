package drive

import (
	"path"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// offer is something that may be done with what is picked.
type offer int

// The offers.
const (
	toOpen offer = iota
	toOpenElsewhere
	toShare
	toPublish
	toRename
	toMove
	toCompare
	toVersions
	toKeep
	toFree
	toRemove
)

// offersFor lists what the menu offers for what is picked.
func offersFor(picked []app.Entry) []offer {
	switch len(picked) {
	case 0:
		return nil
	case 1:
		return offersForOne(picked[0])
	}
	var list []offer
	all := func(is func(app.Entry) bool) bool {
		return !slices.ContainsFunc(picked, func(e app.Entry) bool { return !is(e) })
	}
	if all(inDrive) {
		list = append(list, toMove)
		if !all(away) {
			list = append(list, toFree)
		}
		if !all(here) {
			list = append(list, toKeep)
		}
	}
	return append(list, toRemove)
}

func offersForOne(e app.Entry) []offer {
	list := []offer{toOpen}
	if !inDrive(e) {
		return append(list, toRemove)
	}
	if e.Status == app.Conflict && !e.Folder {
		list = append(list, toCompare)
	}
	if e.Video {
		list = append(list, toOpenElsewhere)
	}
	list = append(list, toShare)
	if canPublish(e) {
		list = append(list, toPublish)
	}
	list = append(list, toRename, toMove)
	if !e.Folder {
		list = append(list, toVersions)
	}
	if away(e) {
		return append(list, toKeep, toRemove)
	}
	return append(list, toFree, toRemove)
}

// inDrive tells whether an entry is part of the drive, not only of the folder.
func inDrive(e app.Entry) bool { return e.Status != app.Ignored }

// away tells whether an entry is left online; here is its opposite.
func away(e app.Entry) bool { return e.Left || e.Status == app.OnlyOnline }

func here(e app.Entry) bool { return !away(e) }

// offerWord is what an offer is called for what is picked.
func offerWord(o offer, picked []app.Entry) string {
	switch o {
	case toOpen:
		word, _, _ := mainAction(picked[0])
		return word
	case toOpenElsewhere:
		return lang.L("Open with another program")
	case toShare:
		return lang.L("Share")
	case toPublish:
		return lang.L("Publish as a video")
	case toRename:
		return lang.L("Rename")
	case toMove:
		return lang.L("Move to…")
	case toCompare:
		return lang.L("Choose a version")
	case toVersions:
		return lang.L("Versions")
	case toKeep:
		return lang.L("Keep on this computer")
	case toFree:
		return lang.L("Free up space")
	}
	return lang.L("Delete")
}

// mayDrop tells whether what is picked may be moved into a folder by dropping
// it there: not onto itself, not below itself, not where it lies already.
func mayDrop(picked []app.Entry, folder string) bool {
	return len(picked) > 0 && !slices.ContainsFunc(picked, func(e app.Entry) bool {
		return !inDrive(e) || parent(e.Path) == folder || e.Path == folder || strings.HasPrefix(folder, e.Path+"/")
	})
}

// pathsOf are the paths of entries.
func pathsOf(picked []app.Entry) []string {
	list := make([]string, len(picked))
	for i, e := range picked {
		list[i] = e.Path
	}
	return list
}

// nameOf is what a folder is called, the top of the drive too.
func nameOf(folder string) string {
	if folder == "" {
		return lang.L("Drive")
	}
	return path.Base(folder)
}

// totalSize adds up the files that are picked.
func totalSize(picked []app.Entry) (bytes int64) {
	for _, e := range picked {
		bytes += e.Size
	}
	return bytes
}
